"""What the window asks of the engine to be looked at."""

from collections.abc import Callable
from threading import Event as Flag
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from vexgui.core.errors import VexError
from vexgui.core.looking import CollectionMap
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.side.look import Place

Call = Callable[[EngineApi, Flag], object]


class LookingDesk(QObject):
    """Asks for the map, the months and the duplicates, each once at a time.

    Signals:
        map_known: The map (`CollectionMap`), None where there is nothing to draw.
        months_known: How many files are from which month (`MonthCount`, a tuple).
        groups_known: Which files are duplicates of each other (`DuplicateGroup`, a tuple).
        hit_known: One file as a `Hit`; None where nothing is known of it, or cannot be told.
        map_failed, months_failed, groups_failed: That could not be told; a `VexError`.
    """

    map_known = Signal(object)
    months_known = Signal(object)
    groups_known = Signal(object)
    hit_known = Signal(object)
    map_failed = Signal(object)
    months_failed = Signal(object)
    groups_failed = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._asked: dict[Place, int] = {}
        self._asking_hit = 0

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine
        for number in self._asked.values():  # they were asked of another engine
            self._operations.cancel(number)
        self._asked.clear()
        self.leave_hit()

    @Slot()
    def ask_map(self) -> None:
        """Ask for the map, and have it laid out anew where much has changed since it was."""
        self._ask_map(anew=False)

    @Slot()
    def ask_months(self) -> None:
        """Ask for the months."""
        self._ask(Place.TIMELINE, lambda engine, _: engine.timeline(), self.months_known.emit, self.months_failed)

    @Slot()
    def ask_groups(self) -> None:
        """Ask for the duplicates."""
        known, failed = self.groups_known.emit, self.groups_failed
        self._ask(Place.DUPLICATES, lambda engine, _: engine.duplicates(), known, failed)

    def ask_hit(self, path: bytes) -> None:
        """Ask for what is shown of one file, and of no other any more."""
        self.leave_hit()
        engine = self._engine
        if engine is not None:
            self._asking_hit = self._operations.start(
                Lane.DETAILS,
                lambda _: engine.hits_for((path,), 1),
                lambda answer: self.hit_known.emit(next(iter(answer.hits), None)),
                lambda _: self.hit_known.emit(None),
            )

    def leave_hit(self) -> None:
        """Want no file any more."""
        self._operations.cancel(self._asking_hit)

    def _ask_map(self, *, anew: bool) -> None:
        known = self.map_known.emit if anew else self._take_map
        self._ask(Place.MAP, lambda engine, stop: engine.collection_map(anew=anew, stop=stop), known, self.map_failed)

    def _take_map(self, found: CollectionMap | None) -> None:
        if found is not None and not found.complete:
            self._ask_map(anew=True)
        self.map_known.emit(found)

    def _ask(self, place: Place, call: Call, known: Callable[[Any], object], refused: SignalInstance) -> None:
        engine = self._engine
        if engine is None or place in self._asked:
            return

        def done(found: object) -> None:
            del self._asked[place]
            known(found)

        def failed(error: VexError) -> None:
            del self._asked[place]
            refused.emit(error)

        self._asked[place] = self._operations.start(Lane.LOOKING, lambda stop: call(engine, stop), done, failed)
