"""Sealed files: what a library loads without looking is checked to its last byte first.

A library that reads a damaged file of its own may answer wrongly or end the process. So its file carries a checksum,
and the library gets a copy in memory of what was checked, which nobody can change any more.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

from vexgui.core.errors import PermissionProblem, StoreDamaged, StoreTooNew
from vexgui.core.paths import shown
from vexgui.store.format import SEAL_MAGIC, SEAL_TRAILER, SEAL_VERSION
from vexgui.system.atomic import replacing

_REMEDY = "It is made again by itself; until then every vector is compared."
_CHUNK_BYTES = 1 << 20
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A sealed file that is whole.

    Attributes:
        label: What was sealed with the content, to tell what it is.
        path: Where a copy of the content can be read for as long as the file is lent.
    """

    label: bytes
    path: str


def seal(path: bytes, label: bytes, write: Callable[[str], None]) -> None:
    """Write a sealed file in place of another.

    Args:
        path: Where it will lie.
        label: What tells what it is.
        write: Writes the content to a path, which is not the file's own.

    Raises:
        DiskFull: There is no room; what was there stays.
        PermissionProblem: The folder may not be written; what was there stays.
    """
    with replacing(path) as file:
        write(_path_of(file.fileno()))
        digest = blake2b(digest_size=_DIGEST_BYTES)
        while block := file.read(_CHUNK_BYTES):
            digest.update(block)
        end = SEAL_TRAILER.pack(SEAL_MAGIC, SEAL_VERSION, len(label), file.tell(), bytes(_DIGEST_BYTES))
        end = label + end[:-_DIGEST_BYTES]
        digest.update(end)
        file.write(end + digest.digest())


@contextmanager
def unsealed(path: bytes) -> Iterator[Unsealed]:
    """Lend the content of a sealed file, once every byte of the file is known to be what was written.

    Raises:
        StoreDamaged: It is missing, cut short, or not what was written.
        StoreTooNew: A newer VexGUI wrote it.
        PermissionProblem: It may not be read.
    """
    memory = os.memfd_create("unsealed", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        try:
            label = _checked(path, memory)
        except PermissionError as error:
            raise PermissionProblem(
                f"{shown(path)} may not be read.", "Give yourself read permission on the profile's folders."
            ) from error
        except OSError as error:
            raise StoreDamaged(f"{shown(path)} cannot be read ({error.strerror}).", _REMEDY) from error
        fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
        yield Unsealed(label, _path_of(memory))
    finally:
        os.close(memory)


def _checked(path: bytes, memory: int) -> bytes:
    """Copy a sealed file's content to memory and return its label, if the checksum fits."""
    with open(path, "rb") as file:
        start = os.fstat(file.fileno()).st_size - SEAL_TRAILER.size
        file.seek(max(0, start))
        trailer = file.read(SEAL_TRAILER.size)
        if start < 0 or len(trailer) < SEAL_TRAILER.size or not trailer.startswith(SEAL_MAGIC):
            raise StoreDamaged(f"{shown(path)} has no seal: it was cut short or is damaged.", _REMEDY)
        _, version, label_bytes, content_bytes, expected = SEAL_TRAILER.unpack(trailer)
        if version > SEAL_VERSION:
            raise StoreTooNew(f"{shown(path)} was written by a newer VexGUI.", "Update VexGUI.")
        if content_bytes + label_bytes != start:
            raise StoreDamaged(f"{shown(path)} does not have the length it was sealed with.", _REMEDY)
        digest = blake2b(digest_size=_DIGEST_BYTES)
        file.seek(0)
        for block in _blocks(file.fileno(), content_bytes):
            digest.update(block)
            _write(memory, block)
        label = os.pread(file.fileno(), label_bytes, content_bytes)
        digest.update(label + trailer[:-_DIGEST_BYTES])
        if digest.digest() != expected:
            raise StoreDamaged(f"{shown(path)} does not fit its seal.", _REMEDY)
        return label


def _blocks(descriptor: int, size: int) -> Iterator[bytes]:
    offset = 0
    while block := os.pread(descriptor, min(_CHUNK_BYTES, size - offset), offset):
        yield block
        offset += len(block)


def _write(descriptor: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _path_of(descriptor: int) -> str:
    return f"/proc/self/fd/{descriptor}"
