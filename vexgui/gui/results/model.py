"""The hits of one answer as a list model that shows itself page by page."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.gui.results.reason import reason_line
from vexgui.gui.uris import URI_LIST, drag_data
from vexgui.gui.wording import BAND_SENTENCES, KIND_WORDS

PAGE = 100
"""Rows that become visible to the view at a time: it lays out every row it knows, so it should know few."""

_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks the model for besides Qt's own roles."""

    HIT = Qt.ItemDataRole.UserRole + 1


class ResultsModel(QAbstractListModel):
    """Holds all hits of an answer and uncovers them in pages as the view scrolls.

    Signals:
        exhausted: All hits are uncovered, and the view wants more.
    """

    exhausted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._uncovered = 0
        self._exhausted = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits, uncovered or not."""
        return self._hits

    def replace(self, hits: Sequence[Hit], *, uncover: int = PAGE) -> None:
        """Show other hits, at least ``uncover`` of them at once.

        Hits that only continue those already here are added without a reset, so that nothing moves on screen.
        """
        hits = tuple(hits)
        if self._hits and hits[: len(self._hits)] == self._hits:
            self._hits = hits
            if self._exhausted:
                self._exhausted = False
                # The view stands at the end and asked already; it would not ask again before it is moved.
                self.fetchMore(QModelIndex())
            return
        self._exhausted = False
        self.beginResetModel()
        self._hits = hits
        self._uncovered = min(len(hits), max(PAGE, uncover))
        self.endResetModel()

    def hit(self, index: _Index) -> Hit | None:
        """Return the hit of a row, None for a row that is not there."""
        return self._hits[index.row()] if index.isValid() and index.row() < len(self._hits) else None

    def index_of(self, path: bytes) -> QModelIndex:
        """Return where a file is among the uncovered rows, an invalid index if nowhere."""
        row = next((row for row in range(self._uncovered) if self._hits[row].path == path), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._uncovered

    @override
    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and (self._uncovered < len(self._hits) or not self._exhausted)

    @override
    def fetchMore(self, parent: _Index) -> None:
        if not self.canFetchMore(parent):
            return
        if self._uncovered == len(self._hits):
            self._exhausted = True
            self.exhausted.emit()
            return
        end = min(len(self._hits), self._uncovered + PAGE)
        self.beginInsertRows(QModelIndex(), self._uncovered, end - 1)
        self._uncovered = end
        self.endInsertRows()

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hit(index)
        answer = _ANSWERS.get(role)
        return None if hit is None or answer is None else answer(hit)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    @override
    def mimeTypes(self) -> list[str]:
        return [URI_LIST]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        hits = (self.hit(index) for index in sorted(indexes, key=lambda index: index.row()))
        return drag_data([hit.path for hit in hits if hit is not None])

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        # Offering Move would make file managers move the file out of its folder by default.
        return Qt.DropAction.CopyAction | Qt.DropAction.LinkAction


def spoken(hit: Hit) -> str:
    """Return a hit as a screen reader says it."""
    parts = (
        shown(name_of(hit.path)),
        KIND_WORDS[hit.kind].lower(),
        *([] if hit.is_listed else [BAND_SENTENCES[hit.band].lower()]),
        shown(folder_of(hit.path)),
    )
    return ", ".join(parts)


_ANSWERS: dict[int, Callable[[Hit], object]] = {
    Role.HIT: lambda hit: hit,
    Qt.ItemDataRole.DisplayRole: lambda hit: shown(name_of(hit.path)),
    Qt.ItemDataRole.ToolTipRole: lambda hit: shown(hit.path),
    Qt.ItemDataRole.AccessibleTextRole: spoken,
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda hit: reason_line(hit).text,
}
