"""The columns of one space: files with the same slots."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import StoreDamaged
from vexgui.core.paths import joined, shown
from vexgui.core.vectors import SpaceId
from vexgui.store.codecs import Codec
from vexgui.store.columns.file import REBUILD, Access, ColumnFile, Shape
from vexgui.store.columns.rows import Rows
from vexgui.store.format import (
    BORN_TYPE,
    CHECKSUM_TYPE,
    KIND_TYPE,
    OWNER_TYPE,
    PAGE_BYTES,
    ROOT_TYPE,
    SCALE_TYPE,
    SIGNS_TYPE,
    SIZE_TYPE,
    TIME_TYPE,
    Column,
)

_SINGLE: dict[Column, np.dtype[np.generic]] = {
    Column.SCALE: SCALE_TYPE,
    Column.OWNER: OWNER_TYPE,
    Column.CHECKSUM: CHECKSUM_TYPE,
    Column.BORN: BORN_TYPE,
    Column.KIND: KIND_TYPE,
    Column.ROOT: ROOT_TYPE,
    Column.SIZE: SIZE_TYPE,
    Column.MTIME: TIME_TYPE,
}

_WRITTEN = (Column.BORN, *(column for column in Column if column is not Column.BORN))
"""First comes what tells a row that was cut off from a free one: a process that is killed leaves no other trace."""


class SpaceColumns:
    """The columns of one space in one generation.

    Args:
        folder: Where they lie; must exist.
        space: The space.
        generation: Which writing of its columns this is.
        dim: Length of its vectors.
        codec: How they are kept.
        access: What they are opened for.
        page_bytes: What new files grow by.
    """

    def __init__(
        self,
        folder: bytes,
        space: SpaceId,
        generation: int,
        dim: int,
        codec: Codec,
        access: Access,
        page_bytes: int = PAGE_BYTES,
    ) -> None:
        self.space = space
        self.folder = folder
        self.dim = dim
        self.codec = codec
        self._files: dict[Column, ColumnFile] = {}
        try:
            for column in Column:
                shape = Shape(column, space, generation, dim, codec.code, *_element(column, codec, dim))
                path = joined(folder, column.name.lower().encode())
                self._files[column] = ColumnFile(path, shape, access=access, page_bytes=page_bytes)
        except BaseException:
            self.close()
            raise

    @property
    def capacity(self) -> int:
        """Slots there is room for in every column."""
        return min(file.capacity for file in self._files.values())

    def rows(self) -> Rows:
        """Return all slots, free ones included."""
        parts = {column: file.rows for column, file in self._files.items()}
        count = min(map(len, parts.values()))
        return Rows(*(parts[column][:count, 0] if column in _SINGLE else parts[column][:count] for column in Column))

    def refresh(self, slots: int) -> None:
        """Map the files again where their lengths have changed.

        Raises:
            StoreDamaged: They hold fewer slots than these: they were cut short.
        """
        for file in self._files.values():
            file.refresh()
        if self.capacity < slots:
            column = min(Column, key=lambda column: self._files[column].capacity)
            shortest = joined(self.folder, column.name.lower().encode())
            raise StoreDamaged(f"{shown(shortest)} was cut short.", REBUILD)

    def reserve(self, slots: int) -> None:
        """Make room for so many slots in all.

        Raises:
            DiskFull: There is no room.
        """
        for file in self._files.values():
            file.reserve(slots)

    def write(self, slots: NDArray[np.int64], rows: Rows) -> None:
        """Write rows to free slots, ascending; not yet flushed."""
        for column in _WRITTEN:
            self._files[column].write(slots, rows.column(column))

    def erase(self, runs: Sequence[tuple[int, int]]) -> None:
        """Make rows zero, given as first slots and counts; not yet flushed."""
        for column in reversed(_WRITTEN):
            for first, count in runs:
                self._files[column].erase(first, count)

    def erase_behind(self) -> None:
        """Make zero what lies behind the last slot: where a power cut undid the growth of one column alone."""
        slots = self.capacity
        for file in self._files.values():
            file.erase_behind(slots)

    def flush(self) -> None:
        """Have the disk hold what was written."""
        for file in self._files.values():
            file.flush()

    def problems(self) -> list[str]:
        """Return what is wrong outside the slots, a sentence each."""
        slots = self.capacity  # some columns have room for more rows, which stay empty
        return [problem for file in self._files.values() for problem in file.problems(slots)]

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


def row_bytes(codec: Codec, dim: int) -> int:
    """Return what a slot takes in all columns of a space together, in bytes."""
    return sum(dtype.itemsize * width for dtype, width in (_element(column, codec, dim) for column in Column))


def _element(column: Column, codec: Codec, dim: int) -> tuple[np.dtype[np.generic], int]:
    """Return the type of a column's elements and how many make a row."""
    if column is Column.CODES:
        return codec.dtype, codec.width(dim)
    if column is Column.SIGNS:
        return SIGNS_TYPE, -(-dim // 8)
    return _SINGLE[column], 1
