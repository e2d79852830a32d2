"""How an extraction travels from the decoder to the program; whatever comes in is checked as if an enemy sent it."""

import errno
import math
import os
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from vexgui.core.arrays import Pixels
from vexgui.core.files import Extraction, FileFacts, FileStat, Kind, Passage, PassageKind
from vexgui.extract.contents import MAX_SHOWN, Raster
from vexgui.extract.passages import MAX_PASSAGES
from vexgui.system.fingerprint import HASH_BYTES
from vexgui.system.frames import Bounds, Frame, FrameError

DECODERS_BOUNDS = Bounds(header_bytes=8 << 20, blobs=MAX_SHOWN + 2, blob_bytes=256 << 20)
"""What an answer may bring: as many passages as there may be of the longest characters, all pictures of a file, which
are 4096 pixels long and 512 wide at most, and beside them its content hash and its thumbnail."""

MAX_SIDE_PX = 1 << 16
MAX_PASSAGE_CHARS = 1 << 14
MAX_FACT_CHARS = 4000
_MAX_ERRNO = 4095
_MAX_COUNT = 1 << 40
_MAX_EXTRA = 16
_STAT_LIMIT = 1 << 64
_RGB = 3
_PNG = b"\x89PNG\r\n\x1a\n"

_STAT_FIELDS = tuple(field.name for field in fields(FileStat))
_WHOLE_FACTS = {"width", "height", "pages"}
_REAL_FACTS = {"latitude": 90.0, "longitude": 180.0}
_FACT_FIELDS = {field.name for field in fields(FileFacts)}


def answer(extraction: Extraction, rasters: Sequence[Raster], thumbnail: Raster | None = None) -> Frame:
    """Return the frame that carries an extraction; its pixels are taken from ``rasters``.

    Args:
        extraction: What was read.
        rasters: Its pictures.
        thumbnail: The file's thumbnail, which goes with it.
    """
    small = [] if thumbnail is None else [thumbnail]
    header = {
        "kind": extraction.kind,
        "mime": extraction.mime,
        "facts": {name: value for name, value in asdict(extraction.facts).items() if value is not None},
        "passages": [[passage.kind, passage.text, passage.place] for passage in extraction.passages],
        "pictures": [[raster.height, raster.width] for raster in rasters],
        "thumbnail": [[raster.height, raster.width] for raster in small],
        "problem": extraction.problem,
    }
    return Frame(header, (extraction.content_hash, *(raster.rgb for raster in (*rasters, *small))))


def identity(known: Extraction) -> list[Any]:
    """Return how a request names the content that a file is known to have, see `hash_known`."""
    return [_numbers(known.stat), known.content_hash.hex()]


def hash_known(named: list[Any] | None, stat: FileStat) -> bytes | None:
    """Return the content hash of a file that is as it is known to be, else None."""
    if named is None:
        return None
    then, content_hash = named
    return bytes.fromhex(content_hash) if FileStat(*then).same_content_as(stat) else None


def opened(stat: FileStat) -> Frame:
    """Return the frame that says which file was opened and passed on to a decoder."""
    return Frame({"stat": _numbers(stat)})


def stat_in(frame: Frame) -> FileStat:
    """Return which file was opened, see `opened`.

    Raises:
        FrameError: The frame is nonsense.
    """
    # Times before 1970 are negative.
    numbers = _listed(frame.header.get("stat"), len(_STAT_FIELDS))
    return FileStat(*(_whole(number, _STAT_LIMIT, -_STAT_LIMIT) for number in numbers))


def refusal(error: OSError) -> Frame:
    """Return the frame that carries an error of the operating system."""
    return Frame({"errno": error.errno or errno.EIO})


def unsteady() -> Frame:
    """Return the frame that says that the file changed while it was read."""
    return Frame({"unsteady": True})


def raise_refusal(frame: Frame, path: bytes) -> None:
    """Raise the error of the operating system that a frame carries, if it carries one.

    That a file is gone is not believed of a decoder, because it was given the file.

    Raises:
        OSError: It does; PermissionError and the like by its number.
        FrameError: It is nonsense.
    """
    if "errno" in frame.header:
        told = _whole(frame.header["errno"], _MAX_ERRNO)
        number = errno.EIO if told == errno.ENOENT else told
        raise OSError(number, os.strerror(number), path)


