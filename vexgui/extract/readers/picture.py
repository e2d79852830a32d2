"""Pictures: their pixels, upright and shrunk, and what they say about themselves."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError

from vexgui.extract.contents import Contents, Raster, Shown, Unreadable
from vexgui.extract.readers.photo import facts_of, turn_of

MAX_PIXELS = 180_000_000
"""A picture with more pixels is refused: decoding takes 4 bytes for each."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "AVIF", "JPEG2000", "PPM", "TGA", "ICO")
"""What is decoded; Pillow's other plugins start programs (EPS) or are hardly used."""

_LONGEST_PX = 8192
_SIXTEEN_TO_EIGHT_BITS = 1 / 257

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def read_picture(file: BinaryIO, short_px: int) -> Contents:
    """Read a picture's facts and, unless ``short_px`` is 0, its pixels with a short side of at most ``short_px``.

    Raises:
        Unreadable: It cannot be decoded at all.
    """
    with _few_pixels(), _opened(file) as image:
        facts = facts_of(image)
        if not short_px:
            return Contents(facts, shown=(Shown(),))
        try:
            shrunk = _shrunk(image, short_px / min(image.size))
        except Unreadable as problem:
            return Contents(facts, problem=problem.reason)
    return Contents(facts, shown=(Shown(raster=Raster(shrunk.width, shrunk.height, shrunk.tobytes())),))


def picture_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return a picture as PNG, longest side at most ``longest_px``.

    Raises:
        Unreadable: It cannot be decoded.
    """
    with _few_pixels(), _opened(file) as image:
        return as_png(_shrunk(image, longest_px / max(image.size)))


def shades_of(raster: Raster, points: int) -> NDArray[np.uint8]:
    """Return a picture as grey points, [points, points], whatever its shape."""
    image = Image.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    return np.asarray(image.convert("L").resize((points, points), Image.Resampling.HAMMING))


def as_png(image: Image.Image) -> bytes:
    """Return a picture as a PNG file."""
    sink = BytesIO()
    image.save(sink, "PNG", compress_level=3)
    return sink.getvalue()


@contextmanager
def _few_pixels() -> Iterator[None]:
    """Have Pillow raise on too many pixels, and keep quiet about broken metadata."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _opened(file: BinaryIO) -> ImageFile.ImageFile:
    try:
        return Image.open(file, formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise Unreadable("The picture is damaged, or not of a kind that can be read.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("The picture has too many pixels.") from error
    except (OSError, SyntaxError, ValueError, OverflowError) as error:
        raise _damage(error) from error


def _shrunk(image: ImageFile.ImageFile, factor: float) -> Image.Image:
    """Return a picture scaled by a factor below one, upright, in RGB, on white."""
    factor = min(factor, 1.0, _LONGEST_PX / max(image.size))
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    try:
        image.draft(None, size)
        image.load()
        turn = turn_of(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("The picture has too many pixels.") from error
    except (OSError, SyntaxError, ValueError, OverflowError, EOFError) as error:
        raise _damage(error) from error
    small = _in_colour(image).resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    return _on_white(small if turn is None else small.transpose(turn))


def _in_colour(image: Image.Image) -> Image.Image:
    """Return a picture of any mode as RGB or RGBA."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    elif image.mode == "F":
        low, high = cast("tuple[float, float]", image.getextrema())
        image = image.point(lambda value: (value - low) * (255 / ((high - low) or 1))).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")


def _damage(error: Exception) -> Unreadable:
    truncated = "truncated" in str(error).lower()
    return Unreadable("The picture is damaged (truncated)." if truncated else "The picture is damaged.")
