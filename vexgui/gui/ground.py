"""The rounded ground, without an outline, that a message stands on."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from vexgui.gui.controls import RADIUS
from vexgui.gui.theme import tones


class Ground(QFrame):
    """Paints its ground, that of a warning unless another is chosen, and is dressed anew when the colours change."""

    def dress(self) -> None:
        """Take on the colours of the palette."""

    def color(self) -> QColor:
        """Return the colour of the ground."""
        return tones(self.palette()).warning_ground

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color())
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.end()
