"""Draws results as rows of a list with columns."""

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Hit
from vexgui.core.paths import folder_of
from vexgui.gui.controls import RADIUS
from vexgui.gui.marked import Marked, MarkedLines
from vexgui.gui.results.art import (
    CellState,
    HitBrush,
    PixmapOf,
    badges_width,
    draw_badges,
    draw_band_sign,
    draw_ground,
    draw_placeholder,
    fade,
    laid,
)
from vexgui.gui.results.badges import badges_of
from vexgui.gui.results.columns import Column, ColumnsHeader
from vexgui.gui.results.picture import draw_kind, draw_picture
from vexgui.gui.results.reason import name_line, reason_line
from vexgui.gui.theme import scaled
from vexgui.gui.wording import kind_word, known_as, moment, size

_PADDING = 8
_DOT_PX = 7
_Role = QPalette.ColorRole


class ListRows(HitBrush):
    """Draws rows whose columns lie where the header has them."""

    def __init__(self, pixmap_of: PixmapOf, header: ColumnsHeader, font: QFont) -> None:
        super().__init__(pixmap_of)
        self._header = header
        self.set_font(font)
        header.moved.connect(self._words.forget)

    @override
    def set_font(self, font: QFont) -> None:
        self._font = scaled(font, 0.92)
        self._name_font = scaled(font, 0.95, bold=True)
        super().set_font(font)

    def paint(self, painter: QPainter, area: QRect, hit: Hit | None, state: CellState, palette: QPalette) -> None:
        """Draw one row; without a hit what stands for one that is still awaited."""
        draw_ground(painter, QRectF(area).adjusted(3, 1, -3, -1), state, palette, RADIUS - 2)
        fade(painter, hit)
        for column, left, width in self._header.places():
            room = QRectF(left + _PADDING, area.top(), width - 2 * _PADDING, area.height())
            if hit is None:
                self._draw_awaited(painter, room, column, palette, mirrored=state.mirrored)
            elif column is Column.NAME:
                self._draw_name(painter, room, hit, state, palette)
            else:
                painter.setPen(palette.color(_Role.PlaceholderText))
                self._draw_text(painter, room, self._laid(hit, column, room.width(), palette), state)
        painter.setOpacity(1.0)

    def _draw_awaited(
        self, painter: QPainter, room: QRectF, column: Column, palette: QPalette, *, mirrored: bool
    ) -> None:
        share = 0.7 if column in {Column.NAME, Column.REASON} else 0.5
        height = QFontMetricsF(self._font).height() * 0.6
        width = room.width() * share
        bar = QRectF(room.right() - width if mirrored else room.left(), room.center().y() - height / 2, width, height)
        draw_placeholder(painter, bar, palette, 4)

    def _draw_name(self, painter: QPainter, room: QRectF, hit: Hit, state: CellState, palette: QPalette) -> None:
        """Draw the picture, the name and the badges."""
        side = room.height() - 8
        picture = QRectF(room.right() - side if state.mirrored else room.left(), room.top() + 4, side, side)
        self._draw_picture(painter, picture, hit, palette)
        badges = badges_of(hit)
        taken = badges_width(badges, self._badge_font)
        words = QRectF(room.left(), room.top(), room.width() - side - 10 - taken, room.height())
        words.translate(taken if state.mirrored else side + 10, 0)
        if state.sorted_otherwise and not hit.is_listed:
            dot_left = words.right() - _DOT_PX if state.mirrored else words.left()
            draw_band_sign(painter, QRectF(dot_left, room.center().y() - 3.5, _DOT_PX, _DOT_PX), hit.band, palette)
            words.adjust(0 if state.mirrored else _DOT_PX + 7, 0, -(_DOT_PX + 7) if state.mirrored else 0, 0)
        painter.setPen(palette.color(_Role.Text))
        self._draw_text(painter, words, self._laid(hit, Column.NAME, words.width(), palette), state)
        if badges:
            edge = QPointF(room.left() if state.mirrored else room.right(), room.center().y() - 11)
            draw_badges(painter, badges, edge, self._badge_font, palette, mirrored=state.mirrored, on_picture=False)

    def _draw_picture(self, painter: QPainter, area: QRectF, hit: Hit, palette: QPalette) -> None:
        pixmap = self._pixmap_of(hit, round(area.width()))
        if pixmap is not None:
            from_top = hit.kind is Kind.DOCUMENT
            self._faces.draw(
                painter,
                area,
                hit,
                pixmap.cacheKey(),
                lambda onto, face: draw_picture(onto, face, pixmap, palette, from_top=from_top),
            )
            return
        draw_kind(painter, area, hit.kind, round(min(area.width() * 0.75, 44)))

    def _draw_text(self, painter: QPainter, room: QRectF, lines: MarkedLines, state: CellState) -> None:
        lines.draw(painter, room.left(), room.center().y() - lines.height / 2, mirrored=state.mirrored)

    def _laid(self, hit: Hit, column: Column, width: float, palette: QPalette) -> MarkedLines:
        font = self._name_font if column is Column.NAME else self._font
        return self._words.lines(hit, column.name, lambda: laid(self._text(hit, column), font, width, 1, palette))

    def _text(self, hit: Hit, column: Column) -> Marked:
        match column:
            case Column.NAME:
                return name_line(hit)
            case Column.FOLDER:
                return Marked(known_as(folder_of(hit.path)))
            case Column.KIND:
                return Marked(kind_word(hit.kind))
            case Column.SIZE:
                return Marked(size(hit.size))
            case Column.MODIFIED:
                return Marked(moment(hit.mtime_ns))
            case Column.REASON:
                return reason_line(hit, or_folder=False)
