"""The main colours of a picture; a click copies one."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import DrawnButton, focus_ring, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.language import tr
from vexgui.gui.theme import scaled

_HEIGHT_PX = 28
_ROUND = 7.0


class Swatch(DrawnButton):
    """A colour."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setAccessibleName(tr("Copy the colour {colour}").format(colour=colour))
        self.setToolTip(tr("{colour}: click to copy").format(colour=colour))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(40, _HEIGHT_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        ink.setAlpha(120 if self.underMouse() else 44)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), _ROUND, _ROUND)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self.palette(), _ROUND)
        painter.end()


class Swatches(QWidget):
    """A row of colours with a line beneath that says what was copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours: tuple[str, ...] = ()
        self._swatches: list[Swatch] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._said = muted(wraps=False)
        self._said.setFont(scaled(self.font(), 0.85))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addLayout(self._row)
        rows.addWidget(self._said)

    @property
    def swatches(self) -> tuple[Swatch, ...]:
        """The colours shown."""
        return tuple(self._swatches)

    @property
    def said(self) -> str:
        """What the line beneath says."""
        return self._said.text()

    def show_colours(self, colours: Sequence[str]) -> None:
        """Show other colours."""
        self.setVisible(bool(colours))
        if tuple(colours) == self._colours:
            return
        self._colours = tuple(colours)
        empty(self._row)
        self._swatches = [self._swatch(colour) for colour in self._colours]
        self._said.setText(tr("Main colours"))

    def _swatch(self, colour: str) -> Swatch:
        swatch = Swatch(colour, self)
        swatch.clicked.connect(lambda: self._copy(colour))
        self._row.addWidget(swatch)
        return swatch

    def _copy(self, colour: str) -> None:
        QGuiApplication.clipboard().setText(colour)
        self._said.setText(tr("{colour} is copied").format(colour=colour))
