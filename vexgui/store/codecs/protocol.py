"""What every codec can do, and what goes in and out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.format import SCALE_TYPE, CodecCode

Codes = NDArray[np.int8] | NDArray[np.uint8] | NDArray[np.float16] | NDArray[np.float32]
"""Stored components, [n, width] of the codec's type."""

Scale = NDArray[np.float32]
"""One number a vector, [n]."""

LENGTH_TOLERANCE = 0.05
"""What rounding may do to the length of a unit vector."""

SHORTEST, LONGEST = 1 - LENGTH_TOLERANCE, 1 + LENGTH_TOLERANCE


class CodesRefused(ValueError):
    """The bytes are not what a codec packed."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Quantized vectors: ``codes`` [n, width] of the codec's type, ``scale`` [n] float32."""

    codes: Codes
    scale: Scale


class Codec(Protocol):
    """One way to keep vectors.

    A codec's estimate of a vector is what `decode` returns, and `scores` are the estimates' products with a query. A
    row whose scale is 0 stands for the zero vector, whatever its codes.

    Attributes:
        name: Its name.
        code: Its number on disk.
        dtype: Type of a stored component.
        fidelity: Expected cosine of a decoded with the given vector, measured: docs/decisions/0010-codecs.md.
        in_columns: Whether the columns of a space may be kept so.
        in_records: Whether records may be kept so.
    """

    name: CodecName
    code: CodecCode
    dtype: np.dtype[np.generic]
    fidelity: float
    in_columns: bool = True
    in_records: bool = True

    def width(self, dim: int) -> int:
        """Return how many stored components a vector of so many dimensions has."""
        ...

    def encode(self, vectors: Vectors) -> Encoded:
        """Quantize unit vectors, shape [n, dim]; of any others the codes mean nothing."""
        ...

    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        """Return the estimates that codes stand for, shape [n, dim]; only near unit length (see `BitCodec`)."""
        ...

    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        """Return the dot products of the estimates with a query [dim]; shape [n].

        The query is rounded far less than the vectors are: what that adds to their own error is in products.py.
        """
        ...

    def row_bytes(self, dim: int) -> int:
        """Return what a vector's codes take in a column, in bytes."""
        return self.width(dim) * self.dtype.itemsize

    def packed_bytes(self, count: int, dim: int) -> int:
        """Return what `pack` makes of so many vectors, in bytes; for FLOAT32_PACKED the most it can be."""
        return count * (SCALE_TYPE.itemsize + self.row_bytes(dim))

    def pack(self, encoded: Encoded) -> bytes:
        """Return vectors as a record holds them: all scales, then all codes."""
        return encoded.scale.astype(SCALE_TYPE).tobytes() + encoded.codes.astype(self.dtype).tobytes()

    def unpack(self, data: bytes | memoryview, count: int, dim: int) -> Encoded:
        """Return what was packed, read-only; allocates no more than ``count`` vectors need.

        Raises:
            CodesRefused: The bytes are not so many vectors of this codec. Nothing else ever escapes.
        """
        if len(data) != self.packed_bytes(count, dim):
            raise CodesRefused("The number of bytes does not fit the number of vectors.")
        width = self.width(dim)
        codes: Codes = np.frombuffer(data, self.dtype, count * width, count * SCALE_TYPE.itemsize)
        return Encoded(codes.reshape(count, width), np.frombuffer(data, SCALE_TYPE, count))

    def valid(self, codes: Codes, scale: Scale, dim: int) -> NDArray[np.bool_]:
        """Tell which rows may stand for unit vectors, shape [n]: any other one would win or lose every search."""
        with np.errstate(invalid="ignore", over="ignore"):
            rows = self.decode(codes, scale, dim)
            squares = np.vecdot(rows, rows)
        near: NDArray[np.bool_] = (squares >= SHORTEST**2) & (squares <= LONGEST**2)  # false for what is not a number
        return near
