"""The names in a 7z archive, from its header (7zFormat.txt of the LZMA SDK); nothing else in it is unpacked."""

import lzma
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from vexgui.extract.contents import Unreadable

_START = struct.Struct("<6s2sLQQL")
_MAX_HEADER_BYTES = 64 << 20
_LZMA, _LZMA2, _COPY = b"\x03\x01\x01", b"\x21", b"\x00"
_LZMA_PROPERTIES = struct.Struct("<BL")
_MOST_STREAMS = 1 << 20
_MOST_PACKED = 4
"""So often a header may be packed within another; one that is not packed but says so may name its own place."""

# What comes next in a header.
_END, _HEADER, _ARCHIVE, _MORE_STREAMS, _STREAMS, _FILES = 0, 1, 2, 3, 4, 5
_PACKED, _UNPACKED, _PARTS, _SIZE, _CRC, _FOLDER, _SIZES, _PART_COUNT = 6, 7, 8, 9, 10, 11, 12, 13
_EMPTY_STREAM, _EMPTY_FILE, _NAMES, _PACKED_HEADER = 14, 15, 17, 23


@dataclass(slots=True)
class _Folder:
    """Streams that are packed together: how, to how many bytes, and whether there is a checksum of them."""

    coder: bytes
    properties: bytes
    unpacked_bytes: int = 0
    outputs: int = 1
    has_sum: bool = False
    is_plain: bool = True


def seven_zip_names(file: BinaryIO) -> Iterator[str]:
    """Yield the names of the files in an archive, folders left out.

    Raises:
        Unreadable: It is damaged, or even its names are encrypted.
    """
    try:
        *_, offset, length, _ = _START.unpack(file.read(_START.size))
        header = _read_at(file, _START.size + offset, length)
        for _ in range(_MOST_PACKED):
            if header[:1] == bytes([_PACKED_HEADER]):
                header = _unpacked(file, _Header(header[1:]))
        yield from _Header(header[1:]).names()
    except (struct.error, IndexError, EOFError, OverflowError, lzma.LZMAError, ValueError) as error:
        raise Unreadable("The archive is damaged.") from error


def _read_at(file: BinaryIO, place: int, length: int) -> bytes:
    if length > _MAX_HEADER_BYTES:
        raise Unreadable("The archive is damaged, or too large.")
    file.seek(place)
    data = file.read(length)
    if len(data) < length:
        raise Unreadable("The archive is damaged (truncated).")
    return data


def _unpacked(file: BinaryIO, header: "_Header") -> bytes:
    """Return the header that another one tells the place of."""
    start, sizes, folders = header.streams()
    folder = folders[0]
    packed = _read_at(file, _START.size + start, sizes[0])
    if not folder.is_plain or folder.unpacked_bytes > _MAX_HEADER_BYTES:
        raise Unreadable("The archive is encrypted, even its names.")
    if folder.coder == _COPY:
        return packed
    if folder.coder == _LZMA:
        properties, dictionary = _LZMA_PROPERTIES.unpack(folder.properties)
        rest, lc = divmod(properties, 9)
        pb, lp = divmod(rest, 5)
        options = {
            "id": lzma.FILTER_LZMA1,
            "dict_size": min(max(4096, dictionary), _MAX_HEADER_BYTES),
            "lc": lc,
            "lp": lp,
            "pb": pb,
        }
    elif folder.coder == _LZMA2:
        options = {"id": lzma.FILTER_LZMA2, "dict_size": _MAX_HEADER_BYTES}
    else:
        raise Unreadable("The archive is encrypted, even its names.")
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[options])
    return unpacker.decompress(packed, folder.unpacked_bytes)


