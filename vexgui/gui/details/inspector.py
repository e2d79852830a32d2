"""Asks the engine about the selected file, once the selection rests."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vexgui.core.errors import VexError
from vexgui.core.reports import Inspection
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations

_REST_MS = 80


class Inspector(QObject):
    """Inspects one file at a time; answers about files left meanwhile are dropped.

    Signals:
        inspected: An `Inspection`.
    """

    inspected = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._path = b""
        self._asking = 0
        self._changed = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)

    @property
    def settled(self) -> bool:
        """Whether nothing is being asked."""
        return not self._rest.isActive() and not self._asking

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def look_at(self, path: bytes) -> None:
        """Inspect another file, or none for b""."""
        self._operations.cancel(self._asking)
        self._asking = 0
        self._changed = False
        self._path = path
        if path:
            self._rest.start()
        else:
            self._rest.stop()

    @Slot()
    def look_again(self) -> None:
        """Inspect the same file again, because something changed; what is being asked now may not tell of it."""
        self._changed = bool(self._asking)
        if self._path and self.settled:
            self._rest.start()

    @Slot()
    def _ask(self) -> None:
        engine, path = self._engine, self._path
        if engine is not None:
            self._asking = self._operations.start(
                Lane.DETAILS, lambda _: engine.inspect(path), self._take, self._failed
            )

    def _take(self, inspection: Inspection) -> None:
        self._settle()
        self.inspected.emit(inspection)

    def _failed(self, _: VexError) -> None:
        # The file has gone since the answer; the next answer leaves it out.
        self._settle()

    def _settle(self) -> None:
        self._asking = 0
        if self._changed:
            self.look_again()