def extraction_in(frame: Frame, stat: FileStat, picture_px: int) -> Extraction | None:
    """Return the extraction a frame carries, or None where it says that the file changed while it was read.

    Args:
        frame: What the decoder answered.
        stat: The file's, from whoever opened it: a decoder is not asked for it.
        picture_px: The short side that was asked for; a larger picture is refused.

    Raises:
        FrameError: The frame is nonsense.
    """
    header = frame.header
    if "unsteady" in header:
        return None
    try:
        content_hash, *pixels = frame.blobs
        if len(content_hash) != HASH_BYTES:
            raise FrameError("the content hash has another length")
        if _listed(header["thumbnail"]):
            pixels.pop()
        shapes = _listed(header["pictures"], len(pixels))
        pictures = tuple(_picture(*each, picture_px) for each in zip(shapes, pixels, strict=True))
        return Extraction(
            stat=stat,
            content_hash=content_hash,
            kind=Kind(header["kind"]),
            mime=_text(header["mime"], MAX_FACT_CHARS),
            facts=_facts(header["facts"]),
            passages=_passages(header["passages"], pictures=len(pictures)),
            pictures=pictures,
            problem=_text(header["problem"], MAX_FACT_CHARS),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise FrameError("the answer is not an extraction") from error


def thumbnail_beside(frame: Frame, longest_px: int) -> Pixels | None:
    """Return the thumbnail that a frame carries beside an extraction, longest side at most ``longest_px``; or None.

    Raises:
        FrameError: The frame is nonsense.
    """
    shapes = _listed(frame.header.get("thumbnail", []))
    if not shapes:
        return None
    thumbnail = _picture(shapes[0], frame.blobs[-1], longest_px)
    if max(thumbnail.shape[:2]) > longest_px:
        raise FrameError("the thumbnail has another size")
    return thumbnail


def thumbnail_in(frame: Frame) -> bytes:
    """Return the PNG a frame carries, or b"".

    Raises:
        FrameError: The frame is nonsense.
    """
    if len(frame.blobs) != 1 or (frame.blobs[0] and not frame.blobs[0].startswith(_PNG)):
        raise FrameError("the answer is not a thumbnail")
    return frame.blobs[0]


def _numbers(stat: FileStat) -> list[int]:
    return [getattr(stat, name) for name in _STAT_FIELDS]


def _passages(value: object, *, pictures: int) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for ordinal, entry in enumerate(_listed(value)):
        kind, text, place = _listed(entry, 3)
        found.append(
            Passage(
                ordinal,
                PassageKind(_text(kind, MAX_FACT_CHARS)),
                _text(text, MAX_PASSAGE_CHARS),
                _text(place, MAX_FACT_CHARS),
            ),
        )
    kinds = [passage.kind for passage in found]
    if not kinds or kinds[0] is not PassageKind.ABOUT or kinds.count(PassageKind.TEXT) > MAX_PASSAGES:
        raise FrameError("the passages are not a file's")
    shown = kinds.count(PassageKind.PICTURE)
    are_last = kinds[len(kinds) - shown :].count(PassageKind.PICTURE) == shown
    if kinds.count(PassageKind.ABOUT) != 1 or not are_last or shown > MAX_SHOWN or pictures not in (0, shown):
        raise FrameError("the passages contradict each other")
    return tuple(found)


def _picture(shape: object, pixels: bytes, picture_px: int) -> Pixels:
    height, width = (_whole(side, MAX_SIDE_PX) for side in _listed(shape, 2))
    if len(pixels) != height * width * _RGB or not 0 < min(height, width) <= picture_px:
        raise FrameError("the picture has another size")
    return np.frombuffer(pixels, np.uint8).reshape(height, width, _RGB)


def _facts(value: object) -> FileFacts:
    if not isinstance(value, dict) or not value.keys() <= _FACT_FIELDS:
        raise FrameError("there are unknown facts")
    facts: dict[str, Any] = {}
    for name, fact in value.items():
        if name in _WHOLE_FACTS:
            facts[name] = _whole(fact, _MAX_COUNT)
        elif name in _REAL_FACTS:
            facts[name] = _real(fact, _REAL_FACTS[name])
        elif name == "extra":
            facts[name] = _extra(fact)
        else:
            facts[name] = _text(fact, MAX_FACT_CHARS)
    return FileFacts(**facts)


def _extra(value: object) -> dict[str, str | int | float]:
    if not isinstance(value, dict) or len(value) > _MAX_EXTRA:
        raise FrameError("there are too many facts")
    return {_text(name, MAX_FACT_CHARS): _fact(fact) for name, fact in value.items()}


def _fact(value: object) -> str | int | float:
    if isinstance(value, str):
        return _text(value, MAX_FACT_CHARS)
    return _whole(value, _MAX_COUNT, -_MAX_COUNT) if type(value) is int else _real(value, _MAX_COUNT)


def _listed(value: object, length: int | None = None) -> list[object]:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise FrameError("something is not a list of the right length")
    return value


def _whole(value: object, most: int, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= most:
        raise FrameError("something is not a whole number")
    return value


def _real(value: object, most: float) -> float:
    if not isinstance(value, int | float) or not (math.isfinite(value) and abs(value) <= most):
        raise FrameError("something is not a finite number")
    return float(value)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise FrameError("something is not a text of a sane length")
    value.encode()  # a broken surrogate raises ValueError
    return value
