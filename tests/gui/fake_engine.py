"""An engine in memory: deterministic answers, delays that a test sets, events that a test sends."""

import math
import os
import stat as stat_module
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Event as Flag
from typing import Any

from vexgui.core.errors import ModelUnavailable, PathProblem
from vexgui.core.events import Activity, Event, IndexChanged, Progress, RootsChanged
from vexgui.core.files import FileFacts, FileState, Kind
from vexgui.core.hits import Answer, Band, Hit, Why
from vexgui.core.paths import lies_in, name_of, shown
from vexgui.core.reports import (
    CompactReport,
    Failure,
    Freshness,
    Happening,
    IndexReport,
    Inspection,
    ModelInfo,
    PassageText,
    RebuildReport,
    RecordPlace,
    RootInfo,
    SpaceInfo,
    Status,
    StripReport,
    VectorFacts,
    VerifyReport,
)
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId

TEXT_SPACE = Space(SpaceId("00112233445566ff"), "all-MiniLM-L6-v2", Modality.TEXT, 384)
PICTURE_SPACE = Space(SpaceId("ffeeddccbbaa9988"), "ViT-B-32-256", Modality.PICTURE, 512, 256)

EMBEDDED = ModelInfo(
    name="vexgui-pictures-1",
    modality="picture",
    active=True,
    installed=True,
    detail="Comes with VexGUI: drawings and icons well, photographs roughly.",
    space="00aa00aa00aa00aa",
    vectors=3120,
    answering=True,
    embedded=True,
    size_bytes=9_800_000,
    licence="GPL-3.0-or-later",
    languages="English",
)
RECOMMENDED = ModelInfo(
    name=PICTURE_SPACE.model,
    modality="picture",
    active=False,
    installed=False,
    detail="Small, quick and good with photographs.",
    space=PICTURE_SPACE.id,
    vectors=0,
    recommended=True,
    size_bytes=605_157_884,
    licence="MIT",
    languages="English",
    quality="72.8 % of ImageNet, zero-shot",
    quality_source="open_clip, docs/openclip_results.csv",
)
FORMER = ModelInfo(
    name="MobileCLIP2-S0",
    modality="picture",
    active=False,
    installed=True,
    detail="The quickest.",
    space="11bb11bb11bb11bb",
    vectors=12_400,
    answering=True,
    size_bytes=297_000_000,
    licence="Apple Machine Learning Research Model",
    languages="English",
    quality="71.5 % of ImageNet, zero-shot",
    quality_source="MobileCLIP2, arXiv:2508.20691",
    pictures_per_s=88.2,
    hours=0.0,
    disk_bytes=7_600_000,
)
OFFERS = (EMBEDDED, RECOMMENDED, FORMER)

_KINDS = {
    b"jpg": Kind.IMAGE,
    b"png": Kind.IMAGE,
    b"pdf": Kind.DOCUMENT,
    b"odt": Kind.DOCUMENT,
    b"md": Kind.TEXT,
    b"txt": Kind.TEXT,
    b"py": Kind.CODE,
    b"mp3": Kind.AUDIO,
    b"mp4": Kind.VIDEO,
    b"zip": Kind.ARCHIVE,
}


@dataclass(frozen=True, slots=True)
class FakeFile:
    """A file that the engine knows, with what a query must name for it to be found by meaning."""

    path: bytes
    text: str = ""
    topics: tuple[str, ...] = ()
    facts: FileFacts = field(default_factory=FileFacts)
    failed: str = ""
    place: RecordPlace = RecordPlace.INODE
    freshness: Freshness = Freshness.FRESH

    @property
    def kind(self) -> Kind:
        """Its kind, by suffix."""
        return _KINDS.get(name_of(self.path).rpartition(b".")[2].lower(), Kind.OTHER)


