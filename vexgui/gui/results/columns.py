"""The columns of the list: their header, which sorts, and where each lies."""

from collections.abc import Iterator, Sequence
from enum import Enum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.query import Order, SortBy
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.results.sorting import DESCENDS
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import kind_word, moment, size

_Index = QModelIndex | QPersistentModelIndex
_ARROW_PX = 13
_PADDING = 8
_NARROWEST, _WIDEST = 80, 2000
_MUCH_BYTES = (1023, 1023 << 10, 1023 << 20)
_DATES_NS = tuple((1_795_389_720 + 30 * day * 86_400) * 10**9 for day in range(12))
"""Sizes in each unit and moments in each month: which takes the most room depends on the language."""


class Column(Enum):
    """A column; the value is the least width of the whole list in which it is shown, device-independent pixels."""

    NAME = 0
    FOLDER = 640
    KIND = 760
    SIZE = 480
    MODIFIED = 360
    REASON = 560


_SHARES = {Column.NAME: 0.44, Column.FOLDER: 0.26, Column.REASON: 0.3}
"""How columns whose texts may be of any length share the width that the others leave."""
SORTED_BY: dict[Column, SortBy | None] = {
    Column.NAME: SortBy.NAME,
    Column.FOLDER: None,
    Column.KIND: SortBy.KIND,
    Column.SIZE: SortBy.SIZE,
    Column.MODIFIED: SortBy.MODIFIED,
    Column.REASON: SortBy.RELEVANCE,
}
"""What a click on a column's header sorts by."""
COLUMNS = tuple(Column)


def title(column: Column) -> str:
    """Return what stands at the head of a column."""
    return {
        Column.NAME: tr("Name"),
        Column.FOLDER: tr("Folder"),
        Column.KIND: tr("Kind"),
        Column.SIZE: tr("Size"),
        Column.MODIFIED: tr("Modified"),
        Column.REASON: tr("Reason"),
    }[column]


class _Titles(QAbstractTableModel):
    """What a header view needs of a model: no rows, and a title for each column."""

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return title(COLUMNS[section]) if wanted else None


class ColumnsHeader(QHeaderView):
    """Stands above the list. Columns that have no room are left out, the last one takes what is left.

    Signals:
        order_chosen: The `Order` that a click asks for, None for relevance.
        moved: A column has another place or width.
        dragged: The user gave a column another width.
    """

    order_chosen = Signal(object)
    moved = Signal()
    dragged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._titles = _Titles(self)
        self._order: Order | None = None
        self._last = COLUMNS[-1]
        self._chosen: dict[Column, int] = {}
        self.setModel(self._titles)
        self.setAccessibleName(tr("Columns"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSectionsClickable(True)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(56)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(scaled(self.font(), 0.9))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.sectionClicked.connect(self._clicked)
        self.sectionResized.connect(self._dragged)

    def show_order(self, order: Order | None) -> None:
        """Show by which column the list is sorted."""
        self._order = order
        self.viewport().update()

    def places(self) -> Iterator[tuple[Column, int, int]]:
        """Go through the columns in sight, with the left edge and the width of each, pixels."""
        for at, column in enumerate(COLUMNS):
            if not self.isSectionHidden(at):
                yield column, self.sectionViewportPosition(at), self.sectionSize(at)

    @property
    def widths(self) -> str:
        """The widths that the user gave columns, as a word to be kept."""
        return " ".join(f"{column.name}:{width}" for column, width in self._chosen.items())

    def recall(self, widths: str) -> None:
        """Take up widths that were kept."""
        said = dict(pair.split(":", 1) for pair in widths.split() if ":" in pair)
        given = {column: int(said[column.name]) for column in COLUMNS if said.get(column.name, "").isdecimal()}
        self._chosen = {column: min(width, _WIDEST) for column, width in given.items() if width}

    def fit(self, width: int) -> None:
        """Share a width among the columns that have room in it."""
        shown = [column for column in COLUMNS if width >= column.value]
        self._last = shown[-1]
        needed = self._needed(shown, width)
        left = max(0, width - sum(needed.values()))
        whole = sum(_SHARES[column] for column in shown if column not in needed)
        blocker = QSignalBlocker(self)
        for at, column in enumerate(COLUMNS):
            self.setSectionHidden(at, column not in shown)
            if column in shown:
                self.resizeSection(at, needed.get(column) or round(left * _SHARES[column] / whole))
        blocker.unblock()
        self.moved.emit()

    def _needed(self, shown: Sequence[Column], width: int) -> dict[Column, int]:
        """Return the widths that do not depend on what is left: of short texts, and those given if they fit."""
        metrics = QFontMetrics(self.font())
        needed = {
            column: max(metrics.horizontalAdvance(text) for text in texts) + 3 * _PADDING
            for column, texts in _longest().items()
            if column in shown
        }
        chosen = {column: self._chosen[column] for column in shown if column in self._chosen and column != shown[-1]}
        flexible = [column for column in shown if column not in needed and column not in chosen]
        fits = sum((needed | chosen).values()) + len(flexible) * _NARROWEST <= width
        return needed | chosen if fits else needed

    @Slot(int, int, int)
    def _dragged(self, at: int, _before: int, width: int) -> None:
        # The last column is stretched over what is left, whoever moved; one that loses its room has no width.
        if width and COLUMNS[at] is not self._last:
            self._chosen[COLUMNS[at]] = width
            self.dragged.emit()
        self.moved.emit()

    @Slot(int)
    def _clicked(self, at: int) -> None:
        by = SORTED_BY[COLUMNS[at]]
        if by is None:
            return
        if by is SortBy.RELEVANCE:
            self.order_chosen.emit(None)
        elif self._order is not None and self._order.by is by:
            self.order_chosen.emit(Order(by, not self._order.descending))
        else:
            self.order_chosen.emit(Order(by, DESCENDS[by]))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), QFontMetrics(self.font()).height() + 12)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit(event.size().width())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column = COLUMNS[logicalIndex]
        palette = self.palette()
        painter.save()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        ink = palette.color(QPalette.ColorRole.PlaceholderText)
        by = SortBy.RELEVANCE if self._order is None else self._order.by
        metrics = QFontMetrics(self.font())
        text = metrics.elidedText(title(column), Qt.TextElideMode.ElideRight, room.width() - _ARROW_PX - 4)
        if SORTED_BY[column] is by:
            ink = palette.color(QPalette.ColorRole.WindowText)
            name = "ascending" if self._order is not None and not self._order.descending else "descending"
            arrow = tinted(name, _ARROW_PX, ink, self.devicePixelRatioF())
            after = metrics.horizontalAdvance(text) + 5
            left = room.right() - after - _ARROW_PX if mirrored else room.left() + after
            painter.drawPixmap(left, room.center().y() - _ARROW_PX // 2, arrow)
        painter.setPen(ink)
        painter.setFont(self.font())
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute), text)
        painter.setPen(tones(palette).outline)
        edge = rect.left() if mirrored else rect.right()
        if column is not self._last:
            painter.drawLine(edge, rect.top() + 7, edge, rect.bottom() - 7)
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.restore()


def _longest() -> dict[Column, Sequence[str]]:
    """Return the longest texts that stand in the columns whose texts are short, their titles included."""
    arrow = "  ↓"
    return {
        Column.KIND: (*map(kind_word, Kind), title(Column.KIND) + arrow),
        Column.SIZE: (*map(size, _MUCH_BYTES), title(Column.SIZE) + arrow),
        Column.MODIFIED: (*map(moment, _DATES_NS), title(Column.MODIFIED) + arrow),
    }
