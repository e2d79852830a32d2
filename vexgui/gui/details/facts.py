"""Rows of label and value, and the small sign of a state."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QSizePolicy, QStyle, QWidget
from typing_extensions import override

from vexgui.gui.controls import fold
from vexgui.gui.theme import blended, scaled

_BREAK = "\u200b"
_BREAKS = re.compile(r"[/_-]")
_LONG_WORD = re.compile(r"[!-\u02ff\u0370-\u0482\u048a-\u052f]{26,}")
"""In scripts whose letters stand for themselves: of others a break would tear letters apart that are joined."""
_PIECE = re.compile(r".{6}(?=.)")
_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_])")
"""Between a number and what it counts: neither would be understood on a line of its own."""


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
        # By itself a label goes by its text: Latin ones among Arabic ones would lie at the other side.
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        for number, (label, value) in enumerate(rows):
            left = QLabel(label)
            left.setFont(small)
            left.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            left.setAlignment(Qt.AlignmentFlag.AlignTop | side | Qt.AlignmentFlag.AlignAbsolute)
            right = wrapped(_COUNTED.sub("\N{NO-BREAK SPACE}", value))
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


class _Wrapped(QLabel):
    """Text at the side where one begins to read, whatever script it is in: a Latin file name in an Arabic window."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._align()

    def _align(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()


def wrapped(text: str = "") -> QLabel:
    """Return a label of plain text that wraps anywhere sensible and never widens its column."""
    return fold(_Wrapped(breakable(text)))


def breakable(text: str) -> str:
    """Return text in which a line may break after the signs that names are made of, and within very long words."""
    named = _BREAKS.sub(rf"\g<0>{_BREAK}", text)
    return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\g<0>{_BREAK}", word[0]), named)


def empty(layout: QLayout) -> None:
    """Remove all that lies in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
