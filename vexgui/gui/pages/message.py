"""A page with a picture, a sentence or two, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button
from vexgui.gui.even_label import EvenLabel
from vexgui.gui.icons import app_picture, tinted
from vexgui.gui.theme import scaled

_PICTURE_PX = 56
_TEXT_WIDTH = 460


class MessagePage(QWidget):
    """Says one thing in the middle of the room: nothing found, or the engine could not be opened."""

    def __init__(self, icon: str, buttons: Sequence[Button] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = EvenLabel()
        self._title.setFont(scaled(self.font(), 1.45, bold=True))
        self._text = EvenLabel(role=QPalette.ColorRole.PlaceholderText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 24)
        self.column.setSpacing(10)
        self.column.addStretch(2)
        self.column.addWidget(self._picture)
        self.column.addSpacing(6)
        self.column.addLayout(_centered(self._title))
        self.column.addLayout(_centered(self._text))
        self.column.addSpacing(10)
        self.column.addLayout(row)
        self.column.addStretch(3)
        self._dress()

    @property
    def title(self) -> str:
        """What is said in large letters."""
        return self._title.text()

    @property
    def text(self) -> str:
        """What is said beneath."""
        return self._text.text()

    def say(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def _dress(self) -> None:
        ratio = self.devicePixelRatioF()
        if self._icon == "vexgui":
            self._picture.setPixmap(app_picture(_PICTURE_PX + 16, ratio))
        else:
            color = self.palette().color(QPalette.ColorRole.PlaceholderText)
            self._picture.setPixmap(tinted(self._icon, _PICTURE_PX, color, ratio))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def _centered(label: QLabel) -> QHBoxLayout:
    """Return a row in which a label that wraps stands in the middle, of readable width at most."""
    label.setMaximumWidth(_TEXT_WIDTH)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row
