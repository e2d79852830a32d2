"""One bit a component: RaBitQ.

Gao and Long, "RaBitQ: Quantizing High-Dimensional Vectors with a Theoretical Error Bound for Approximate Nearest
Neighbor Search", SIGMOD 2024 (arXiv:2405.12497). A unit vector o is turned by a random rotation and every component
replaced by its sign, which gives ō: that corner of a cube, of unit length too, that lies nearest to it. The product of
o with a query q is then estimated as <ō, q> / <ō, o>. It is right on average, and off by about 0.75 / √dim.
"""

import hashlib
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs.products import sign_products
from vexgui.store.codecs.protocol import LONGEST, SHORTEST, Codec, Codes, Encoded, Scale
from vexgui.store.format import CodecCode


class BitCodec(Codec):
    """Signs of the rotated components, eight a byte; the scale is 1 / <ō, o>.

    The estimates have the length 1 / <ō, o>, some 1.25, and not 1: so their products are right on average.
    """

    name = CodecName.BIT
    code = CodecCode.BIT
    dtype: np.dtype[np.generic] = np.dtype("<u1")
    fidelity = 0.798

    @override
    def width(self, dim: int) -> int:
        return (dim + 7) // 8

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        dim = vectors.shape[1]
        with np.errstate(invalid="ignore", over="ignore"):
            rotated = vectors @ rotation(dim)
            likeness = np.abs(rotated).sum(axis=1) / np.sqrt(np.float32(dim))
            squares = np.vecdot(vectors, vectors)  # 1, but for an estimate, which keeps its length so
            scale = np.divide(squares, likeness, out=np.zeros(len(vectors), np.float32), where=likeness > 0)
        return Encoded(np.packbits(rotated > 0, axis=1), scale)

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        bits = np.unpackbits(cast("NDArray[np.uint8]", codes), axis=1, count=dim)
        corners = (bits.astype(np.float32) * 2 - 1) * (scale / np.sqrt(np.float32(dim)))[:, None]
        decoded: Vectors = corners @ rotation(dim).T
        return decoded

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        rotated = query @ rotation(len(query))
        products = sign_products(cast("NDArray[np.uint8]", codes), rotated)
        scores: NDArray[np.float32] = products * (scale / np.sqrt(np.float32(len(query))))
        return scores

    @override
    def valid(self, codes: Codes, scale: Scale, dim: int) -> NDArray[np.bool_]:
        # A unit vector's product with a corner is 1 at most, and with the nearest one 1 / √dim at least.
        possible: NDArray[np.bool_] = (scale >= SHORTEST) & (scale <= LONGEST * np.sqrt(dim))
        return possible


@cache
def rotation(dim: int) -> NDArray[np.float32]:
    """Return the rotation by which rows of so many dimensions are multiplied, [dim, dim]; the same for ever.

    Random signs and the orthonormal cosine transform, twice (after Ailon and Chazelle, "The Fast Johnson-Lindenstrauss
    Transform", 2009). It does what a rotation drawn from all of them does, and takes a twentieth of the time to make.
    """
    steps = np.arange(dim)
    cosines = np.sqrt(2 / dim) * np.cos(np.pi / dim * np.outer(steps + 0.5, steps))
    cosines[:, 0] /= np.sqrt(2)
    first, second = _signs(dim)
    matrix: NDArray[np.float32] = ((first[:, None] * cosines * second) @ cosines).astype(np.float32)
    matrix.setflags(write=False)
    return matrix


def _signs(dim: int) -> NDArray[np.int64]:
    """Return random signs, [2, dim], that are the same wherever and whenever: numpy's random numbers may change."""
    drawn = hashlib.shake_256(b"vexgui rotation %d" % dim).digest(2 * (-(-dim // 8)))
    bits = np.unpackbits(np.frombuffer(drawn, np.uint8).reshape(2, -1), axis=1, count=dim)
    return bits * np.int64(2) - 1
