"""Columns: fixed-width arrays on disk, one a property of a vector, read through a map and written with pwrite.

A mapped write on a full disk would kill the process (SIGBUS), so maps are read-only, room is claimed with
posix_fallocate before it is written, and a full disk is an ordinary error.
"""

import errno
import mmap
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import DiskFull, PermissionProblem, StoreDamaged, StoreTooNew
from vexgui.core.paths import joined, shown
from vexgui.core.vectors import SpaceId
from vexgui.store.codecs import Codec, Codes, Encoded
from vexgui.store.format import (
    CHECKSUM_TYPE,
    COLUMN_CRC,
    COLUMN_HEADER,
    COLUMN_MAGIC,
    COLUMN_VERSION,
    OWNER_TYPE,
    PAGE_BYTES,
    SCALE_TYPE,
    Column,
)

_CHUNK_ROWS = 16384
REBUILD = "Run `vexgui rebuild` to make the store again from the files and their records."


class Access(Enum):
    """What columns are opened for; the value is what open(2) is told."""

    READ = os.O_RDONLY
    WRITE = os.O_RDWR
    CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some or all of a space's rows as they lie on disk; stays valid while it is held.

    Attributes:
        codes: [n, dim] of the codec's type.
        scale: [n] float32; 0 where the slot is free.
        owner: [n] int64, passage ids.
        checksum: [n] uint32, see `checksums`.
    """

    codes: Codes
    scale: NDArray[np.float32]
    owner: NDArray[np.int64]
    checksum: NDArray[np.uint32]

    def at(self, slots: NDArray[np.int64]) -> "Rows":
        """Return copies of the rows in slots; a writer may be at work, so `intact` must be asked of the copies."""
        return Rows(self.codes[slots], self.scale[slots], self.owner[slots], self.checksum[slots])

    def intact(self) -> NDArray[np.bool_]:
        """Tell which rows fit their checksums, so are neither damaged nor half written; shape [n]."""
        intact: NDArray[np.bool_] = checksums(self.codes, self.scale, self.owner) == self.checksum
        return intact


class ColumnFile:
    """One column: a header page, then rows of equal width.

    Args:
        path: Where it lies.
        column: Which property it holds.
        space: The space it belongs to.
        dim: Length of the space's vectors.
        codec: The codec of the space.
        dtype: Type of one element.
        width: Elements in a row.
        access: What it is opened for.

    Raises:
        StoreDamaged: It is missing, or the header is not what it should be.
        StoreTooNew: A newer VexGUI wrote it.
        DiskFull: There is no room to create it.
    """

    def __init__(  # noqa: PLR0913 - the header's fields
        self,
        path: bytes,
        column: Column,
        space: SpaceId,
        dim: int,
        codec: Codec,
        dtype: np.dtype[np.generic],
        width: int,
        *,
        access: Access,
    ) -> None:
        self._path = path
        self._dtype = dtype
        self._width = width
        self._row_bytes = dtype.itemsize * width
        self._expected = (column, codec.code, bytes.fromhex(space), dim, self._row_bytes)
        self._descriptor = self._open(access)
        self.rows: NDArray[np.generic] = np.empty((0, width), dtype)
        try:
            if access is Access.CREATE:
                self._write_header()
            else:
                self._check_header()
            self.refresh()
        except BaseException:
            os.close(self._descriptor)
            raise

    @property
    def capacity(self) -> int:
        """Rows there is room for."""
        return len(self.rows)

    def refresh(self) -> None:
        """Map the file again when it has grown or shrunk."""
        size = os.fstat(self._descriptor).st_size
        capacity = max(0, (size - PAGE_BYTES) // self._row_bytes)
        if capacity == len(self.rows):
            return
        if capacity:
            mapped = mmap.mmap(self._descriptor, PAGE_BYTES + capacity * self._row_bytes, prot=mmap.PROT_READ)
            flat = np.frombuffer(mapped, self._dtype, capacity * self._width, PAGE_BYTES)
        else:
            flat = np.empty(0, self._dtype)
        # One assignment: other threads see the old rows or the new ones.
        self.rows = flat.reshape(capacity, self._width)

    def reserve(self, rows: int) -> None:
        """Make room for so many rows in all, whole pages at a time.

        Raises:
            DiskFull: There is no room; nothing changed.
        """
        if rows <= self.capacity:
            return
        size = PAGE_BYTES + -(-rows * self._row_bytes // PAGE_BYTES) * PAGE_BYTES
        with _disk_errors(self._path):
            os.posix_fallocate(self._descriptor, 0, size)
        self.refresh()

    def write(self, slots: NDArray[np.int64], rows: NDArray[np.generic]) -> None:
        """Write rows to slots, ascending; neighbours go out in one call."""
        data = np.ascontiguousarray(rows, self._dtype).reshape(len(slots), self._width)
        breaks = np.flatnonzero(np.diff(slots) != 1) + 1
        for run in np.split(np.arange(len(slots)), breaks):
            if len(run):
                self._write(data[run[0] : run[-1] + 1].tobytes(), PAGE_BYTES + int(slots[run[0]]) * self._row_bytes)

    def flush(self) -> None:
        """Have the disk hold what was written.

        Raises:
            StoreDamaged: The disk refused; what it holds is unknown (a repeated fsync would lie, "fsyncgate").
        """
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise StoreDamaged(
                f"{shown(self._path)} could not be written to the disk ({error.strerror}).", REBUILD
            ) from error

    def close(self) -> None:
        """Close the file; views that are still held stay readable."""
        os.close(self._descriptor)

    def _open(self, access: Access) -> int:
        try:
            return os.open(self._path, access.value | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise PermissionProblem(
                f"{shown(self._path)} may not be opened.",
                "Give yourself read and write permission on the profile's folders.",
            ) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise _disk_full(self._path) from error
            raise StoreDamaged(f"{shown(self._path)} cannot be opened ({error.strerror}).", REBUILD) from error

    def _check_header(self) -> None:
        header = os.pread(self._descriptor, COLUMN_HEADER.size + COLUMN_CRC.size, 0)
        damaged = StoreDamaged(f"{shown(self._path)} is damaged.", REBUILD)
        if len(header) < COLUMN_HEADER.size + COLUMN_CRC.size or header[:4] != COLUMN_MAGIC:
            raise damaged
        fields = header[: COLUMN_HEADER.size]
        if zlib.crc32(fields) != COLUMN_CRC.unpack(header[COLUMN_HEADER.size :])[0]:
            raise damaged
        _, version, column, codec, page, space, dim, row_bytes, _ = COLUMN_HEADER.unpack(fields)
        if version > COLUMN_VERSION:
            raise StoreTooNew(f"{shown(self._path)} was written by a newer VexGUI.", "Update VexGUI.")
        if page != PAGE_BYTES or (column, codec, space, dim, row_bytes) != self._expected:
            raise damaged

    def _write_header(self) -> None:
        column, codec, space, dim, row_bytes = self._expected
        fields = COLUMN_HEADER.pack(
            COLUMN_MAGIC, COLUMN_VERSION, column, codec, PAGE_BYTES, space, dim, row_bytes, int(time.time())
        )
        self._write((fields + COLUMN_CRC.pack(zlib.crc32(fields))).ljust(PAGE_BYTES, b"\0"), 0)

    def _write(self, data: bytes, offset: int) -> None:
        view = memoryview(data)
        with _disk_errors(self._path):
            while view:
                done = os.pwrite(self._descriptor, view, offset)
                view, offset = view[done:], offset + done


class SpaceColumns:
    """The columns of one space, all of the same length.

    Args:
        folder: Where they lie; must exist.
        space: The space.
        dim: Length of its vectors.
        codec: How they are kept.
        access: What they are opened for.
    """

    def __init__(self, folder: bytes, space: SpaceId, dim: int, codec: Codec, access: Access) -> None:
        self.space = space
        self.dim = dim
        self.codec = codec
        shapes = (
            (Column.CODES, codec.dtype, dim),
            (Column.SCALE, SCALE_TYPE, 1),
            (Column.OWNER, OWNER_TYPE, 1),
            (Column.CHECKSUM, CHECKSUM_TYPE, 1),
        )
        self._files: dict[Column, ColumnFile] = {}
        try:
            for column, dtype, width in shapes:
                path = joined(folder, column.name.lower().encode())
                self._files[column] = ColumnFile(path, column, space, dim, codec, dtype, width, access=access)
        except BaseException:
            self.close()
            raise

    @property
    def capacity(self) -> int:
        """Slots there is room for in every column."""
        return min(file.capacity for file in self._files.values())

    def rows(self) -> Rows:
        """Return all slots, free ones included."""
        codes, scale, owner, checksum = (self._files[column].rows for column in Column)
        count = min(len(codes), len(scale), len(owner), len(checksum))
        return Rows(
            codes[:count],  # type: ignore[arg-type]  # the dtype was given when it was opened
            scale[:count, 0],  # type: ignore[arg-type]
            owner[:count, 0],  # type: ignore[arg-type]
            checksum[:count, 0],  # type: ignore[arg-type]
        )

    def refresh(self, slots: int) -> None:
        """Map the files again where another process changed their length.

        Raises:
            StoreDamaged: They hold fewer slots than these: they were cut short.
        """
        for file in self._files.values():
            file.refresh()
        if self.capacity < slots:
            raise StoreDamaged("The columns are shorter than the catalog says.", REBUILD)

    def reserve(self, slots: int) -> None:
        """Make room for so many slots in all.

        Raises:
            DiskFull: There is no room.
        """
        for file in self._files.values():
            file.reserve(slots)

    def write(self, slots: NDArray[np.int64], encoded: Encoded, owners: NDArray[np.int64]) -> None:
        """Write vectors to free slots, ascending; not yet flushed."""
        self._files[Column.CODES].write(slots, encoded.codes)
        self._files[Column.OWNER].write(slots, owners)
        self._files[Column.CHECKSUM].write(slots, checksums(encoded.codes, encoded.scale, owners))
        self._files[Column.SCALE].write(slots, encoded.scale)

    def copy(self, rows: Rows, slots: NDArray[np.int64]) -> None:
        """Copy rows of other columns of the same space to the slots from 0; not yet flushed."""
        for start in range(0, len(slots), _CHUNK_ROWS):
            chosen = rows.at(slots[start : start + _CHUNK_ROWS])
            target = np.arange(start, start + len(chosen.scale), dtype=np.int64)
            self._files[Column.CODES].write(target, chosen.codes)
            self._files[Column.OWNER].write(target, chosen.owner)
            self._files[Column.CHECKSUM].write(target, chosen.checksum)
            self._files[Column.SCALE].write(target, chosen.scale)

    def clear(self, slots: NDArray[np.int64]) -> None:
        """Mark slots as free: a scale of 0 scores 0 against everything."""
        self._files[Column.SCALE].write(slots, np.zeros(len(slots), SCALE_TYPE))

    def flush(self) -> None:
        """Have the disk hold what was written."""
        for file in self._files.values():
            file.flush()

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


def checksums(codes: Codes, scale: NDArray[np.float32], owners: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return the CRC-32 of each row's codes, scale and owner as they lie on disk; shape [n], uint32."""
    result = np.empty(len(codes), CHECKSUM_TYPE)
    for start in range(0, len(codes), _CHUNK_ROWS):
        chunk = slice(start, start + _CHUNK_ROWS)
        columns = (codes[chunk], scale[chunk, None].astype(SCALE_TYPE), owners[chunk, None].astype(OWNER_TYPE))
        block = np.concatenate([np.ascontiguousarray(column).view(np.uint8) for column in columns], axis=1)
        width = block.shape[1]
        flat = block.data.cast("B")
        result[chunk] = [zlib.crc32(flat[row : row + width]) for row in range(0, len(flat), width)]
    return result


def damaged(rows: Rows, slots: NDArray[np.int64], owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those of some slots [n] whose rows are missing, unfit for their checksums, or not their owners' [n]."""
    there = slots < len(rows.scale)
    bad = [slots[~there]]
    slots, owners = slots[there], owners[there]
    for start in range(0, len(slots), _CHUNK_ROWS):
        chunk = slice(start, start + _CHUNK_ROWS)
        part = rows.at(slots[chunk])
        bad.append(slots[chunk][~part.intact() | (part.owner != owners[chunk])])
    return np.sort(np.concatenate(bad))


@contextmanager
def _disk_errors(path: bytes) -> Iterator[None]:
    """Turn a full disk into `DiskFull`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _disk_full(path) from error
        raise


def _disk_full(path: bytes) -> DiskFull:
    return DiskFull(
        f"There is no room left on the disk that holds {shown(path)}.",
        "Free some space; nothing was lost, and indexing goes on where it stopped.",
    )
