"""Whole numbers: a byte or half a byte a component."""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from vexgui.core.vectors import CodecName, Vectors
from vexgui.store.codecs.products import int4_products, int8_products, pack_int4, unpack_int4
from vexgui.store.codecs.protocol import Codec, Codes, Encoded, Scale
from vexgui.store.format import CodecCode

_INT4_LARGEST = 7
_INT4_CLIPS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Shares of a vector's largest component that are tried as the largest that can be told."""


class Int8Codec(Codec):
    """Signed bytes; a vector's largest component becomes 127, and the scale gives the codes unit length again.

    So a vector that was decoded is encoded to the very same codes and scale, however often it goes to and fro between
    store and records.
    """

    name = CodecName.INT8
    code = CodecCode.INT8
    dtype: np.dtype[np.generic] = np.dtype("<i1")
    fidelity = 0.9999

    @override
    def width(self, dim: int) -> int:
        return dim

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        largest = np.abs(vectors).max(axis=1, initial=0.0)
        safe = np.where(largest > 0, largest, 1)
        with np.errstate(invalid="ignore"):
            codes = np.rint(vectors * (127 / safe)[:, None]).astype(np.int8)
        return Encoded(codes, _unit_scale(codes))

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        return codes.astype(np.float32) * scale[:, None]

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        return int8_products(cast("NDArray[np.int8]", codes), query) * scale


class Int4Codec(Codec):
    """Half bytes from -7 to 7, two a byte; the scale gives the codes unit length again.

    With so few steps it pays to cut off a vector's largest components, so that the others are told apart the better.
    How much is cut off is tried for each vector; what was decoded is encoded to the very same codes and scale.
    """

    name = CodecName.INT4
    code = CodecCode.INT4
    dtype: np.dtype[np.generic] = np.dtype("<u1")
    fidelity = 0.993

    @override
    def width(self, dim: int) -> int:
        return (dim + 1) // 2

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        largest = np.abs(vectors).max(axis=1, initial=0.0)
        best = np.zeros(vectors.shape, np.int8)
        most = np.full(len(vectors), -1, np.float32)
        for clip in _INT4_CLIPS:
            codes = _int4_steps(vectors, largest * clip)
            likeness = np.einsum("nd,nd->n", codes, vectors, dtype=np.float32) * _unit_scale(codes)
            better = likeness > most + 1e-6  # what was decoded is found again at the first try, whatever the rounding
            best[better], most[better] = codes[better], likeness[better]
        return Encoded(pack_int4(best), _unit_scale(best))

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        return unpack_int4(cast("NDArray[np.uint8]", codes), dim).astype(np.float32) * scale[:, None]

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        return int4_products(cast("NDArray[np.uint8]", codes), query) * scale


def _int4_steps(vectors: Vectors, largest: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return vectors in steps, of which each one's largest component to be told has 7."""
    safe = np.where(largest > 0, largest, 1)
    with np.errstate(invalid="ignore"):
        steps = np.rint(vectors * (_INT4_LARGEST / safe)[:, None])
        return np.clip(steps, -_INT4_LARGEST, _INT4_LARGEST).astype(np.int8)


def _unit_scale(codes: NDArray[np.int8]) -> Scale:
    """Return what gives codes unit length, [n]; 0 for zeros."""
    squares = np.square(codes, dtype=np.int32).sum(axis=1)
    return np.where(squares > 0, 1 / np.sqrt(np.maximum(squares, 1)), 0).astype(np.float32)
