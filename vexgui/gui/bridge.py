"""The engine's events as Qt signals on the window's thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from vexgui.core.events import (
    Activity,
    Event,
    IndexChanged,
    ModelProgress,
    ModelRetired,
    Progress,
    RootsChanged,
    Trouble,
)
from vexgui.engine.api import EngineApi

_SETTLE_MS = 400
_MEANWHILE_MS = 3000


class EngineBridge(QObject):
    """Listens to the engine from whichever thread it speaks, and emits on the window's.

    Signals:
        progressed: Where the indexer stands (`Progress`).
        index_changed: Files changed; at most about twice a second, and every few seconds while many are read.
        roots_changed: The list of roots or their counts may be others; at most about twice a second.
        troubled: Something the user should know (`Trouble`).
        model_told: News of a model (`ModelProgress`, `ModelRetired`).
    """

    progressed = Signal(object)
    index_changed = Signal()
    roots_changed = Signal()
    troubled = Signal(object)
    model_told = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None, *, meanwhile_ms: int = _MEANWHILE_MS) -> None:
        super().__init__(parent)
        self._unsubscribe: Callable[[], None] | None = None
        self._heard.connect(self._sort, Qt.ConnectionType.QueuedConnection)
        self._index_timer = self._timer(self.index_changed.emit)
        self._roots_timer = self._timer(self.roots_changed.emit)
        # The indexer tells of a change when it is through with a folder; with a large one that takes hours.
        self._meanwhile_timer = self._timer(self._settle, meanwhile_ms)

    def listen(self, engine: EngineApi) -> None:
        """Start listening."""
        self._unsubscribe = engine.subscribe(self._heard.emit)

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _timer(self, settled: Callable[[], None], after_ms: int = _SETTLE_MS) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(settled)
        return timer

    @Slot(object)
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

    @Slot()
    def _settle(self) -> None:
        self._start(self._index_timer)
        self._start(self._roots_timer)

    @staticmethod
    def _start(timer: QTimer) -> None:
        if not timer.isActive():
            timer.start()
