"""An engine in memory: deterministic answers, delays that a test sets, events that a test sends."""

import math
import os
import stat as stat_module
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event as Flag
from typing import Any

from tests.gui.fake_calls import PATIENCE_S
from tests.gui.fake_files import FakeFile, Vocabulary, arranged, many_hits, passes, size_and_mtime
from tests.gui.fake_models import EMBEDDED, FORMER, PICTURE_SPACE, RECOMMENDED, TEXT_SPACE, FakeModels
from vexgui.core.care import CompactReport, StripReport, VerifyReport
from vexgui.core.errors import PathProblem, UsageProblem
from vexgui.core.events import Activity, Event, IndexChanged, Progress, RootsChanged
from vexgui.core.exclusions import ExcludeReport, Exclusions, Weight
from vexgui.core.files import FileState, Kind
from vexgui.core.hits import Answer, Band, Hit, Likeness, Why
from vexgui.core.labels import LabelledFile, LabelReport, TagCount
from vexgui.core.looking import CollectionMap, DuplicateGroup, MonthCount
from vexgui.core.paths import lies_in, name_of, shown
from vexgui.core.query import Order, Reading, Role, Suggestions
from vexgui.core.reports import (
    FailedFile,
    Failure,
    Happening,
    IndexReport,
    Inspection,
    PassageText,
    RebuildReport,
    RecordPlace,
    RootInfo,
    SpaceInfo,
    Status,
    VectorFacts,
)
from vexgui.core.settings import Settings
from vexgui.core.vectors import CodecName
from vexgui.engine.settings_file import changed
from vexgui.search.language import Surroundings, completions, reading

__all__ = ["EMBEDDED", "FORMER", "RECOMMENDED", "TEXT_SPACE", "FakeEngine", "FakeFile", "many_hits"]

_AROUND = Surroundings(datetime(2026, 3, 5, tzinfo=UTC), b"/home/ann", b"/home/ann")
_KEPT = 8
"""Answers whose rankings are kept."""


