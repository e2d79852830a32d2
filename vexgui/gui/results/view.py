"""The results in sight: scrolling, keyboard, pointer, and a selection that outlives new answers."""

import math
import time
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from vexgui.core.hits import Answer, Hit
from vexgui.gui.files.uris import MOST_FILES
from vexgui.gui.keys.typed import typed
from vexgui.gui.language import tr
from vexgui.gui.results.arranging import HEADER_HEIGHT, USUAL_ZOOM, ZOOMS, Arrangement
from vexgui.gui.results.canvas import Canvas, Flag, Index
from vexgui.gui.results.columns import ColumnsHeader
from vexgui.gui.results.dragging import DRAG_PX, drag_out
from vexgui.gui.results.geometry import Layout
from vexgui.gui.results.grid_cells import GridCells
from vexgui.gui.results.keeping import Kept
from vexgui.gui.results.list_rows import ListRows
from vexgui.gui.results.model import ResultsModel
from vexgui.gui.results.rubber_band import RubberBand
from vexgui.gui.results.scene import Brushes, Scene
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted

_FRAME_S = 0.004
_HURRY_S = 0.1
_NEXT_MS = 5
_MOST_FRAMES = 100
"""Frames after which all is drawn at once, should more be in sight than is kept."""
_WHEEL_STEP = 120
"""What most wheels are turned at a time, in eighths of a degree: https://doc.qt.io/qt-6/qwheelevent.html#angleDelta."""


