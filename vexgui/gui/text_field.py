"""A line to type in, round as buttons are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from vexgui.gui.controls import RADIUS, focus_ring
from vexgui.gui.theme import tones

_HEIGHT_PX = 32


class TextField(QLineEdit):
    """Draws its own edge, and a ring where the keyboard is.

    Args:
        text: What stands in it at first.
        round_px: Radius of its corners, pixels.
        filled: Whether it has a ground of its own.
    """

    def __init__(
        self, text: str = "", *, round_px: float = RADIUS - 1, filled: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._round_px = round_px
        self._filled = filled
        self.setFrame(False)
        self.setTextMargins(8, 0, 8, 0)
        self.setMinimumHeight(_HEIGHT_PX if filled else 0)
        # What Qt would fill has corners.
        colors = self.palette()
        colors.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(colors)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1) if self._filled else QRectF(self.rect())
        painter.setPen(QPen(tones(self.palette()).outline, 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Button) if self._filled else Qt.BrushStyle.NoBrush)
        edge = area.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, self._round_px, self._round_px)
        if self.hasFocus():
            focus_ring(painter, edge, self.palette(), self._round_px)
        painter.end()
        super().paintEvent(event)
