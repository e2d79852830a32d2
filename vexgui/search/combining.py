"""Answers put together: alternatives, and what others are to be unlike. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vexgui.search.rank import Evidence, Ranked


def best_of(alternatives: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """Return the files that answer any of some alternatives, each as well as it answers its best one.

    Of equal ones the first alternative counts; equal files keep the order of their ids.
    """
    best: dict[int, Ranked] = {}
    for ranked in alternatives:
        for item in ranked:
            known = best.get(item.file)
            if known is None or item.score > known.score:
                best[item.file] = item
    return sorted(best.values(), key=lambda item: (-item.score, item.file))


def lowered(ranked: Sequence[Ranked], against: Iterable[Evidence]) -> list[Ranked]:
    """Return files with what speaks against them taken off: all of it where that is certain; equal ones stay in order.

    What is left nothing of is left out.
    """
    strongest: dict[int, float] = {}
    for item in against:
        strongest[item.file] = max(item.strength, strongest.get(item.file, 0.0))
    left = [
        replace(item, score=item.score * (1 - min(strongest[item.file], 1.0))) if item.file in strongest else item
        for item in ranked
    ]
    return sorted((item for item in left if item.score > 0), key=lambda item: -item.score)
