"""The engine: owns store, models, indexer and search of one profile; everything above speaks to it alone."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, Self

from typing_extensions import override

from vexgui.core.care import StripReport
from vexgui.core.errors import UsageProblem
from vexgui.core.labels import LabelReport, TagCount
from vexgui.core.looking import CollectionMap, DuplicateGroup, MonthCount
from vexgui.core.paths import joined
from vexgui.core.reports import (
    Happening,
    IndexReport,
    Inspection,
    Status,
)
from vexgui.core.settings import Settings
from vexgui.engine import care, labelling, rebuilding
from vexgui.engine.answering import Answering
from vexgui.engine.api import Listener
from vexgui.engine.choosing import Choice
from vexgui.engine.chores import Chores
from vexgui.engine.desk import Desk
from vexgui.engine.excluding import refused
from vexgui.engine.given import given_folder, given_paths, looked_at, unreadable
from vexgui.engine.housekeeping import Housekeeper
from vexgui.engine.inspection import history, inspect
from vexgui.engine.keeping import Keeping
from vexgui.engine.key import load_key
from vexgui.engine.listeners import Listeners
from vexgui.engine.looking.duplicates import duplicates
from vexgui.engine.looking.maps import Maps
from vexgui.engine.looking.timeline import timeline
from vexgui.engine.models import EmbedderFactory, Models
from vexgui.engine.opening import Opening
from vexgui.engine.parts import Parts, Tools, bounds_of, keeper_for, store_folder
from vexgui.engine.passing_on import PassingOn
from vexgui.engine.rating import Rating
from vexgui.engine.roots import owed_records, recording_roots
from vexgui.engine.scrubbing import Scrubbing
from vexgui.engine.settings_file import SettingsFile, changed
from vexgui.engine.standing import status_of
from vexgui.engine.switching import Switch
from vexgui.engine.tending import Tending
from vexgui.engine.upkeep import Upkeep
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess
from vexgui.indexer.drives import Drives
from vexgui.indexer.manners import Sensed, calm
from vexgui.indexer.memory import Memory
from vexgui.models.process import EmbedderProcesses
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system.atomic import remove_left
from vexgui.system.labels import LabelChange
from vexgui.system.mounts import Mounts
from vexgui.system.profile import Profile
from vexgui.system.recent import recently_used
from vexgui.system.thumbnails import ThumbnailCache


class Engine(PassingOn):
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
        if writable:
            for folder in (profile.data, profile.config):
                remove_left(folder)
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
            desk, self._opening, store_folder(profile), self._models, self._drives, self._closed, self._listeners.emit
        )
        self._switch = Switch(self._models, desk, self._listeners.emit)
        self._choice = Choice(self._models, self._switch, desk, profile.cache, self._listeners.emit)
        self._maps = Maps(profile.cache, store_folder(profile), self._listeners.emit)
        self._answering = Answering(desk, self._embedder, self._drives.remote, self._nudge)
        rebuilding.prepare(store_folder(profile), self._settings, self._drives, writable=writable)
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
    def add_roots(self, folders: Sequence[bytes], *, records: bool = True) -> None:
        self._keeping.add([given_folder(path, self._drives.remote) for path in folders], scan=True, records=records)

    @override
    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: threading.Event | None = None) -> IndexReport:
        folders, files = given_paths(paths, self._drives.remote)
        if paths:
            self._keeping.add(folders, scan=False)
        else:
            folders = list(self._settings.roots)
            if not folders:
                raise UsageProblem("No folder is kept indexed yet.", "Name one: vexgui index DIR.")
        indexer = self._parts.indexer
        left_out = refused(folders, files, self._settings.roots, indexer) if paths else ()
        passed_over = {failure.path for failure in left_out}
        folders, files = ([path for path in given if path not in passed_over] for given in (folders, files))
        report = indexer.index(folders, files, stop or threading.Event(), force=force)
        if not self._closed.is_set():
            self._switch.retire()
        return replace(report, failed=(*left_out, *report.failed))

    # Facts

    @override
    def inspect(self, path: bytes) -> Inspection:
        parts, roots = self._parts, self._settings.roots
        why_not = partial(parts.indexer.why_not, path, roots)
        return inspect(path, parts.store, self._keeper(), self._drives.remote, why_not)

    @override
    def history(self, path: bytes) -> tuple[Happening, ...]:
        return history(path, self._parts.store)

    @override
    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        self._housekeeper.nudge()
        try:
            return self._extractor.thumbnail(path, longest_px, page)
        except OSError as error:
            raise unreadable(path, error) from error

    @override
    def status(self) -> Status:
        parts = self._parts
        return status_of(
            self._profile.data, self._settings, self._models, parts.store, parts.indexer, self._scrubbing.damage
        )

    # Looking

    @override
    def collection_map(self, *, anew: bool = False, stop: threading.Event | None = None) -> CollectionMap | None:
        return self._maps.get(self._parts.store, anew=anew, stop=stop)

    @override
    def timeline(self) -> tuple[MonthCount, ...]:
        return timeline(self._parts.store.catalog)

    @override
    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        return duplicates(self._parts.store.catalog)

    # Settings

    @override
    def settings(self) -> Settings:
        return self._settings

    @override
    def change(self, **settings: Any) -> Settings:
        with self._lock:
            self._change(changed(self._settings, settings))
            self._housekeeper.nudge()
            return self._settings

    # Care

    @override
    def strip(self, paths: Sequence[bytes]) -> StripReport:
        remote = self._drives.remote
        for path in paths:
            looked_at(path, remote, follow=False)
        # What is remote carries none, and may not answer any more: it is not looked at closer.
        near = [path for path in paths if not remote.is_remote(remote.led(path))]
        report = care.strip(near, self._keeper())
        return replace(report, recording=recording_roots(self._settings, paths))

    # Labels

    @override
    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> LabelReport:
        return self._label(paths, labelling.tagging(add, remove))

    @override
    def rate(self, paths: Sequence[bytes], rating: int | None) -> LabelReport:
        return self._label(paths, labelling.rating(rating))

    @override
    def tags(self, among: Sequence[bytes] | None = None) -> tuple[TagCount, ...]:
        return labelling.tags(self._parts.store, among)

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
        self._maps.close()
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
        tools = Tools(
            self._keeper(),
            self._extractor,
            self._embedder,
            self._looks,
            self._sense,
            self._drives,
            self._thumbnails,
        )
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

    def _nudge(self) -> None:
        self._housekeeper.nudge()

    def _keeper(self) -> RecordKeeper:
        return keeper_for(self._settings, self._key, self._mounts.is_remote, writable=self._writable)

    def _label(self, paths: Sequence[bytes], change: LabelChange) -> LabelReport:
        return labelling.label(paths, change, self._parts.store, self._drives.remote, self._listeners.emit)

    def _change(self, settings: Settings) -> None:
        """Put settings in force; when this returns no file gets a record any more that they deny."""
        memory = self._drives.memory
        before = memory.owed().keys()
        owed = owed_records(before, self._settings, settings)
        memory.owe(owed.union(before))  # before and after: a crash in between forgets no debt
        self._settings_file.save(settings)
        self._settings = settings
        if self._open_parts is not None:
            self._open_parts.pipeline.use_keeper(self._keeper())
            self._open_parts.store.set_roots(settings.roots)
            self._open_parts.manners.allow(bounds_of(settings))
        memory.owe(owed, owed.difference(before))  # who looked at these already was denied to write any record

    def _stale(self, paths: Sequence[bytes]) -> None:
        """Have the indexer look again at files that an answer had to leave out."""
        parts = self._open_parts
        if self._watching and parts is not None:
            parts.indexer.reconsider(paths)
