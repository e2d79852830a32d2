"""The main colours of a picture, by the share of it that they take. Pure."""

import numpy as np
from numpy.typing import NDArray

COLOURS = "colours"
"""Their name among the extra facts of a file."""

COLOURS_PX = 48
"""As many pixels on each side are enough for them."""

_MOST = 5
_LEAST_SHARE = 0.04
_ALIKE = 60
"""Distance in RGB of 0 to 255 within which two colours are told as one."""
_SHIFT = 5
"""Bits of a channel that do not matter for which pixels are counted together: 8 steps remain."""
_STEPS = 8
_KINDS = 64
"""Of the 512 kinds of pixels so many, the most frequent, make colours."""


def colours_of(pixels: NDArray[np.uint8]) -> str:
    """Return the main colours of a picture, the most frequent first: "#1f6f8b #f0e9d2"; five at most.

    Args:
        pixels: Of a picture, [n, 3].
    """
    found: list[tuple[int, int, int, int]] = []
    for red, green, blue, count in _kinds(pixels):
        place = next((at for at, other in enumerate(found) if _are_alike((red, green, blue, count), other)), None)
        if place is None:
            found.append((red, green, blue, count))
        else:
            r, g, b, n = found[place]
            found[place] = r + red, g + green, b + blue, n + count
    found.sort(key=lambda colour: -colour[3])
    least = _LEAST_SHARE * len(pixels)
    return " ".join(f"#{r // n:02x}{g // n:02x}{b // n:02x}" for r, g, b, n in found[:_MOST] if n >= least)


def _kinds(pixels: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Return pixels that are nearly of one colour together, the most frequent first: sums of channels, and how many."""
    steps = (pixels >> _SHIFT).astype(np.intp)
    kind = (steps[:, 0] * _STEPS + steps[:, 1]) * _STEPS + steps[:, 2]
    counts = np.bincount(kind, minlength=_STEPS**3)
    sums = [np.bincount(kind, pixels[:, channel], _STEPS**3).astype(np.int64) for channel in range(3)]
    largest = np.argsort(-counts, kind="stable")[: min(_KINDS, np.count_nonzero(counts))]
    red, green, blue, many = (values[largest].tolist() for values in (*sums, counts))
    return list(zip(red, green, blue, many, strict=True))


def _are_alike(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return sum((a / one[3] - b / other[3]) ** 2 for a, b in zip(one[:3], other[:3], strict=True)) < _ALIKE**2
