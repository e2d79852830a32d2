"""What is dropped on the window: the sheet that says what will happen, and the drop itself."""

import os
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vexgui.gui.controls import RADIUS
from vexgui.gui.icons import tinted
from vexgui.gui.theme import blended, scaled
from vexgui.gui.uris import dragged_paths

_INSET = 18
_SIMILAR_SHARE = 0.3


class Zone(Enum):
    """Where a drop falls."""

    INDEX = "Drop to index"
    SIMILAR = "Drop here to find similar files"


class DropSheet(QWidget):
    """Lies over the window while files are dragged over it; a single file may also be searched by."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._zone = Zone.INDEX
        self._single = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def appear(self, paths: tuple[bytes, ...]) -> None:
        """Cover the window for a drag of these files."""
        self._single = len(paths) == 1 and os.path.isfile(paths[0])
        self._zone = Zone.INDEX
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def zone_at(self, place: QPointF) -> Zone:
        """Return what a drop at a place means, and show it."""
        _, similar = self._areas()
        zone = Zone.SIMILAR if self._single and similar.contains(place) else Zone.INDEX
        if zone is not self._zone:
            self._zone = zone
            self.update()
        return zone

    def _areas(self) -> tuple[QRectF, QRectF]:
        room = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        if not self._single:
            return room, QRectF()
        similar = QRectF(room)
        similar.setTop(room.bottom() - room.height() * _SIMILAR_SHARE)
        room.setBottom(similar.top() - _INSET / 2)
        similar.setTop(similar.top() + _INSET / 2)
        return room, similar

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(0.86)
        painter.fillRect(self.rect(), veil)
        index, similar = self._areas()
        self._draw_zone(painter, index, Zone.INDEX, "folder-add")
        if self._single:
            self._draw_zone(painter, similar, Zone.SIMILAR, "similar")
        painter.end()

    def _draw_zone(self, painter: QPainter, area: QRectF, zone: Zone, icon: str) -> None:
        accent = self.palette().color(QPalette.ColorRole.Accent)
        chosen = zone is self._zone
        painter.setPen(QPen(accent, 2, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine))
        painter.setBrush(blended(accent, self.palette().color(QPalette.ColorRole.Window), 0.14 if chosen else 0.04))
        painter.drawRoundedRect(area, RADIUS + 5, RADIUS + 5)
        middle = area.center()
        painter.drawPixmap(
            QPointF(middle.x() - 20, middle.y() - 44), tinted(icon, 40, accent, self.devicePixelRatioF())
        )
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.setFont(scaled(self.font(), 1.3, bold=True))
        words = QRectF(area.left(), middle.y() + 6, area.width(), 32)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, zone.value)


class DropTarget(QObject):
    """Takes files that are dragged from other programs over a window.

    Signals:
        dropped: Files were dropped: a tuple of paths, and the `Zone`.
    """

    dropped = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.sheet = DropSheet(window)
        self.enabled = False
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _enter(self, event: QDragEnterEvent) -> None:
        paths = dragged_paths(event.mimeData()) if event.source() is None else ()
        if paths and self.enabled:
            self.sheet.appear(paths)
            self._accept(event)
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        zone = self.sheet.zone_at(event.position())
        self.sheet.hide()
        self._accept(event)
        self.dropped.emit(dragged_paths(event.mimeData()), zone)

    @staticmethod
    def _accept(event: QDropEvent) -> None:
        # Copied, never moved: a file manager that hears of a move deletes the file in its old place.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QDragEnterEvent():
                self._enter(event)
            case QDragMoveEvent():
                self.sheet.zone_at(event.position())
                self._accept(event)
            case QDragLeaveEvent():
                self.sheet.hide()
            case QDropEvent():
                self._drop(event)
            case QResizeEvent():
                self.sheet.setGeometry(self._window.rect())
                return False
            case _:
                return False
        return True
