"""The engine's events as Qt signals on the window's thread."""

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from vexgui.core.events import (
    Activity,
    Event,
    IndexChanged,
    Lost,
    MapProgress,
    ModelProgress,
    ModelRetired,
    Progress,
    RootsChanged,
    Trouble,
)
from vexgui.engine.api import EngineApi

_SETTLE_MS = 400
_MEANWHILE_MS = 3000
_PACE_MS = 50
_PACED = frozenset({Progress, IndexChanged, RootsChanged, MapProgress})
"""Events of which only the newest counts: any number of them a second must not hold up the window."""


class EngineBridge(QObject):
    """Listens to the engine from whichever thread it speaks, and emits on the window's.

    Signals:
        progressed: Where the indexer stands (`Progress`), at most some 20 times a second.
        index_changed: Files changed; at most about twice a second, and every few seconds while many are read.
        roots_changed: The list of roots or their counts may be others; at most about twice a second.
        troubled: Something the user should know (`Trouble`).
        model_told: News of a model (`ModelProgress`, `ModelRetired`).
        map_told: How far a map is that is being laid out (`MapProgress`).
        lost: The engine's process is gone.
    """

    progressed = Signal(object)
    index_changed = Signal()
    roots_changed = Signal()
    troubled = Signal(object)
    model_told = Signal(object)
    map_told = Signal(object)
    lost = Signal()
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None, *, meanwhile_ms: int = _MEANWHILE_MS) -> None:
        super().__init__(parent)
        self._seen = True
        self._put_off: set[QTimer] = set()
        self._unsubscribe: Callable[[], None] | None = None
        self._newest: dict[type, Event] = {}
        self._lock = Lock()
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._pace = self._timer(self._take_newest, _PACE_MS)
        self._index_timer = self._timer(self.index_changed.emit)
        self._roots_timer = self._timer(self.roots_changed.emit)
        # The indexer tells of a change when it is through with a folder; with a large one that takes hours.
        self._meanwhile_timer = self._timer(self._settle, meanwhile_ms)

    def listen(self, engine: EngineApi) -> None:
        """Start listening, to no other engine any more."""
        self.close()
        self._unsubscribe = engine.subscribe(self._hear)

    @Slot(bool)
    def show(self, seen: bool) -> None:  # noqa: FBT001 - a slot
        """Take whether anybody can see the window: as long as nobody does, what changes is told when somebody does."""
        self._seen = seen
        if seen:
            for timer in self._put_off:
                timer.start()
            self._put_off.clear()
        else:
            for timer in (self._index_timer, self._roots_timer, self._meanwhile_timer):
                if timer.isActive():
                    timer.stop()
                    self._put_off.add(timer)

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _timer(self, settled: Callable[[], None], after_ms: int = _SETTLE_MS) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after_ms)
        timer.timeout.connect(settled)
        return timer

    def _hear(self, event: Event) -> None:
        """Hear an event on the thread of whoever tells; one that is followed by a newer one is never looked at."""
        if type(event) not in _PACED:
            self._heard.emit(event)
            return
        with self._lock:
            is_first = not self._newest
            self._newest[type(event)] = event
        if is_first:
            self._heard.emit(None)

    @Slot(object)
    def _take(self, event: Event | None) -> None:
        if event is not None:
            self._take_newest()  # what was told before it
            self._sort(event)
        elif not self._pace.isActive():
            self._take_newest()

    @Slot()
    def _take_newest(self) -> None:
        with self._lock:
            newest = tuple(self._newest.values())
            self._newest.clear()
        if newest:
            self._pace.start()
        for event in newest:
            self._sort(event)

    def _sort(self, event: Event) -> None:
        match event:
            case Progress():
                self.progressed.emit(event)
                if event.activity in {Activity.INDEXING, Activity.FILLING}:
                    self._start(self._meanwhile_timer)
            case IndexChanged():
                self._settle()
            case RootsChanged():
                self._start(self._roots_timer)
            case Trouble():
                self.troubled.emit(event)
            case ModelProgress() | ModelRetired():
                self.model_told.emit(event)
            case MapProgress():
                self.map_told.emit(event)
            case Lost():
                self.lost.emit()

    @Slot()
    def _settle(self) -> None:
        self._start(self._index_timer)
        self._start(self._roots_timer)

    def _start(self, timer: QTimer) -> None:
        if not self._seen:
            self._put_off.add(timer)
        elif not timer.isActive():
            timer.start()
