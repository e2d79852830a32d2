"""What the window asks of the indexer: folders added and removed, files indexed anew, pauses."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from vexgui.core.events import Trouble
from vexgui.core.paths import lies_in
from vexgui.core.reports import IndexReport, RootInfo, Status
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.wording import counted


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
        indexed: A wish was carried out; an `IndexReport`.
        troubled: Something the user should know, a `Trouble` or `VexError`.
    """

    roots_known = Signal(object)
    status_known = Signal(object)
    indexed = Signal(object)
    troubled = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._roots: tuple[RootInfo, ...] = ()
        self._asking = 0

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine, and ask it how things stand."""
        self._engine = engine
        self.with_status(self.status_known.emit)
        self.refresh()

    @property
    def roots(self) -> tuple[RootInfo, ...]:
        """The roots as they were last known."""
        return self._roots

    @property
    def counting(self) -> bool:
        """Whether the roots are being asked for."""
        return self._asking != 0

    @Slot()
    def refresh(self) -> None:
        """Ask for the roots and their counts."""
        engine = self._engine
        if engine is not None:
            self._operations.cancel(self._asking)
            self._asking = self._operations.start(
                Lane.ERRANDS, lambda _: engine.roots(), self._take_roots, self.troubled.emit
            )

    def with_status(self, told: Callable[[Status], None]) -> None:
        """Ask how things stand, and have ``told`` called with it."""
        engine = self._engine
        if engine is not None:
            self._operations.start(Lane.ERRANDS, lambda _: engine.status(), told, self.troubled.emit)

    @Slot(object)
    def add(self, folders: Sequence[bytes]) -> None:
        """Keep folders indexed."""
        engine = self._engine
        if engine is not None:
            self._operations.start(
                Lane.ERRANDS, lambda _: engine.add_roots(folders), lambda _: self.refresh(), self.troubled.emit
            )

    def remove(self, folder: bytes) -> None:
        """Forget a root, and the thumbnails that were made of its files."""
        engine = self._engine
        if engine is not None:
            self._operations.start(
                Lane.ERRANDS, lambda _: engine.remove_root(folder), lambda _: self.refresh(), self.troubled.emit
            )

    @Slot(object, bool)
    def set_records(self, folder: bytes, records: bool) -> None:  # noqa: FBT001 - a slot
        """Keep vectors in the files of a root from now on, or keep them to the store."""
        engine = self._engine
        if engine is not None:
            self._operations.start(
                Lane.ERRANDS,
                lambda _: engine.set_records(folder, records=records),
                lambda _: self.refresh(),
                self.troubled.emit,
            )

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
            Lane.ERRANDS, lambda _: sorted_intake(paths, roots), self._take_in_sorted, self.troubled.emit
        )

    @Slot(float)
    def pause(self, for_s: float) -> None:
        """Hold the indexer for so many seconds, or until it is resumed where that is infinity."""
        engine = self._engine
        if engine is not None:
            self._operations.start(Lane.ERRANDS, lambda _: engine.pause(for_s), lambda _: None, self.troubled.emit)

    @Slot()
    def resume(self) -> None:
        """Let the indexer go on."""
        engine = self._engine
        if engine is not None:
            self._operations.start(Lane.ERRANDS, lambda _: engine.resume(), lambda _: None, self.troubled.emit)

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
                lambda stop: engine.index(paths, force=force, stop=stop),
                self._take_report,
                self.troubled.emit,
            )

    def _take_report(self, report: IndexReport) -> None:
        if report.failed:
            first = report.failed[0].reason
            others = f" {counted(len(report.failed) - 1, 'other', 'others')} too." if len(report.failed) > 1 else ""
            self.troubled.emit(Trouble(f"{first}{others}", "Such files are found by name only."))
        self.indexed.emit(report)
        self.refresh()

    def _take_roots(self, roots: tuple[RootInfo, ...]) -> None:
        self._asking = 0
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
