"""Scores of many slots: chunk by chunk, so that they stay in the processor's cache, and by several threads. Pure."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
"""One number for each of some slots, [n]."""

Places = NDArray[np.intp]
"""Places in an array, [n]."""

Score = Callable[[slice | NDArray[np.int64]], Scores]
"""Scores rows where they lie (a slice) or fetched one by one (their slots)."""

_CHUNK_ROWS = 1 << 15


def scored(slots: NDArray[np.int64], score: Score, best: int, threads: int, scattered: float) -> tuple[Scores, Places]:
    """Return the scores of slots, and the places in ``slots`` of the best, in any order.

    The kernels and the sorting let go of the interpreter's lock, so that threads run beside one another.

    Args:
        slots: Ascending, [n].
        score: How they are scored.
        best: How many of the best are wanted.
        threads: How many work, the caller's own among them.
        scattered: How many times as long fetching a row and scoring it takes as scoring it where it lies.
    """
    scores = np.empty(len(slots), np.float32)

    def part(start: int, end: int) -> Places:
        for first in range(start, end, _CHUNK_ROWS):
            chunk = slice(first, min(first + _CHUNK_ROWS, end))
            scores[chunk] = _chunk(slots[chunk], score, scattered)
        return start + highest(scores[start:end], best)

    parts = _side_by_side(part, len(slots), threads)
    if len(parts) == 1:
        return scores, parts[0]
    some = np.concatenate(parts)
    return scores, some[highest(scores[some], best)]


def highest(scores: Scores, count: int) -> Places:
    """Return the places of the ``count`` highest scores, or of all where there are no more; in any order."""
    if count >= len(scores):
        return np.arange(len(scores))
    return np.argpartition(scores, len(scores) - count)[len(scores) - count :]


def _chunk(slots: NDArray[np.int64], score: Score, scattered: float) -> Scores:
    first, end = int(slots[0]), int(slots[-1]) + 1
    if scattered * len(slots) < end - first:
        return score(slots)
    scores = score(slice(first, end))
    return scores if len(slots) == end - first else scores[slots - first]


def _side_by_side(part: Callable[[int, int], Places], count: int, threads: int) -> list[Places]:
    """Have threads do a part each of a range; none is left when this returns."""
    if threads < 2:  # noqa: PLR2004 - nobody to share with
        return [part(0, count)]
    ends = [count * number // threads for number in range(threads + 1)]
    with ThreadPoolExecutor(threads - 1, "vexgui-scan") as pool:
        others = [pool.submit(part, ends[number], ends[number + 1]) for number in range(1, threads)]
        first = part(0, ends[1])
        return [first, *(other.result() for other in others)]