class ResultsView(Canvas):
    """Shows hits as a grid or a list, in sections.

    Signals:
        current_changed: The `Hit` the keyboard or pointer is on now, or None.
        typed: Text typed in the results, which belongs to the search field.
        left_at_top: The user went up from the first row.
        zoomed: The cells have another size, a step of `ZOOMS`.
        selection_changed: Other files are selected, or more is known of those that are.
        few_dragged: So many files are dragged, and so many are selected.
    """

    current_changed = Signal(object)
    typed = Signal(str)
    left_at_top = Signal()
    zoomed = Signal(int)
    selection_changed = Signal()
    few_dragged = Signal(int, int)

    def __init__(
        self, model: ResultsModel, loader: ThumbnailLoader, header: ColumnsHeader, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, Arrangement(), parent)
        self._loader = loader
        self._cells = GridCells(self._pixmap_of, self.font())
        rows = ListRows(self._pixmap_of, header, self.font())
        self._scene = Scene(self, model, self._arrangement, Brushes(self._cells, rows))
        self._kept = Kept()
        self._keeping = False
        self._hovered = -1
        self._turned = 0
        self._scrolled_s = -math.inf
        self._painted = True
        self._frames = 0
        self._told: Hit | None = None
        self._band = RubberBand(self.viewport(), self.verticalOffset, self.scroll_by, self._select_within)
        self._band_base = QItemSelection()
        self._set_up()
        self.setModel(model)
        model.arrived.connect(self._take_arrived)
        loader.arrived.connect(self._repaint_arrived)
        header.moved.connect(self.viewport().update)

    def show_answer(self, answer: Answer, *, keep_place: bool) -> None:
        """Show another answer; the selected files stay selected where they are among its hits.

        With ``keep_place`` the results stay scrolled where they are: the answer is another one to the same question.
        """
        place = self.verticalScrollBar().value() if keep_place else 0
        current, total = self.currentIndex(), self._results.total
        row = current.row() if keep_place else -1
        hit, picked = self._results.hit(current), self._results.picked
        is_awaited = hit is None and self.selectionModel().isSelected(current)
        everything = keep_place and len(picked) < self.selected_count == total
        kept = Kept.of(picked, hit, everything=everything)
        self._keeping = True
        self._results.replace(answer, same=keep_place)
        self._arrangement.take(self._results.total, answer.bands)
        self._restore(kept, row, selected=is_awaited)
        self._keeping = False
        self.updateGeometries()
        self.verticalScrollBar().setValue(place)
        self._look()
        self._tell_current()
        self.selection_changed.emit()
        self._painted = False
        self.viewport().update()

    @property
    def settled(self) -> bool:
        """Whether all that is looked at is here and drawn."""
        return self._results.settled and (self._painted or not self.isVisible())

    def selected(self) -> list[Hit]:
        """Return the selected hits in their order, as far as they are here, and as many as can be dragged at once."""
        return self._results.picked

    @property
    def selected_count(self) -> int:
        """How many files are selected, those that are not here yet included."""
        return sum(len(stretch) for stretch in self.selected_rows())

    def select_first(self) -> None:
        """Select the best hit, without taking the keyboard."""
        first = self._results.index(0)
        if first.isValid():
            self.select_alone(first)

    def select_alone(self, index: QModelIndex) -> None:
        """Select one hit and no other.

        Not by the view, to which a key still held down, as Ctrl of Ctrl+V, would mean to select it as well.
        """
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)

    def select_in_place(self) -> None:
        """Select what lies where the keyboard is, should nothing that was selected be here any more."""
        current = self.currentIndex()
        if self._kept.paths and not self.selected_rows() and current.row() < len(self._results.hits):
            self.selectionModel().select(current, Flag.Select)

    def enter(self) -> None:
        """Take the keyboard, on the current hit or the first."""
        if not self.currentIndex().isValid():
            self.select_first()
        self.scrollTo(self.currentIndex())
        self.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def layout_kind(self) -> Layout:
        """Whether this is a grid or a list."""
        return self._arrangement.layout

    @property
    def zoom(self) -> int:
        """How large the cells are, a step of `ZOOMS`."""
        return self._arrangement.zoom

    def arrange(self, layout: Layout, zoom: int) -> None:
        """Lay the results out otherwise; what is in the middle stays in sight."""
        self._arrangement.layout = layout
        self._arrangement.zoom = min(max(zoom, 0), ZOOMS - 1)
        self._lay_out()
        self.zoomed.emit(self._arrangement.zoom)

    def resize_cells(self, steps: int) -> None:
        """Make cells larger or smaller by steps; 0 brings back the usual size."""
        self.arrange(self.layout_kind, self.zoom + steps if steps else USUAL_ZOOM)

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Results"))
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # places

    def _lay_out(self) -> None:
        """Take the width there is; the current row, or what is first in sight, stays where it is."""
        current = self.currentIndex()
        anchor = current if self.is_in_sight(current) else self.indexAt(QPoint(self.width() // 2, 8))
        before = self.visualRect(anchor).top() if anchor.isValid() else 0
        width = self.viewport().width()
        self._arrangement.mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._arrangement.fit(width, self._cells.set_width(self._arrangement.cell_width(width)))
        self.updateGeometries()
        if anchor.isValid():
            self.scroll_by(self.visualRect(anchor).top() - before)
        self.viewport().update()
        self._look()

    def _look(self) -> None:
        """Tell the model which rows are in sight."""
        self._results.look_at(self._rows_in_sight())

    def _rows_in_sight(self) -> range:
        top = self.verticalOffset()
        return self._arrangement.places.rows_between(top, top + self.viewport().height())

    def _pixmap_of(self, hit: Hit, px: int) -> QPixmap | None:
        wanted = Wanted.filling(hit.path, hit.mtime_ns, hit.kind, px * self.devicePixelRatioF())
        return self._loader.pixmap(wanted)

    # selection

    def _restore(self, kept: Kept, row: int, *, selected: bool) -> None:
        """Select again what was selected; what is not here yet as soon as it comes.

        Args:
            kept: What was selected.
            row: Where the keyboard is to be if its file is not here, -1 for nowhere.
            selected: Whether what lies there is selected.
        """
        found = [range(self._results.total)] if kept.all else kept.found(self._results.hits, 0)
        self.select_rows(found, Flag.ClearAndSelect)
        self._kept = kept
        index = self._results.index_of(kept.current) if kept.current else QModelIndex()
        if not index.isValid() and row >= 0:
            index = self._results.index(min(row, self._results.total - 1))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, Flag.Select if selected else Flag.NoUpdate)
        self._results.choose(self.selected_rows())

    def _select_within(self, content: QRect) -> None:
        """Select what a rubber band touches, beside what was selected before."""
        area = self._arrangement.straight(content)
        rows = self._arrangement.places.rows_within(area.left(), area.top(), area.right(), area.bottom())
        self.selectionModel().select(self._band_base, Flag.ClearAndSelect)
        self.select_rows(list(rows), Flag.Select)

    def _tell_current(self) -> None:
        """Tell the current hit once it is here; until then the last one stands."""
        hit = self._results.hit(self.currentIndex())
        if hit != self._told and (hit is not None or not self.currentIndex().isValid()):
            self._told = hit
            self.current_changed.emit(hit)

    @Slot(object)
    def _take_arrived(self, rows: range) -> None:
        found = self._kept.found([self._results.hit(self._results.index(row)) for row in rows], rows.start)
        if found:
            kept, self._keeping = self._keeping, True
            self.select_rows(found, Flag.Select)
            self._keeping = kept
            self._results.choose(self.selected_rows())
        self._tell_current()
        if any(_meet(rows, chosen) for chosen in self.selected_rows()):
            self.selection_changed.emit()
        if _meet(rows, self._rows_in_sight()):
            self.viewport().update()

    @Slot(object)
    def _repaint_arrived(self, arrived: list[Wanted]) -> None:
        # One repaint of what is in sight for all that came: finding the cell of each would cost more.
        if arrived:
            self.viewport().update()

    def _is_covered(self, at: QPoint) -> bool:
        """Whether the header that stays at the top lies over a point."""
        pinned = self._arrangement.pinned(self.verticalOffset())
        return pinned is not None and pinned[1].contains(at)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for changed in (self._hovered, row):
                if 0 <= changed < self._results.total:
                    self.viewport().update(self.visualRect(self._results.index(changed)))
            self._hovered = row

    # Qt

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._keeping:
            self._kept = Kept()
            self._results.choose(self.selected_rows())
            self.selection_changed.emit()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._keeping:
            self._tell_current()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # While one scrolls, and when an answer comes, frames come on time; cells that take longer are in the next ones.
        scrolls = time.perf_counter() - self._scrolled_s < _HURRY_S
        hurries = (scrolls or not self._painted) and self._frames < _MOST_FRAMES
        painter = QPainter(self.viewport())
        # The stubs do not know that a region is gone through by its rectangles.
        areas = cast("Iterable[QRect]", event.region())
        within_s = _FRAME_S if hurries else math.inf
        try:
            self._painted = self._scene.paint(painter, areas, self.verticalOffset(), self._hovered, within_s=within_s)
        finally:
            painter.end()  # a painter that is left on the window would bring down the next one
        self._frames = 0 if self._painted else self._frames + 1
        if not self._painted:
            QTimer.singleShot(_NEXT_MS, self.viewport(), self.viewport().update)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._scrolled_s = time.perf_counter()
        self.viewport().scroll(0, dy)
        # The header that stays at the top has been moved with the rest.
        self.viewport().update(QRect(0, 0, self.width(), HEADER_HEIGHT + max(0, dy)))
        self._hover(-1)
        self._look()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self._lay_out()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange}:
            self._scene.wear(self.font())
            self._lay_out()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._is_covered(at):
            return
        if event.button() != Qt.MouseButton.LeftButton or self.indexAt(at).isValid():
            super().mousePressEvent(event)
            return
        adds = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if not adds:
            self.clearSelection()
        self._band_base = self.selectionModel().selection()
        self._band.begin(at)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._is_covered(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._band.active:
            self._band.stretch(event.position().toPoint())
            return
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._band.active:
            self._band.end()
        else:
            super().mouseReleaseEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A touchpad tells of less than a step at a time.
            self._turned += event.angleDelta().y()
            steps = int(self._turned / _WHEEL_STEP)
            self._turned -= steps * _WHEEL_STEP
            if steps:
                self.resize_cells(steps)
            event.accept()
        else:
            QAbstractItemView.wheelEvent(self, event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: what is typed goes to the search field."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Up and plain and self._arrangement.places.is_on_first_line(row):
            self.left_at_top.emit()
        elif text := typed(event):
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        hits = [hit for hit in self.selected() if hit.path]
        if len(hits) == MOST_FILES < self.selected_count:
            self.few_dragged.emit(len(hits), self.selected_count)
        if hits:
            drag_out(self, hits, self._pixmap_of(hits[0], DRAG_PX), supportedActions)


def _meet(one: range, other: range) -> bool:
    """Whether two stretches of rows have a row in common."""
    return max(one.start, other.start) < min(one.stop, other.stop)
