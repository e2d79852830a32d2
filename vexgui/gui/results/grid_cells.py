"""Draws results as cells of a grid: picture or tile, badges, name, and the reason it was found."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QPen
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Band, Hit
from vexgui.gui.controls import RADIUS
from vexgui.gui.marked import Marked
from vexgui.gui.results.art import (
    CellState,
    HitBrush,
    PixmapOf,
    badges_width,
    draw_badges,
    draw_band_sign,
    draw_ground,
    draw_pill,
    draw_placeholder,
    fade,
    laid,
)
from vexgui.gui.results.badges import badges_of
from vexgui.gui.results.picture import draw_kind, draw_picture
from vexgui.gui.results.reason import excerpt, name_line, reason_line
from vexgui.gui.theme import blended, scaled, tones
from vexgui.gui.wording import band_word

_MARGIN = 5
_PADDING = 8
_PICTURE_SHAPE = 0.7
_REASON_LINES = 2
_KIND_PX = 22
_Role = QPalette.ColorRole


class GridCells(HitBrush):
    """Draws cells of one size; pictures come from ``pixmap_of``, which must not wait."""

    def __init__(self, pixmap_of: PixmapOf, font: QFont) -> None:
        super().__init__(pixmap_of)
        self._width = 180
        self.set_font(font)

    @override
    def set_font(self, font: QFont) -> None:
        self._name_font = scaled(font, 1.0, bold=True)
        self._small_font = scaled(font, 0.88)
        super().set_font(font)

    def set_width(self, width: int) -> int:
        """Take the width of a cell, and return its height."""
        if width != self._width:
            self._width = width
            self.forget()
        name = QFontMetricsF(self._name_font).height()
        reason = QFontMetricsF(self._small_font).height() * _REASON_LINES
        return round(2 * _MARGIN + 2 * _PADDING + self._picture_height + 8 + name + 2 + reason)

    @property
    def picture_px(self) -> int:
        """Longest side of a cell's picture, device-independent pixels."""
        return self._width - 2 * (_MARGIN + _PADDING)

    @property
    def _picture_height(self) -> int:
        return round(self.picture_px * _PICTURE_SHAPE)

    def paint(self, painter: QPainter, area: QRect, hit: Hit | None, state: CellState, palette: QPalette) -> None:
        """Draw one cell; without a hit what stands for one that is still awaited."""
        card = QRectF(area).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        draw_ground(painter, card, state, palette, RADIUS + 3)
        inner = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        picture = QRectF(inner.left(), inner.top(), inner.width(), self._picture_height)
        if hit is None:
            self._draw_awaited(painter, inner, picture, palette)
            return
        fade(painter, hit)
        pixmap = self._pixmap_of(hit, self.picture_px)
        key = (None if pixmap is None else pixmap.cacheKey(), state.mirrored)

        def draw(onto: QPainter, face: QRectF) -> None:
            if pixmap is not None:
                draw_picture(onto, face, pixmap, palette, from_top=hit.kind is Kind.DOCUMENT)
            else:
                self._draw_tile(onto, face, hit, state, palette)

        self._faces.draw(painter, picture, hit, key, draw)
        self._draw_words(painter, inner, picture.bottom() + 8, hit, state, palette)
        painter.setOpacity(1.0)
        self._draw_signs(painter, picture, hit, state, palette, on_page=pixmap is None)

    def _draw_awaited(self, painter: QPainter, inner: QRectF, picture: QRectF, palette: QPalette) -> None:
        draw_placeholder(painter, picture, palette, RADIUS)
        height = QFontMetricsF(self._small_font).height() * 0.6
        for top, share in ((picture.bottom() + 11, 0.7), (picture.bottom() + 31, 0.5)):
            draw_placeholder(painter, QRectF(inner.left() + 2, top, inner.width() * share, height), palette, 4)

    def _draw_tile(self, painter: QPainter, area: QRectF, hit: Hit, state: CellState, palette: QPalette) -> None:
        """Draw what stands for a file without a picture: its words on a page, or the icon of its kind."""
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(palette.color(_Role.Base))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        shown = Marked("") if hit.kind in {Kind.IMAGE, Kind.VIDEO, Kind.AUDIO} else excerpt(hit)
        if not shown.text:
            draw_kind(painter, area, hit.kind, round(min(44, area.height() * 0.6)))
            return
        painter.setPen(blended(palette.color(_Role.Text), palette.color(_Role.Base), 0.8))
        lines = max(1, int((area.height() - 14 - 26) / QFontMetricsF(self._small_font).height()))
        words = laid(shown, self._small_font, area.width() - 22, lines, palette)
        words.draw(painter, area.left() + 11, area.top() + 10, mirrored=state.mirrored)
        left = area.left() + 7 if state.mirrored else area.right() - _KIND_PX - 7
        sign = QRectF(left, area.bottom() - _KIND_PX - 6, _KIND_PX, _KIND_PX)
        draw_kind(painter, sign, hit.kind, _KIND_PX)

    def _draw_signs(
        self, painter: QPainter, picture: QRectF, hit: Hit, state: CellState, palette: QPalette, *, on_page: bool
    ) -> None:
        """Draw badges and band: at the top of a picture, beneath the words on a page."""
        badges = badges_of(hit)
        if badges:
            while len(badges) > 1 and badges_width(badges, self._badge_font) > picture.width() - 8:
                badges = badges[:-1]
            inset = _KIND_PX + 14 if on_page else 6
            top = picture.bottom() - 29 if on_page else picture.top() + 6
            edge = QPointF(picture.left() + inset if state.mirrored else picture.right() - inset, top)
            draw_badges(painter, badges, edge, self._badge_font, palette, mirrored=state.mirrored)
        if state.sorted_otherwise and not hit.is_listed:
            self._draw_band(painter, picture, hit.band, state, palette)

    def _draw_band(self, painter: QPainter, picture: QRectF, band: Band, state: CellState, palette: QPalette) -> None:
        text = band_word(band)
        metrics = QFontMetricsF(self._badge_font)
        height = metrics.height() + 5
        width = metrics.horizontalAdvance(text) + 25
        left = picture.right() - 6 - width if state.mirrored else picture.left() + 6
        pill = QRectF(left, picture.bottom() - height - 6, width, height)
        draw_pill(painter, pill, palette)
        dot = QRectF(pill.right() - 15 if state.mirrored else pill.left() + 8, pill.center().y() - 3.5, 7, 7)
        draw_band_sign(painter, dot, band, palette)
        painter.setPen(tones(palette).band(band))
        painter.setFont(self._badge_font)
        words = pill.adjusted(6, 0, -19, 0) if state.mirrored else pill.adjusted(19, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _draw_words(
        self, painter: QPainter, inner: QRectF, top: float, hit: Hit, state: CellState, palette: QPalette
    ) -> None:
        width, left = inner.width() - 4, inner.left() + 2
        name = self._words.lines(hit, "name", lambda: laid(name_line(hit), self._name_font, width, 1, palette))
        painter.setPen(palette.color(_Role.Text))
        name.draw(painter, left, top, mirrored=state.mirrored)
        reason = self._words.lines(
            hit, "reason", lambda: laid(reason_line(hit), self._small_font, width, _REASON_LINES, palette)
        )
        painter.setPen(palette.color(_Role.PlaceholderText))
        below = top + QFontMetricsF(self._name_font).height() + 2
        reason.draw(painter, left, below, mirrored=state.mirrored)
