"""The thumbnails of files that others are to be like."""

import os

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPixmap

from vexgui.core.errors import VexError
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.search.examples import kind_by_name
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted

_PX = 96
"""Longest side that is asked for, device pixels: enough for a chip on a screen of 400 %."""
_MOST_KEPT = 64


class ExamplePictures(QObject):
    """Hands out thumbnails by path; looks at a file's time on a worker thread first.

    Signals:
        arrived: More of them may be ready.
    """

    arrived = Signal()

    def __init__(self, operations: Operations, loader: ThumbnailLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._loader = loader
        self._wanted: dict[bytes, Wanted | None] = {}
        loader.arrived.connect(self._take_arrivals)

    def of(self, path: bytes) -> QPixmap | None:
        """Return a file's thumbnail if it is ready, else None; it is then on its way, unless the file has none."""
        if path not in self._wanted:
            self._look(path)
        wanted = self._wanted[path]
        return None if wanted is None else self._loader.pixmap(wanted)

    def _look(self, path: bytes) -> None:
        def looked(mtime_ns: int) -> None:
            self._wanted[path] = Wanted(path, mtime_ns, kind_by_name(path), _PX)
            self.arrived.emit()

        if len(self._wanted) >= _MOST_KEPT:
            self._wanted.clear()
        self._wanted[path] = None
        self._operations.start(Lane.DISK, lambda _: _mtime_ns(path), looked, _without_picture)

    @Slot(object)
    def _take_arrivals(self, arrived: list[Wanted]) -> None:
        if any(wanted == self._wanted.get(wanted.path) for wanted in arrived):
            self.arrived.emit()


def _mtime_ns(path: bytes) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _without_picture(_error: VexError) -> None:
    """Leave the chip its icon."""
