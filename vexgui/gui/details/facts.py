"""Rows of label and value, and the small sign of a state."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.gui.controls import fold
from vexgui.gui.theme import blended, scaled

_BREAK = "\u200b"
_BREAKS = re.compile(r"[/_-]")
_LONG_WORD = re.compile(r"[^\s\u200b]{22}(?=[^\s\u200b]{4})")


class FactsGrid(QWidget):
    """Facts as two columns, the label quiet, the value selectable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._rows: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        empty(self._grid)
        small = scaled(self.font(), 0.93)
        for number, (label, value) in enumerate(rows):
            left = QLabel(label)
            left.setFont(small)
            left.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            left.setAlignment(Qt.AlignmentFlag.AlignTop)
            right = wrapped(value)
            right.setFont(small)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            right.setAccessibleName(f"{label}: {value}")
            self._grid.addWidget(left, number, 0)
            self._grid.addWidget(right, number, 1)


class StateSign(QWidget):
    """A coloured pill with a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._color = QColor()
        self.setFont(scaled(self.font(), 0.85, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    def show_state(self, text: str, color: QColor) -> None:
        """Show another state."""
        self._text = text
        self._color = color
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 18, metrics.height() + 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blended(self._color, self.palette().color(QPalette.ColorRole.Base), 0.14))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setPen(self._color)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


def wrapped(text: str = "") -> QLabel:
    """Return a label of plain text that wraps anywhere sensible and never widens its column."""
    label = QLabel(breakable(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    return fold(label)


def breakable(text: str) -> str:
    """Return text in which a line may break after the signs that names are made of, and within very long words."""
    return _LONG_WORD.sub(rf"\g<0>{_BREAK}", _BREAKS.sub(rf"\g<0>{_BREAK}", text))


def empty(layout: QLayout) -> None:
    """Remove all that lies in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
