"""The sign that an answer is awaited."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QConicalGradient, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_BUSY_AFTER_MS = 500
_TURN_MS = 40


class Spinner(QWidget):
    """A turning ring that appears only when waiting takes a while."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._angle = 0
        self._delay = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._delay.timeout.connect(self._appear)
        self._turning = QTimer(self)
        self._turning.setInterval(_TURN_MS)
        self._turning.timeout.connect(self._turn)
        self.setFixedSize(QSize(22, 22))

    def run(self, running: bool) -> None:  # noqa: FBT001 - follows a signal
        """Turn, after a moment, or stop."""
        if not running:
            self._delay.stop()
            self._turning.stop()
            self.update()
        elif not self._turning.isActive() and not self._delay.isActive():
            self._delay.start()

    @Slot()
    def _appear(self) -> None:
        self._turning.start()

    @Slot()
    def _turn(self) -> None:
        self._angle = (self._angle - 14) % 360
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._turning.isActive():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        fading = QConicalGradient(area.center(), self._angle)
        fading.setColorAt(0, self.palette().color(QPalette.ColorRole.Accent))
        fading.setColorAt(1, Qt.GlobalColor.transparent)
        painter.setPen(QPen(fading, 2.4))
        painter.drawEllipse(area)
        painter.end()
