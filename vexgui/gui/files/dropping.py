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
from vexgui.gui.files.pasting import pasted
from vexgui.gui.files.uris import dragged_paths
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.theme import blended, scaled

_INSET = 18
_SIMILAR_SHARE = 0.3


class Zone(Enum):
    """Where a drop falls."""

    INDEX = "index"
    SIMILAR = "similar"


class DropSheet(QWidget):
    """Lies over the window while files are dragged over it: to be indexed, or to find what is like them, or either."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._zone = Zone.INDEX
        self._zones: tuple[Zone, ...] = (Zone.INDEX,)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def appear(self, *zones: Zone) -> None:
        """Cover the window for a drag that may fall on some zones."""
        self._zones = zones
        self._zone = zones[0]
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()

    def zone_at(self, place: QPointF) -> Zone:
        """Return what a drop at a place means, and show it."""
        zone = next((zone for zone, area in self._areas() if area.contains(place)), self._zones[0])
        if zone is not self._zone:
            self._zone = zone
            self.update()
        return zone

    def _areas(self) -> tuple[tuple[Zone, QRectF], ...]:
        room = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        if len(self._zones) == 1:
            return ((self._zones[0], room),)
        lower = QRectF(room)
        lower.setTop(room.bottom() - room.height() * _SIMILAR_SHARE)
        room.setBottom(lower.top() - _INSET / 2)
        lower.setTop(lower.top() + _INSET / 2)
        return (self._zones[0], room), (self._zones[1], lower)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(0.86)
        painter.fillRect(self.rect(), veil)
        for zone, area in self._areas():
            self._draw_zone(painter, area, zone)
        painter.end()

    def _draw_zone(self, painter: QPainter, area: QRectF, zone: Zone) -> None:
        icon, words = _told(zone)
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
        line = QRectF(area.left(), middle.y() + 6, area.width(), 32)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)


class DropTarget(QObject):
    """Takes files, and pictures that are in no file, that are dragged from other programs over a window.

    Signals:
        dropped: Files were dropped: a tuple of paths, and the `Zone`.
        picture_dropped: A picture was dropped that is in no file; a `Pasted`.
    """

    dropped = Signal(object, object)
    picture_dropped = Signal(object)

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self.sheet = DropSheet(window)
        self.enabled = False
        self._operations = operations
        self._window = window
        self._looking = 0
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _enter(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if event.source() is not None or not self.enabled:
            event.ignore()
        elif paths := dragged_paths(mime):
            self.sheet.appear(Zone.INDEX)
            self._offer_likeness(paths)
            self._accept(event)
        elif mime.hasImage():
            self.sheet.appear(Zone.SIMILAR)
            self._accept(event)
        else:
            event.ignore()

    def _offer_likeness(self, paths: tuple[bytes, ...]) -> None:
        """Offer to find what is like a single file; whether it is one, is asked where a disk may be waited for."""

        def take(is_file: bool) -> None:  # noqa: FBT001 - an answer
            if is_file and self.sheet.isVisible():
                self.sheet.appear(Zone.INDEX, Zone.SIMILAR)

        self._operations.cancel(self._looking)
        if len(paths) == 1:
            self._looking = self._operations.start(Lane.DISK, lambda _: os.path.isfile(paths[0]), take)

    def _leave(self) -> None:
        self._operations.cancel(self._looking)
        self.sheet.hide()

    def _drop(self, event: QDropEvent) -> None:
        zone = self.sheet.zone_at(event.position())
        self._leave()
        self._accept(event)
        found = pasted(event.mimeData())
        if found.paths:
            self.dropped.emit(found.paths, zone)
        elif found.picture is not None:
            self.picture_dropped.emit(found)

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
                self._leave()
            case QDropEvent():
                self._drop(event)
            case QResizeEvent():
                self.sheet.setGeometry(self._window.rect())
                return False
            case _:
                return False
        return True


def _told(zone: Zone) -> tuple[str, str]:
    """Return the icon of a zone and what is written on it."""
    if zone is Zone.INDEX:
        return "folder-add", tr("Drop to index")
    return "similar", tr("Drop here to find similar files")
