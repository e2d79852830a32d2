"""One column: a fixed-width array on disk, read through a map and written with pwrite.

A mapped write on a full disk would kill the process (SIGBUS), so maps are read-only, room is claimed with
posix_fallocate before it is written, and a full disk is an ordinary error.
"""

import errno
import mmap
import os
import time
import weakref
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import PermissionProblem, StoreDamaged, StoreTooNew, is_full, no_room_in_store
from vexgui.core.paths import shown
from vexgui.core.vectors import SpaceId
from vexgui.store.format import (
    COLUMN_CRC,
    COLUMN_HEADER,
    COLUMN_MAGIC,
    COLUMN_VERSION,
    PAGE_CHOICES,
    CodecCode,
    Column,
)

REBUILD = "Run `vexgui rebuild` to make the store again from the files and their records."
_HEADER_BYTES = COLUMN_HEADER.size + COLUMN_CRC.size
_ZEROS = bytes(1 << 20)


class Access(Enum):
    """What columns are opened for; the value is what open(2) is told."""

    READ = os.O_RDONLY
    WRITE = os.O_RDWR
    CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True, slots=True)
class Shape:
    """What a column's header says, and so what its rows are.

    Attributes:
        column: Which property it holds.
        space: The space it belongs to.
        generation: Which writing of the space's columns it belongs to.
        dim: Length of the space's vectors.
        codec: How the space's vectors are kept.
        dtype: Type of one element.
        width: Elements in a row.
    """

    column: Column
    space: SpaceId
    generation: int
    dim: int
    codec: CodecCode
    dtype: np.dtype[np.generic]
    width: int

    @property
    def row_bytes(self) -> int:
        """Bytes in a row."""
        return self.dtype.itemsize * self.width

    def header(self, page_bytes: int) -> tuple[Any, ...]:
        """Return the header's fields but for magic, version and time of creation, in their order."""
        return (
            self.column,
            self.codec,
            0,
            page_bytes,
            self.dim,
            self.row_bytes,
            self.generation,
            bytes.fromhex(self.space),
            self.dtype.str.encode(),
        )


