"""The engine's events as Qt signals on the window's thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from vexgui.core.events import Event, IndexChanged, Progress, RootsChanged, Trouble
from vexgui.engine.api import EngineApi

_SETTLE_MS = 400


class EngineBridge(QObject):
    """Listens to the engine from whichever thread it speaks, and emits on the window's.

    Signals:
        progressed: Where the indexer stands (`Progress`).
        index_changed: Files changed; at most about twice a second.
        roots_changed: The list of roots or their counts may be others; at most about twice a second.
        troubled: Something the user should know (`Trouble`).
    """

    progressed = Signal(object)
    index_changed = Signal()
    roots_changed = Signal()
    troubled = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe: Callable[[], None] | None = None
        self._heard.connect(self._sort, Qt.ConnectionType.QueuedConnection)
        self._index_timer = self._timer(self.index_changed.emit)
        self._roots_timer = self._timer(self.roots_changed.emit)

    def listen(self, engine: EngineApi) -> None:
        """Start listening."""
        self._unsubscribe = engine.subscribe(self._heard.emit)

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _timer(self, settled: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_SETTLE_MS)
        timer.timeout.connect(settled)
        return timer

    @Slot(object)
    def _sort(self, event: Event) -> None:
        match event:
            case Progress():
                self.progressed.emit(event)
            case IndexChanged():
                self._start(self._index_timer)
                self._start(self._roots_timer)
            case RootsChanged():
                self._start(self._roots_timer)
            case Trouble():
                self.troubled.emit(event)

    @staticmethod
    def _start(timer: QTimer) -> None:
        if not timer.isActive():
            timer.start()
