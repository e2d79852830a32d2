"""Products of kept components with a float query, by kernels that know only one type at a time.

The kernels want both sides in the same type. So that the query is not rounded as the vectors are, it is written in
several digits of that type, as in 16 a + b; the products with all digits are taken in one pass over the codes, which
costs no more than one digit does (docs/decisions/0010-codecs.md).

What the rounding of the query adds to the error that the codec makes itself (standard deviations of the cosine, 384
dimensions of all-MiniLM-L6-v2): float16 0.00000005 to 0.00001, int8 0.0000014 to 0.00037, int4 0.0004 to 0.006, signs
0.009 to 0.038.
"""

from typing import Literal

import numkong
import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors

Products = NDArray[np.float32]
"""Dot products of each row with the query, [n]."""

_INT8_DIGITS = np.array([256, 1], np.float32)
_INT8_LARGEST = 127 * 256 + 127
_INT4_DIGITS = np.array([16, 1], np.float32)
_INT4_LARGEST = 7 * 16 + 7
_SIGN_PLANES = np.arange(4)
_SIGN_DIGITS = np.array([1, 2, 4, -8], np.float32)
_SIGN_LARGEST = 7


def float16_products(codes: NDArray[np.float16], query: Vectors) -> Products:
    """Return the products of half floats [n, dim] with a query [dim]."""
    coarse = query.astype(np.float16)
    return _summed(codes, np.stack([coarse, (query - coarse).astype(np.float16)]), "f16", np.ones(2, np.float32))


def int8_products(codes: NDArray[np.int8], query: Vectors) -> Products:
    """Return the products of bytes [n, dim] with a query [dim]."""
    steps, step = _rounded(query, _INT8_LARGEST)
    return _summed(codes, _two_digits(steps, 256), "int8", _INT8_DIGITS * step)


def int4_products(codes: NDArray[np.uint8], query: Vectors) -> Products:
    """Return the products of packed half bytes [n, ceil(dim / 2)] with a query [dim]."""
    steps, step = _rounded(query, _INT4_LARGEST)
    return _summed(codes, pack_int4(_two_digits(steps, 16)), "int4", _INT4_DIGITS * step)


def sign_products(signs: NDArray[np.uint8], query: Vectors) -> Products:
    """Return the products of signs with a query [dim] that is rounded to 15 steps.

    So few are enough beside what the signs have lost (Gao and Long 2024, 3.3.1), and more take twice as long. Counting
    the signs in which vector and query differ takes twice as long too, and finds less.

    Args:
        signs: A bit for each component, eight a byte, 1 for 1 and 0 for -1; [n, ceil(dim / 8)].
        query: The query.
    """
    steps, step = _rounded(query, _SIGN_LARGEST)
    planes = np.packbits(steps >> _SIGN_PLANES[:, None] & 1, axis=1)  # two's complement, so the last one counts down
    products: Products = _summed(signs, planes, "uint1", 2 * _SIGN_DIGITS * step) - np.float32(steps.sum()) * step
    return products


def pack_int4(values: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return numbers from -8 to 7, [n, dim], two a byte, the first one in the lower half; [n, ceil(dim / 2)]."""
    halves = values.view(np.uint8) & np.uint8(15)
    packed = halves[:, ::2].copy()
    packed[:, : values.shape[1] // 2] |= halves[:, 1::2] << np.uint8(4)
    return packed


def unpack_int4(packed: NDArray[np.uint8], dim: int) -> NDArray[np.int8]:
    """Return the numbers that `pack_int4` was given, [n, dim]."""
    values = np.empty((len(packed), dim), np.int8)
    signed = packed.view(np.int8)
    values[:, ::2] = signed << 4 >> 4
    values[:, 1::2] = signed[:, : dim // 2] >> 4
    return values


def _rounded(query: Vectors, largest: int) -> tuple[NDArray[np.int64], np.float32]:
    """Return a query in whole steps, so many to its largest component, and the step.

    The step is the one with which the rounded query has the same product with the query as the query itself: so what is
    near it does not score less for the rounding.
    """
    size = np.abs(query).max(initial=0)
    if not size > 0:
        return np.zeros(len(query), np.int64), np.float32(1)
    steps = np.rint(query * (largest / size))
    return steps.astype(np.int64), np.float32(query @ query / (query @ steps))


def _two_digits(steps: NDArray[np.int64], base: int) -> NDArray[np.int8]:
    """Return numbers [dim] as signed digits, the high ones first; [2, dim]."""
    high = (steps + base // 2) // base
    return np.stack([high, steps - high * base]).astype(np.int8)


def _summed(
    codes: NDArray[np.generic],
    digits: NDArray[np.generic],
    kernel: Literal["f16", "int8", "int4", "uint1"],
    weights: NDArray[np.float32],
) -> Products:
    """Return the products of codes with each of the digits [k, width], weighted and summed up."""
    if not len(codes):
        return np.empty(0, np.float32)
    products = np.asarray(numkong.dots_packed(codes, numkong.dots_pack(np.ascontiguousarray(digits), dtype=kernel)))
    summed: Products = products.astype(np.float32, copy=False) @ weights
    return summed
