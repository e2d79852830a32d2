"""Whether anything of a window can be seen: what cannot be seen needs no timers."""

from PySide6.QtCore import QEvent, QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_TELLING = {
    QEvent.Type.Expose,
    QEvent.Type.Hide,
    QEvent.Type.Show,
    QEvent.Type.WindowStateChange,
}


class Sight(QObject):
    """Tells when a window comes in sight, or out of it: hidden, minimised, or where the compositor shows none of it.

    Args:
        window: A window that has been shown.

    Signals:
        changed: Whether it can be seen now.
    """

    changed = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._handle = window.windowHandle()
        self.seen = True
        window.installEventFilter(self)
        self._handle.installEventFilter(self)

    @Slot()
    def look(self) -> None:
        """Tell if it has changed."""
        window = self._window
        seen = window.isVisible() and not window.isMinimized() and self._handle.isExposed()
        if seen != self.seen:
            self.seen = seen
            self.changed.emit(seen)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TELLING:
            # Qt notes the new state while it handles the event, after its filters.
            QMetaObject.invokeMethod(self, "look", Qt.ConnectionType.QueuedConnection)
        return False
