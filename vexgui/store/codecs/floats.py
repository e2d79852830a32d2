"""Floats as they are, and halves of them."""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs.products import float16_products
from vexgui.store.codecs.protocol import Codec, Codes, Encoded, Scale
from vexgui.store.format import CodecCode


class Float32Codec(Codec):
    """The vectors as they are; the scale is 1."""

    name = CodecName.FLOAT32
    code = CodecCode.FLOAT32
    dtype: np.dtype[np.generic] = np.dtype("<f4")
    fidelity = 1.0

    @override
    def width(self, dim: int) -> int:
        return dim

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        return Encoded(vectors.astype(np.float32), np.ones(len(vectors), np.float32))

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        return codes.astype(np.float32) * scale[:, None]

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        # Not a matrix product, whose threads wait for one another where the machine has other work to do.
        products: NDArray[np.float32] = np.vecdot(cast("Vectors", codes), query)
        return products * scale


class Float16Codec(Codec):
    """Half-precision floats; the scale is 1."""

    name = CodecName.FLOAT16
    code = CodecCode.FLOAT16
    dtype: np.dtype[np.generic] = np.dtype("<f2")
    fidelity = 0.9999999

    @override
    def width(self, dim: int) -> int:
        return dim

    @override
    def encode(self, vectors: Vectors) -> Encoded:
        with np.errstate(over="ignore"):
            return Encoded(vectors.astype(np.float16), np.ones(len(vectors), np.float32))

    @override
    def decode(self, codes: Codes, scale: Scale, dim: int) -> Vectors:
        return codes.astype(np.float32) * scale[:, None]

    @override
    def scores(self, codes: Codes, scale: Scale, query: Vectors) -> NDArray[np.float32]:
        return float16_products(cast("NDArray[np.float16]", codes), query) * scale
