"""A line at the bottom of the window that says what was just done, and offers to undo it, for a few seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from vexgui.gui.controls import Button, ElidedLabel, Look
from vexgui.gui.ground import Ground
from vexgui.gui.keys.commands import Command
from vexgui.gui.keys.keymap import Keymap, KeyShortcut
from vexgui.gui.language import tr
from vexgui.gui.margins import along

_LASTS_MS = 6000
_MARGIN = 16
_WIDEST = 560
_LEFT, _GAP, _RIGHT = 16, 8, 6
_BRIGHT_ACCENT = "#aab2ff"
"""The accent on the dark ground: contrast above 7 : 1 in both palettes."""


class Toast(QObject):
    """Shows one line at a time over the bottom centre of a window; a new one takes the place of the one before.

    It stays as long as the pointer or the keyboard is on it. The keys for it undo while it is shown, Escape closes it.

    Args:
        window: What it is shown over.
        above: The widget at the bottom of the window that it leaves free.
        keymap: Has the keys that undo.
    """

    def __init__(self, window: QWidget, above: QWidget, keymap: Keymap) -> None:
        super().__init__(window)
        self._window = window
        self._above = above
        self._keymap = keymap
        self._undo: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self.bar = _Bar(window)
        self.bar.undo.clicked.connect(self._undo_it)
        self.bar.close_button.clicked.connect(self.dismiss)
        self.bar.installEventFilter(self)
        self._key = KeyShortcut(keymap, Command.UNDO, window, self._undo_it)
        self._key.setEnabled(False)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_LASTS_MS)
        self.timer.timeout.connect(self._time_is_up)
        window.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is said now, or ""."""
        return self.bar.text.text() if self.bar.isVisibleTo(self._window) else ""

    def show(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say something in a line; where ``undo`` is given, a button and keys call it."""
        if not self._has_keyboard():
            self._before = QApplication.focusWidget()
        self._undo = undo
        self.bar.text.setText(text)
        self.bar.undo.setVisible(undo is not None)
        self.bar.undo.call(self._keymap.named(Command.UNDO))
        self._key.setEnabled(undo is not None)
        self._place()
        self.bar.show()
        self.bar.raise_()
        self.timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.bar.text, self._announced(text)))

    @Slot()
    def dismiss(self) -> None:
        """Close the line; the keyboard goes back to where it was."""
        self.timer.stop()
        self._undo = None
        self._key.setEnabled(False)
        if self._has_keyboard() and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.bar.hide()

    @Slot()
    def _undo_it(self) -> None:
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    @Slot()
    def _time_is_up(self) -> None:
        if self.bar.underMouse() or self._has_keyboard():
            self.timer.start()
        else:
            self.dismiss()

    def _announced(self, text: str) -> str:
        keys = self._keymap.first(Command.UNDO)
        told = tr("{what} {keys} undoes it.").format(what=text, keys=keys)
        return text if self._undo is None or not keys else told

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.bar.isAncestorOf(focused)

    def _place(self) -> None:
        room = self._window.width() - 2 * _MARGIN
        width = min(self.bar.wanted_width(), room, _WIDEST)
        height = self.bar.sizeHint().height()
        bottom = self._above.geometry().top() if self._above.isVisible() else self._window.height()
        self.bar.setGeometry((self._window.width() - width) // 2, bottom - height - _MARGIN // 2, width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.bar.isVisible():
            self._place()
        elif watched is self.bar and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.dismiss()
            return True
        return False


class _Bar(Ground):
    """The line itself, in the colours of a tool tip: bright on dark in a light window too."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.text = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, role=QPalette.ColorRole.ToolTipText)
        self.text.setAccessibleName(tr("What was just done"))
        self.undo = Button(tr("Undo"), look=Look.FLAT)
        self.close_button = Button(icon="close", look=Look.FLAT, name=tr("Dismiss"))
        row = QHBoxLayout(self)
        row.setContentsMargins(along(_LEFT, 5, _RIGHT, 5))
        row.setSpacing(_GAP)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self.dress()
        self.hide()

    def wanted_width(self) -> int:
        """Return the width that shows the whole text, device-independent pixels."""
        buttons = [button for button in (self.undo, self.close_button) if not button.isHidden()]
        beside = sum(button.sizeHint().width() + _GAP for button in buttons)
        return self.text.fontMetrics().horizontalAdvance(self.text.text()) + 4 + beside + _LEFT + _RIGHT

    @override
    def color(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.ToolTipBase)

    @override
    def dress(self) -> None:
        """Give the buttons the colours that go with the ground."""
        own = self.palette()
        ground, ink = own.color(QPalette.ColorRole.ToolTipBase), own.color(QPalette.ColorRole.ToolTipText)
        palette = QPalette(own)
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Button):
            palette.setColor(role, ground)
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText):
            palette.setColor(role, ink)
        palette.setColor(QPalette.ColorRole.ButtonText, ink)
        palette.setColor(QPalette.ColorRole.Accent, ink)
        self.close_button.setPalette(palette)
        palette.setColor(QPalette.ColorRole.ButtonText, QColor(_BRIGHT_ACCENT))
        self.undo.setPalette(palette)
