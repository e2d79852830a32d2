"""The files that filters let through, kept as long as the store stays as it is."""

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vexgui.core.filters import Filter

_MOST = 4
"""Filters that are remembered; the files of each take 8 bytes."""


class Passing:
    """Remembers what the catalog was asked last: who types asks for the same files with every letter."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[tuple[int, Filter], NDArray[np.int64]] = {}

    def files(self, epoch: int, where: Filter, ask: Callable[[], NDArray[np.int64]]) -> NDArray[np.int64]:
        """Return the ids of files, ascending, which must not be changed.

        Args:
            epoch: The state of the store that is asked about.
            where: The filter.
            ask: Asks the catalog in this state.
        """
        key = (epoch, where)
        with self._lock:
            found = self._found.pop(key, None)
        if found is None:
            found = ask()
        with self._lock:
            self._found[key] = found  # the latest stands last
            for old in list(self._found)[:-_MOST]:
                del self._found[old]
        return found
