"""Several children that do the same, each for one caller at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import LifoQueue

from vexgui.system.child import Child


class Pool:
    """Lends children to threads that need one; while all are lent, others wait.

    The one that was given back last is lent first, so that no more are started than are needed at once.

    Args:
        children: What is lent; closed with this.
    """

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = tuple(children)
        self._free: LifoQueue[Child] = LifoQueue()
        for child in reversed(self._children):
            self._free.put(child)

    @contextmanager
    def lent(self) -> Iterator[Child]:
        """Wait for a child that is free, and have it alone for a while."""
        child = self._free.get()
        try:
            yield child
        finally:
            self._free.put(child)

    def unload_idle(self, idle_s: float) -> bool:
        """End those that were not called for so many seconds, and tell whether there is one still."""
        left = [child.unload_idle(idle_s) for child in self._children]
        return any(left)

    def close(self) -> None:
        """End all children, also under running calls, which then raise, as later ones do."""
        for child in self._children:
            child.close()
