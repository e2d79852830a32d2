"""Has tags and ratings written to files, one wish after another, and tells how it went."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from vexgui.core.errors import VexError
from vexgui.core.labels import LabelReport
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations

Paths = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be done to some files: tags to give and take, or a rating where ``rates``."""

    paths: Paths
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    rates: bool = False
    rating: int | None = None

    def write(self, engine: EngineApi) -> LabelReport:
        if self.rates:
            return engine.rate(self.paths, self.rating)
        return engine.tag(self.paths, add=self.add, remove=self.remove)


class Labelling(QObject):
    """Writes labels in the order in which they were wished for: of two ratings the later one must stay.

    Wishes are kept when other files are selected: what was clicked is written.

    Signals:
        written: The paths of a wish, and the `LabelReport` on it.
        refused: The paths of a wish, and the `VexError` it failed with.
        known: The tags that files have, by name, a list of texts.
    """

    written = Signal(object, object)
    refused = Signal(object, object)
    known = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._wishes: deque[_Wish] = deque()
        self._current: _Wish | None = None

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Have files given tags and others taken from them."""
        self._wish(_Wish(tuple(paths), add=tuple(add), remove=tuple(remove)))

    def rate(self, paths: Sequence[bytes], rating: int) -> None:
        """Have files rated, 1 to 10; 0 for nobody has rated them."""
        self._wish(_Wish(tuple(paths), rates=True, rating=rating or None))

    def is_writing(self, paths: Sequence[bytes]) -> bool:
        """Tell whether a wish about just these files is still to be met."""
        wishes = (*self._wishes, *filter(None, [self._current]))
        return any(wish.paths == tuple(paths) for wish in wishes)

    def ask_known(self) -> None:
        """Have the tags that files have told."""
        engine = self._engine
        if engine is not None:
            self._operations.start(
                Lane.ERRANDS, lambda _: engine.tags(), lambda found: self.known.emit([tag.tag for tag in found])
            )

    def _wish(self, wish: _Wish) -> None:
        self._wishes.append(wish)
        self._go_on()

    def _go_on(self) -> None:
        engine = self._engine
        if engine is None or self._current is not None or not self._wishes:
            return
        wish = self._current = self._wishes.popleft()
        self._operations.start(Lane.ERRANDS, lambda _: wish.write(engine), self._take, self._take_error)

    def _take(self, report: LabelReport) -> None:
        wish, self._current = self._current, None
        if wish is not None:
            self.written.emit(wish.paths, report)
        self._go_on()

    def _take_error(self, error: VexError) -> None:
        wish, self._current = self._current, None
        if wish is not None:
            self.refused.emit(wish.paths, error)
        self._go_on()
