"""The names in a ZIP file, from its directory (APPNOTE 6.3.10), one after the other: zipfile takes all in at once."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from vexgui.extract.contents import Unreadable

_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\5\6"
_END_64_PLACE = struct.Struct("<4sLQL")
_END_64_PLACE_MAGIC = b"PK\6\7"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_ENTRY_MAGIC = b"PK\1\2"
_MOST_COMMENT_BYTES = 1 << 16
_UNKNOWN = 0xFFFFFFFF


def zip_names(file: BinaryIO) -> Iterator[str]:
    """Yield the names of the files in a ZIP file, folders left out.

    Raises:
        Unreadable: It has no directory, as when its end is missing.
    """
    size = file.seek(0, 2)
    tail_at = max(0, size - _MOST_COMMENT_BYTES - _END.size - _END_64_PLACE.size)
    file.seek(tail_at)
    tail = file.read()
    end_at = tail.rfind(_END_MAGIC)
    if end_at < 0 or len(tail) - end_at < _END.size:
        raise Unreadable("The archive is damaged (truncated).")
    _, _, _, _, _, length, start, _ = _END.unpack_from(tail, end_at)
    before = tail_at + end_at
    if _UNKNOWN in (start, length) or _has_wide_end(tail, end_at):
        before, length = _wide_end(file, tail, end_at)
    file.seek(max(0, before - length))  # what is put before an archive, as in programs, shifts all its offsets
    yield from _names(file)


def _has_wide_end(tail: bytes, end_at: int) -> bool:
    """Tell whether there is another, wider end before the one at a place: some programs always write it."""
    place_at = end_at - _END_64_PLACE.size
    return place_at >= 0 and tail.startswith(_END_64_PLACE_MAGIC, place_at)


def _wide_end(file: BinaryIO, tail: bytes, end_at: int) -> tuple[int, int]:
    """Return where the directory of a large archive (ZIP64) ends, and how long it is."""
    if not _has_wide_end(tail, end_at):
        raise Unreadable("The archive is damaged.")
    at = _END_64_PLACE.unpack_from(tail, end_at - _END_64_PLACE.size)[2]
    file.seek(min(at, file.seek(0, 2)))
    record = file.read(_END_64.size)
    if len(record) < _END_64.size:
        raise Unreadable("The archive is damaged.")
    return at, _END_64.unpack(record)[8]


def _names(file: BinaryIO) -> Iterator[str]:
    while len(head := file.read(_ENTRY.size)) == _ENTRY.size and head.startswith(_ENTRY_MAGIC):
        entry = _ENTRY.unpack(head)
        name_bytes, extra_bytes, comment_bytes = entry[10:13]
        name = file.read(name_bytes)
        file.seek(extra_bytes + comment_bytes, 1)
        if not name.endswith(b"/"):
            yield _decoded(name)


def _decoded(name: bytes) -> str:
    """Return a name; those that are not marked as UTF-8 are often so all the same."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("cp437")
