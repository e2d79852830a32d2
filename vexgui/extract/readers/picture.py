"""Pictures: their pixels, upright and shrunk, whole and in parts, and what they say about themselves."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Raster, Section, Shown, Unreadable
from vexgui.extract.png import png_of
from vexgui.extract.readers.ocr import WRITTEN_PX, Effort, looks_written, text_in
from vexgui.extract.readers.photo import facts_of, turn_of
from vexgui.extract.readers.plugins import HEAD_BYTES, format_for
from vexgui.extract.tiles import box_of, parts_of

MAX_PIXELS = 180_000_000
"""A picture with more pixels is refused: decoding takes 4 bytes for each."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "AVIF", "JPEG2000", "PPM", "TGA", "ICO")
"""What is decoded; Pillow's other plugins start programs (EPS) or are hardly used."""

_LONGEST_PX = 8192
_DAMAGE = (OSError, SyntaxError, ValueError, OverflowError, EOFError, RuntimeError)
"""What Pillow and its plugins raise on broken pictures."""
_SIXTEEN_TO_EIGHT_BITS = 1 / 257
_OPAQUE = 255

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def read_picture(file: BinaryIO, short_px: int) -> Contents:
    """Read a picture's facts and, unless ``short_px`` is 0, its pixels with a short side of at most ``short_px``.

    Of one that looks written on, the text in it is read too, from more pixels.

    Raises:
        Unreadable: It cannot be decoded at all.
    """
    with opened_picture(file) as image:
        contents = seen(image, facts_of(image), short_px)
        if not short_px or contents.problem:
            return contents
        effort = Effort()
        if effort.is_spent or not looks_written(image):
            return contents
    file.seek(0)
    with opened_picture(file) as image:
        text = text_in(on_white(upright(image, WRITTEN_PX / max(image.size))), effort)
    return replace(contents, sections=(Section(text, told("in the picture")),)) if text else contents


def picture_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return a picture as PNG, longest side at most ``longest_px``.

    Raises:
        Unreadable: It cannot be decoded.
    """
    with opened_picture(file) as image:
        return as_png(upright(image, longest_px / max(image.size)))


def seen(image: ImageFile.ImageFile, facts: FileFacts, short_px: int, orientation: int | None = None) -> Contents:
    """Return a picture with its facts and, unless ``short_px`` is 0, its pixels, which are decoded once.

    Args:
        image: The opened picture.
        facts: What it says of itself, its size above all.
        short_px: Most pixels of its short side.
        orientation: How it lies, as EXIF counts it; None where the picture itself says so.
    """
    if not short_px:
        return unseen(facts)
    try:
        small = upright(image, short_px / min(image.size), orientation)
    except Unreadable as problem:
        return Contents(facts, problem=problem.reason)
    places = parts_of(facts.width or 0, facts.height or 0)
    whole = on_white(small)
    boxes = (box_of(number, len(places), *whole.size) for number in range(len(places)))
    parts = (Shown(place, raster_of(whole.crop(box))) for place, box in zip(places, boxes, strict=True))
    return Contents(facts, shown=(Shown("", raster_of(whole), transparent=small.mode == "RGBA"), *parts))


def unseen(facts: FileFacts) -> Contents:
    """Return a picture with its facts and what there will be to look at, but no pixels."""
    return Contents(facts, shown=tuple(Shown(place) for place in ("", *parts_of(facts.width or 0, facts.height or 0))))


def raster_of(image: Image.Image) -> Raster:
    """Return the pixels of a picture in RGB."""
    return Raster(image.width, image.height, image.tobytes())


def shrunken(raster: Raster, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a picture in another, smaller size, width and height: [height, width, 3]."""
    image = Image.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    return np.asarray(image.resize(size, Image.Resampling.HAMMING))


def shades_of(raster: Raster, points: int) -> NDArray[np.uint8]:
    """Return a picture as grey points, [points, points], whatever its shape."""
    image = Image.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    return np.asarray(image.convert("L").resize((points, points), Image.Resampling.HAMMING))


def as_png(image: Image.Image) -> bytes:
    """Return a picture in RGB or RGBA as a PNG file."""
    return png_of(np.asarray(image))


@contextmanager
def opened_picture(file: BinaryIO) -> Iterator[ImageFile.ImageFile]:
    """Open a picture; nothing of it is decoded yet.

    Raises:
        Unreadable: It is none.
    """
    with _few_pixels(), _opened(file) as image:
        yield image


def upright(image: ImageFile.ImageFile, factor: float, orientation: int | None = None) -> Image.Image:
    """Return a picture scaled by a factor below one and turned, in RGB, or in RGBA if anything shines through it.

    What can be decoded to fewer pixels is: a JPEG of 12 million takes 20 ms instead of 130.

    Raises:
        Unreadable: It cannot be decoded.
    """
    factor = min(factor, 1.0, _LONGEST_PX / max(image.size))
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    with _told_why():
        image.draft(None, size)
        image.load()
        turn = turn_of(image, orientation)
    small = _opaque(_in_colour(image).resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0))
    return small if turn is None else small.transpose(turn)


def on_white(image: Image.Image) -> Image.Image:
    """Return a picture in RGB, on white where anything shines through it."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")


@contextmanager
def _few_pixels() -> Iterator[None]:
    """Have Pillow raise on too many pixels, and keep quiet about broken metadata."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _opened(file: BinaryIO) -> ImageFile.ImageFile:
    added = format_for(file.read(HEAD_BYTES))
    file.seek(0)
    with _told_why():
        return Image.open(file, formats=_FORMATS if added is None else (*_FORMATS, added))


@contextmanager
def _told_why() -> Iterator[None]:
    """Have what Pillow cannot decode be told as `Unreadable`."""
    try:
        yield
    except UnidentifiedImageError as error:
        raise Unreadable("The picture is damaged, or not of a kind that can be read.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("The picture has too many pixels.") from error
    except _DAMAGE as error:
        raise _damage(error) from error


def _in_colour(image: Image.Image) -> Image.Image:
    """Return a picture of any mode as RGB or RGBA."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    elif image.mode == "F":
        low, high = cast("tuple[float, float]", image.getextrema())
        image = image.point(lambda value: (value - low) * (255 / ((high - low) or 1))).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _opaque(image: Image.Image) -> Image.Image:
    """Return a picture in RGB if nothing shines through it, and else as it is."""
    if image.mode != "RGBA":
        return image
    _, _, _, (least, _) = cast("tuple[tuple[int, int], ...]", image.getextrema())
    return image if least < _OPAQUE else image.convert("RGB")


def _damage(error: Exception) -> Unreadable:
    truncated = "truncated" in str(error).lower()
    return Unreadable("The picture is damaged (truncated)." if truncated else "The picture is damaged.")
