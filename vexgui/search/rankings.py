"""The rankings of the last answers, for whoever goes further down in one."""

import itertools
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.query import Query
from vexgui.search.answers import Found

MOST = 8
"""A person looks at one; who types asks twice with every letter."""

_TOKENS = itertools.count(1)
"""For all of the process: what was asked of a store before it was made anew has no token of what is asked since."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A ranking that can be gone through.

    Attributes:
        query: What was asked.
        found: What was found.
        rows: The rows of that ranking that answer, without copies and of the kind that was wanted, [n] int64.
    """

    query: Query
    found: Found
    rows: NDArray[np.int64]


class Rankings:
    """Keeps rankings by their tokens; safe to use from any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: dict[int, Kept] = {}
        self._lock = threading.Lock()

    def keep(self, kept: Kept) -> int:
        """Keep a ranking, forget the oldest, and return the token that names it from now on."""
        with self._lock:
            token = next(_TOKENS)
            self._kept[token] = kept
            if len(self._kept) > self._most:
                del self._kept[min(self._kept)]
            return token

    def get(self, token: int) -> Kept | None:
        """Return the ranking that a token names, None where it is not kept any more."""
        with self._lock:
            return self._kept.get(token)
