"""Rows of a space's columns as values: what one slot holds, and the checksum that covers it."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.store.codecs import Codec, Codes
from vexgui.store.format import BORN_TYPE, CHECKSUM_TYPE, SCALE_TYPE, Column, KindCode
from vexgui.store.rows import Stamp

_CHUNK_ROWS = 16384
KIND_CODES = {kind: KindCode[kind.name].value for kind in Kind}
"""Kinds of files as columns keep them."""

_COVERED = tuple(column for column in Column if column is not Column.CHECKSUM)
"""What a slot's checksum covers, in the order of the columns' numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some or all of a space's rows as they lie on disk; stays valid while it is held.

    Attributes:
        codes: [n, width] of the codec's type.
        scale: [n] float32.
        owner: [n] int64, passage ids.
        checksum: [n] uint32, see `checksums`.
        signs: [n, ceil(dim / 8)] uint8, the sign bits of the vectors, see `signs_of`.
        born: [n] uint32, the epoch that wrote the row; 0 where the slot is free.
        kind: [n] uint8, `KindCode`.
        root: [n] uint16, roots' numbers.
        size: [n] int64, bytes.
        mtime: [n] int64, ns since 1970.
    """

    codes: Codes
    scale: NDArray[np.float32]
    owner: NDArray[np.int64]
    checksum: NDArray[np.uint32]
    signs: NDArray[np.uint8]
    born: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    root: NDArray[np.uint16]
    size: NDArray[np.int64]
    mtime: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.born)

    def column(self, column: Column) -> NDArray[Any]:
        """Return one column's part."""
        part: NDArray[Any] = getattr(self, column.name.lower())
        return part

    @classmethod
    def joined(cls, parts: "Sequence[Rows]") -> "Rows":
        """Return the rows of several parts, one after the other."""
        return cls(*(np.concatenate([part.column(column) for part in parts]) for column in Column))

    def at(self, slots: NDArray[np.int64] | slice) -> "Rows":
        """Return the rows in some slots: copies where slots are listed, views of a slice."""
        return Rows(*(self.column(column)[slots] for column in Column))

    def intact(self) -> NDArray[np.bool_]:
        """Tell which rows fit their checksums; shape [n]."""
        intact: NDArray[np.bool_] = checksums(self) == self.checksum
        return intact

    def closed(self) -> "Rows":
        """Return the same rows with the checksums that fit them."""
        return replace(self, checksum=checksums(self))

    def closed_like(self, old: "Rows") -> "Rows":
        """Return the same rows with new checksums that fit them where those of the old rows did, and nowhere else."""
        closed = self.closed()
        closed.checksum[~old.intact()] ^= 1
        return closed


def made_rows(
    codec: Codec, vectors: Vectors, owners: NDArray[np.int64], stamps: Sequence[tuple[Stamp, int]], born: int
) -> Rows:
    """Return the rows that keep vectors.

    Args:
        codec: How.
        vectors: Unit rows, [n, dim].
        owners: Passages' ids, [n].
        stamps: What filters ask of the files, each with how many rows in turn it holds for.
        born: The epoch that will name them.
    """
    encoded = codec.encode(vectors)
    counts = [count for _, count in stamps]

    def mirrored(values: list[int], dtype: type[np.generic]) -> NDArray[Any]:
        return np.repeat(np.array(values, dtype), counts)

    return Rows(
        codes=encoded.codes,
        scale=encoded.scale.astype(SCALE_TYPE),
        owner=owners,
        checksum=np.zeros(len(owners), CHECKSUM_TYPE),
        signs=signs_of(vectors),
        born=np.full(len(owners), born, BORN_TYPE),
        kind=mirrored([KIND_CODES[stamp.kind] for stamp, _ in stamps], np.uint8),
        root=mirrored([stamp.root_id for stamp, _ in stamps], np.uint16),
        size=mirrored([stamp.size for stamp, _ in stamps], np.int64),
        mtime=mirrored([stamp.mtime_ns for stamp, _ in stamps], np.int64),
    ).closed()


def stamped(rows: Rows, stamp: Stamp, born: int) -> Rows:
    """Return rows with what filters ask of a file now, and another epoch; what was damaged stays known as damaged."""
    count = len(rows)
    return replace(
        rows,
        born=np.full(count, born, BORN_TYPE),
        kind=np.full(count, KIND_CODES[stamp.kind], np.uint8),
        root=np.full(count, stamp.root_id, np.uint16),
        size=np.full(count, stamp.size, np.int64),
        mtime=np.full(count, stamp.mtime_ns, np.int64),
    ).closed_like(rows)


def says(rows: Rows, stamp: Stamp) -> bool:
    """Tell whether rows have what filters ask of a file as it is now, all of them."""
    kind, root, size, mtime = KIND_CODES[stamp.kind], stamp.root_id, stamp.size, stamp.mtime_ns
    same = (rows.kind == kind) & (rows.root == root) & (rows.size == size) & (rows.mtime == mtime)
    return bool(same.all())


def signs_of(vectors: Vectors) -> NDArray[np.uint8]:
    """Return the sign bits of vectors [n, dim]: 1 where a component is above 0; [n, ceil(dim / 8)] uint8."""
    return np.packbits(vectors > 0, axis=1)


def checksums(rows: Rows) -> NDArray[np.uint32]:
    """Return the CRC-32 of each row's columns as they lie on disk, in the order of their numbers; shape [n], uint32."""
    result = np.empty(len(rows), CHECKSUM_TYPE)
    for start in range(0, len(rows), _CHUNK_ROWS):
        chunk = slice(start, start + _CHUNK_ROWS)
        block = np.concatenate([_as_bytes(rows.column(column)[chunk]) for column in _COVERED], axis=1)
        width = block.shape[1]
        flat = block.data.cast("B")
        result[chunk] = [zlib.crc32(flat[row : row + width]) for row in range(0, len(flat), width)]
    return result


def blank(rows: Rows) -> NDArray[np.bool_]:
    """Tell which rows are zero in every column, as a free slot's are; shape [n]."""
    result = np.ones(len(rows), np.bool_)
    for column in Column:
        result &= ~_as_bytes(rows.column(column)).any(axis=1)  # bytes, because -0.0 is zero and not empty
    return result


def _as_bytes(part: NDArray[Any]) -> NDArray[np.uint8]:
    """Return a column's part as rows of bytes, [n, bytes]."""
    rows = np.ascontiguousarray(part if part.ndim == 2 else part[:, None])  # noqa: PLR2004 - rows of many
    return rows.view(np.uint8)
