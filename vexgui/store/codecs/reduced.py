"""Fewer dimensions: the first ones, or the ones in which a space's vectors differ the most; as int8.

For columns alone: a record must not lose what another model, basis or setting would still need.
"""

import math
import zlib
from typing import cast

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs.integers import Int8Codec
from vexgui.store.codecs.products import int8_products
from vexgui.store.codecs.protocol import Codec, Codes, CodesRefused, Encoded, Scale
from vexgui.store.format import BASIS_CRC, BASIS_HEADER, BASIS_MAGIC, BASIS_TYPE, BASIS_VERSION, CodecCode

_INT8 = Int8Codec()


class TruncatedCodec(Codec):
    """The first half of the dimensions, made a unit vector again, as int8.

    For models that were trained so that a vector's first dimensions say the most: Kusupati et al., "Matryoshka
    Representation Learning", 2022 (arXiv:2205.13147). Of any other model's vectors it loses a good deal.
    """

    name = CodecName.TRUNCATED
    code = CodecCode.TRUNCATED
    dtype: np.dtype[np.generic] = _INT8.dtype
    fidelity = 0.707
    in_records = False

    @override
    def width(self, dim: int) -> int:
        return (dim + 1) // 2

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        return _INT8.encode(vectors[:, : self.width(vectors.shape[1])])

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        decoded = np.zeros((len(codes), dim), np.float32)
        decoded[:, : codes.shape[1]] = codes * scale[:, None]
        return decoded

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        return int8_products(cast("NDArray[np.int8]", codes), query[: codes.shape[1]]) * scale


class PrincipalCodec(Codec):
    """A vector's components along the principal axes of its space, as int8.

    The axes are those of the vectors as they are, not of their differences from the mean: no other axes keep more of
    the vectors' squared length (Eckart and Young 1936), and a row whose scale is 0 scores 0. What is left of a vector
    is made a unit vector again, which finds a little more than leaving it short.

    Args:
        basis: What `learn_basis` gave.

    Raises:
        CodesRefused: It is damaged or of a newer version.
    """

    name = CodecName.PRINCIPAL
    code = CodecCode.PRINCIPAL
    dtype: np.dtype[np.generic] = _INT8.dtype
    in_records = False

    def __init__(self, basis: bytes) -> None:
        self._axes, share = _unpacked(basis)
        self.fidelity = math.sqrt(share)  # a vector's cosine with its projection is the projection's length

    @override
    def width(self, dim: int) -> int:
        return len(self._axes)

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        return _INT8.encode(vectors @ self._axes.T)

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        decoded: Vectors = _INT8.decode(codes, scale, dim) @ self._axes
        return decoded

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        return int8_products(cast("NDArray[np.int8]", codes), self._axes @ query) * scale


def learn_basis(vectors: Vectors, share: float = 0.95, kept: int | None = None) -> bytes:
    """Return the principal axes of a space, for `PrincipalCodec`.

    Args:
        vectors: Some of the space's unit vectors, [n, dim]; the more the better, up to some ten times dim.
        share: How much of the vectors' squared length the axes are to keep, 0 to 1.
        kept: How many axes, instead.
    """
    moments = vectors.astype(np.float64).T @ vectors.astype(np.float64)
    strengths, axes = np.linalg.eigh(moments)  # ascending
    strengths, axes = np.maximum(strengths[::-1], 0), axes[:, ::-1].T
    reached = np.cumsum(strengths) / max(strengths.sum(), np.finfo(np.float64).tiny)
    if kept is None:
        kept = min(int(np.searchsorted(reached, share)) + 1, len(axes))
    header = BASIS_HEADER.pack(BASIS_MAGIC, BASIS_VERSION, vectors.shape[1], kept, min(reached[kept - 1], 1))
    signed = header + axes[:kept].astype(BASIS_TYPE).tobytes()
    return signed + BASIS_CRC.pack(zlib.crc32(signed))


def _unpacked(basis: bytes) -> tuple[NDArray[np.float32], float]:
    """Return the axes in a basis, [kept, dim], and the share of the vectors' squared length that they keep."""
    if len(basis) < BASIS_HEADER.size + BASIS_CRC.size or basis[:4] != BASIS_MAGIC:
        raise CodesRefused("The axes of the space are damaged.")
    _, version, dim, kept, share = BASIS_HEADER.unpack_from(basis)
    size = BASIS_HEADER.size + dim * kept * BASIS_TYPE.itemsize
    if version > BASIS_VERSION:
        raise CodesRefused("The axes of the space were written by a newer VexGUI.")
    if len(basis) != size + BASIS_CRC.size or basis[size:] != BASIS_CRC.pack(zlib.crc32(basis[:size])):
        raise CodesRefused("The axes of the space are damaged.")
    return np.frombuffer(basis, BASIS_TYPE, dim * kept, BASIS_HEADER.size).reshape(kept, dim), share
