"""Whole numbers: a byte or half a byte a component."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs.products import int4_products, int8_products, pack_int4, unpack_int4
from vexgui.store.codecs.protocol import Codec, Codes, Encoded, Scale
from vexgui.store.format import CodecCode

_INT8_LARGEST = 127
_INT4_LARGEST = 7

_INT4_CLIPS = (1.0, 0.9, 0.8, 0.7)
"""Shares of a vector's largest component that are tried as the largest that can be told: further ones add nothing."""

_CHUNK_ROWS = 256
"""So many rows stay in the processor's cache from one step to the next: three times as quick."""


class Int8Codec(Codec):
    """Signed bytes; a vector's largest component becomes 127, and the scale gives the codes unit length again.

    So a vector that was decoded is encoded to the very same codes and scale, however often it goes to and fro between
    store and records.
    """

    name = CodecName.INT8
    code = CodecCode.INT8
    dtype: np.dtype[np.generic] = np.dtype("<i1")
    fidelity = 0.99997

    @override
    def width(self, dim: int) -> int:
        return dim

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        whole = _encoded(vectors, lambda rows: _steps(rows, _largest(rows), _INT8_LARGEST))
        return Encoded(whole.codes, whole.scale)

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
    fidelity = 0.9937

    @override
    def width(self, dim: int) -> int:
        return (dim + 1) // 2

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        whole = _encoded(vectors, _best_int4)
        return Encoded(pack_int4(whole.codes), whole.scale)

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        return unpack_int4(cast("NDArray[np.uint8]", codes), dim).astype(np.float32) * scale[:, None]

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        return int4_products(cast("NDArray[np.uint8]", codes), query) * scale


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """Whole numbers [n, dim] and what gives them unit length."""

    codes: NDArray[np.int8]
    scale: Scale


def _encoded(vectors: Vectors, stepped: Callable[[Vectors], Vectors]) -> _Whole:
    """Return vectors in the steps that a function gives for some of them at a time; zeros have the scale 0."""
    codes = np.empty(vectors.shape, np.int8)
    scale = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _CHUNK_ROWS):
        chunk = slice(start, start + _CHUNK_ROWS)
        with np.errstate(invalid="ignore", over="ignore"):
            codes[chunk] = stepped(vectors[chunk])
        wide = codes[chunk].astype(np.int32)
        squares = np.einsum("nd,nd->n", wide, wide)
        scale[chunk] = np.where(squares > 0, 1 / np.sqrt(np.maximum(squares, 1)), 0)
    return _Whole(codes, scale)


def _best_int4(vectors: Vectors) -> Vectors:
    """Return vectors in steps from -7 to 7, each one clipped so that the steps have the best cosine with it."""
    largest = _largest(vectors)
    best = np.zeros_like(vectors)
    most = np.full(len(vectors), -1, np.float32)
    for clip in _INT4_CLIPS:
        steps = _steps(vectors, largest * np.float32(clip), _INT4_LARGEST)
        np.clip(steps, -_INT4_LARGEST, _INT4_LARGEST, out=steps)
        squares = np.maximum(np.vecdot(steps, steps), 1)
        likeness = np.vecdot(steps, vectors) / np.sqrt(squares)
        better = likeness > most + 1e-6  # so that, whatever the rounding, the first try finds again what was decoded
        np.copyto(best, steps, where=better[:, None])
        most = np.where(better, likeness, most)
    return best


def _largest(vectors: Vectors) -> NDArray[np.float32]:
    """Return the size of each vector's largest component, [n]."""
    largest: NDArray[np.float32] = np.abs(vectors).max(axis=1, initial=0.0)
    return largest


def _steps(vectors: Vectors, largest: NDArray[np.float32], count: int) -> Vectors:
    """Return vectors [n, dim] in whole steps, so many to the largest component [n]."""
    steps = vectors * (count / np.where(largest > 0, largest, 1))[:, None]
    return np.rint(steps, out=steps)
