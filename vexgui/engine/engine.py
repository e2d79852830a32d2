"""The engine: owns store, models, indexer and search of one profile; everything above speaks to it alone."""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from typing_extensions import override

from vexgui import __version__
from vexgui.core.errors import (
    PathProblem,
    StoreDamaged,
    UsageProblem,
    VexError,
    WorldProblem,
)
from vexgui.core.events import Event, IndexChanged, RootsChanged
from vexgui.core.hits import Answer
from vexgui.core.paths import joined, lies_in, shown
from vexgui.core.reports import (
    CompactReport,
    Failure,
    IndexReport,
    Inspection,
    ModelInfo,
    RootInfo,
    SpaceInfo,
    Status,
    StripReport,
    VerifyReport,
)
from vexgui.core.settings import PictureModel, Settings
from vexgui.engine import care, catalogue
from vexgui.engine.api import EngineApi, Listener
from vexgui.engine.given import given_file, given_folder, out_of_sight, unreadable
from vexgui.engine.inspection import inspect
from vexgui.engine.key import load_key
from vexgui.engine.models import CurrentEmbedder, EmbedderFactory
from vexgui.engine.settings_file import SettingsFile
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.indexer.watch import watch_limit
from vexgui.models.process import EmbedderProcesses
from vexgui.search.searcher import Searcher
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system.profile import Profile