class FakeEngine(FakeModels):
    """Implements `vexgui.engine.api.EngineApi`; see `Noting` and `FakeModels` for what they take part in.

    Attributes:
        spaces: How far the spaces are filled.
        model_note: What `Status.model_note` says.
        complete: What `Answer.complete` says.
        png: What `thumbnail` returns.
        stops: What each search by meaning is ended early with.
        gone: Paths of files that `hits_of` tells are gone.
        saved: What `settings` returns.
        patterns: What is not indexed.
        map: What `collection_map` returns.
        months: What `timeline` returns.
        groups: What `duplicates` returns.
    """

    def __init__(self, files: Sequence[FakeFile] = (), roots: Sequence[bytes] = ()) -> None:
        super().__init__()
        self.files = {file.path: file for file in files}
        self.folders = list(roots)
        self.unrecorded: set[bytes] = set()
        self.answers: dict[str, Answer] = {}
        self.complete = True
        self.png = b""
        self.progress = Progress(Activity.IDLE)
        self.spaces: tuple[SpaceInfo, ...] = ()
        self.model_note = ""
        self.closed = False
        self.stops: list[Flag | None] = []
        self.gone: set[bytes] = set()
        self.saved = Settings(tuple(roots))
        self.patterns: tuple[str, ...] = self.saved.exclude
        self.map: CollectionMap | None = None
        self.months: tuple[MonthCount, ...] = ()
        self.groups: tuple[DuplicateGroup, ...] = ()
        self._rankings: dict[int, tuple[Hit, ...]] = {}
        self._tokens = 0
        self._listeners: list[Callable[[Event], None]] = []

    def tell(self, event: Event) -> None:
        """Send an event to all listeners, from the thread that calls."""
        if isinstance(event, Progress):
            self.progress = event
        for listener in tuple(self._listeners):
            listener(event)

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def watch(self) -> None:
        self._note("watch", None)

    def pause(self, for_s: float = math.inf) -> None:
        self._note("pause", for_s)
        self.tell(Progress(Activity.PAUSED, why="until resumed" if math.isinf(for_s) else "until 15:20"))

    def resume(self) -> None:
        self._note("resume", None)
        self.tell(Progress(Activity.IDLE))

    def roots(self) -> tuple[RootInfo, ...]:
        self._note("roots", None)
        return tuple(
            RootInfo(
                folder,
                sum(lies_in(path, folder) for path in self.files),
                sum(lies_in(path, folder) and bool(file.failed) for path, file in self.files.items()),
                os.path.isdir(folder),
                folder not in self.unrecorded,
            )
            for folder in self.folders
        )

    def add_roots(self, folders: Sequence[bytes], *, records: bool = True) -> None:
        self._note("add_roots", tuple(folders))
        self.unrecorded.update(() if records else folders)
        for folder in folders:
            if not os.path.isdir(folder):
                raise PathProblem(f"{shown(folder)} is not a folder.")
        self.folders += [folder for folder in folders if folder not in self.folders]
        self.tell(RootsChanged())

    def set_records(self, folder: bytes, *, records: bool) -> None:
        self._note("set_records", (folder, records))
        (self.unrecorded.discard if records else self.unrecorded.add)(folder)
        self.tell(RootsChanged())

    def remove_root(self, folder: bytes) -> None:
        self._note("remove_root", folder)
        self.folders.remove(folder)
        self.files = {path: file for path, file in self.files.items() if not lies_in(path, folder)}
        self.tell(RootsChanged())
        self.tell(IndexChanged(1))

    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: Flag | None = None) -> IndexReport:
        self._note("index", (tuple(paths), force))
        gate = self.gates.get("index_until_stopped")
        if gate is not None and stop is not None:
            gate.set()
            stop.wait(PATIENCE_S)
        for path in paths:
            if os.path.isfile(path) and path not in self.files:
                self.files[path] = FakeFile(path)
        self.tell(IndexChanged(len(paths)))
        return IndexReport(files=len(paths), indexed=len(paths))

    def exclusions(self) -> Exclusions:
        return Exclusions(self.patterns, ("*.key",), gitignore=self.saved.gitignore)

    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> ExcludeReport:
        self._note("exclude", (tuple(add), tuple(remove)))
        self.patterns = (*(pattern for pattern in self.patterns if pattern not in remove), *add)
        return ExcludeReport(self.patterns, 0)

    def weigh_exclusion(self, add: Sequence[str]) -> Weight:
        return Weight(0, len(self.files))

    def search(  # noqa: PLR0913 - each says something else of how to answer
        self,
        query: str,
        limit: int,
        *,
        meaning: bool = True,
        folder: bytes = b"",
        strict: bool = False,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: Flag | None = None,
    ) -> Answer:
        if meaning:
            self.stops.append(stop)
        self._note("search" if meaning else "names", query)
        if self.error is not None:
            raise self.error
        if query in self.answers:
            return self._answered(self.answers[query], limit, order, kind)
        parts = self.read(query).parts
        words = " ".join(part.label for part in parts if part.role is not Role.FIELD) if parts else query
        passing = [file for file in self.files.values() if all(passes(file, part) for part in parts)]
        listed = bool(parts) and not words
        hits = [
            hit
            for file in passing
            if (hit := file.told(1.0, Band.STRONG) if listed else file.hit(words.lower(), meaning=meaning))
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.path))
        mistakes = self.read(query).mistakes
        answer = Answer(tuple(hits), self.complete or not meaning, "", 0.012, mistakes=mistakes)
        return self._answered(answer, limit, order, kind)

    def similar(
        self,
        paths: Sequence[bytes],
        limit: int,
        *,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: Flag | None = None,
    ) -> Answer:
        self._note("similar", tuple(paths))
        like = self.files.get(paths[0], FakeFile(paths[0]))
        hits = [
            replace(file.told(0.8, Band.STRONG, Why(PICTURE_SPACE.id, 1, "", "", 0.8)), likeness=Likeness.RELATED)
            for file in self.files.values()
            if file.kind is like.kind and file.path not in paths
        ]
        return self._answered(Answer(tuple(hits), True, "", 0.02), limit, order, kind)

    def hits_of(self, token: int, start: int, count: int) -> tuple[Hit, ...]:
        self._note("hits_of", (token, start, count))
        if token not in self._rankings:
            raise UsageProblem("That answer is not kept any more.", "Ask again.")
        hits = self._rankings[token][start : start + count]
        return tuple(replace(hit, gone=hit.path in self.gone) for hit in hits)

    def paths_of(self, token: int, stretches: Sequence[range]) -> tuple[bytes, ...]:
        self._note("paths_of", (token, tuple(stretches)))
        if token not in self._rankings:
            raise UsageProblem("That answer is not kept any more.", "Ask again.")
        return tuple(hit.path for rows in stretches for hit in self._rankings[token][rows.start : rows.stop])

    def hits_for(
        self, paths: Sequence[bytes], limit: int, *, order: Order | None = None, kind: Kind | None = None
    ) -> Answer:
        self._note("hits_for", tuple(paths))
        hits = [self.files[path].told(1.0, Band.STRONG) for path in paths if path in self.files]
        return self._answered(Answer(tuple(hits)), limit, order, kind)

    def suggest(self, text: str, cursor: int) -> Suggestions:
        self._note("suggest", (text, cursor))
        return completions(text, cursor, _AROUND, Vocabulary(self.files, self.folders))

    def read(self, text: str) -> Reading:
        return reading(text, _AROUND)

    def inspect(self, path: bytes) -> Inspection:
        self._note("inspect", path)
        file = self.files.get(path)
        if file is None:
            raise PathProblem(f"There is no file {shown(path)}.")
        space = PICTURE_SPACE if file.kind is Kind.IMAGE else TEXT_SPACE
        size, mtime_ns = size_and_mtime(path)
        passages = (PassageText(0, "about", "", shown(name_of(path))), PassageText(1, "text", "line 1", file.text))
        return Inspection(
            path=path,
            known=True,
            state=FileState.FAILED if file.failed else FileState.INDEXED,
            reason=file.failed,
            kind=file.kind,
            mime="image/jpeg" if file.kind is Kind.IMAGE else "text/plain",
            size=size,
            mtime_ns=mtime_ns,
            mode=stat_module.S_IFREG | 0o644,
            facts=file.facts,
            indexed_ns=mtime_ns,
            vectors=(VectorFacts(space, 2, CodecName.INT8, 2 * space.dim, 2, CodecName.INT8),),
            passages=passages if file.text else passages[:1],
            record_place=file.place,
            record_bytes=0 if file.place is RecordPlace.STORE_ONLY else 1184,
            record_verified=file.place is not RecordPlace.STORE_ONLY,
            record_note="",
            freshness=file.freshness,
            tags=file.tags,
            rating=file.rating,
        )

    def history(self, path: bytes) -> tuple[Happening, ...]:
        self._note("history", path)
        return ()

    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        self._note("thumbnail", (path, longest_px, page) if page else (path, longest_px))
        pages = self.files[path].facts.pages if path in self.files else None
        return self.png if page < (pages or 1) else b""

    def status(self) -> Status:
        self._note("status", None)
        failures = tuple(Failure(file.path, file.failed) for file in self.files.values() if file.failed)
        return Status(
            version="0",
            profile=b"/profile",
            roots=self.roots(),
            files=len(self.files),
            failed=len(failures),
            passages=2 * len(self.files),
            spaces=(SpaceInfo(TEXT_SPACE, len(self.files), True), *self.spaces),
            progress=self.progress,
            queue=0,
            watches=3,
            watch_limit=8192,
            store_bytes=1 << 20,
            last_errors=failures,
            model_note=self.model_note,
        )

    def failures(self, limit: int = 1000) -> tuple[FailedFile, ...]:
        self._note("failures", limit)
        failed = [file for file in self.files.values() if file.failed]
        return tuple(FailedFile(file.path, file.failed, file.kind, size_and_mtime(file.path)[1]) for file in failed)[
            :limit
        ]

    def collection_map(self, *, anew: bool = False, stop: Flag | None = None) -> CollectionMap | None:
        self._note("collection_map", anew)
        return self.map if self.map is None or not anew else replace(self.map, complete=True)

    def timeline(self) -> tuple[MonthCount, ...]:
        self._note("timeline", None)
        return self.months

    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        self._note("duplicates", None)
        return self.groups

    def settings(self) -> Settings:
        return replace(self.saved, roots=tuple(self.folders), exclude=self.patterns)

    def change(self, **settings: Any) -> Settings:
        self._note("change", settings)
        self._fail()
        self.saved = changed(self.saved, settings)
        return self.settings()

    def verify(self, *, repair: bool) -> VerifyReport:
        return VerifyReport(0, 0, (), 0)

    def rebuild(self, *, stop: Flag | None = None) -> RebuildReport:
        return RebuildReport()

    def compact(self, *, stop: Flag | None = None) -> CompactReport:
        return CompactReport(0, 0)

    def strip(self, paths: Sequence[bytes]) -> StripReport:
        self._note("strip", tuple(paths))
        return StripReport(len(paths), len(paths), ())

    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> LabelReport:
        self._note("tag", (tuple(paths), tuple(add), tuple(remove)))
        return self._labelled(paths, lambda file: replace(file, tags=tuple(sorted({*file.tags, *add} - {*remove}))))

    def rate(self, paths: Sequence[bytes], rating: int | None) -> LabelReport:
        self._note("rate", (tuple(paths), rating))
        return self._labelled(paths, lambda file: replace(file, rating=rating or None))

    def tags(self, among: Sequence[bytes] | None = None) -> tuple[TagCount, ...]:
        self._note("tags", among if among is None else tuple(among))
        files = [file for path, file in self.files.items() if among is None or path in set(among)]
        counted = Counter(tag for file in files for tag in file.tags)
        return tuple(TagCount(*found) for found in sorted(counted.items()))

    def close(self) -> None:
        self.closed = True
        for gate in self.gates.values():
            gate.set()

    def _answered(self, answer: Answer, limit: int, order: Order | None, kind: Kind | None) -> Answer:
        """Return the first hits of an answer in an order and of a kind, and keep its ranking."""
        whole = arranged(answer, order, kind)
        with self._lock:
            self._tokens += 1
            self._rankings[self._tokens] = whole.hits
            self._rankings.pop(self._tokens - _KEPT, None)
        return replace(whole, hits=whole.hits[:limit], token=self._tokens)

    def _labelled(self, paths: Sequence[bytes], change: Callable[[FakeFile], FakeFile]) -> LabelReport:
        before = [self.files.get(path, FakeFile(path)) for path in paths]
        for file in before:
            self.files[file.path] = change(file)
        done = [self.files[path] for path in paths]
        if done != before:
            self.tell(IndexChanged(len(paths)))
        return LabelReport(len(paths), tuple(LabelledFile(file.path, file.tags, file.rating) for file in done))
