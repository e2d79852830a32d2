"""The engine: owns store, models, indexer and search of one profile; everything above speaks to it alone."""

import math
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

from typing_extensions import override

from vexgui.core.errors import StoreDamaged, UsageProblem
from vexgui.core.events import IndexChanged, RootsChanged
from vexgui.core.hits import Answer
from vexgui.core.paths import joined
from vexgui.core.reports import (
    CompactReport,
    ExcludeReport,
    Exclusions,
    Happening,
    IndexReport,
    Inspection,
    LabelReport,
    ModelInfo,
    RebuildReport,
    RootInfo,
    Status,
    StripReport,
    TagCount,
    VerifyReport,
)
from vexgui.core.settings import Settings
from vexgui.engine import care, labelling, questions, rebuilding
from vexgui.engine.api import EngineApi, Listener
from vexgui.engine.choosing import Choice
from vexgui.engine.excluding import exclusions, refused, with_patterns
from vexgui.engine.given import given_folder, given_paths, insist_on_paths, unreadable
from vexgui.engine.housekeeping import Housekeeper
from vexgui.engine.inspection import history, inspect
from vexgui.engine.key import load_key
from vexgui.engine.listeners import Listeners
from vexgui.engine.models import EmbedderFactory, Models
from vexgui.engine.opening import Opening, closed_already
from vexgui.engine.parts import Parts, Tools, store_folder
from vexgui.engine.rating import Rating
from vexgui.engine.roots import insist_on_root, recording_roots, with_records, with_roots, without_root
from vexgui.engine.scrubbing import Scrubbing
from vexgui.engine.settings_file import SettingsFile
from vexgui.engine.standing import root_infos, status_of
from vexgui.engine.switching import Desk, Switch
from vexgui.engine.tending import Tending
from vexgui.engine.thrift import Thrift
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess
from vexgui.indexer.drives import Drives
from vexgui.indexer.manners import Sensed, calm
from vexgui.indexer.memory import Memory
from vexgui.models.process import EmbedderProcesses
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system.mounts import Mounts
from vexgui.system.profile import Profile
from vexgui.system.recent import recently_used
from vexgui.system.thumbnails import ThumbnailCache
from vexgui.system.work_trees import WorkTrees

_UNFINISHED = "The store is being made again, and not all is in it yet: run `vexgui rebuild` to complete it."


