"""Draws what is in sight of the results: headers, and cells or rows."""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QListView

from vexgui.core.hits import Band
from vexgui.gui.language import tr
from vexgui.gui.results.arranging import Arrangement
from vexgui.gui.results.art import CellState, draw_band_sign
from vexgui.gui.results.geometry import Layout, Section
from vexgui.gui.results.grid_cells import GridCells
from vexgui.gui.results.list_rows import ListRows
from vexgui.gui.results.model import ResultsModel
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import number

_HEADER_LEFT = 15
_DOT_PX = 9
_AT_LEAST = 3
"""New cells that are drawn in each frame however late it is: else a slow computer would never come to the end."""


@dataclass(frozen=True, slots=True)
class Brushes:
    """What draws a hit in each layout."""

    cells: GridCells
    rows: ListRows


class Scene:
    """Draws a stretch of the results onto a view's viewport.

    Args:
        view: Whose palette, selection and keyboard are shown.
        model: The hits.
        arrangement: Where they lie.
        brushes: What draws them.
    """

    def __init__(self, view: QListView, model: ResultsModel, arrangement: Arrangement, brushes: Brushes) -> None:
        self._view = view
        self._model = model
        self._arrangement = arrangement
        self._brushes = brushes
        self.wear(view.font())

    def wear(self, font: QFont) -> None:
        """Take another font or palette."""
        self._font = scaled(font, 1.0, bold=True)
        self._count_font = scaled(font, 0.9)
        self._brushes.cells.set_font(font)
        self._brushes.rows.set_font(font)

    def paint(
        self, painter: QPainter, areas: Iterable[QRect], offset: int, hovered: int, *, within_s: float = math.inf
    ) -> bool:
        """Draw the parts of the viewport that ``areas`` are, the content being scrolled by ``offset``.

        Once ``within_s`` have passed, what would take long is drawn as if it had not come yet.
        Return whether all is drawn.
        """
        late_s = time.perf_counter() + within_s
        whole = True
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for area in areas:
            painter.setClipRect(area)
            whole &= self._paint_area(painter, area, offset, hovered, late_s)
            self._paint_pinned(painter, area, offset)
        return whole

    def _paint_area(self, painter: QPainter, area: QRect, offset: int, hovered: int, late_s: float) -> bool:
        palette = self._view.palette()
        top, bottom = area.top() + offset, area.bottom() + offset
        places = self._arrangement.places
        for section in places.headers_between(top, bottom):
            self._draw_header(painter, self._arrangement.header(section).translated(0, -offset), section, palette)
        selection = self._view.selectionModel()
        keyboard = self._view.currentIndex().row() if self._view.hasFocus() else -1
        otherwise = not self._arrangement.is_sectioned
        brush = self._brushes.rows if self._arrangement.layout is Layout.LIST else self._brushes.cells
        new = missed = 0
        for row in places.rows_between(top, bottom):
            seen = self._arrangement.rect(row).translated(0, -offset)
            if not seen.intersects(area):
                continue
            index = self._model.index(row)
            state = CellState(
                selection.isSelected(index), row == hovered, row == keyboard, self._arrangement.mirrored, otherwise
            )
            hit = self._model.hit(index)
            if hit is not None and not brush.is_quick(hit):
                new += 1
                if new > _AT_LEAST and time.perf_counter() > late_s:
                    hit, missed = None, missed + 1
            brush.paint(painter, seen, hit, state, palette)
        return not missed

    def _paint_pinned(self, painter: QPainter, area: QRect, offset: int) -> None:
        pinned = self._arrangement.pinned(offset)
        if pinned is not None and pinned[1].intersects(area):
            section, seen = pinned
            painter.fillRect(seen, self._view.palette().color(QPalette.ColorRole.Window))
            self._draw_header(painter, seen, section, self._view.palette())

    def _draw_header(self, painter: QPainter, area: QRect, section: Section, palette: QPalette) -> None:
        if section.band is None:
            return
        mirrored = self._arrangement.mirrored
        room = QRectF(area).adjusted(_HEADER_LEFT, 4, -_HEADER_LEFT, 0)
        dot = QRectF(0, room.center().y() - _DOT_PX / 2, _DOT_PX, _DOT_PX)
        dot.moveLeft(room.right() - _DOT_PX if mirrored else room.left())
        draw_band_sign(painter, dot, section.band, palette)
        at = _DOT_PX + 9.0
        for text, font, color in (
            (band_title(section.band), self._font, palette.color(QPalette.ColorRole.WindowText)),
            (number(section.count), self._count_font, palette.color(QPalette.ColorRole.PlaceholderText)),
        ):
            width = QFontMetricsF(font).horizontalAdvance(text) + 2
            left = room.right() - at - width if mirrored else room.left() + at
            painter.setFont(font)
            painter.setPen(color)
            painter.drawText(QRectF(left, room.top(), width, room.height()), int(Qt.AlignmentFlag.AlignCenter), text)
            at += width + 8
        painter.setPen(tones(palette).outline)
        ends = (room.left(), room.right() - at - 4) if mirrored else (room.left() + at + 4, room.right())
        middle = round(room.center().y()) + 0.5
        if ends[0] < ends[1]:
            painter.drawLine(round(ends[0]), round(middle), round(ends[1]), round(middle))


def band_title(band: Band) -> str:
    """Return what stands above the results of a band."""
    return {
        Band.STRONG: tr("Strong matches"),
        Band.MAYBE: tr("Possible matches"),
        Band.WEAK: tr("Weak matches"),
    }[band]
