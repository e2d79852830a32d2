"""The grid of results: layout, keyboard, selection that outlives new answers, dragging out."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QPainter, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.gui.controls import ThinScrollBar
from vexgui.gui.icons import kind_picture
from vexgui.gui.results.delegate import ResultDelegate
from vexgui.gui.results.model import ResultsModel
from vexgui.gui.theme import scaled
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.gui.uris import MOST_FILES, drag_data
from vexgui.gui.wording import number
from vexgui.system.thumbnails import flavour_for

CELL_WIDTHS = (112, 150, 196, 270, 400)
_USUAL_WIDTH = 2
_DRAG_PX = 96
_Flag = QItemSelectionModel.SelectionFlag


class ResultsView(QListView):
    """Shows hits as a grid of cells that always fills the width.

    Signals:
        current_changed: The `Hit` the keyboard or pointer is on now, or None.
        typed: Text typed in the grid, which belongs to the search field.
        left_at_top: The user went up from the first row.
    """

    current_changed = Signal(object)
    typed = Signal(str)
    left_at_top = Signal()

    def __init__(self, model: ResultsModel, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self._loader = loader
        self._delegate = ResultDelegate(self._pixmap_of, self.font(), self)
        self._columns = 1
        self._width_choice = _USUAL_WIDTH
        self._keeping = False
        self._set_up()
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        loader.arrived.connect(self._repaint_arrived)

    def show_hits(self, hits: Sequence[Hit], *, keep_place: bool) -> None:
        """Show other hits; the selected files stay selected where they are among them.

        With ``keep_place`` the grid stays scrolled where it is: the answer is another one to the same question.
        """
        selected = [hit.path for hit in self.selected()]
        current = self._results.hit(self.currentIndex())
        place = self.verticalScrollBar().value() if keep_place else 0
        self._keeping = True
        self._results.replace(hits, uncover=self._results.rowCount() if keep_place else 0)
        self._restore(selected, None if current is None else current.path)
        self._keeping = False
        if not keep_place:
            self.scrollToTop()
        else:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(place)
        now = self._results.hit(self.currentIndex())
        if now != current or not self._results.hits:
            self.current_changed.emit(now)

    def selected(self) -> list[Hit]:
        """Return the selected hits in their order."""
        selection = self.selectionModel().selection()
        # By stretches: asking for single indexes takes long when all of 50,000 are selected.
        stretches = (selection.at(at) for at in range(selection.count()))
        rows = sorted(
            row
            for stretch in stretches
            for row in range(stretch.top(), min(stretch.bottom(), stretch.top() + MOST_FILES) + 1)
        )
        hits = (self._results.hit(self._results.index(row)) for row in rows[:MOST_FILES])
        return [hit for hit in hits if hit is not None]

    def select_first(self) -> None:
        """Select the best hit, without taking the keyboard."""
        first = self._results.index(0)
        if first.isValid():
            self.setCurrentIndex(first)

    def enter(self) -> None:
        """Take the keyboard, on the current hit or the first."""
        if not self.currentIndex().isValid():
            self.select_first()
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def resize_cells(self, steps: int) -> None:
        """Make cells larger or smaller by steps; 0 brings back the usual size."""
        wanted = self._width_choice + steps if steps else _USUAL_WIDTH
        self._width_choice = min(max(wanted, 0), len(CELL_WIDTHS) - 1)
        self._lay_out()

    def _set_up(self) -> None:
        self.setAccessibleName("Results")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, drawn only when needed: a bar that comes and goes would lay the grid out twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = ThinScrollBar(Qt.Orientation.Vertical, self)
        self.setVerticalScrollBar(bar)
        # Item views are connected to the bar they are born with only, and fetch more rows through this.
        bar.valueChanged.connect(self.verticalScrollbarValueChanged)
        bar.actionTriggered.connect(self.verticalScrollbarAction)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        room = self.viewport().width() - 1
        self._columns = max(1, room // CELL_WIDTHS[self._width_choice])
        size = self._delegate.set_width(room // self._columns)
        if self.gridSize() != size:
            self.setGridSize(size)
            self.verticalScrollBar().setSingleStep(size.height() // 4)

    def _pixmap_of(self, hit: Hit) -> QPixmap | None:
        px = round(self._delegate.picture_px * self.devicePixelRatioF())
        return self._loader.pixmap(Wanted(hit.path, hit.mtime_ns, hit.kind, flavour_for(px).px))

    def _restore(self, selected: list[bytes], current: bytes | None) -> None:
        chosen = QItemSelection()
        for path in selected:
            index = self._results.index_of(path)
            if index.isValid():
                chosen.select(index, index)
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)
        index = self._results.index_of(current) if current is not None else QModelIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)

    @Slot(object)
    def _repaint_arrived(self, arrived: list[Wanted]) -> None:
        # One repaint of what is in sight for all that came: finding the cell of each would cost more.
        if arrived:
            self.viewport().update()

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if not self._keeping:
            self.current_changed.emit(self._results.hit(current))

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: what is typed goes to the search field."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        if event.key() == Qt.Key.Key_Up and plain and self.currentIndex().row() < self._columns:
            self.left_at_top.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        hits = self.selected()
        if not hits:
            return
        drag = QDrag(self)
        drag.setMimeData(drag_data([hit.path for hit in hits]))
        drag.setPixmap(self._drag_picture(hits))
        drag.exec(supportedActions, Qt.DropAction.CopyAction)

    def _drag_picture(self, hits: list[Hit]) -> QPixmap:
        """Return the first picture with the number of files on it."""
        picture = self._pixmap_of(hits[0])
        if picture is None:
            picture = kind_picture(hits[0].kind, _DRAG_PX // 2)
        picture = picture.scaled(
            QSize(_DRAG_PX, _DRAG_PX),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        if len(hits) > 1:
            painter = QPainter(picture)
            painter.setFont(scaled(self.font(), 1.0, bold=True))
            area = picture.rect().adjusted(0, picture.height() - 24, 0, 0)
            painter.fillRect(area, QColor(0, 0, 0, 160))
            painter.setPen(Qt.GlobalColor.white)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number(len(hits)))
            painter.end()
        return picture