_log = logging.getLogger(__name__)
_HOUSEKEEPING_S = 30.0
_LAST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on one open store."""

    store: Store
    indexer: Indexer
    searcher: Searcher


class Engine(EngineApi):
    """See `EngineApi`.

    Args:
        profile: Where everything lies; its folders exist.
        make_embedder: Makes the embedder for a picture model and a cache folder.
        writable: Whether this process owns the profile; without it nothing is written but a first, empty store.

    Raises:
        VexError: Settings, key or store cannot be read. A damaged store does not raise here but at the first use, so
            that it can be rebuilt.
    """

    def __init__(self, profile: Profile, *, writable: bool, make_embedder: EmbedderFactory = EmbedderProcesses) -> None:
        self._profile = profile
        self._writable = writable
        self._make_embedder = make_embedder
        self._listeners: list[Listener] = []
        # A lock of its own: work that somebody waits for with the other one held tells of its end.
        self._listening = threading.Lock()
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
        self._open_parts: _Parts | None = None
        try:
            if not self._store_begun():
                Store(self._store_folder, self._settings.codec, writable=True).close()
            self._open_parts = self._opened()
        except StoreDamaged as damage:
            self._damage = damage
        self._keeping = threading.Thread(target=self._keep_house, name="vexgui-housekeeping", daemon=True)
        self._keeping.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Events

    @override
    def subscribe(self, listener: Listener) -> Callable[[], None]:
        with self._listening:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._listening:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def _emit(self, event: Event) -> None:
        with self._listening:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(event)

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
        catalog = self._parts.store.catalog
        infos: list[RootInfo] = []
        for root in self._settings.roots:
            files, failed = catalog.count_files(root)
            infos.append(RootInfo(root, files, failed, os.path.isdir(root)))
        return tuple(infos)

    @override
    def add_roots(self, folders: Sequence[bytes]) -> None:
        self._add_roots([given_folder(path) for path in folders], scan=True)

    def _add_roots(self, folders: Sequence[bytes], *, scan: bool) -> None:
        with self._lock:
            roots = list(self._settings.roots)
            for folder in folders:
                if not any(lies_in(folder, root) for root in roots):
                    roots = [root for root in roots if not lies_in(root, folder)] + [folder]
            if tuple(roots) != self._settings.roots:
                self._change(replace(self._settings, roots=tuple(roots)))
                self._parts.indexer.set_roots(roots, scan=scan)
                self._emit(RootsChanged())

    @override
    def remove_root(self, folder: bytes) -> None:
        with self._lock:
            if folder not in self._settings.roots:
                raise PathProblem(f"{shown(folder)} is not kept indexed.", "See the list: vexgui roots.")
            parts = self._parts
            roots = tuple(root for root in self._settings.roots if root != folder)
            self._change(replace(self._settings, roots=roots))
            parts.indexer.set_roots(roots)
            parts.indexer.withdraw(folder)
        care.strip([folder], self._keeper())
        parts.store.forget_folder(folder)
        self._emit(RootsChanged())
        self._emit(IndexChanged(1))

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
        catalog = parts.store.catalog
        files, failed = catalog.count_files()
        return Status(
            version=__version__,
            profile=self._profile.data,
            roots=self.roots(),
            files=files,
            failed=failed,
            passages=catalog.count_passages(),
            spaces=self._space_infos(parts.store),
            progress=parts.indexer.progress,
            queue=parts.indexer.queue,
            watches=parts.indexer.watches,
            watch_limit=watch_limit(),
            store_bytes=parts.store.size_bytes(),
            last_errors=tuple(Failure(path, reason) for path, reason in catalog.failures(_LAST_ERRORS)),
        )

    # Care

    @override
    def verify(self, *, repair: bool) -> VerifyReport:
        parts = self._parts
        mend = (lambda paths: self._mend(parts, paths)) if repair else None
        return care.verify(parts.store, self._keeper(), mend)

    def _mend(self, parts: _Parts, paths: Sequence[bytes]) -> None:
        parts.indexer.index((), paths, threading.Event(), force=False)

    @override
    def rebuild(self, *, stop: threading.Event | None = None) -> IndexReport:
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
        return report

    @override
    def compact(self) -> CompactReport:
        store = self._parts.store
        before = store.size_bytes()
        store.compact()
        return CompactReport(before, store.size_bytes())

    @override
    def strip(self, paths: Sequence[bytes]) -> StripReport:
        for path in paths:
            if not os.path.lexists(path):
                raise out_of_sight(path)
        return care.strip(paths, self._keeper())

    # Models

    @override
    def models(self) -> tuple[ModelInfo, ...]:
        counts = {info.space.id: info.vectors for info in self._space_infos(self._parts.store)}
        return catalogue.models(self._embedder.spaces(), self._settings.picture_model, counts)

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
        working = self._open_parts  # read once, and without the lock: a rebuild may hold it, and be about to replace it
        if working is not None:
            working.indexer.stop()  # first, so that what the next lines cut short is no trouble to anyone
        self._embedder.close()
        self._extractor.close()
        with self._lock:
            parts, self._open_parts = self._open_parts, None
        if parts is not None:
            self._close_parts(parts)
        self._keeping.join()

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
        indexer = Indexer(store, pipeline, Rules(settings.exclude), own, self._emit)
        searcher = Searcher(store, self._embedder, self._extractor, self._stale)
        return _Parts(store, indexer, searcher)

    @staticmethod
    def _close_parts(parts: _Parts) -> None:
        parts.indexer.close()
        parts.store.close()

    def _keeper(self) -> RecordKeeper:
        enabled = self._settings.write_records and self._writable
        return RecordKeeper(self._key, self._settings.codec, enabled=enabled)

    def _change(self, settings: Settings) -> None:
        self._settings_file.save(settings)
        self._settings = settings

    def _stale(self, paths: Sequence[bytes]) -> None:
        """Have the indexer look again at files that an answer had to leave out."""
        parts = self._open_parts
        if self._watching and parts is not None:
            parts.indexer.reconsider(paths)

    def _space_infos(self, store: Store) -> tuple[SpaceInfo, ...]:
        """Return the spaces in force first, then those that are only kept."""
        active = self._embedder.spaces()
        spaces = dict.fromkeys((*active, *(kept.space for kept in store.spaces())))
        return tuple(SpaceInfo(space, store.count_vectors(space.id), space in active) for space in spaces)

    def _keep_house(self) -> None:
        """Unload models that nobody has used for a while."""
        while not self._closed.wait(_HOUSEKEEPING_S):
            try:
                self._embedder.unload_idle(self._settings.model_idle_s)
            except VexError:
                _log.warning("An idle model could not be unloaded", exc_info=True)


def _closed_already() -> WorldProblem:
    return WorldProblem("The engine has been closed.")