class Engine(EngineApi):
    """See `EngineApi`.

    Args:
        profile: Where everything lies; its folders exist.
        make_embedder: Makes the embedder for a picture model and a cache folder.
        housekeeping_s: How often chores are done while there is something to do.
        quiet_s: How often they are done though nothing happens.
        recently_used_file: The desktop's list of recently used files; b"" for none.
        thumbnails_folder: The desktop's cache of thumbnails; b"" for none.
        sense: Tells what speaks against work in the background.
        settle_s: A file that changes is looked at when nothing has happened for so long.
        extractor: Reads files, and is closed with the engine; None for child processes.
        writable: Whether this process owns the profile; without it nothing is written but a first, empty store.

    Raises:
        VexError: Settings, key or store cannot be read. A damaged store does not raise here but at the first use, so
            that it can be rebuilt.
    """

    def __init__(  # noqa: PLR0913 - what it reaches beyond itself is given to it
        self,
        profile: Profile,
        *,
        writable: bool,
        make_embedder: EmbedderFactory = EmbedderProcesses,
        housekeeping_s: float = 30.0,
        quiet_s: float = 6 * 3600.0,
        recently_used_file: bytes = b"",
        thumbnails_folder: bytes = b"",
        sense: Callable[[], Sensed] = calm,
        settle_s: float = 2.0,
        extractor: Extractor | None = None,
    ) -> None:
        self._profile = profile
        self._writable = writable
        self._listeners = Listeners()
        self._lock = threading.RLock()
        self._caring = threading.RLock()  # held by what a store must stay in its place for
        self._settings_file = SettingsFile(profile.config)
        self._settings = self._settings_file.load()
        self._key = load_key(profile.config, writable=writable)
        self._models = Models(make_embedder, profile.cache, self._settings)
        self._embedder = self._models.embedder
        self._looks = partial(recently_used, recently_used_file)
        self._sense = sense
        self._settle_s = settle_s
        self._thumbnails = ThumbnailCache(thumbnails_folder) if thumbnails_folder else None
        self._mounts = Mounts()
        self._drives = Drives(self._mounts, memory=Memory(joined(profile.data, b"index.json")))
        self._extractor = extractor or ExtractorProcess(
            self._settings.extractor_memory_bytes,
            self._settings.extractor_timeout_s,
            is_remote=self._mounts.is_remote,
            tell=self._listeners.emit,
            thumbnails=self._thumbnails,
        )
        self._closed = threading.Event()
        self._watching = False
        self._scrubbing = Scrubbing(self._listeners.emit, quiet_s)
        self._thrift = Thrift()
        self._tending = Tending(Rating(profile.cache))
        self._opening = Opening(self._lock, self._opened)
        desk = Desk(self._lock, lambda: self._settings, self._change, lambda: self._parts, lambda: self._open_parts)
        self._switch = Switch(self._models, desk, self._listeners.emit)
        self._choice = Choice(self._models, self._switch, desk, profile.cache, self._listeners.emit)
        rebuilding.prepare(store_folder(profile), self._settings, writable=writable)
        self._opening.begin()
        chores = [self._unload_idle, self._save_memory, self._scrub]
        if writable:
            chores += [self._look_after, self._tend]
        self._housekeeper = Housekeeper(chores, housekeeping_s, quiet_s)
        self._listeners.add(self._housekeeper.hear)
        self._listeners.add(self._thrift.hear)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Events

    @override
    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self._listeners.add(listener)

    # Roots and indexing

    @override
    def watch(self) -> None:
        with self._lock:
            self._watching = True
            self._parts.watch(self._settings.roots)
        self._housekeeper.nudge()

    @override
    def pause(self, for_s: float = math.inf) -> None:
        with self._lock:
            indexer = self._parts.indexer
            self._change(replace(self._settings, paused_until_s=time.time() + for_s))
            indexer.pause(self._settings.paused_until_s)

    @override
    def resume(self) -> None:
        with self._lock:
            indexer = self._parts.indexer
            self._change(replace(self._settings, paused_until_s=0.0))
            indexer.resume()

    @override
    def roots(self) -> tuple[RootInfo, ...]:
        parts = self._parts
        return root_infos(self._settings, parts.store, parts.indexer)

    @override
    def add_roots(self, folders: Sequence[bytes], *, records: bool = True) -> None:
        self._add_roots([given_folder(path) for path in folders], scan=True, records=records)

    def _add_roots(self, folders: Sequence[bytes], *, scan: bool, records: bool = True) -> None:
        with self._lock:
            settings = with_roots(self._settings, folders, records=records)
            if settings != self._settings:
                self._change(settings)
                self._parts.indexer.set_roots(settings.roots, scan=scan)
                self._listeners.emit(RootsChanged())

    @override
    def set_records(self, folder: bytes, *, records: bool) -> None:
        with self._lock:
            insist_on_root(self._settings, folder)
            if not self._settings.write_records:
                raise UsageProblem(
                    "No vectors are written to any file.", "Set write_records = true in the settings, then try again."
                )
            self._change(with_records(self._settings, folder, records=records))
            store = self._parts.store
        if records:
            care.write_records(folder, store, self._keeper(), self._models.active())
        self._listeners.emit(RootsChanged())

    @override
    def remove_root(self, folder: bytes) -> None:
        with self._lock:
            insist_on_root(self._settings, folder)
            parts = self._parts
            self._change(without_root(self._settings, folder))
            parts.indexer.set_roots(self._settings.roots)
            parts.indexer.withdraw(folder)
        care.strip([folder], self._keeper())
        parts.store.forget_folder(folder)
        if self._thumbnails is not None:
            self._thumbnails.forget(folder)
        self._listeners.emit(RootsChanged())
        self._listeners.emit(IndexChanged(1))

    @override
    def exclusions(self) -> Exclusions:
        return exclusions(self._settings)

    @override
    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> ExcludeReport:
        with self._lock:
            parts = self._parts
            self._change(with_patterns(self._settings, add, remove))
            settings = self._settings
        forgotten = parts.indexer.exclude(settings.exclude, settings.roots)
        return ExcludeReport(settings.exclude, forgotten)

    @override
    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: threading.Event | None = None) -> IndexReport:
        folders, files = given_paths(paths)
        if paths:
            self._add_roots(folders, scan=False)
        else:
            folders = list(self._settings.roots)
            if not folders:
                raise UsageProblem("No folder is kept indexed yet.", "Name one: vexgui index DIR.")
        indexer = self._parts.indexer
        left_out = refused(paths and (*folders, *files), self._settings.roots, indexer)
        passed_over = {failure.path for failure in left_out}
        folders, files = ([path for path in given if path not in passed_over] for given in (folders, files))
        report = indexer.index(folders, files, stop or threading.Event(), force=force)
        if not self._closed.is_set():
            self._switch.retire()
        return replace(report, failed=(*left_out, *report.failed))

    # Answers

    @override
    def search(
        self,
        query: str,
        limit: int,
        *,
        meaning: bool = True,
        folder: bytes = b"",
        strict: bool = False,
        stop: threading.Event | None = None,
    ) -> Answer:
        parts = self._parts
        self._housekeeper.nudge()  # the models that are asked will be idle some day
        asked = questions.read(
            query, folder, self._settings.roots, parts.store.catalog, self._drives.remote, strict=strict
        )
        answer = questions.answered(lambda: parts.searcher.search(asked, limit, meaning=meaning, stop=stop))
        return replace(answer, note=answer.note or _UNFINISHED) if parts.store.rebuilding else answer

    @override
    def similar(self, paths: Sequence[bytes], limit: int, *, stop: threading.Event | None = None) -> Answer:
        searcher = self._parts.searcher
        self._housekeeper.nudge()
        return questions.answered_for(paths, lambda files: searcher.similar(files, limit, stop=stop))

    @override
    def inspect(self, path: bytes) -> Inspection:
        parts, roots = self._parts, self._settings.roots
        why_not = partial(parts.indexer.why_not, path, roots)
        return inspect(path, parts.store, self._keeper(), why_not)

    @override
    def history(self, path: bytes) -> tuple[Happening, ...]:
        return history(path, self._parts.store)

    @override
    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        self._housekeeper.nudge()
        try:
            return self._extractor.thumbnail(path, longest_px)
        except OSError as error:
            raise unreadable(path, error) from error

    @override
    def status(self) -> Status:
        parts = self._parts
        return status_of(
            self._profile.data, self._settings, self._models, parts.store, parts.indexer, self._scrubbing.damage
        )

    # Care

    @override
    def verify(self, *, repair: bool) -> VerifyReport:
        with self._caring:
            return self._verified(repair=repair)

    def _verified(self, *, repair: bool) -> VerifyReport:
        try:
            parts = self._parts
            report = care.verify(parts.store, self._keeper(), parts.indexer if repair else None, self._models.active())
            return replace(report, problems=(*report.problems, _UNFINISHED)) if parts.store.rebuilding else report
        except StoreDamaged as damage:
            if self._closed.is_set():
                raise
            if not repair:
                return VerifyReport(0, 0, (damage.message,), 0, (damage.message,))
            self.rebuild()
            report = care.verify(self._parts.store, self._keeper(), None)
            return replace(report, problems=(damage.message, *report.problems), repaired=1, unrepaired=report.problems)

    def _scrub(self) -> bool:
        """Check some more of the store while nothing else is to be done, and mend what is damaged."""
        parts = self._open_parts
        return parts is not None and self._watching and self._scrubbing.step(parts)

    def _save_memory(self) -> bool:
        """Give back the memory that indexing took."""
        parts = self._open_parts
        if parts is not None:
            self._thrift.step(parts)
        return False

    def _look_after(self) -> bool:
        """See what has become of the models."""
        self._switch.look_after()
        return False

    def _tend(self) -> bool:
        """Keep searches quick, while the store stays in its place."""
        if not self._watching or not self._caring.acquire(blocking=False):
            return False
        try:
            parts = self._open_parts
            return parts is not None and self._tending.step(parts, self._closed)
        finally:
            self._caring.release()

    @override
    def rebuild(self, *, stop: threading.Event | None = None) -> RebuildReport:
        with self._caring, self._lock:
            if self._closed.is_set():
                raise closed_already()
            self._opening.let_go()
            try:
                rebuilding.begin(store_folder(self._profile), self._settings)
            finally:
                self._opening.begin()
            parts = self._parts
        alone = rebuilding.alone(parts.store, self._settings.roots)
        report = parts.indexer.rebuild(self._settings.roots, alone, stop or threading.Event())
        with self._lock:
            if self._watching and self._open_parts is parts:
                parts.watch(self._settings.roots)
        return report

    @override
    def compact(self, *, stop: threading.Event | None = None) -> CompactReport:
        with self._caring:
            parts = self._parts
            try:
                return care.compact(parts.store, stop or self._closed, self._listeners.emit)
            finally:
                self._listeners.emit(parts.indexer.progress)

    @override
    def strip(self, paths: Sequence[bytes]) -> StripReport:
        insist_on_paths(paths)
        report = care.strip(paths, self._keeper())
        return replace(report, recording=recording_roots(self._settings, paths))

    # Labels

    @override
    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> LabelReport:
        return labelling.label(paths, labelling.tagging(add, remove), self._parts.store, self._listeners.emit)

    @override
    def rate(self, paths: Sequence[bytes], rating: int | None) -> LabelReport:
        return labelling.label(paths, labelling.rating(rating), self._parts.store, self._listeners.emit)

    @override
    def tags(self) -> tuple[TagCount, ...]:
        return tuple(TagCount(tag, files) for tag, files in self._parts.store.catalog.tag_counts().items())

    # Models

    @override
    def models(self) -> tuple[ModelInfo, ...]:
        return self._choice.infos()

    @override
    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        return self._choice.use(name, checkpoint)

    @override
    def download_model(self, name: str, *, stop: threading.Event | None = None) -> ModelInfo:
        return self._choice.download(name, stop or self._closed)

    @override
    def measure_models(
        self, names: Sequence[str] = (), *, stop: threading.Event | None = None
    ) -> tuple[ModelInfo, ...]:
        return self._choice.measure(names, stop or self._closed)

    @override
    def forget_model(self, name: str, *, stop: threading.Event | None = None) -> None:
        with self._caring:
            self._choice.forget(name, stop or self._closed)

    # Opening and closing

    @override
    def close(self) -> None:
        self._closed.set()
        self._housekeeper.stop()
        working = self._open_parts  # read once, and without the lock: a rebuild may hold it, and be about to replace it
        if working is not None:
            working.indexer.stop()  # first, so that what the next lines cut short is no trouble to anyone
        self._embedder.close()
        self._extractor.close()
        self._drives.remote.close()  # a scan may be waiting for an answer
        self._opening.let_go()
        self._housekeeper.close()
        self._mounts.close()

    @property
    def _parts(self) -> Parts:
        return self._opening.parts

    @property
    def _open_parts(self) -> Parts | None:
        return self._opening.open_parts

    def _opened(self) -> Parts:
        self._scrubbing.begin()
        tools = Tools(self._keeper(), self._extractor, self._embedder, self._looks, self._sense, self._drives)
        parts = Parts.opened(
            self._profile,
            self._settings,
            tools,
            self._listeners.emit,
            self._stale,
            settle_s=self._settle_s,
            writable=self._writable,
        )
        self._tending.begin(parts.store, self._settings.codec)
        return parts

    def _keeper(self) -> RecordKeeper:
        settings = self._settings
        enabled = settings.write_records and self._writable
        spared = None if settings.records_in_work_trees else WorkTrees(settings.roots, os.path.expanduser(b"~"))
        return RecordKeeper(
            self._key,
            settings.codec,
            enabled=enabled,
            unrecorded=settings.unrecorded,
            work_trees=spared,
            is_remote=self._mounts.is_remote,
        )

    def _change(self, settings: Settings) -> None:
        """Put settings in force; when this returns no file gets a record any more that they deny."""
        self._settings_file.save(settings)
        self._settings = settings
        if self._open_parts is not None:
            self._open_parts.pipeline.use_keeper(self._keeper())
            self._open_parts.store.set_roots(settings.roots)

    def _stale(self, paths: Sequence[bytes]) -> None:
        """Have the indexer look again at files that an answer had to leave out."""
        parts = self._open_parts
        if self._watching and parts is not None:
            parts.indexer.reconsider(paths)

    def _unload_idle(self) -> bool:
        """Unload models and decoders that nobody has used for a while."""
        idle_s = self._settings.model_idle_s
        left = [self._embedder.unload_idle(idle_s), self._extractor.unload_idle(idle_s)]
        return any(left)
