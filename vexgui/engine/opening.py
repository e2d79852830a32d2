"""The open store with what hangs on it: opened, lent, let go, and opened again when another has taken its place."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from vexgui.core.errors import StoreDamaged, closed_already
from vexgui.engine.parts import Parts


class Opening:
    """Has a store open, or knows why it has none.

    Args:
        lock: Held while another store is put in its place.
        opened: Opens the store.

    Attributes:
        open_parts: What hangs on it while it is open, else None; for those who do without.
    """

    def __init__(self, lock: AbstractContextManager[object], opened: Callable[[], Parts]) -> None:
        self._lock = lock
        self._opened = opened
        self._damage: StoreDamaged | None = None
        self.open_parts: Parts | None = None

    @property
    def parts(self) -> Parts:
        """What hangs on the open store.

        Raises:
            StoreDamaged: It could not be opened.
            WorldProblem: It has been closed.
        """
        with self._lock:  # a rebuild puts others in their place
            if self.open_parts is None:
                raise self._damage or closed_already()
            return self.open_parts

    def begin(self) -> None:
        """Open the store; a damaged one is told of at its first use."""
        self._damage = None
        try:
            self.open_parts = self._opened()
        except StoreDamaged as damage:
            self._damage = damage

    def let_go(self) -> None:
        """Close the store, if it is open."""
        with self._lock:
            parts, self.open_parts = self.open_parts, None
        if parts is not None:
            parts.close()
