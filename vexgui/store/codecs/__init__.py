"""Quantization: unit vectors to codes and a scale, and scores from codes."""

from dataclasses import dataclass
from typing import Protocol

import numkong
import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import CodecName, Vectors
from vexgui.store.format import CodecCode

Codes = NDArray[np.int8] | NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Quantized vectors: ``codes`` [n, dim] of the codec's type, ``scale`` [n] float32; vector = codes * scale."""

    codes: Codes
    scale: NDArray[np.float32]


class Codec(Protocol):
    """One way to keep vectors; vector ≈ codes * scale for every codec."""

    name: CodecName
    code: CodecCode
    dtype: np.dtype[np.generic]

    def encode(self, vectors: Vectors) -> Encoded:
        """Quantize unit vectors, shape [n, dim]."""
        ...

    def scores(self, codes: Codes, scale: NDArray[np.float32], query: Vectors) -> NDArray[np.float32]:
        """Return the approximate dot products of kept vectors [n, dim] with a query [dim]; shape [n], float32."""
        ...


class Int8Codec:
    """Signed bytes; a vector's largest component becomes 127, and the scale gives the codes unit length again.

    So a vector that was decoded is encoded to the very same codes and scale, however often it goes to and fro between
    store and records.
    """

    name = CodecName.INT8
    code = CodecCode.INT8
    dtype: np.dtype[np.generic] = np.dtype("<i1")

    def encode(self, vectors: Vectors) -> Encoded:
        """Quantize unit vectors, shape [n, dim]."""
        largest = np.abs(vectors).max(axis=1, initial=0.0)
        safe = np.where(largest > 0, largest, 1)
        codes = np.rint(vectors * (127 / safe)[:, None]).astype(np.int8)
        squares = np.square(codes, dtype=np.int32).sum(axis=1)
        scale = np.where(squares > 0, 1 / np.sqrt(np.maximum(squares, 1)), 0).astype(np.float32)
        return Encoded(codes, scale)

    def scores(self, codes: Codes, scale: NDArray[np.float32], query: Vectors) -> NDArray[np.float32]:
        """Return approximate dot products, shape [n]; the query is quantized too, so they are off by about 1 %."""
        encoded = self.encode(query[None, :])
        products = np.asarray(numkong.dots_packed(codes, numkong.dots_pack(encoded.codes)))[:, 0]
        scores: NDArray[np.float32] = products.astype(np.float32) * (scale * encoded.scale[0])
        return scores


class Float16Codec:
    """Half-precision floats; the scale is 1."""

    name = CodecName.FLOAT16
    code = CodecCode.FLOAT16
    dtype: np.dtype[np.generic] = np.dtype("<f2")

    def encode(self, vectors: Vectors) -> Encoded:
        """Quantize unit vectors, shape [n, dim]."""
        return Encoded(vectors.astype(np.float16), np.ones(len(vectors), np.float32))

    def scores(self, codes: Codes, scale: NDArray[np.float32], query: Vectors) -> NDArray[np.float32]:
        """Return approximate dot products, shape [n]."""
        packed = numkong.dots_pack(query[None, :].astype(np.float16))
        products: NDArray[np.float32] = np.asarray(numkong.dots_packed(codes, packed))[:, 0]
        return products * scale


_CODECS: tuple[Codec, ...] = (Int8Codec(), Float16Codec())


def codec_named(name: CodecName) -> Codec:
    """Return the codec of a name."""
    return next(codec for codec in _CODECS if codec.name is name)


def codec_coded(code: int) -> Codec | None:
    """Return the codec written as a number, or None for one this version does not know."""
    return next((codec for codec in _CODECS if codec.code == code), None)


def decoded(codes: Codes, scale: NDArray[np.float32]) -> Vectors:
    """Return the vectors that codes stand for, shape [n, dim], float32."""
    return codes.astype(np.float32) * scale[:, None]
