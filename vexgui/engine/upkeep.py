"""What a user asks for the store's sake: checking and mending it, making it anew, collecting its garbage."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from vexgui.core.care import CompactReport, VerifyReport
from vexgui.core.errors import StoreDamaged, closed_already
from vexgui.core.events import Event
from vexgui.core.reports import RebuildReport
from vexgui.engine import care, rebuilding
from vexgui.engine.desk import Desk
from vexgui.engine.models import Models
from vexgui.engine.opening import Opening
from vexgui.indexer.drives import Drives

UNFINISHED = "The store is being made again, and not all is in it yet: run `vexgui rebuild` to complete it."


class Upkeep:
    """Answers the calls of `EngineApi` about the store, one after the other.

    Args:
        desk: Where settings and store are.
        opening: Opens the store.
        folder: Where it lies.
        models: The models in force.
        drives: Tells on which drive a folder lies.
        closed: Set when the engine is closed, which ends what is done for it.
        emit: Is told how it goes.

    Attributes:
        in_place: Held by what the store stays in its place for.
        closed: As given.
    """

    def __init__(
        self,
        desk: Desk,
        opening: Opening,
        folder: bytes,
        models: Models,
        drives: Drives,
        closed: threading.Event,
        emit: Callable[[Event], None],
    ) -> None:
        self._desk = desk
        self._opening = opening
        self._folder = folder
        self._models = models
        self._drives = drives
        self.closed = closed
        self._emit = emit
        self.in_place = threading.RLock()

    @contextmanager
    def perhaps_in_place(self) -> Iterator[bool]:
        """Have the store stay in its place if nobody else does, and tell which."""
        is_free = self.in_place.acquire(blocking=False)
        try:
            yield is_free
        finally:
            if is_free:
                self.in_place.release()

    def verify(self, *, repair: bool) -> VerifyReport:
        """See `EngineApi.verify`."""
        with self.in_place:
            try:
                return self._verified(repair=repair)
            except StoreDamaged as damage:
                if self.closed.is_set():
                    raise
                return self._made_anew(damage) if repair else _of_damage(damage)

    def rebuild(self, stop: threading.Event) -> RebuildReport:
        """See `EngineApi.rebuild`."""
        with self.in_place, self._desk.lock:
            if self.closed.is_set():
                raise closed_already()
            self._opening.let_go()
            try:
                rebuilding.begin(self._folder, self._desk.settings(), self._drives)
            finally:
                self._opening.begin()
            parts, roots = self._desk.parts(), self._desk.settings().roots
        report = parts.indexer.rebuild(roots, rebuilding.alone(parts.store, roots), stop)
        with self._desk.lock:
            if self._desk.is_watching() and self._desk.open_parts() is parts:
                parts.watch(self._desk.settings().roots)
        return report

    def compact(self, stop: threading.Event) -> CompactReport:
        """See `EngineApi.compact`."""
        with self.in_place:
            parts = self._desk.parts()
            try:
                return care.compact(parts.store, stop, self._emit)
            finally:
                self._emit(parts.indexer.progress)

    def _verified(self, *, repair: bool) -> VerifyReport:
        parts = self._desk.parts()
        mending = parts.indexer if repair else None
        report = care.verify(parts.store, self._desk.keeper(), mending, self._models.active())
        return replace(report, problems=(*report.problems, UNFINISHED)) if parts.store.rebuilding else report

    def _made_anew(self, damage: StoreDamaged) -> VerifyReport:
        self.rebuild(threading.Event())
        report = care.verify(self._desk.parts().store, self._desk.keeper(), None)
        return replace(report, problems=(damage.message, *report.problems), repaired=1, unrepaired=report.problems)


def _of_damage(damage: StoreDamaged) -> VerifyReport:
    return VerifyReport(0, 0, (damage.message,), 0, (damage.message,))
