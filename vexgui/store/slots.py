"""Which slots of a space are free."""

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import StoreDamaged

_LEAST_GROWTH = 1024


class FreeSlots:
    """Hands out free slots, lowest first, so that a batch's vectors lie together.

    The catalog says which slots are taken; this is only its complement, made anew at every start. A crash between
    writing a slot and committing it therefore leaves nothing behind.

    Args:
        taken: Slots that hold vectors.
        capacity: Slots there are.
    """

    def __init__(self, taken: NDArray[np.int64], capacity: int) -> None:
        if len(taken) and int(taken.max()) >= capacity:
            raise StoreDamaged(
                "The columns are shorter than the catalog says.",
                "Run `vexgui rebuild` to make the store again from the files and their records.",
            )
        self._free = np.ones(capacity, np.bool_)
        self._free[taken] = False

    @property
    def capacity(self) -> int:
        """Slots there are, free or not."""
        return len(self._free)

    def all(self) -> NDArray[np.int64]:
        """Return all free slots, ascending."""
        return np.flatnonzero(self._free)

    def wanted_capacity(self, count: int) -> int:
        """Return how many slots there should be so that ``count`` are free; if more than now, a quarter at least."""
        missing = count - int(np.count_nonzero(self._free))
        if missing <= 0:
            return len(self._free)
        return len(self._free) + max(missing, len(self._free) // 4, _LEAST_GROWTH)

    def grow(self, capacity: int) -> None:
        """Add the slots that columns have gained."""
        self._free = np.concatenate((self._free, np.ones(capacity - len(self._free), np.bool_)))

    def take(self, count: int) -> NDArray[np.int64]:
        """Take so many free slots, ascending; there must be enough."""
        slots = np.flatnonzero(self._free)[:count]
        assert len(slots) == count
        self._free[slots] = False
        return slots

    def give(self, slots: NDArray[np.int64]) -> None:
        """Make slots free again."""
        self._free[slots] = True
