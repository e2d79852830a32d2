"""Screenshots kept as small pictures, and how far another one is from them."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage, QPalette

from vexgui.gui.looking.kinds import KIND_COLORS
from vexgui.gui.theme import Tones, palette_for, tones

IMAGES = Path(__file__).parent / "images"
_COLOURS = 192
_FLAT_COLOURS = 72
"""So many of the colours that most pixels have are kept as they are, besides the program's own."""
_ROLES = [role for role in QPalette.ColorRole if role.value < QPalette.ColorRole.NColorRoles.value]
_LEVEL = 24
"""What a pixel may be off, of 255; it is off by less where another processor scales pictures."""
_FAR_LEVEL = 100
"""What it may be off although both have the same of the few colours: that may be for want of a better one."""
_SHARE = 0.0002
"""Pixels that may be off: fewer than the smallest icon has."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a screenshot is from the one that is kept.

    Attributes:
        share: Of pixels that are off, 0 to 1; 1 where the size is another one.
        difference: What is off in red upon the faded screenshot, or None where the size is another one.
    """

    share: float
    difference: Image.Image | None

    @property
    def is_small(self) -> bool:
        """Whether the two look the same."""
        return self.share <= _SHARE


def taken(image: QImage) -> Image.Image:
    """Return a screenshot as Pillow has it, without an alpha channel."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return Image.fromarray(pixels[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy())


def with_few_colours(image: Image.Image) -> Image.Image:
    """Return a picture in few colours: those of the program exactly, those of photographs nearly."""
    pixels = np.asarray(image).reshape(-1, 3)
    packed = pixels @ np.array((1 << 16, 1 << 8, 1))
    colours, counts = np.unique(packed, return_counts=True)
    common = colours[np.argsort(-counts, kind="stable")[:_FLAT_COLOURS]]
    flat = np.union1d(common, np.intersect1d(colours, _own_colours()))
    rest = pixels[~np.isin(packed, flat)]
    chosen = np.stack((flat >> 16, flat >> 8 & 255, flat & 255), axis=1)
    if len(rest):
        others = Image.fromarray(rest.reshape(1, -1, 3)).quantize(_COLOURS - len(chosen), Image.Quantize.MEDIANCUT)
        chosen = np.concatenate((chosen, np.reshape(others.getpalette() or [], (-1, 3))))
    palette = Image.new("P", (1, 1))
    palette.putpalette(chosen.astype(np.uint8).tobytes())
    numbers = np.array(image.quantize(palette=palette, dither=Image.Dither.NONE))
    # Pillow is content with a colour that is nearly the nearest.
    exact = np.isin(packed, flat).reshape(numbers.shape)
    numbers[exact] = np.searchsorted(flat, packed.reshape(numbers.shape)[exact])
    few = Image.fromarray(numbers)
    few.putpalette(chosen.astype(np.uint8).tobytes())
    return few


def distance(actual: Image.Image, golden: Image.Image) -> Distance:
    """Tell how far a screenshot is from one that is kept in few colours."""
    if actual.size != golden.size:
        return Distance(1.0, None)
    wanted = _pixels(golden)
    drawn = _pixels(actual)
    nearest = _pixels(actual.quantize(palette=golden, dither=Image.Dither.NONE))
    direct = abs(drawn - wanted).max(2)
    off = (direct > _FAR_LEVEL) | ((direct > _LEVEL) & (abs(nearest - wanted).max(2) > _LEVEL))
    faded = 255 - (255 - drawn) // 4
    faded[off] = (220, 0, 0)
    return Distance(float(off.mean()), Image.fromarray(faded.astype(np.uint8)))


def _own_colours() -> list[int]:
    """Return the colours that the program draws with itself, as 0xRRGGBB."""
    palettes = [palette_for(dark=dark) for dark in (False, True)]
    roles = [palette.color(role) for palette in palettes for role in _ROLES]
    toned = [getattr(tones(palette), field.name) for palette in palettes for field in fields(Tones)]
    return [color.rgb() & 0xFFFFFF for color in (*roles, *toned, *KIND_COLORS.values())]


def _pixels(image: Image.Image) -> NDArray[np.int16]:
    """Return the pixels of a picture, [height, width, 3] int16, so that they can be subtracted."""
    return np.asarray(image.convert("RGB"), dtype=np.int16)
