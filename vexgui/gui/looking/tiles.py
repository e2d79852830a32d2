"""How files are drawn on the map."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette, QPen

from vexgui.core.looking import CollectionMap
from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import focus_ring
from vexgui.gui.looking.map_scene import Tile
from vexgui.gui.results.picture import draw_kind, draw_picture
from vexgui.gui.theme import scaled, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.gui.wording import number

_CORNER = 7.0
_ICON_PX = 26
_NAMED_FROM_PX = 84
_LABEL_WIDTH = 320.0


def draw_tile(
    painter: QPainter, tile: Tile, found: CollectionMap, loader: ThumbnailLoader, palette: QPalette, *, chosen: bool
) -> None:
    """Draw a file by its picture, or by its kind and name where it has none; and how many more lie there."""
    kind, path = found.kind(tile.row), found.path(tile.row)
    px = tile.area.width() * painter.device().devicePixelRatioF()
    pixmap = loader.pixmap(Wanted.filling(path, int(found.mtimes_ns[tile.row]), kind, px))
    if pixmap is not None:
        draw_picture(painter, tile.area, pixmap, palette)
    else:
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(tile.area.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        is_named = tile.area.width() >= _NAMED_FROM_PX
        room = tile.area.translated(0, -8 if is_named else 0)
        if tile.others and tile.area.width() < 2 * _ICON_PX:
            room.translate(-5, -5)  # where it is so narrow, the count would lie over it
        draw_kind(painter, room, kind, _ICON_PX)
        if is_named:
            _draw_name(painter, shown(name_of(path)), tile.area, palette)
    if tile.others:
        _draw_count(painter, f"+{number(tile.others)}", tile.area, palette)
    if chosen:
        focus_ring(painter, tile.area, palette, _CORNER)


def draw_label(painter: QPainter, text: str, beneath: QPointF, room: QRectF, palette: QPalette) -> None:
    """Draw words beneath a point, within some room."""
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, min(_LABEL_WIDTH, room.width() - 24))
    label = QRectF(0, 0, metrics.horizontalAdvance(text) + 16, metrics.height() + 8)
    label.moveTopLeft(beneath - QPointF(label.width() / 2, 0))
    label.moveLeft(min(max(label.left(), room.left() + 4), room.right() - label.width() - 4))
    label.moveTop(min(label.top(), room.bottom() - label.height() - 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
    painter.drawRoundedRect(label, 6, 6)
    painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def _draw_name(painter: QPainter, name: str, area: QRectF, palette: QPalette) -> None:
    before = painter.font()
    painter.setFont(scaled(before, 0.8))
    metrics = QFontMetricsF(painter.font())
    line = QRectF(area.left() + 6, area.center().y() + 12, area.width() - 12, metrics.height() + 2)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    elided = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)
    painter.setFont(before)


def _draw_count(painter: QPainter, text: str, area: QRectF, palette: QPalette) -> None:
    before = painter.font()
    painter.setFont(scaled(before, 0.8))
    metrics = QFontMetricsF(painter.font())
    pill = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2)
    pill.moveBottomRight(area.bottomRight() - QPointF(4, 4))
    painter.setPen(QPen(tones(palette).outline, 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(before)
