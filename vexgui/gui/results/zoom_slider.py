"""A short slider for the size of the cells."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QWidget
from typing_extensions import override

from vexgui.gui.controls import focus_ring
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.results.arranging import ZOOMS
from vexgui.gui.theme import tones

_SIZE = QSize(116, 32)
_HANDLE_PX = 14.0
_ICONS_PX = (10, 15)
_EDGE_PX = 20


class ZoomSlider(QSlider):
    """Steps from small cells to large ones, between a small picture and a large one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, ZOOMS - 1)
        self.setPageStep(1)
        self.setAccessibleName(tr("Size of the results"))
        self.setToolTip(tr("Size of the results"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return _SIZE

    @override
    def minimumSizeHint(self) -> QSize:
        return _SIZE

    def _take(self, x: float) -> None:
        span = self.width() - 2 * _EDGE_PX - _HANDLE_PX
        position = round(x - _EDGE_PX - _HANDLE_PX / 2)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), position, round(span), mirrored))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._take(event.position().x())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = self.height() / 2
        ink = palette.color(QPalette.ColorRole.PlaceholderText)
        for px, last in zip(_ICONS_PX, (mirrored, not mirrored), strict=True):
            left = self.width() - (_EDGE_PX + px) / 2 if last else (_EDGE_PX - px) / 2
            painter.drawPixmap(QPointF(left, middle - px / 2), tinted("grid", px, ink, self.devicePixelRatioF()))
        groove = QRectF(_EDGE_PX + 2, middle - 1.5, self.width() - 2 * _EDGE_PX - 4, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(groove, 1.5, 1.5)
        share = self.value() / self.maximum()
        travel = self.width() - 2 * _EDGE_PX - _HANDLE_PX
        left = _EDGE_PX + travel * (1 - share if mirrored else share)
        handle = QRectF(left, middle - _HANDLE_PX / 2, _HANDLE_PX, _HANDLE_PX)
        painter.setPen(QPen(tones(palette).outline.darker(115), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Accent if self.underMouse() else QPalette.ColorRole.Button))
        painter.drawEllipse(handle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.hasFocus():
            focus_ring(painter, handle.adjusted(-2, -2, 2, 2), palette, _HANDLE_PX / 2 + 2)
        painter.end()
