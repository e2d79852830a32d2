"""A box that is ticked or not."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget
from typing_extensions import override

from vexgui.gui.controls import LiteralButton, focus_ring, mirrored
from vexgui.gui.wording import tip_text

_BOX_PX = 16


class CheckBox(LiteralButton):
    """A box that is ticked or not, with its text beside it, shortened where there is no room.

    For ``is_path`` see `ElidedLabel`.
    """

    def __init__(self, text: str, *, is_path: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_path = is_path
        self.setText(text)
        self.setToolTip(tip_text(text))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + _BOX_PX + 14, max(26, metrics.height() + 8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        accent, quiet = (
            palette.color(role) for role in (QPalette.ColorRole.Accent, QPalette.ColorRole.PlaceholderText)
        )
        box = mirrored(self, QRectF(2.5, (self.height() - _BOX_PX) / 2, _BOX_PX, _BOX_PX))
        painter.setPen(QPen(accent if self.isChecked() else quiet, 1.4))
        painter.setBrush(accent if self.isChecked() else palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 2, c=Qt.PenCapStyle.RoundCap))
            across = (QPointF(0.24, 0.52), QPointF(0.43, 0.7), QPointF(0.77, 0.31))
            painter.drawPolyline([box.topLeft() + point * _BOX_PX for point in across])
        if self.hasFocus():
            focus_ring(painter, box.adjusted(-1.5, -1.5, 1.5, 1.5), palette, 5)
        left = _BOX_PX + 11
        metrics = QFontMetrics(self.font())
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        if self._is_path:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(
            mirrored(self, QRectF(left, 0, self.width() - left, self.height())),
            int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute),
            metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width() - left),
        )
        painter.end()