class FakeEngine:
    """Implements `vexgui.engine.api.EngineApi`.

    Attributes:
        calls: Every call by name and arguments, in their order.
        gates: An event by the name of a method; while it is not set, the method waits (at most 10 s).
        offers: The picture models there are.
        spaces: How far the spaces are filled.
        model_note: What `Status.model_note` says.
        complete: What `Answer.complete` says.
        error: Raised by every search.
        png: What `thumbnail` returns.
        stops: What each search by meaning is ended early with.
    """

    def __init__(self, files: Sequence[FakeFile] = (), roots: Sequence[bytes] = ()) -> None:
        self.files = {file.path: file for file in files}
        self.folders = list(roots)
        self.unrecorded: set[bytes] = set()
        self.calls: list[tuple[str, object]] = []
        self.gates: dict[str, Flag] = {}
        self.answers: dict[str, Answer] = {}
        self.complete = True
        self.error: Exception | None = None
        self.png = b""
        self.progress = Progress(Activity.IDLE)
        self.offers: tuple[ModelInfo, ...] = OFFERS
        self.spaces: tuple[SpaceInfo, ...] = ()
        self.model_note = ""
        self.closed = False
        self.stops: list[Flag | None] = []
        self._listeners: list[Callable[[Event], None]] = []
        self._lock = threading.Lock()

    def called(self, name: str) -> list[object]:
        """Return the arguments of the calls of one method."""
        with self._lock:
            return [arguments for called, arguments in self.calls if called == name]

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
            stop.wait(10)
        for path in paths:
            if os.path.isfile(path) and path not in self.files:
                self.files[path] = FakeFile(path)
        self.tell(IndexChanged(len(paths)))
        return IndexReport(files=len(paths), indexed=len(paths))

    def search(
        self,
        query: str,
        limit: int,
        *,
        meaning: bool = True,
        folder: bytes = b"",
        strict: bool = False,
        stop: Flag | None = None,
    ) -> Answer:
        if meaning:
            self.stops.append(stop)
        self._note("search" if meaning else "names", query)
        if self.error is not None:
            raise self.error
        if query in self.answers:
            answer = self.answers[query]
            return replace(answer, hits=answer.hits[:limit])
        hits = [hit for file in self.files.values() if (hit := self._hit(file, query.lower(), meaning=meaning))]
        hits.sort(key=lambda hit: (-hit.score, hit.path))
        return Answer(tuple(hits[:limit]), self.complete or not meaning, "", 0.012)

    def similar(self, paths: Sequence[bytes], limit: int, *, stop: Flag | None = None) -> Answer:
        self._note("similar", tuple(paths))
        like = self.files.get(paths[0], FakeFile(paths[0]))
        hits = [
            self._made(file, 0.8, Band.MAYBE, Why(PICTURE_SPACE.id, 1, "", "", 0.8))
            for file in self.files.values()
            if file.kind is like.kind and file.path not in paths
        ]
        return Answer(tuple(hits[:limit]), True, "", 0.02)

    def inspect(self, path: bytes) -> Inspection:
        self._note("inspect", path)
        file = self.files.get(path)
        if file is None:
            raise PathProblem(f"There is no file {shown(path)}.")
        space = PICTURE_SPACE if file.kind is Kind.IMAGE else TEXT_SPACE
        size, mtime_ns = _size_and_mtime(path)
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
        )

    def history(self, path: bytes) -> tuple[Happening, ...]:
        self._note("history", path)
        return ()

    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        self._note("thumbnail", (path, longest_px))
        return self.png

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

    def verify(self, *, repair: bool) -> VerifyReport:
        return VerifyReport(0, 0, (), 0)

    def rebuild(self, *, stop: Flag | None = None) -> RebuildReport:
        return RebuildReport()

    def compact(self, *, stop: Flag | None = None) -> CompactReport:
        return CompactReport(0, 0)

    def strip(self, paths: Sequence[bytes]) -> StripReport:
        return StripReport(0, 0, ())

    def models(self) -> tuple[ModelInfo, ...]:
        text = ModelInfo(TEXT_SPACE.model, "text", True, True, "Texts and names.", TEXT_SPACE.id, 3, True, True)
        return (text, *self.offers)

    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        self._note("use_model", (name, checkpoint))
        self._fail()
        name = name or shown(name_of(checkpoint))
        self.offers = tuple(replace(model, active=model.name == name) for model in self.offers)
        return next((model for model in self.models() if model.name == name), self.models()[0])

    def download_model(self, name: str, *, stop: Flag | None = None) -> ModelInfo:
        self._note("download_model", name)
        gate = self.gates.get("download_until_stopped")
        if gate is not None and stop is not None:
            gate.set()
            stop.wait(10)
            raise ModelUnavailable("The download was stopped.")
        self._fail()
        self._change(name, installed=True)
        return self.use_model(name, b"")

    def measure_models(self, names: Sequence[str] = (), *, stop: Flag | None = None) -> tuple[ModelInfo, ...]:
        self._note("measure_models", tuple(names))
        self._fail()
        for name in names:
            self._change(name, pictures_per_s=51.4, hours=0.5, disk_bytes=7 << 20)
        return self.models()

    def forget_model(self, name: str, *, stop: Flag | None = None) -> None:
        self._note("forget_model", name)
        self._fail()
        self._change(name, vectors=0, answering=False, installed=False)

    def _change(self, name: str, **what: Any) -> None:
        self.offers = tuple(replace(model, **what) if model.name == name else model for model in self.offers)

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        self.closed = True
        for gate in self.gates.values():
            gate.set()

    def _note(self, name: str, arguments: object) -> None:
        with self._lock:
            self.calls.append((name, arguments))
        gate = self.gates.get(name)
        if gate is not None:
            gate.wait(10)

    def _hit(self, file: FakeFile, query: str, *, meaning: bool) -> Hit | None:
        name = shown(name_of(file.path))
        at = name.lower().find(query)
        if at >= 0:
            marked = f"{name[:at]}\x02{name[at : at + len(query)]}\x03{name[at + len(query) :]}"
            whys = [Why("name", 0, marked, "", 1.0)]
            if file.text:
                whys.append(Why("words", 1, _marked(file.text, query), "line 1", 0.9))
            return self._made(file, 0.97, Band.STRONG, *whys)
        if query in file.text.lower():
            return self._made(file, 0.9, Band.STRONG, Why("words", 1, _marked(file.text, query), "line 1", 0.9))
        if meaning and any(topic in query for topic in file.topics):
            space = PICTURE_SPACE if file.kind is Kind.IMAGE else TEXT_SPACE
            rank = next(number for number, topic in enumerate(file.topics) if topic in query)
            band = (Band.STRONG, Band.MAYBE, Band.WEAK)[min(rank, 2)]
            score = 0.62 - 0.11 * rank
            return self._made(file, score, band, Why(space.id, 1, file.text, "", score))
        return None

    @staticmethod
    def _made(file: FakeFile, score: float, band: Band, *whys: Why) -> Hit:
        size, mtime_ns = _size_and_mtime(file.path)
        return Hit(file.path, score, band, whys, file.kind, size, mtime_ns)


def many_hits(number: int) -> Answer:
    """Return an answer of so many hits that lie nowhere."""
    hits = tuple(
        Hit(
            b"/nowhere/file %06d.txt" % at,
            1 - at / number,
            Band.MAYBE,
            (Why("words", 0, f"line {at}"),),
            Kind.TEXT,
            1,
            1,
        )
        for at in range(number)
    )
    return Answer(hits, True, "", 0.1)


def _marked(text: str, word: str) -> str:
    at = text.lower().find(word)
    return text if at < 0 else f"{text[:at]}\x02{text[at : at + len(word)]}\x03{text[at + len(word) :]}"


def _size_and_mtime(path: bytes) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return 0, 1
    return found.st_size, found.st_mtime_ns
