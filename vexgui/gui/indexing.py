"""What the window asks of the indexer: folders added and removed, files indexed anew, pauses."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event as Flag
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from vexgui.core.errors import PathProblem
from vexgui.core.events import Trouble
from vexgui.core.paths import lies_in
from vexgui.core.reports import FailedFile, IndexReport, RootInfo, Status
from vexgui.engine.api import EngineApi
from vexgui.gui.inquiry import Inquiry
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.wording import number

_T = TypeVar("_T")
MOST_FAILURES = 1000
"""Files that could not be read of which one is told; of more only the number is."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Dropped paths, sorted by what is done with them: new roots, folders to bring up to date, files to index anew."""

    new_roots: tuple[bytes, ...]
    known_folders: tuple[bytes, ...]
    files: tuple[bytes, ...]


class IndexingDesk(QObject):
    """Carries the window's wishes to the engine, off the window's thread.

    Signals:
        roots_known: The roots with their counts, a tuple of `RootInfo`.
        status_known: The engine's `Status`.
        failures_known: The files that could not be read, a tuple of `FailedFile`.
        indexed: A wish was carried out; an `IndexReport`.
        troubled: Something the user should know, a `Trouble` or `VexError`.
    """

    roots_known = Signal(object)
    status_known = Signal(object)
    failures_known = Signal(object)
    indexed = Signal(object)
    troubled = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._roots: tuple[RootInfo, ...] = ()
        self._counts: Inquiry[tuple[RootInfo, ...]] = Inquiry(
            operations, Lane.ERRANDS, self._take_roots, self.troubled.emit
        )
        self._status: Inquiry[Status] = Inquiry(operations, Lane.ERRANDS, self.status_known.emit, self.troubled.emit)
        self._failures: Inquiry[tuple[FailedFile, ...]] = Inquiry(
            operations, Lane.ERRANDS, self.failures_known.emit, self.troubled.emit
        )

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine, and ask it how things stand."""
        self._engine = engine
        for inquiry in (self._counts, self._status, self._failures):
            inquiry.cancel()
        self.ask_status()
        self.refresh()

    @property
    def roots(self) -> tuple[RootInfo, ...]:
        """The roots as they were last known."""
        return self._roots

    @property
    def counting(self) -> bool:
        """Whether the roots are being asked for."""
        return self._counts.pending

    @property
    def asking(self) -> bool:
        """Whether it is still to be told how things stand."""
        return self._counts.pending or self._status.pending

    @Slot()
    def refresh(self) -> None:
        """Ask for the roots and their counts."""
        if self._engine is not None:
            self._counts.ask(self._engine.roots)

    @Slot()
    def ask_status(self) -> None:
        """Ask how things stand."""
        if self._engine is not None:
            self._status.ask(self._engine.status)

    @Slot()
    def ask_failures(self) -> None:
        """Ask for the files that could not be read."""
        if self._engine is not None:
            self._failures.ask(partial(self._engine.failures, MOST_FAILURES))

    @Slot(object)
    def add(self, folders: Sequence[bytes]) -> None:
        """Keep folders indexed."""
        self._start(lambda engine: engine.add_roots(folders), lambda _: self.refresh())

    def remove(self, folder: bytes) -> None:
        """Forget a root, and the thumbnails that were made of its files."""
        self._start(lambda engine: engine.remove_root(folder), lambda _: self.refresh())

    @Slot(object, bool)
    def set_records(self, folder: bytes, records: bool) -> None:  # noqa: FBT001 - a slot
        """Keep vectors in the files of a root from now on, or keep them to the store."""
        self._start(lambda engine: engine.set_records(folder, records=records), lambda _: self.refresh())

    @Slot(object)
    def reindex(self, paths: Sequence[bytes]) -> None:
        """Index files and folders anew, also where nothing changed."""
        self._index(tuple(paths), force=True)

    @Slot()
    def bring_up_to_date(self) -> None:
        """Look through all roots for what has changed."""
        self._index((), force=False)

    @Slot(object)
    def take_in(self, paths: Sequence[bytes]) -> None:
        """Index what was dropped on the window."""
        roots = tuple(root.path for root in self._roots)
        self._operations.start(
            Lane.DISK, lambda _: sorted_intake(paths, roots), self._take_in_sorted, self.troubled.emit
        )

    @Slot(float)
    def pause(self, for_s: float) -> None:
        """Hold the indexer for so many seconds, or until it is resumed where that is infinity."""
        self._start(lambda engine: engine.pause(for_s), lambda _: None)

    @Slot()
    def resume(self) -> None:
        """Let the indexer go on."""
        self._start(lambda engine: engine.resume(), lambda _: None)

    def _start(self, call: Callable[[EngineApi], _T], done: Callable[[_T], None]) -> None:
        engine = self._engine
        if engine is not None:
            self._operations.start(Lane.ERRANDS, lambda _: call(engine), done, self.troubled.emit)

    def _take_in_sorted(self, intake: Intake) -> None:
        if intake.new_roots:
            self.add(intake.new_roots)
        if intake.known_folders:
            self._index(intake.known_folders, force=False)
        if intake.files:
            self._index(intake.files, force=True)

    def _index(self, paths: tuple[bytes, ...], *, force: bool) -> None:
        engine = self._engine
        if engine is not None:
            self._operations.start(
                Lane.INDEXING,
                lambda stop: _indexed(engine, paths, stop, force=force),
                self._take_report,
                self.troubled.emit,
            )

    def _take_report(self, report: IndexReport) -> None:
        if report.failed:
            first = translated(report.failed[0].reason)
            others = len(report.failed) - 1
            too = (
                trn("{count} other too.", "{count} others too.", others).format(count=number(others)) if others else ""
            )
            self.troubled.emit(Trouble(f"{first} {too}".strip(), tr("Such files are found by name only.")))
        self.indexed.emit(report)
        self.refresh()

    def _take_roots(self, roots: tuple[RootInfo, ...]) -> None:
        self._roots = roots
        self.roots_known.emit(roots)


def sorted_intake(paths: Sequence[bytes], roots: Sequence[bytes]) -> Intake:
    """Sort dropped paths by what is done with them; what is not there is left out."""
    folders = [path for path in paths if os.path.isdir(path)]
    known = tuple(path for path in folders if any(lies_in(path, root) for root in roots))
    return Intake(
        new_roots=tuple(path for path in folders if path not in known),
        known_folders=known,
        files=tuple(path for path in paths if os.path.isfile(path)),
    )


def _indexed(engine: EngineApi, paths: tuple[bytes, ...], stop: Flag, *, force: bool) -> IndexReport:
    """Index paths; of several those that are there, for the engine takes none where one is missing."""
    try:
        return engine.index(paths, force=force, stop=stop)
    except PathProblem:
        there = tuple(filter(os.path.lexists, paths))
        if not there or there == paths:
            raise
        return engine.index(there, force=force, stop=stop)
