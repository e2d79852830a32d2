"""A list view whose items lie where an arrangement has them: places, scrolling, keys, and stretches of rows."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPalette, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from vexgui.gui.controls import ThinScrollBar
from vexgui.gui.results.arranging import Arrangement
from vexgui.gui.results.model import ResultsModel

Flag = QItemSelectionModel.SelectionFlag
Index = QModelIndex | QPersistentModelIndex
Move = QAbstractItemView.CursorAction


class Canvas(QListView):
    """Answers what Qt asks about places by arithmetic, so that any number of rows is alike.

    It is a list view to the toolkit only so that screen readers meet a list of items; nothing is laid out by it. Who
    derives from it sets the model, once its own parts are there.
    """

    def __init__(self, model: ResultsModel, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self._arrangement = arrangement
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, drawn only when needed: a bar that comes and goes would change the width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def selected_rows(self) -> list[range]:
        """Return the selected rows in stretches: asking for single rows takes long when all are selected."""
        selection = self.selectionModel().selection()
        stretches = (selection.at(at) for at in range(selection.count()))
        return sorted((range(found.top(), found.bottom() + 1) for found in stretches), key=lambda rows: rows.start)

    def select_rows(self, stretches: Sequence[range], flags: Flag) -> None:
        """Select stretches of rows."""
        chosen = QItemSelection()
        for rows in stretches:
            if rows:
                chosen.select(self._results.index(rows.start), self._results.index(rows.stop - 1))
        self.selectionModel().select(chosen, flags)

    def scroll_by(self, pixels: int) -> None:
        """Scroll so many pixels further down, up if negative."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + pixels)

    def is_in_sight(self, index: Index) -> bool:
        """Whether any of an item is in sight."""
        return index.isValid() and self.viewport().rect().intersects(self.visualRect(index))

    # what Qt asks

    @override
    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    @override
    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(self._arrangement.step)
        bar.setRange(0, max(0, self._arrangement.places.height - height))
        QAbstractItemView.updateGeometries(self)

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def isIndexHidden(self, index: Index) -> bool:
        return False

    @override
    def visualRect(self, index: Index) -> QRect:
        if not 0 <= index.row() < self._arrangement.places.total:
            return QRect()
        return self._arrangement.rect(index.row()).translated(0, -self.verticalOffset())

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._arrangement.row_at(point + QPoint(0, self.verticalOffset()))
        return self._results.index(row) if 0 <= row < self._results.total else QModelIndex()

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        rect = self._arrangement.with_header(index.row()).translated(0, -self.verticalOffset())
        below = rect.bottom() + 1 - self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            self.scroll_by(rect.center().y() - self.viewport().height() // 2)
        elif rect.top() < 0:
            self.scroll_by(rect.top())
        elif below > 0:
            self.scroll_by(min(below, rect.top()))

    @override
    def moveCursor(self, cursorAction: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row = self._arrangement.moved(self.currentIndex().row(), cursorAction, self.viewport().height())
        return self._results.index(row)

    @override
    def setSelection(self, rect: QRect, command: Flag) -> None:
        # The two corners are the ends of a stretch, not of a rectangle: Qt does not put them in order either.
        ends = sorted(self.indexAt(point).row() for point in (rect.topLeft(), rect.bottomRight()))
        self.select_rows([range(ends[0], ends[1] + 1)] if ends[0] >= 0 else [], command)

    @override
    def selectAll(self) -> None:
        # A list view's own goes through all rows.
        self.select_rows([range(self._results.total)], Flag.ClearAndSelect)