class _Header:
    """A header on the way through its numbers."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def names(self) -> Iterator[str]:
        """Yield the names of the files."""
        kind = self._byte()
        if kind == _ARCHIVE:
            while self._number() != _END:
                self._bytes(self._number())
            kind = self._byte()
        for expected in (_MORE_STREAMS, _STREAMS):
            if kind == expected:
                self.streams()
                kind = self._byte()
        if kind == _FILES:
            yield from self._files()

    def _files(self) -> Iterator[str]:
        count = self._count()
        names: list[str] = []
        empty: list[bool] = []
        empty_files: list[bool] = []
        while (kind := self._number()) != _END:
            part = self._bytes(self._number())
            if kind == _NAMES:
                names = part[1:].decode("utf-16-le", "replace").split("\0")[:count]
            elif kind == _EMPTY_STREAM:
                empty = _bits(part, count)
            elif kind == _EMPTY_FILE:
                empty_files = _bits(part, sum(empty))
        folders = _folders_among(empty, empty_files)
        yield from (name for number, name in enumerate(names) if number not in folders)

    def streams(self) -> tuple[int, list[int], list[_Folder]]:
        """Go through what is said of packed streams: where they start, how long each is, and how they are packed."""
        start = 0
        sizes: list[int] = []
        folders: list[_Folder] = []
        while (kind := self._byte()) != _END:
            if kind == _PACKED:
                start, sizes = self._packed()
            elif kind == _UNPACKED:
                folders = self._unpacked()
            elif kind == _PARTS:
                self._parts(folders)
            else:
                raise Unreadable("The archive is damaged.")
        return start, sizes, folders

    def _packed(self) -> tuple[int, list[int]]:
        start, count = self._number(), self._count()
        sizes: list[int] = []
        while (kind := self._byte()) != _END:
            if kind == _SIZE:
                sizes = [self._number() for _ in range(count)]
            else:
                self._sums(count)
        return start, sizes

    def _unpacked(self) -> list[_Folder]:
        self._byte()
        count = self._count()
        self._byte()
        folders = [self._folder() for _ in range(count)]
        while (kind := self._byte()) != _END:
            if kind == _SIZES:
                for folder in folders:
                    *_, folder.unpacked_bytes = (self._number() for _ in range(folder.outputs))
            else:
                for folder, has_sum in zip(folders, self._sums(count), strict=True):
                    folder.has_sum = has_sum
        return folders

    def _folder(self) -> _Folder:
        coders = self._count()
        inputs = outputs = 0
        coder = properties = b""
        for _ in range(coders):
            flags = self._byte()
            coder = self._bytes(flags & 15)
            is_complex = flags & 16
            inputs += self._number() if is_complex else 1
            outputs += self._number() if is_complex else 1
            properties = self._bytes(self._number()) if flags & 32 else b""
        pairs = outputs - 1
        for _ in range(2 * pairs):
            self._number()
        if inputs - pairs > 1:
            for _ in range(inputs - pairs):
                self._number()
        return _Folder(coder, properties, outputs=outputs, is_plain=coders == 1)

    def _parts(self, folders: list[_Folder]) -> None:
        """Go through what is said of the files in each folder."""
        counts = [1] * len(folders)
        kind = self._byte()
        if kind == _PART_COUNT:
            counts = [self._count() for _ in folders]
            kind = self._byte()
        if kind == _SIZE:
            for count in counts:
                for _ in range(count - 1):
                    self._number()
            kind = self._byte()
        while kind != _END:
            self._sums(sum(n for folder, n in zip(folders, counts, strict=True) if n != 1 or not folder.has_sum))
            kind = self._byte()

    def _sums(self, count: int) -> list[bool]:
        """Pass by checksums, and tell of which streams there are some."""
        there = [True] * count if self._byte() else _bits(self._bytes((count + 7) // 8), count)
        self._bytes(4 * sum(there))
        return there

    def _count(self) -> int:
        count = self._number()
        if count > _MOST_STREAMS:
            raise Unreadable("The archive is damaged, or too large.")
        return count

    def _number(self) -> int:
        """Return a number; how many ones its first byte begins with tells how many bytes follow."""
        first = self._byte()
        value = 0
        for extra in range(8):
            if not first & 128 >> extra:
                return value + ((first & (127 >> extra)) << (8 * extra))
            value |= self._byte() << (8 * extra)
        return value

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise EOFError
        self._at += count
        return self._data[self._at - count : self._at]


def _bits(packed: bytes, count: int) -> list[bool]:
    return [bool(packed[number // 8] & 128 >> number % 8) for number in range(count)]


def _folders_among(empty: list[bool], empty_files: list[bool]) -> set[int]:
    """Return which entries are folders: those without content that are no empty files."""
    without = [number for number, is_empty in enumerate(empty) if is_empty]
    return {number for place, number in enumerate(without) if place >= len(empty_files) or not empty_files[place]}
