"""When the window is painted first, and when its results are painted with hits first; then it is closed."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from vexgui.gui.window import MainWindow
from vexgui.probe.ticks import since_start_s

_PATIENCE_MS = 30_000


def note_paints(found: dict[str, float]) -> None:
    """Note "first_paint_s" and "hits_s", seconds since the process began, of the window that has just been shown."""
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    QTimer.singleShot(_PATIENCE_MS, window.leave)
    _Paints(window, found)


class _Paints(QObject):
    def __init__(self, window: MainWindow, found: dict[str, float]) -> None:
        super().__init__(window)
        self._window = window
        self._found = found
        window.installEventFilter(self)
        window.results.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint:
            return False
        if watched is self._window:
            self._found.setdefault("first_paint_s", since_start_s())
        elif "hits_s" not in self._found and self._window.results.model().rowCount():
            self._found["hits_s"] = since_start_s()
            QTimer.singleShot(0, self._window.leave)
        return False
