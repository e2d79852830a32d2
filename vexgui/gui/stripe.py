"""A thin bar of what is done."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vexgui.gui.controls import mirrored
from vexgui.gui.theme import tones

_STRIPE_SIZE = QSize(96, 6)


class ProgressStripe(QWidget):
    """A thin bar of what is done, as wide as there is room if wanted; nothing is drawn when nothing is under way."""

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._share: float | None = None
        if wide:
            self.setFixedHeight(_STRIPE_SIZE.height())
        else:
            self.setFixedSize(_STRIPE_SIZE)
        self.hide()

    def show_share(self, share: float | None) -> None:
        """Show a share between 0 and 1, or nothing."""
        self._share = share
        self.setVisible(share is not None)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(tones(self.palette()).outline)
        painter.drawRoundedRect(area, 3, 3)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
        done = QRectF(0, 0, max(6.0, area.width() * min(1.0, self._share)), 6)
        painter.drawRoundedRect(mirrored(self, done), 3, 3)
        painter.end()
