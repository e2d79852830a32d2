"""The rows of an answer as a list model: it knows how many there are, holds a few pages, and asks for the others."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.hits import Answer, Hit
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.engine.api import EngineApi
from vexgui.gui.files.uris import MOST_FILES
from vexgui.gui.language import tr
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.results.badges import badges_of
from vexgui.gui.results.pages import PAGE, HitPages
from vexgui.gui.results.reason import reason_line
from vexgui.gui.wording import band_sentence, kind_word, lowered, tip_text

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = range(0)
_MOST_LOSSES = 3
"""Times in a row that a question is asked again because no more of its answer came; the engine may have no more."""


class Role(IntEnum):
    """What is asked of the model besides Qt's own roles."""

    HIT = Qt.ItemDataRole.UserRole + 1


class ResultsModel(QAbstractListModel):
    """Holds what is looked at of an answer; one page is asked for at a time, what is in sight first.

    Signals:
        arrived: Hits of these rows, a `range`, are here now.
        lost: The engine does not keep the answer any more; its question must be asked again.
    """

    arrived = Signal(object)
    lost = Signal()

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._pages = HitPages(Answer(()))
        self._in_sight = _NOTHING
        self._chosen: tuple[range, ...] = ()
        self._picked: dict[int, Hit] = {}
        self._asked: int | None = None
        self._is_lost = False
        self._losses = 0

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine that answers."""
        self._engine = engine

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits that are here, in their order."""
        return tuple(hit for _, hit in self._pages.hits())

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._pages.total

    def replace(self, answer: Answer, *, same: bool = False) -> None:
        """Show another answer; with ``same`` it answers the same question, and old hits stand in for new ones."""
        if self._asked is not None:
            self._operations.cancel(self._asked)
            self._asked = None
        self._is_lost = False
        if not same:
            self._losses = 0
        self._in_sight, self._chosen, self._picked = _NOTHING, (), {}
        self.beginResetModel()
        self._pages = HitPages(answer, self._pages if same else None)
        self.endResetModel()

    def look_at(self, rows: range) -> None:
        """Take which rows are in sight; what is missing of them is asked for."""
        self._in_sight = rows
        self._pages.touch(rows)
        self._ask()

    def choose(self, stretches: Sequence[range]) -> None:
        """Take which rows are selected: as many as can be dragged at once are asked for and kept."""
        left, few = MOST_FILES, []
        for stretch in stretches:
            few.append(stretch[:left])
            left -= len(few[-1])
            if left <= 0:
                break
        self._chosen = tuple(few)
        known = ((row, self._picked.get(row) or self._pages.sure(row)) for stretch in few for row in stretch)
        self._picked = {row: hit for row, hit in known if hit is not None}
        self._ask()

    @property
    def picked(self) -> list[Hit]:
        """The hits of the selected rows, in their order, as far as they are here."""
        return [self._picked[row] for row in sorted(self._picked)]

    @property
    def settled(self) -> bool:
        """Whether nothing that is looked at or selected is still awaited."""
        return self._asked is None

    def hit(self, index: _Index) -> Hit | None:
        """Return the hit of a row, None for one that is not there, or not here yet."""
        return self._pages.hit(index.row()) if index.isValid() else None

    def index_of(self, path: bytes) -> QModelIndex:
        """Return where a file is among the hits that are here, an invalid index if nowhere."""
        row = next((row for row, hit in self._pages.hits() if hit.path == path), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def ask_paths(self, stretches: Sequence[range], take: Callable[[list[bytes]], None]) -> None:
        """Ask for the paths of rows, however many, and hand them on."""
        engine, token = self._engine, self._pages.token
        if engine is not None:
            self._operations.start(
                Lane.ERRANDS, lambda _: engine.paths_of(token, stretches), lambda paths: take(list(paths))
            )

    def _ask(self) -> None:
        """Ask for the page that is missed most, unless one is awaited already."""
        number = None if self._asked is not None or self._is_lost else self._missed()
        engine, pages = self._engine, self._pages
        if number is None or engine is None:
            return
        start, count = pages.stretch(number)

        def came(hits: tuple[Hit, ...]) -> None:
            self._asked = None
            self._losses = 0
            pages.take(number, hits)
            self._pick(range(start, start + len(hits)))
            self.arrived.emit(range(start, start + len(hits)))
            self._ask()

        def failed(_error: VexError) -> None:
            self._asked = None
            self._is_lost = True
            self._losses += 1
            if self._losses < _MOST_LOSSES:
                self.lost.emit()

        self._asked = self._operations.start(
            Lane.PAGES, lambda _stop: engine.hits_of(pages.token, start, count), came, failed
        )

    def _pick(self, came: range) -> None:
        """Keep the hits of selected rows among those that have come."""
        for chosen in self._chosen:
            for row in range(max(came.start, chosen.start), min(came.stop, chosen.stop)):
                hit = self._pages.sure(row)
                if hit is not None:
                    self._picked[row] = hit

    def _missed(self) -> int | None:
        """Return the page that is missed most: of what is in sight, of what is selected, then what comes next."""
        unknown = (row for chosen in self._chosen for row in chosen if row not in self._picked)
        selected = next((range(row, row + 1) for row in unknown), _NOTHING)
        ahead = range(self._in_sight.stop, self._in_sight.stop + PAGE // 2) if self._in_sight else _NOTHING
        missing = map(self._pages.missing, (self._in_sight, selected, ahead))
        return next((number for number in missing if number is not None), None)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._pages.total

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answer = _ANSWERS.get(role)
        if answer is None or not index.isValid():
            return None
        hit = self.hit(index)
        if hit is None:
            return tr("Loading…") if role in _TEXTS else None
        return answer(hit)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        # Offering Move would make file managers move the file out of its folder by default.
        return Qt.DropAction.CopyAction | Qt.DropAction.LinkAction


def spoken(hit: Hit) -> str:
    """Return a hit as a screen reader says it."""
    parts = (
        shown(name_of(hit.path)),
        lowered(kind_word(hit.kind)),
        *([] if hit.is_listed else [lowered(band_sentence(hit.band))]),
        shown(folder_of(hit.path)),
        *(badge.sentence for badge in badges_of(hit)),
    )
    return ", ".join(parts)


def tip(hit: Hit) -> str:
    """Return what is said of a hit under the pointer: its path, and what its badges mean."""
    return tip_text("\n".join((shown(hit.path), *(badge.sentence for badge in badges_of(hit)))))


_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_TEXTS = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})
_ANSWERS: dict[int, Callable[[Hit], object]] = {
    Role.HIT: lambda hit: hit,
    Qt.ItemDataRole.DisplayRole: lambda hit: shown(name_of(hit.path)),
    Qt.ItemDataRole.ToolTipRole: tip,
    Qt.ItemDataRole.AccessibleTextRole: spoken,
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda hit: reason_line(hit).text,
}
