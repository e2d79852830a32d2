"""Draws one result: picture or tile, band, name, and the reason it was found."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Band, Hit
from vexgui.gui.controls import RADIUS, focus_ring
from vexgui.gui.icons import kind_picture
from vexgui.gui.marked import Marked, MarkedLines
from vexgui.gui.results.model import Role
from vexgui.gui.results.reason import excerpt, name_line, reason_line
from vexgui.gui.theme import blended, scaled, tones
from vexgui.gui.wording import BAND_WORDS

PixmapOf = Callable[[Hit], QPixmap | None]

_MARGIN = 5
_PADDING = 8
_PICTURE_SHAPE = 0.7
_REASON_LINES = 2
_MOST_LAYOUTS = 1200
_SIGN_MARGIN = 10.0
_MOST_ENLARGED = 1.6
_PICTURE_LIKE_PX = 120
"""What is smaller on its longer side is an icon, and is shown in its own size."""
_Role = QPalette.ColorRole


class ResultDelegate(QStyledItemDelegate):
    """Draws results as cells of one size; pictures come from ``pixmap_of``, which must not wait."""

    def __init__(self, pixmap_of: PixmapOf, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixmap_of = pixmap_of
        self._name_font = scaled(font, 1.0, bold=True)
        self._small_font = scaled(font, 0.88)
        self._badge_font = scaled(font, 0.8, bold=True)
        self._cell = QSize(180, 220)
        self._layouts: OrderedDict[tuple[object, ...], MarkedLines] = OrderedDict()

    def set_width(self, width: int) -> QSize:
        """Take the width of a cell, and return the whole cell's size."""
        name = QFontMetricsF(self._name_font).height()
        reason = QFontMetricsF(self._small_font).height() * _REASON_LINES
        inner = width - 2 * (_MARGIN + _PADDING)
        height = 2 * _MARGIN + 2 * _PADDING + inner * _PICTURE_SHAPE + 8 + name + 2 + reason
        self._cell = QSize(width, round(height))
        return self._cell

    @property
    def picture_px(self) -> int:
        """Longest side of a cell's picture, device-independent pixels."""
        return self._cell.width() - 2 * (_MARGIN + _PADDING)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._cell

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit = index.data(Role.HIT)
        if not isinstance(hit, Hit):
            return
        palette: QPalette = option.palette
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        card = QRectF(option.rect).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._draw_ground(painter, card, option)
        inner = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        picture = QRectF(inner.left(), inner.top(), inner.width(), inner.width() * _PICTURE_SHAPE)
        pixmap = self._pixmap_of(hit)
        if pixmap is not None:
            draw_picture(painter, picture, pixmap, palette, from_top=hit.kind is Kind.DOCUMENT)
        else:
            self._draw_tile(painter, picture, hit, palette)
        if not hit.is_listed:
            self._draw_badge(painter, picture, hit.band, palette)
        self._draw_words(painter, inner, picture.bottom() + 8, hit, palette)
        painter.restore()

    def _draw_ground(self, painter: QPainter, card: QRectF, option: QStyleOptionViewItem) -> None:
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(blended(palette.color(_Role.Accent), palette.color(_Role.Window), 0.17))
            painter.drawRoundedRect(card, RADIUS + 3, RADIUS + 3)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(tones(palette).hover)
            painter.drawRoundedRect(card, RADIUS + 3, RADIUS + 3)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, card, palette, RADIUS + 3)

    def _draw_tile(self, painter: QPainter, area: QRectF, hit: Hit, palette: QPalette) -> None:
        """Draw what stands for a file without a picture: its words on a page, or the icon of its kind."""
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(palette.color(_Role.Base))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        ratio = painter.device().devicePixelRatioF()
        words = excerpt(hit)
        if hit.kind in {Kind.IMAGE, Kind.VIDEO, Kind.AUDIO} or not words.text:
            px = 44
            at = area.center()
            painter.drawPixmap(round(at.x() - px / 2), round(at.y() - px / 2), kind_picture(hit.kind, px, ratio))
            return
        line = QFontMetricsF(self._small_font).height()
        lines = max(1, int((area.height() - 14 - 26) / line))
        painter.setPen(blended(palette.color(_Role.Text), palette.color(_Role.Base), 0.8))
        self._lines(words, self._small_font, area.width() - 22, lines, palette).draw(
            painter, area.left() + 11, area.top() + 10
        )
        px = 22
        painter.drawPixmap(
            round(area.right() - px - 7), round(area.bottom() - px - 6), kind_picture(hit.kind, px, ratio)
        )

    def _draw_badge(self, painter: QPainter, picture: QRectF, band: Band, palette: QPalette) -> None:
        text = BAND_WORDS[band]
        metrics = QFontMetrics(self._badge_font)
        height = metrics.height() + 5
        width = metrics.horizontalAdvance(text) + 25
        pill = QRectF(picture.left() + 6, picture.bottom() - height - 6, width, height)
        ground = QColor(palette.color(_Role.Base))
        ground.setAlphaF(0.93)
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        color = tones(palette).band(band)
        dot = QRectF(pill.left() + 8, pill.center().y() - 3.5, 7, 7)
        painter.setPen(QPen(color, 1.5))
        # filled, half filled, empty: the bands differ without their colours too
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        painter.setBrush(color)
        if band is Band.STRONG:
            painter.drawEllipse(dot)
        elif band is Band.MAYBE:
            painter.drawPie(dot, 90 * 16, 180 * 16)
        painter.setPen(color)
        painter.setFont(self._badge_font)
        painter.drawText(pill.adjusted(19, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_words(self, painter: QPainter, inner: QRectF, top: float, hit: Hit, palette: QPalette) -> None:
        painter.setPen(palette.color(_Role.Text))
        self._lines(name_line(hit), self._name_font, inner.width() - 4, 1, palette).draw(painter, inner.left() + 2, top)
        painter.setPen(palette.color(_Role.PlaceholderText))
        below = top + QFontMetricsF(self._name_font).height() + 2
        reason = self._lines(reason_line(hit), self._small_font, inner.width() - 4, _REASON_LINES, palette)
        reason.draw(painter, inner.left() + 2, below)

    def _lines(self, marked: Marked, font: QFont, width: float, lines: int, palette: QPalette) -> MarkedLines:
        mark = tones(palette).mark
        key = (marked, font.key(), round(width), lines, mark.rgba())
        found = self._layouts.get(key)
        if found is None:
            found = self._layouts[key] = MarkedLines(marked, font, width, lines, mark)
            if len(self._layouts) > _MOST_LAYOUTS:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(key)
        return found


def draw_picture(
    painter: QPainter, area: QRectF, pixmap: QPixmap, palette: QPalette, *, from_top: bool = False, whole: bool = False
) -> None:
    """Draw a picture with round corners so that it fills an area, or with ``whole`` so that all of it is seen.

    What is much smaller than the area is not blown up; ``from_top`` keeps the top where something must be cut off.
    """
    ratio = painter.device().devicePixelRatioF()
    width, height = pixmap.width() / ratio, pixmap.height() / ratio
    if not width or not height:
        return
    fits, fills = sorted((area.width() / width, area.height() / height))
    most = _MOST_ENLARGED if max(pixmap.width(), pixmap.height()) >= _PICTURE_LIKE_PX else 1.0
    scale = min(fits if whole else fills, max(most, ratio))
    shape = QRectF(0, 0, min(width * scale, area.width()), min(height * scale, area.height()))
    shape.moveCenter(area.center())
    painter.setPen(Qt.PenStyle.NoPen)
    if shape.width() < area.width() - 1 or shape.height() < area.height() - 1:
        painter.setBrush(palette.color(_Role.AlternateBase))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
    left = area.center().x() - width * scale / 2
    top = shape.top() if from_top else area.center().y() - height * scale / 2
    brush = QBrush(pixmap)
    pixel = scale / ratio if pixmap.devicePixelRatio() == 1 else scale
    brush.setTransform(QTransform(pixel, 0, 0, pixel, left, top))
    radius = RADIUS if shape.width() > 4 * RADIUS and shape.height() > 4 * RADIUS else 2.0
    framed = shape
    if pixmap.hasAlphaChannel():
        framed = shape.adjusted(-_SIGN_MARGIN, -_SIGN_MARGIN, _SIGN_MARGIN, _SIGN_MARGIN).intersected(area)
        painter.setBrush(tones(palette).see_through)
        painter.drawRoundedRect(framed, radius, radius)
    painter.setBrush(brush)
    painter.drawRoundedRect(shape, radius, radius)
    edge = QColor(palette.color(_Role.Text))
    edge.setAlpha(26)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(framed.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
