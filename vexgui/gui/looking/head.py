"""The line on top of a place to look: what it is, what can be done there, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vexgui.gui.controls import Button, ElidedLabel, Look, heading
from vexgui.gui.language import tr
from vexgui.gui.margins import along


class PlaceHead(QWidget):
    """A title, a quiet line beside it, and buttons.

    Args:
        title: What the place is called.
        widgets: What can be done there.

    Signals:
        left: The user wants to go back to where they were.
    """

    left = Signal()

    def __init__(self, title: str, widgets: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ElidedLabel(mode=Qt.TextElideMode.ElideRight, role=QPalette.ColorRole.PlaceholderText)
        close = Button(icon="close", look=Look.FLAT, name=tr("Back"))
        close.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(along(4, 0, 8, 0))
        row.setSpacing(8)
        row.addWidget(heading(title, 1.2))
        row.addWidget(self._note, 1)
        for widget in (*widgets, close):
            row.addWidget(widget)

    @property
    def note(self) -> str:
        """The quiet line."""
        return self._note.text()

    def say(self, note: str) -> None:
        """Say something beside the title."""
        self._note.setText(note)