class ColumnFile:
    """One column: a header page, then rows of equal width.

    Args:
        path: Where it lies.
        shape: What its rows are.
        access: What it is opened for.
        page_bytes: What a new file begins with and grows by; of one that is there, its header tells.

    Raises:
        StoreDamaged: It is missing, or the header is not what it should be.
        StoreTooNew: A newer VexGUI wrote it.
        DiskFull: There is no room to create it.
    """

    def __init__(self, path: bytes, shape: Shape, *, access: Access, page_bytes: int) -> None:
        self._path = path
        self._shape = shape
        self._page_bytes = page_bytes
        self._descriptor = self._open(access)
        self._closed = weakref.finalize(self, os.close, self._descriptor)
        self._unflushed = access is Access.CREATE
        self.rows: NDArray[Any] = np.empty((0, shape.width), shape.dtype)
        try:
            if access is Access.CREATE:
                self._write_header()
            else:
                self._page_bytes = self._checked_header()
            self.refresh()
        except BaseException:
            self.close()
            raise

    @property
    def capacity(self) -> int:
        """Rows there is room for."""
        return len(self.rows)

    def refresh(self) -> None:
        """Map the file again when it has grown or shrunk."""
        size = os.fstat(self._descriptor).st_size
        row_bytes = self._shape.row_bytes
        capacity = max(0, (size - self._page_bytes) // row_bytes)
        if capacity == len(self.rows):
            return
        if capacity:
            mapped = mmap.mmap(self._descriptor, self._page_bytes + capacity * row_bytes, prot=mmap.PROT_READ)
            flat = np.frombuffer(mapped, self._shape.dtype, capacity * self._shape.width, self._page_bytes)
        else:
            flat = np.empty(0, self._shape.dtype)
        # One assignment: other threads see the old rows or the new ones.
        self.rows = flat.reshape(capacity, self._shape.width)

    def reserve(self, rows: int) -> None:
        """Make room for so many rows in all, whole pages at a time.

        Raises:
            DiskFull: There is no room; nothing changed.
        """
        if rows <= self.capacity:
            return
        pages = -(-rows * self._shape.row_bytes // self._page_bytes)
        with disk_errors(self._path):
            os.posix_fallocate(self._descriptor, 0, (1 + pages) * self._page_bytes)
        self._unflushed = True
        self.refresh()

    def write(self, slots: NDArray[np.int64], rows: NDArray[Any]) -> None:
        """Write rows [n, width] or [n] to slots, ascending; neighbours go out in one call."""
        data = np.ascontiguousarray(rows, self._shape.dtype).reshape(-1).view(np.uint8).data
        width = self._shape.row_bytes
        breaks = (np.flatnonzero(np.diff(slots) != 1) + 1).tolist()
        for start, end in zip([0, *breaks], [*breaks, len(slots)], strict=True):
            if end > start:
                self._write(data[start * width : end * width], self._page_bytes + int(slots[start]) * width)

    def erase(self, first: int, count: int) -> None:
        """Make some rows zero."""
        width = self._shape.row_bytes
        offset, end = self._page_bytes + first * width, self._page_bytes + (first + count) * width
        while offset < end:
            part = memoryview(_ZEROS)[: end - offset]
            self._write(part, offset)
            offset += len(part)

    def erase_behind(self, rows: int) -> None:
        """Make zero all that lies behind so many rows."""
        end, size = self._page_bytes + rows * self._shape.row_bytes, os.fstat(self._descriptor).st_size
        if any(os.pread(self._descriptor, size - end, end)):
            self._write(memoryview(bytes(size - end)), end)

    def flush(self) -> None:
        """Have the disk hold what was written.

        Raises:
            StoreDamaged: The disk refused; what it holds is unknown (a repeated fsync would lie, "fsyncgate").
        """
        if not self._unflushed:
            return
        with disk_errors(self._path):
            os.fdatasync(self._descriptor)
        self._unflushed = False

    def problems(self, rows: int) -> list[str]:
        """Return what is wrong outside of so many rows: bytes that should be zero, a length that is no whole page."""
        size = os.fstat(self._descriptor).st_size
        end = self._page_bytes + rows * self._shape.row_bytes
        found: list[str] = []
        try:
            self._checked_header()
        except StoreDamaged as damage:
            found.append(str(damage))
        padding = os.pread(self._descriptor, self._page_bytes - _HEADER_BYTES, _HEADER_BYTES)
        if any(padding) or any(os.pread(self._descriptor, size - end, end)):
            found.append(f"{shown(self._path)} holds bytes where none belong.")
        if size % self._page_bytes:
            found.append(f"{shown(self._path)} was cut short.")
        return found

    def close(self) -> None:
        """Close the file, as happens when nobody holds it any more; views that are still held stay readable."""
        self._closed()

    def _open(self, access: Access) -> int:
        try:
            return os.open(self._path, access.value | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise PermissionProblem(
                f"{shown(self._path)} may not be opened.",
                "Give yourself read and write permission on the profile's folders.",
            ) from error
        except OSError as error:
            if is_full(error):
                raise no_room_in_store(self._path) from error
            raise StoreDamaged(f"{shown(self._path)} cannot be opened ({error.strerror}).", REBUILD) from error

    def _checked_header(self) -> int:
        """Return the page size that the header gives, having compared the rest with what is expected."""
        header = os.pread(self._descriptor, _HEADER_BYTES, 0)
        damaged = StoreDamaged(f"{shown(self._path)} is damaged.", REBUILD)
        if len(header) < _HEADER_BYTES or header[:4] != COLUMN_MAGIC:
            raise damaged
        fields = header[: COLUMN_HEADER.size]
        if zlib.crc32(fields) != COLUMN_CRC.unpack(header[COLUMN_HEADER.size :])[0]:
            raise damaged
        _, version, *rest, _ = COLUMN_HEADER.unpack(fields)
        if version > COLUMN_VERSION:
            raise StoreTooNew(f"{shown(self._path)} was written by a newer VexGUI.", "Update VexGUI.")
        page_bytes: int = rest[3]
        rest[-1] = rest[-1].rstrip(b"\0")
        if version != COLUMN_VERSION or page_bytes not in PAGE_CHOICES or tuple(rest) != self._shape.header(page_bytes):
            raise damaged
        return page_bytes

    def _write_header(self) -> None:
        fields = COLUMN_HEADER.pack(
            COLUMN_MAGIC, COLUMN_VERSION, *self._shape.header(self._page_bytes), int(time.time())
        )
        page = (fields + COLUMN_CRC.pack(zlib.crc32(fields))).ljust(self._page_bytes, b"\0")
        self._write(memoryview(page), 0)

    def _write(self, view: memoryview, offset: int) -> None:
        self._unflushed = True
        with disk_errors(self._path):
            while view:
                done = os.pwrite(self._descriptor, view, offset)
                view, offset = view[done:], offset + done


@contextmanager
def disk_errors(path: bytes) -> Iterator[None]:
    """Turn a full disk into `DiskFull`, and one that fails into `StoreDamaged`."""
    try:
        yield
    except OSError as error:
        if is_full(error) or error.errno == errno.EFBIG:
            raise no_room_in_store(path) from error
        raise StoreDamaged(f"{shown(path)} could not be written to the disk ({error.strerror}).", REBUILD) from error
