"""The engine: owns store, models, indexer and search of one profile; everything above speaks to it alone."""

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from types import TracebackType
from typing import Self

from typing_extensions import override

from vexgui.core.errors import (
    PathProblem,
    StoreDamaged,
    UsageProblem,
    WorldProblem,
)
from vexgui.core.events import IndexChanged, RootsChanged
from vexgui.core.hits import Answer
from vexgui.core.paths import joined, lies_in, shown
from vexgui.core.reports import (
    CompactReport,
    IndexReport,
    Inspection,
    ModelInfo,
    RebuildReport,
    RootInfo,
    Status,
    StripReport,
    VerifyReport,
)
from vexgui.core.settings import PictureModel, Settings
from vexgui.engine import care, catalogue
from vexgui.engine.api import EngineApi, Listener
from vexgui.engine.given import given_file, given_folder, out_of_sight, unreadable
from vexgui.engine.housekeeping import Housekeeper
from vexgui.engine.inspection import inspect
from vexgui.engine.key import load_key
from vexgui.engine.listeners import Listeners
from vexgui.engine.models import CurrentEmbedder, EmbedderFactory
from vexgui.engine.roots import recording_roots, with_records, with_roots, without_root
from vexgui.engine.settings_file import SettingsFile
from vexgui.engine.standing import root_infos, space_infos, status_of
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.process import EmbedderProcesses
from vexgui.search.searcher import Searcher
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system.profile import Profile


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on one open store."""

    store: Store
    pipeline: Pipeline
    indexer: Indexer
    searcher: Searcher


class Engine(EngineApi):
    """See `EngineApi`.

    Args:
        profile: Where everything lies; its folders exist.
        make_embedder: Makes the embedder for a picture model and a cache folder.
        housekeeping_s: How often chores are done.
        writable: Whether this process owns the profile; without it nothing is written but a first, empty store.

    Raises:
        VexError: Settings, key or store cannot be read. A damaged store does not raise here but at the first use, so
            that it can be rebuilt.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        writable: bool,
        make_embedder: EmbedderFactory = EmbedderProcesses,
        housekeeping_s: float = 30.0,
    ) -> None:
        self._profile = profile
        self._writable = writable
        self._make_embedder = make_embedder
        self._listeners = Listeners()
        self._lock = threading.RLock()
        self._settings_file = SettingsFile(profile.config)
        self._settings = self._settings_file.load()
        self._key = load_key(profile.config, writable=writable)
        self._embedder = CurrentEmbedder(make_embedder(self._settings.picture_model, profile.cache))
        self._extractor: Extractor = ExtractorProcess(
            self._settings.extractor_memory_bytes, self._settings.extractor_timeout_s
        )
        self._closed = threading.Event()
        self._watching = False
        self._damage: StoreDamaged | None = None
        self._damage_left: tuple[str, ...] = ()
        self._open_parts: _Parts | None = None
        try:
            if not self._store_begun():
                Store(self._store_folder, self._settings.codec, writable=True).close()
            self._open_parts = self._opened()
        except StoreDamaged as damage:
            self._damage = damage
        self._housekeeper = Housekeeper([self._unload_idle], housekeeping_s)

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
            self._parts.indexer.start(self._settings.roots)

    @override
    def pause(self, paused: bool) -> None:
        self._parts.indexer.pause(paused=paused)

    @override
    def roots(self) -> tuple[RootInfo, ...]:
        return root_infos(self._settings, self._parts.store)

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
            self._insist_on_root(folder)
            if not self._settings.write_records:
                raise UsageProblem(
                    "No vectors are written to any file.", "Set write_records = true in the settings, then try again."
                )
            self._change(with_records(self._settings, folder, records=records))
            store = self._parts.store
        if records:
            care.write_records(folder, store, self._keeper())
        self._listeners.emit(RootsChanged())

    @override
    def remove_root(self, folder: bytes) -> None:
        with self._lock:
            self._insist_on_root(folder)
            parts = self._parts
            self._change(without_root(self._settings, folder))
            parts.indexer.set_roots(self._settings.roots)
            parts.indexer.withdraw(folder)
        care.strip([folder], self._keeper())
        parts.store.forget_folder(folder)
        self._listeners.emit(RootsChanged())
        self._listeners.emit(IndexChanged(1))

    def _insist_on_root(self, folder: bytes) -> None:
        if folder not in self._settings.roots:
            raise PathProblem(f"{shown(folder)} is not kept indexed.", "See the list: vexgui roots.")

    @override
    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: threading.Event | None = None) -> IndexReport:
        folders: list[bytes] = []
        files: list[bytes] = []
        for path in paths:
            if os.path.isdir(path):
                folders.append(given_folder(path))
            else:
                files.append(given_file(path))
        if paths:
            self._add_roots(folders, scan=False)
        else:
            folders = list(self._settings.roots)
            if not folders:
                raise UsageProblem("No folder is kept indexed yet.", "Name one: vexgui index DIR.")
        return self._parts.indexer.index(folders, files, stop or threading.Event(), force=force)

    # Answers

    @override
    def search(self, query: str, limit: int, *, meaning: bool = True) -> Answer:
        return self._parts.searcher.search(query, limit, meaning=meaning)

    @override
    def similar(self, path: bytes, limit: int) -> Answer:
        path = given_file(path)
        try:
            return self._parts.searcher.similar(path, limit)
        except OSError as error:
            raise unreadable(path, error) from error

    @override
    def inspect(self, path: bytes) -> Inspection:
        return inspect(path, self._parts.store, self._keeper())

    @override
    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        try:
            return self._extractor.thumbnail(path, longest_px)
        except OSError as error:
            raise unreadable(path, error) from error

    @override
    def status(self) -> Status:
        parts = self._parts
        active = self._embedder.spaces()
        return status_of(self._profile.data, self._settings, active, parts.store, parts.indexer, self._damage_left)

    # Care

    @override
    def verify(self, *, repair: bool) -> VerifyReport:
        parts = self._parts
        mend = (lambda paths: self._mend(parts, paths)) if repair else None
        return care.verify(parts.store, self._keeper(), mend)

    def _mend(self, parts: _Parts, paths: Sequence[bytes]) -> None:
        parts.indexer.index((), paths, threading.Event(), force=False)

    @override
    def rebuild(self, *, stop: threading.Event | None = None) -> RebuildReport:
        with self._lock:
            if self._closed.is_set():
                raise _closed_already()
            alone: list[bytes] = []
            if self._open_parts is not None:
                roots = self._settings.roots
                catalog = self._open_parts.store.catalog
                alone = [row.path for row in catalog.all_files() if not any(lies_in(row.path, root) for root in roots)]
                self._close_parts(self._open_parts)
                self._open_parts = None
            aside = self._store_folder + b".old"
            shutil.rmtree(aside, ignore_errors=True)
            if os.path.exists(self._store_folder):
                os.replace(self._store_folder, aside)
            shutil.rmtree(aside, ignore_errors=True)  # there may be no room for both
            parts = self._open_parts = self._opened()
            self._damage = None
        report = parts.indexer.index(self._settings.roots, alone, stop or threading.Event(), force=False)
        with self._lock:
            if self._watching and self._open_parts is parts:
                parts.indexer.start(self._settings.roots)
        return RebuildReport(**{item.name: getattr(report, item.name) for item in fields(report)})

    @override
    def compact(self, *, stop: threading.Event | None = None) -> CompactReport:
        store = self._parts.store
        before = store.size_bytes()
        store.compact()
        return CompactReport(before, store.size_bytes())

    @override
    def strip(self, paths: Sequence[bytes]) -> StripReport:
        for path in paths:
            if not os.path.lexists(path):
                raise out_of_sight(path)
        report = care.strip(paths, self._keeper())
        return replace(report, recording=recording_roots(self._settings, paths))

    # Models

    @override
    def models(self) -> tuple[ModelInfo, ...]:
        active = self._embedder.spaces()
        counts = {info.space.id: info.vectors for info in space_infos(active, self._parts.store)}
        return catalogue.models(active, self._settings.picture_model, counts)

    @override
    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        if name == catalogue.NONE:
            return self._use(None)
        return self._use(catalogue.local(self._profile.cache, name, checkpoint))

    @override
    def download_model(self, name: str) -> ModelInfo:
        return self._use(catalogue.fetched(self._profile.cache, name))

    def _use(self, model: PictureModel | None) -> ModelInfo:
        with self._lock:
            parts = self._parts
            self._change(replace(self._settings, picture_model=model))
            self._embedder.replace(self._make_embedder(model, self._profile.cache))
            # What was under way has been cut short by the change; the scan finds what is left of it.
            parts.indexer.rescan()
        models = self.models()
        return next((info for info in models if info.active and info.modality == "picture"), models[0])

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
        with self._lock:
            parts, self._open_parts = self._open_parts, None
        if parts is not None:
            self._close_parts(parts)
        self._housekeeper.close()

    @property
    def _parts(self) -> _Parts:
        with self._lock:  # a rebuild puts others in their place
            if self._open_parts is None:
                raise self._damage or _closed_already()
            return self._open_parts

    @property
    def _store_folder(self) -> bytes:
        return joined(self._profile.data, b"store")

    def _store_begun(self) -> bool:
        try:
            return bool(os.listdir(self._store_folder))
        except OSError:
            return os.path.lexists(self._store_folder)

    def _opened(self) -> _Parts:
        settings = self._settings
        store = Store(self._store_folder, settings.codec, writable=self._writable)
        pipeline = Pipeline(store, self._keeper(), self._extractor, self._embedder)
        profile = self._profile
        own = (profile.data, profile.config, profile.cache, profile.runtime)
        indexer = Indexer(store, pipeline, Rules(settings.exclude), own, self._listeners.emit)
        searcher = Searcher(store, self._embedder, self._extractor, self._stale)
        return _Parts(store, pipeline, indexer, searcher)

    @staticmethod
    def _close_parts(parts: _Parts) -> None:
        parts.indexer.close()
        parts.store.close()

    def _keeper(self) -> RecordKeeper:
        settings = self._settings
        enabled = settings.write_records and self._writable
        return RecordKeeper(self._key, settings.codec, enabled=enabled, unrecorded=settings.unrecorded)

    def _change(self, settings: Settings) -> None:
        """Put settings in force; when this returns no file gets a record any more that they deny."""
        self._settings_file.save(settings)
        self._settings = settings
        if self._open_parts is not None:
            self._open_parts.pipeline.use_keeper(self._keeper())

    def _stale(self, paths: Sequence[bytes]) -> None:
        """Have the indexer look again at files that an answer had to leave out."""
        parts = self._open_parts
        if self._watching and parts is not None:
            parts.indexer.reconsider(paths)

    def _unload_idle(self) -> None:
        """Unload models that nobody has used for a while."""
        self._embedder.unload_idle(self._settings.model_idle_s)


def _closed_already() -> WorldProblem:
    return WorldProblem("The engine has been closed.")
