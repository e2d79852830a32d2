"""What is kept indexed: the folders, what of them is left out, and whether their files carry records."""

import threading
from collections.abc import Callable, Sequence

from vexgui.core.errors import UsageProblem
from vexgui.core.events import Event, IndexChanged, RootsChanged
from vexgui.core.exclusions import ExcludeReport, Exclusions, Weight
from vexgui.core.paths import beneath
from vexgui.core.reports import RootInfo
from vexgui.engine import care
from vexgui.engine.desk import Desk
from vexgui.engine.excluding import exclusions, with_patterns
from vexgui.engine.models import Models
from vexgui.engine.roots import insist_on_root, with_records, with_roots, without_root
from vexgui.engine.standing import root_infos
from vexgui.system.thumbnails import ThumbnailCache


class Keeping:
    """Answers the calls of `EngineApi` about folders and exclusions.

    Args:
        desk: Where settings and store are.
        models: The models in force.
        thumbnails: The desktop's; None where there are none.
        emit: Is told what changed.
    """

    def __init__(
        self, desk: Desk, models: Models, thumbnails: ThumbnailCache | None, emit: Callable[[Event], None]
    ) -> None:
        self._desk = desk
        self._models = models
        self._thumbnails = thumbnails
        self._emit = emit
        self._excluding = threading.Lock()  # so that the patterns that hold at last are those that were saved last

    def infos(self) -> tuple[RootInfo, ...]:
        """See `EngineApi.roots`."""
        parts = self._desk.parts()
        return root_infos(self._desk.settings(), parts.store, parts.indexer)

    def add(self, folders: Sequence[bytes], *, scan: bool, records: bool = True) -> None:
        """See `EngineApi.add_roots`; without ``scan`` the caller brings the folders up to date."""
        with self._desk.lock:
            reaches = self._desk.parts().indexer.drives.reaches
            settings = with_roots(self._desk.settings(), folders, records=records, reaches=reaches)
            if settings != self._desk.settings():
                self._desk.change(settings)
                self._desk.parts().indexer.set_roots(settings.roots, scan=scan)
                self._emit(RootsChanged())

    def remove(self, folder: bytes) -> None:
        """See `EngineApi.remove_root`."""
        with self._desk.lock:
            insist_on_root(self._desk.settings(), folder)
            parts = self._desk.parts()
            self._desk.change(without_root(self._desk.settings(), folder))
            parts.indexer.set_roots(self._desk.settings().roots)
            parts.indexer.withdraw(folder)
            inner = beneath(folder, self._desk.settings().roots)
        care.strip([folder], self._desk.keeper(), spared=inner)
        parts.store.forget_folder(folder)
        if self._thumbnails is not None:
            self._thumbnails.forget(folder, spared=inner)
        self._emit(RootsChanged())
        self._emit(IndexChanged(1))

    def set_records(self, folder: bytes, *, records: bool) -> None:
        """See `EngineApi.set_records`."""
        with self._desk.lock:
            insist_on_root(self._desk.settings(), folder)
            if not self._desk.settings().write_records:
                raise UsageProblem(
                    "No vectors are written to any file.", "Set write_records = true in the settings, then try again."
                )
            self._desk.change(with_records(self._desk.settings(), folder, records=records))
            parts = self._desk.parts()
            drives = parts.indexer.drives
            debt = drives.memory.owed().get(folder, 0)
        if records and not self._desk.is_watching():  # else they are written when there is nothing else to do
            care.write_records(folder, parts.store, self._desk.keeper(), self._models.active())
            if not drives.is_other(folder):  # else they wait for their drive
                drives.memory.settle(folder, debt)
        self._emit(RootsChanged())

    def exclusions(self) -> Exclusions:
        """See `EngineApi.exclusions`."""
        return exclusions(self._desk.settings())

    def exclude(self, add: Sequence[str], remove: Sequence[str]) -> ExcludeReport:
        """See `EngineApi.exclude`."""
        with self._excluding:
            with self._desk.lock:
                parts = self._desk.parts()
                self._desk.change(with_patterns(self._desk.settings(), add, remove))
                settings = self._desk.settings()
            forgotten = parts.indexer.exclude(settings.exclude, settings.roots)
        return ExcludeReport(settings.exclude, forgotten)

    def weigh(self, add: Sequence[str]) -> Weight:
        """See `EngineApi.weigh_exclusion`."""
        parts, settings = self._desk.parts(), with_patterns(self._desk.settings(), add, ())
        known, _ = parts.store.catalog.count_files()
        return Weight(parts.indexer.would_forget(settings.exclude, settings.roots), known)
