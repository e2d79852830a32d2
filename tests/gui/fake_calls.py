"""Calls that are noted, and wait or fail as a test wishes."""

import threading
from threading import Event as Flag

from tests.waiting import PATIENCE_S

__all__ = ["PATIENCE_S", "Noting"]


class Noting:
    """What notes its calls.

    Attributes:
        calls: Every call by name and arguments, in their order.
        gates: An event by the name of a method; while it is not set, the method waits, at most `PATIENCE_S`.
        error: Raised by every search, and by every wish about models.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, object]] = []
        self.gates: dict[str, Flag] = {}
        self.error: Exception | None = None
        self._lock = threading.Lock()

    def called(self, name: str) -> list[object]:
        """Return the arguments of the calls of one method."""
        with self._lock:
            return [arguments for called, arguments in self.calls if called == name]

    def _note(self, name: str, arguments: object) -> None:
        with self._lock:
            self.calls.append((name, arguments))
        gate = self.gates.get(name)
        if gate is not None:
            gate.wait(PATIENCE_S)

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error
