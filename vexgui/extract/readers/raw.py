"""Camera raw files: the picture that the camera put beside its measurements, and what it says about them.

All makers do so, each in a place of its own; but what lies there is a JPEG, and is found as such. The tags lie in a
TIFF header, in boxes (CR3), or in that JPEG (RAF). Nothing is developed.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedReader, RawIOBase
from typing import BinaryIO

from PIL import ExifTags, Image, ImageFile
from typing_extensions import Buffer, override

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Unreadable
from vexgui.extract.readers.captions import BROKEN
from vexgui.extract.readers.photo import Tags, facts_of, tags_in, tags_of
from vexgui.extract.readers.picture import as_png, opened_picture, seen, upright

_MOST_BYTES = 512 << 20
_CHUNK_BYTES = 4 << 20
_MOST_FOUND = 100
_MOST_SEGMENTS = 100
_HEAD_BYTES = 1 << 20
"""The tags lie in the first part of a file."""
_START = b"\xff\xd8\xff"
_SHOWN = (0xC0, 0xC1, 0xC2)
"""Frames that programs show: baseline, extended, progressive (ITU-T T.81, table B.1). Raw pixels are lossless."""
_SEGMENT = struct.Struct(">BBHBHH")
"""How a segment of a JPEG begins: 0xFF, marker, length; in a frame follow bits a channel, height and width (B.2.2)."""
_MARKER, _BITS = 0xFF, 8
_OTHER_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_TIFF = {b"II": b"*\0", b"MM": b"\0*"}
"""What follows the byte order in a TIFF; Olympus and Panasonic write something of their own there."""
_BOXES = (b"CMT1", b"CMT2", b"CMT4")
"""Where a CR3 has the three parts of its EXIF, each a TIFF header and a directory."""


def read_raw(file: BinaryIO, short_px: int) -> Contents:
    """Read a photo's facts and, unless ``short_px`` is 0, the pixels of its preview, see `read_picture`.

    Raises:
        Unreadable: It has no preview.
    """
    with _opened(file) as (image, tags):
        return seen(image, _facts(image, tags), short_px, tags.orientation)


def raw_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return a photo's preview as PNG, longest side at most ``longest_px``.

    Raises:
        Unreadable: It has none.
    """
    with _opened(file) as (image, tags):
        return as_png(upright(image, longest_px / max(image.size), tags.orientation))


@contextmanager
def _opened(file: BinaryIO) -> Iterator[tuple[ImageFile.ImageFile, Tags]]:
    found = [(size, at) for at in _starts(file) if (size := _size_at(file, at))]
    if not found:
        raise Unreadable("The camera put no preview into this photo.")
    _, at = max(found)
    with opened_picture(BufferedReader(_From(file, at))) as image:
        own, tags = tags_of(image), _tags(file)
        yield image, Tags(tags.first or own.first, tags.details or own.details, tags.gps or own.gps)


def _facts(image: ImageFile.ImageFile, tags: Tags) -> FileFacts:
    """Return the facts; the size is that of the photo where it says so, because the preview may be smaller."""
    facts = facts_of(image, tags)
    sides = [tags.details.get(tag) for tag in (ExifTags.Base.ExifImageWidth, ExifTags.Base.ExifImageHeight)]
    width, height = (side if isinstance(side, int) else 0 for side in (reversed(sides) if tags.is_sideways else sides))
    return replace(facts, width=width, height=height) if min(width, height) > min(image.size) else facts


def _starts(file: BinaryIO) -> Iterator[int]:
    """Yield where a JPEG may begin, the first hundred places."""
    count = 0
    for place in range(0, _MOST_BYTES, _CHUNK_BYTES):
        file.seek(place)
        chunk = file.read(_CHUNK_BYTES + len(_START) - 1)
        at = chunk.find(_START)
        while at >= 0 and count < _MOST_FOUND:
            yield place + at
            count += 1
            at = chunk.find(_START, at + 1)
        if len(chunk) < _CHUNK_BYTES:
            return


def _size_at(file: BinaryIO, at: int) -> int:
    """Return how many pixels the JPEG has that begins at a place; 0 if it is none that can be shown."""
    at += 2
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        segment = file.read(_SEGMENT.size)
        if len(segment) < _SEGMENT.size:
            return 0
        start, marker, length, bits, height, width = _SEGMENT.unpack(segment)
        if marker in _SHOWN:
            return height * width if bits == _BITS else 0
        if start != _MARKER or marker in _OTHER_FRAMES:
            return 0
        at += 2 + length
    return 0


def _tags(file: BinaryIO) -> Tags:
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if head[:2] in _TIFF:
        return tags_in(_exif(head[:2] + _TIFF[head[:2]] + head[4:]))
    first, details, gps = (dict(_exif(_box(head, name))) for name in _BOXES)
    return Tags(first, details, gps)


def _exif(tiff: bytes) -> Image.Exif:
    exif = Image.Exif()
    try:
        exif.load(b"Exif\0\0" + tiff)
    except BROKEN:
        return Image.Exif()
    return exif


def _box(head: bytes, name: bytes) -> bytes:
    """Return what is in a box of the ISO base media format; b"" if there is none of this name."""
    before, found, after = head.partition(name)
    size = int.from_bytes(before[-4:], "big")
    return after[: max(0, size - 8)] if found else b""


class _From(RawIOBase):
    """A file from some place on, as if it began there."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._start = start
        self._at = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        end = self._file.seek(0, os.SEEK_END) - self._start if whence == os.SEEK_END else 0
        self._at = max(0, offset + (0, self._at, end)[whence])
        return self._at

    @override
    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        self._file.seek(self._start + self._at)
        data = self._file.read(len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
