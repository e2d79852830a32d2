"""Archives: the names of what is in them, and the text of a single compressed file."""

import bz2
import gzip
import lzma
import sys
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BufferedIOBase
from itertools import islice
from typing import BinaryIO, cast

from typing_extensions import override

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Section, Unreadable, clean
from vexgui.extract.kinds import HEAD_BYTES, is_text
from vexgui.extract.readers.seven_zip import seven_zip_names
from vexgui.extract.readers.text import MAX_TEXT_BYTES, decoded
from vexgui.extract.readers.zip_directory import zip_names

MAX_NAMES = 20_000
"""Names of files beyond these are not read."""

MAX_UNPACKED_BYTES = 128 << 20
"""How much of a compressed archive is unpacked to find names."""

_MAX_WINDOW_BYTES = 1 << 27
_TAR_MAGIC_AT = 257
_BROKEN = (tarfile.TarError, OSError, EOFError, lzma.LZMAError, zlib.error, ValueError)


class _Bounded(BufferedIOBase):
    """A stream whose first bytes were read before, and that ends after so many more, whatever a bomb would give."""

    def __init__(self, first: bytes, rest: BinaryIO, most_bytes: int) -> None:
        self._first = first
        self._rest = rest
        self._left = most_bytes

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most ``size`` bytes, b"" at the end."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        data, self._first = self._first[:wanted], self._first[wanted:]
        data = data or self._rest.read(wanted)
        self._left -= len(data)
        return data


def read_archive(file: BinaryIO) -> Contents:
    """Read the names in an archive, at most 20,000; of a single compressed file the text, if it is one.

    Raises:
        Unreadable: It is damaged.
    """
    magic = file.read(6)
    file.seek(0)
    try:
        if magic.startswith(b"PK"):
            return _listed(zip_names(file))
        if magic.startswith(b"7z\xbc\xaf"):
            return _listed(seven_zip_names(file))
        unpack = next((unpack for start, unpack in _UNPACKERS if magic.startswith(start)), None)
        if unpack is not None:
            return _unpacked(unpack(file))
        return _listed(_names(tarfile.open(fileobj=file, mode="r:"), sys.maxsize))
    except _BROKEN as error:
        raise Unreadable("The archive is damaged.") from error


def _unpacked(stream: BinaryIO) -> Contents:
    """Read what a compressed file holds: another archive, or a text."""
    head = stream.read(HEAD_BYTES)
    whole = _Bounded(head, stream, MAX_UNPACKED_BYTES)
    if head[_TAR_MAGIC_AT:].startswith(b"ustar"):
        return _listed(_names(tarfile.open(fileobj=whole, mode="r|"), MAX_UNPACKED_BYTES))
    if not is_text(head):
        return Contents()
    data = head + stream.read(MAX_TEXT_BYTES - len(head))
    text, encoding = decoded(data, cut=len(data) == MAX_TEXT_BYTES)
    return Contents(FileFacts(encoding=encoding), (Section(clean(text)),))


def _names(archive: tarfile.TarFile, most_bytes: int) -> Iterator[str]:
    """Yield the names of the files in the first ``most_bytes`` of an archive, as far as it is whole."""
    members = iter(archive)
    for _ in range(MAX_NAMES):
        try:
            member = next(members, None)
        except _BROKEN:
            return
        if member is None:
            return
        if not member.isdir():
            yield member.name
        if archive.offset > most_bytes:  # where the next one would begin: a stream would be read up to there
            return


def _listed(names: Iterator[str]) -> Contents:
    """Return names, one a line, with how many there are."""
    found = [clean(name).replace("\n", " ") for name in islice(names, MAX_NAMES)]
    extra = {"files": len(found)} if len(found) < MAX_NAMES else None
    return Contents(FileFacts(extra=extra), (Section("\n".join(found), told("names")),))


def _zstandard(file: BinaryIO) -> BinaryIO:
    import zstandard

    return cast("BinaryIO", zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES).stream_reader(file))


_UNPACKERS: Sequence[tuple[bytes, Callable[[BinaryIO], BinaryIO]]] = (
    (b"\x1f\x8b", lambda file: cast("BinaryIO", gzip.GzipFile(fileobj=file))),
    (b"BZh", lambda file: cast("BinaryIO", bz2.BZ2File(file))),
    (b"\xfd7zXZ", lambda file: cast("BinaryIO", lzma.LZMAFile(file))),  # noqa: SIM115 - lives as long as the file
    (b"\x28\xb5\x2f\xfd", _zstandard),
)
"""What begins so, and what unpacks it."""
