"""What a picture looks like in 128 bits, so that pictures that look the same are found without a model. Pure.

Where a picture shrunk to 9 by 9 grey points becomes lighter to the right, and where it becomes lighter downwards: the
difference hash of Neal Krawetz ("Kind of Like That", 2013) in both directions, as Ben Hoyt's ``dhash`` has it. Another
size, compression, brightness and a narrow crop turn few of the bits; see docs/decisions/0028-files-that-are-alike.md.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LOOKS = "looks"
"""Its name among the extra facts of a file."""

POINTS = 9
"""Points on each side that it is made of."""

LOOKS_PX = 64
"""As many pixels on the short side are enough for it."""

HEX_DIGITS = 32
_LEAST_CONTRAST = 4

Looks = NDArray[np.uint64]
"""Where a picture becomes lighter to the right, and where downwards: [2], or [n, 2] of several pictures."""


def looks_of(shades: NDArray[np.uint8]) -> str:
    """Return what a picture looks like, in hex digits; "" where it is of one shade, and looks like nothing.

    Args:
        shades: The picture as grey points, [9, 9].
    """
    points = shades.astype(np.int16)
    if np.ptp(points) < _LEAST_CONTRAST:
        return ""
    lighter = np.stack((points[:-1, 1:] > points[:-1, :-1], points[1:, :-1] > points[:-1, :-1]))
    return np.packbits(lighter).tobytes().hex()


def looks_in(told: Sequence[str]) -> Looks:
    """Return what `looks_of` told of pictures, [n, 2]."""
    return np.frombuffer(bytes.fromhex("".join(told)), ">u8").astype(np.uint64).reshape(-1, 2)


def bits_apart(one: Looks, others: Looks) -> NDArray[np.int64]:
    """Return how many of its bits each picture [n, 2] has other than one [2], shape [n]."""
    counts: NDArray[np.int64] = np.bitwise_count(others ^ one).sum(axis=1, dtype=np.int64)
    return counts
