"""What the map and the timeline have in common: one surface that is drawn on, and that takes keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_BY_KEYS = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_COMES_BACK = frozenset(
    {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
)
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta})


class Canvas(QWidget):
    """A surface that has the keyboard as a whole; the ring that tells so is for those who use keys.

    Signals:
        left: The user wants to go back to where they were.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._uses_keys = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def shows_ring(self) -> bool:
        """Whether a ring is drawn around all of it: where the keyboard came here by a key, or was used here."""
        return self.hasFocus() and self._uses_keys

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks; return whether it asks anything."""
        raise NotImplementedError

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _COMES_BACK:
            self._uses_keys = event.reason() in _BY_KEYS
        super().focusInEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._uses_keys = False
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _MODIFIERS:
            self._uses_keys = True
            self.update()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self.take_key(event):
            super().keyPressEvent(event)
