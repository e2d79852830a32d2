"""The engine: owns store, models, indexer and search of one profile; everything above speaks to it alone."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

from typing_extensions import override

from vexgui.core.errors import UsageProblem
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
from vexgui.engine.chores import Chores
from vexgui.engine.desk import Desk
from vexgui.engine.excluding import refused
from vexgui.engine.given import given_folder, given_paths, insist_on_paths, unreadable
from vexgui.engine.housekeeping import Housekeeper
from vexgui.engine.inspection import history, inspect
from vexgui.engine.keeping import Keeping
from vexgui.engine.key import load_key
from vexgui.engine.listeners import Listeners
from vexgui.engine.models import EmbedderFactory, Models
from vexgui.engine.opening import Opening
from vexgui.engine.parts import Parts, Tools, keeper_for, store_folder
from vexgui.engine.rating import Rating
from vexgui.engine.roots import recording_roots
from vexgui.engine.scrubbing import Scrubbing
from vexgui.engine.settings_file import SettingsFile
from vexgui.engine.standing import status_of
from vexgui.engine.switching import Switch
from vexgui.engine.tending import Tending
from vexgui.engine.upkeep import UNFINISHED, Upkeep
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
        self._tending = Tending(Rating(profile.cache))
        self._opening = Opening(self._lock, self._opened)
        desk = Desk(
            self._lock,
            lambda: self._settings,
            self._change,
            lambda: self._parts,
            lambda: self._open_parts,
            self._keeper,
            lambda: self._watching,
        )
        self._keeping = Keeping(desk, self._models, self._thumbnails, self._listeners.emit)
        self._upkeep = Upkeep(
            desk, self._opening, store_folder(profile), self._models, self._closed, self._listeners.emit
        )
        self._switch = Switch(self._models, desk, self._listeners.emit)
        self._choice = Choice(self._models, self._switch, desk, profile.cache, self._listeners.emit)
        rebuilding.prepare(store_folder(profile), self._settings, writable=writable)
        self._opening.begin()
        chores = Chores(desk, self._models, self._extractor, self._switch, self._upkeep, self._scrubbing, self._tending)
        self._housekeeper = Housekeeper(chores.all(writable=writable), housekeeping_s, quiet_s)
        self._listeners.add(self._housekeeper.hear)
        self._listeners.add(chores.thrift.hear)

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
        return self._keeping.infos()

    @override
    def add_roots(self, folders: Sequence[bytes], *, records: bool = True) -> None:
        self._keeping.add([given_folder(path) for path in folders], scan=True, records=records)

    @override
    def set_records(self, folder: bytes, *, records: bool) -> None:
        self._keeping.set_records(folder, records=records)

    @override
    def remove_root(self, folder: bytes) -> None:
        self._keeping.remove(folder)

    @override
    def exclusions(self) -> Exclusions:
        return self._keeping.exclusions()

    @override
    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> ExcludeReport:
        return self._keeping.exclude(add, remove)

    @override
    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: threading.Event | None = None) -> IndexReport:
        folders, files = given_paths(paths)
        if paths:
            self._keeping.add(folders, scan=False)
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
        return replace(answer, note=answer.note or UNFINISHED) if parts.store.rebuilding else answer

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
        return self._upkeep.verify(repair=repair)

    @override
    def rebuild(self, *, stop: threading.Event | None = None) -> RebuildReport:
        return self._upkeep.rebuild(stop or threading.Event())

    @override
    def compact(self, *, stop: threading.Event | None = None) -> CompactReport:
        return self._upkeep.compact(stop or self._closed)

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
        with self._upkeep.in_place:
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
        return keeper_for(self._settings, self._key, self._mounts.is_remote, writable=self._writable)

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
