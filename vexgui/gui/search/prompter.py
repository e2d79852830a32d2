"""Asks the engine, while somebody types, how the query is read and what it could go on with."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from vexgui.core.errors import VexError
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations

_T = TypeVar("_T")


class Prompter(QObject):
    """Asks about the newest text only, on a worker thread.

    Signals:
        was_read: A text, and its `Reading`.
        suggested: A text, the place in it that was asked about, and the `Suggestions`.
    """

    was_read = Signal(object, object)
    suggested = Signal(object, int, object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._running: dict[str, int] = {}

    @property
    def settled(self) -> bool:
        """Whether nothing that was asked is still to be answered."""
        return not self._running

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def read(self, text: str) -> None:
        """Ask how a query is read."""
        self._ask("read", lambda engine: engine.read(text), lambda reading: self.was_read.emit(text, reading))

    def suggest(self, text: str, cursor: int) -> None:
        """Ask what could stand at a place of a text."""
        self._ask(
            "suggest",
            lambda engine: engine.suggest(text, cursor),
            lambda suggestions: self.suggested.emit(text, cursor, suggestions),
        )

    def leave_suggestions(self) -> None:
        """Want no suggestions any more."""
        self._leave("suggest")

    def _ask(self, what: str, call: Callable[[EngineApi], _T], done: Callable[[_T], None]) -> None:
        self._leave(what)
        engine = self._engine
        if engine is None:
            return

        def answered(answer: _T) -> None:
            self._running.pop(what, None)
            done(answer)

        def failed(_error: VexError) -> None:
            # The search for the same text says what is wrong.
            self._running.pop(what, None)

        self._running[what] = self._operations.start(Lane.NAMES, lambda _: call(engine), answered, failed)

    def _leave(self, what: str) -> None:
        if what in self._running:
            self._operations.cancel(self._running.pop(what))
