"""The map as one sees it and goes about on it."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QRubberBand, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.looking import CollectionMap
from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import RADIUS, focus_ring
from vexgui.gui.language import tr
from vexgui.gui.looking.camera import Camera
from vexgui.gui.looking.canvas import Canvas
from vexgui.gui.looking.map_scene import MapScene, Tile
from vexgui.gui.looking.tiles import draw_label, draw_tile
from vexgui.gui.thumbnails.loader import ThumbnailLoader

_STEP_PX = 80
_ZOOM_STEP = 1.5
_A_NOTCH = 120
_WHEEL_FACTOR = 1.25
_RING_PX = 7.0
_PAN_KEYS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class MapView(Canvas):
    """Draws a map; it is dragged about, and comes nearer with the wheel.

    Attributes:
        picks_region: Whether dragging draws a rectangle, as it does with Shift, instead of moving the map.

    Signals:
        selected: A file was chosen: its path, or b"" for none.
        opened: A file is to be opened, its path.
        large_asked: A file is to be looked at large, its path.
        menu_asked: What can be done with the chosen file is wanted at a point of the screen.
        region_chosen: The paths of the files in a rectangle, a tuple.
    """

    selected = Signal(bytes)
    opened = Signal(bytes)
    large_asked = Signal(bytes)
    menu_asked = Signal(object)
    region_chosen = Signal(object)

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picks_region = False
        self._loader = loader
        self._scene: MapScene | None = None
        self._camera = Camera.on_all(1, 1, 1, 1, 0)
        self._moved = False
        self._dots: QImage | None = None
        self._tiles: list[Tile] = []
        self._row: int | None = None
        self._hovered: int | None = None
        self._pressed: QPointF | None = None
        self._band: QRubberBand | None = None
        self._dragging = False
        self.setAccessibleName(tr("Map of your files"))
        loader.arrived.connect(self._take_thumbnails)

    @property
    def camera(self) -> Camera:
        """What of the map is in sight."""
        return self._camera

    @property
    def scene(self) -> MapScene | None:
        """The map, if there is one."""
        return self._scene

    @property
    def tiles(self) -> list[Tile]:
        """The files that are shown by pictures."""
        return self._tiles

    def show_map(self, found: CollectionMap) -> None:
        """Show another map; where the user has gone to a place, that stays in sight."""
        chosen = self._path(self._row)
        self._scene = MapScene(found)
        row = next((row for row in range(len(found)) if found.path(row) == chosen), None) if chosen else None
        if row is None:
            self.select(None)
        self._row = row
        self._hovered = None
        if not self._moved:
            self.show_all()
        self._look()

    def show_kinds(self, kinds: frozenset[Kind]) -> None:
        """Show files of some kinds alone."""
        if self._scene is not None:
            self._scene.show_kinds(kinds)
            self._look()

    @Slot()
    def show_all(self) -> None:
        """Show the whole map."""
        scene = self._scene
        if scene is not None:
            width, height, files = self.width(), self.height(), len(scene.map)
            roughly = Camera.on_all(width, height, scene.right, scene.bottom, files)
            self._camera = Camera.on_all(width, height, *scene.ends(roughly), files)
            self._moved = False
            self._look()

    def zoom(self, steps: float) -> None:
        """Come nearer by so many steps, or farther, to what is in the middle."""
        self._go(self._camera.zoomed(_ZOOM_STEP**steps, self.width() / 2, self.height() / 2))

    def select(self, row: int | None) -> None:
        """Choose a file."""
        if row != self._row:
            self._row = row
            path = self._path(row)
            self.setAccessibleDescription(shown(name_of(path)))
            self.selected.emit(path)
            self.update()

    def walk(self, key: int) -> None:
        """Choose the next file in the direction of an arrow key, and keep it in sight."""
        across, down = _PAN_KEYS[Qt.Key(key)]
        self._walk(-across, -down)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _PAN_KEYS:
            across, down = _PAN_KEYS[key]
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.walk(key)
            else:
                self._go(self._camera.moved(across * _STEP_PX, down * _STEP_PX))
        elif key in _ZOOM_KEYS:
            self.zoom(_ZOOM_KEYS[key])
        elif key is Qt.Key.Key_0:
            self.show_all()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._row is not None:
            self.opened.emit(self._path(self._row))
        elif key is Qt.Key.Key_Space and self._row is not None:
            self.large_asked.emit(self._path(self._row))
        else:
            return False
        return True

    def _path(self, row: int | None) -> bytes:
        return b"" if row is None or self._scene is None else self._scene.map.path(row)

    def _go(self, camera: Camera) -> None:
        self._camera = camera
        self._moved = True
        self._hovered = None
        self._look()

    def _look(self) -> None:
        """Take anew what is in sight."""
        self._dots = None
        self._tiles = [] if self._scene is None else self._scene.tiles(self._camera)
        self.update()

    def _row_at(self, at: QPointF) -> int | None:
        if self._scene is None:
            return None
        tile = next((tile for tile in self._tiles if tile.area.contains(at)), None)
        return self._scene.nearest(self._camera, at.x(), at.y()) if tile is None else tile.row

    @Slot(object)
    def _take_thumbnails(self, _: object) -> None:
        if self._tiles and self.isVisible():
            self.update()

    def _end_band(self) -> None:
        band, self._band = self._band, None
        if band is not None:
            area = QRectF(band.geometry())
            band.deleteLater()
            if self._scene is not None and (rows := self._rows_within(self._scene, area)):
                self.region_chosen.emit(self._scene.map.paths(rows))

    def _rows_within(self, scene: MapScene, area: QRectF) -> list[int]:
        """Return the files in an area, and those whose pictures are, which may stand a little beside their places."""
        pictured = {tile.row for tile in self._tiles if area.contains(tile.area.center())}
        return sorted(pictured | set(scene.within(self._camera, area).tolist()))

    def _walk(self, across: int, down: int) -> None:
        """Choose the next file in a direction, and keep it in sight."""
        scene = self._scene
        if scene is None:
            return
        row = self._row
        found = scene.nearest(self._camera, self.width() / 2, self.height() / 2) if row is None else None
        if row is not None:
            found = scene.beside(row, across, down)
        elif found is None and self._tiles:
            found = self._tiles[0].row
        if found is not None:
            self.select(found)
            x, y = scene.pixel_of(self._camera, found)
            if not QRectF(self.rect()).adjusted(40, 40, -40, -40).contains(x, y):
                self._go(self._camera.moved(self.width() / 2 - x, self.height() / 2 - y))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        palette = self.palette()
        ground = QRectF(self.rect())
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
        scene = self._scene
        if scene is not None:
            if self._dots is None and not self._tiles:
                self._dots = scene.dots(self._camera, self.devicePixelRatioF())
            if self._dots is not None:
                painter.drawImage(0, 0, self._dots)
            for tile in self._tiles:
                draw_tile(painter, tile, scene.map, self._loader, palette, chosen=tile.row == self._row)
            self._paint_chosen(painter, scene)
        if self.shows_ring:
            focus_ring(painter, ground.adjusted(1, 1, -1, -1), palette)
        painter.end()

    def _paint_chosen(self, painter: QPainter, scene: MapScene) -> None:
        """Draw a ring around the chosen file, and the name of the one that is pointed at."""
        shown_as_tiles = {tile.row: tile for tile in self._tiles}
        for row in {self._row, self._hovered} - {None}:
            assert row is not None
            x, y = scene.pixel_of(self._camera, row)
            if not QRectF(self.rect()).contains(x, y):
                continue
            tile = shown_as_tiles.get(row)
            if tile is None:
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), _RING_PX, _RING_PX)
            if row == self._hovered or (self._hovered is None and tile is None):
                beneath = y + _RING_PX + 4 if tile is None else tile.area.bottom() - 4
                middle = x if tile is None else tile.area.center().x()
                name = shown(name_of(scene.map.path(row)))
                draw_label(painter, name, QPointF(middle, beneath), QRectF(self.rect()), self.palette())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._moved:
            self._camera = self._camera.resized(self.width(), self.height())
            self._look()
        else:
            self.show_all()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _A_NOTCH
        if notches:
            at = event.position()
            self._go(self._camera.zoomed(_WHEEL_FACTOR**notches, at.x(), at.y()))
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            if self.picks_region or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            hovered = self._row_at(at)
            if hovered != self._hovered:
                self._hovered = hovered
                self.setCursor(
                    Qt.CursorShape.PointingHandCursor if hovered is not None else Qt.CursorShape.OpenHandCursor
                )
                self.update()
        elif self._band is not None:
            self._band.setGeometry(QRect(self._pressed.toPoint(), at.toPoint()).normalized())
            self._band.show()
        elif self._dragging or (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._go(self._camera.moved(at.x() - self._pressed.x(), at.y() - self._pressed.y()))
            self._pressed = at

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        if self._band is not None:
            self._end_band()
        elif not self._dragging:
            self.select(self._row_at(event.position()))
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if path := self._path(self._row_at(event.position())):
            self.opened.emit(path)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            self.select(self._row_at(QPointF(event.pos())))
        if self._row is not None:
            self.menu_asked.emit(event.globalPos())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._look()
