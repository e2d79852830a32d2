"""The column that the sections lie in: it ends with a whole row, and fades where it has been scrolled."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vexgui.gui.controls import Column
from vexgui.gui.side.row import SideRow

_FADE_PX = 14
"""Less than what a row has beneath its text and above it."""


class SideColumn(Column):
    """Scrolls the sections; at rest no row is cut, and no heading stands at its end without what it is of."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._fades = (_Fade(self, is_top=True), _Fade(self, is_top=False))
        self.content.installEventFilter(self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._show_fades)
        bar.rangeChanged.connect(self._show_fades)

    def _fit(self) -> None:
        """Leave free at the end what is not enough for a row."""
        rows = [row for row in self.content.findChildren(SideRow) if row.isVisibleTo(self.content)]
        ends = [row.mapTo(self.content, QPoint(0, row.height())).y() for row in rows]
        room = self.height()
        fitting = [end for end in ends if end <= room]
        is_cut = self.content.minimumSizeHint().height() > room
        self.setViewportMargins(0, 0, 0, room - max(fitting) if is_cut and fitting else 0)
        self._show_fades()

    @Slot()
    def _show_fades(self) -> None:
        bar, area = self.verticalScrollBar(), self.viewport().geometry()
        top, bottom = self._fades
        top.setGeometry(area.left(), area.top(), area.width(), _FADE_PX)
        bottom.setGeometry(area.left(), area.bottom() + 1 - _FADE_PX, area.width(), _FADE_PX)
        top.setVisible(bar.value() > bar.minimum())
        bottom.setVisible(bar.value() < bar.maximum())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Rows came or went, or lie elsewhere.
        if watched is self.content and event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().eventFilter(watched, event)


class _Fade(QWidget):
    """Has the rows beneath it vanish towards an edge."""

    def __init__(self, column: QWidget, *, is_top: bool) -> None:
        super().__init__(column)
        self._is_top = is_top
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self.palette().color(QPalette.ColorRole.Window)
        clear = QColor(ground)
        clear.setAlpha(0)
        fading = QLinearGradient(0, 0, 0, self.height())
        fading.setColorAt(0, ground if self._is_top else clear)
        fading.setColorAt(1, clear if self._is_top else ground)
        painter = QPainter(self)
        painter.fillRect(self.rect(), fading)
        painter.end()
