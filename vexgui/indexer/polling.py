"""Which folders are watched where not all can be, and which are only looked at now and then. Pure.

The number of watches is limited for each user, all programs together, so some are left to the others. Folders where
something happened lately are watched: there it is likely to happen again.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

POLL_EVERY_S = 600.0
"""How often the folders that are not watched are looked at."""

_SHARE = 0.6
_ADVISED = 524_288
_MOST_SWAPS = 5_000
"""At once: each sends an event, and the kernel's queue holds some 16,000."""


@dataclass(frozen=True, slots=True)
class Swaps:
    """Folders to watch from now on, the most important first, and folders to be looked at now and then instead."""

    taken_up: tuple[bytes, ...]
    given_up: tuple[bytes, ...]


def share_of(limit: int) -> int:
    """Return how many of the watches that the system allows are ours to take."""
    return int(_SHARE * limit)


def advised_limit(folders: int, limit: int) -> int:
    """Return the limit to ask for, so that as many folders and more can be watched."""
    return max(_ADVISED, 2 * limit, int(1.25 * folders / _SHARE))


def swaps(watched: Iterable[tuple[bytes, int]], polled: Iterable[tuple[bytes, int]], free: int) -> Swaps:
    """Decide which folders change places, so that those are watched that changed last.

    Args:
        watched: Folders that are watched and need not be, each with when it changed last.
        polled: Folders that are not watched, with the same.
        free: How many more could be watched than are; negative when there are too many.
    """
    hot = heapq.nlargest(max(0, free) + _MOST_SWAPS, polled, key=itemgetter(1))
    taken_up = [path for path, _ in hot[: max(0, free)]]
    cold = heapq.nsmallest(max(0, -free) + _MOST_SWAPS, watched, key=itemgetter(1))
    given_up = [path for path, _ in cold[: max(0, -free)]]
    for (path, changed_ns), (other, other_ns) in zip(hot[max(0, free) :], cold[max(0, -free) :], strict=False):
        if changed_ns <= other_ns:
            break
        taken_up.append(path)
        given_up.append(other)
    return Swaps(tuple(taken_up), tuple(given_up))
