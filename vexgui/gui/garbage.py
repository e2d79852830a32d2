"""Garbage is looked for on the window's thread only: what Qt has may be taken apart nowhere else."""

import gc
from collections.abc import Callable
from typing import Self

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 5000


class GarbageCollector(QObject):
    """Takes the place of Python's own collector, which runs in whatever thread happens to make the next object.

    A widget in a cycle of references that a worker thread frees takes the program down with it.

    Args:
        parent: It is the window's, and goes with it.
        wanted: Tells whether there is any use in it now; a window that nobody sees makes no garbage.
    """

    def __init__(self, parent: QObject, wanted: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()  # what is there now stays
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the youngest generations that have grown by as much as Python's own collector waits for."""
        if not self._wanted():
            return
        for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count <= most:
                return
            gc.collect(generation)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Let Python's own collector work again, where it did before: threads may be left, and parts of the window."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
