"""An engine in memory, and what is needed to run commands with it."""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag

from typing_extensions import override

from vexgui.app import Parts, main
from vexgui.core.errors import ModelUnavailable, PathProblem, UsageProblem, VexError
from vexgui.core.events import Activity, Event, ModelProgress, Progress, Trouble
from vexgui.core.files import FileFacts, FileState, Kind
from vexgui.core.hits import Answer, Band, Hit, Why
from vexgui.core.query import Mistake, QueryProblem
from vexgui.core.reports import (
    CompactReport,
    ExcludeReport,
    Exclusions,
    Failure,
    Freshness,
    Happening,
    IndexReport,
    Inspection,
    LabelledFile,
    LabelReport,
    ModelInfo,
    PassageText,
    RebuildReport,
    RecordPlace,
    RootInfo,
    SpaceInfo,
    Status,
    StripReport,
    TagCount,
    VectorFacts,
    VerifyReport,
)
from vexgui.core.vectors import CodecName, Modality, Source, Space, SpaceId
from vexgui.engine.api import EngineApi, Listener
from vexgui.engine.terminal import Terminal
from vexgui.system.profile import Profile

SPACE = Space(SpaceId("00112233445566aa"), "MiniLM", Modality.TEXT, 384)
MODELS = (
    ModelInfo(
        name="MiniLM",
        modality="text",
        active=True,
        installed=True,
        detail="in the package",
        space=SPACE.id,
        vectors=7,
        answering=True,
        embedded=True,
        size_bytes=90_000_000,
        licence="Apache-2.0",
    ),
    ModelInfo(
        name="Little",
        modality="picture",
        active=True,
        installed=True,
        detail="drawings well, photographs roughly",
        space="aabb",
        vectors=3,
        answering=True,
        embedded=True,
        size_bytes=9 << 20,
        pictures_per_s=151.6,
        hours=0.02,
        disk_bytes=3 << 20,
    ),
    ModelInfo(
        name="ViT-B-32",
        modality="picture",
        active=False,
        installed=False,
        detail="",
        space="",
        vectors=0,
        recommended=True,
        size_bytes=600 << 20,
        licence="MIT",
        languages="English",
        quality="72.8 %",
        quality_source="open_clip's results, ImageNet",
    ),
)
BOAT = Hit(
    path=b"/pictures/boat \xff.jpg",
    score=0.75,
    band=Band.STRONG,
    why=(
        Why("words", 2, "a small \x02boat\x03 at\nsea", "page 3", 0.5),
        Why(SPACE.id, 1, "sailing", score=0.4),
    ),
    kind=Kind.IMAGE,
    size=2048,
    mtime_ns=1_700_000_000_500_000_000,
)
SEA = Hit(b"/pictures/sea.txt", 0.5, Band.MAYBE, (Why("name", 0, "\x02sea\x03.txt"),), Kind.TEXT, 9, 0)


WRONG = "boat sise:3"
MISTAKE = Mistake(5, 9, "There is no field called sise.", "Did you mean size:?")
UNFINISHED = Mistake(5, 10, "It is not said which type.", "Write one behind it.", unfinished=True)


class FakeEngine(EngineApi):
    """Answers from a few canned values and remembers what was asked.

    A query that contains "boat" finds `BOAT` and `SEA`; "loading" is complete only when asked a third time; "broken"
    raises something unforeseen. A path that ends in ``unreadable`` fails, one that ends in ``endless`` is indexed
    until it is stopped.
    """

    def __init__(self, *, writable: bool = True, announce: Callable[[str], None] = lambda _: None) -> None:
        self.writable = writable
        self.closed = 0
        self.watching = False
        self.calls: list[tuple[object, ...]] = []
        self.asked_in: list[bytes] = []
        self.folders: list[bytes] = [b"/pictures"]
        self.unrecorded: set[bytes] = set()
        self.patterns: tuple[str, ...] = (".*",)
        self.unmeasurable = ""
        self._announce = announce
        self._listeners: list[Listener] = []
        announce("opened")

    def emit(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    @override
    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @override
    def watch(self) -> None:
        self.watching = True
        self.emit(Trouble("A watch is missing.", "Raise the limit."))
        self._announce("watching")

    @override
    def pause(self, for_s: float = math.inf) -> None:
        self.calls.append(("pause", for_s))

    @override
    def resume(self) -> None:
        self.calls.append(("resume",))

    @override
    def roots(self) -> tuple[RootInfo, ...]:
        return tuple(
            RootInfo(folder, 1, 0, present=True, records=folder not in self.unrecorded) for folder in self.folders
        )

    @override
    def add_roots(self, folders: Sequence[bytes], *, records: bool = True) -> None:
        if any(folder.endswith(b"missing") for folder in folders):
            raise PathProblem("There is no such folder.", "Check the spelling.")
        self.folders.extend(folders)
        if not records:
            self.unrecorded.update(folders)

    @override
    def set_records(self, folder: bytes, *, records: bool) -> None:
        (self.unrecorded.discard if records else self.unrecorded.add)(folder)

    @override
    def remove_root(self, folder: bytes) -> None:
        self.folders.remove(folder)

    @override
    def exclusions(self) -> Exclusions:
        return Exclusions(self.patterns, ("*.key",), gitignore=True)

    @override
    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> ExcludeReport:
        if not set(remove) <= set(self.patterns):
            raise UsageProblem("It is not among the patterns.", "See the list: vexgui exclude")
        self.patterns = (*(pattern for pattern in self.patterns if pattern not in remove), *add)
        return ExcludeReport(self.patterns, len(add))

    @override
    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: Flag | None = None) -> IndexReport:
        self.calls.append(("index", tuple(paths), force))
        self.emit(Progress(Activity.INDEXING, 1, 4, b"/pictures/boat.jpg", 2.0, 1.5))
        self._announce("indexing")
        if any(path.endswith(b"endless") for path in paths):
            assert stop is not None
            assert stop.wait(30)
            self._announce("stopped")
        failed = tuple(Failure(path, "It cannot be read.") for path in paths if path.endswith(b"unreadable"))
        return IndexReport(files=6, indexed=2, reused=1, unchanged=2, skipped=1, failed=failed, seconds=0.25)

    @override
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
        self.calls.append(("search", query, limit))
        self.asked_in.append(folder)
        self._announce(f"search {query}")
        if query == "broken":
            raise RuntimeError("unforeseen")
        if query == "senseless":
            raise UsageProblem("The query cannot be read.", "Close the quotation marks.")
        if query == "loading":
            return Answer((BOAT,), complete=self.calls.count(("search", query, limit)) > 2, note="No picture model.")
        if strict and query == WRONG:
            raise QueryProblem(MISTAKE)
        mistakes = (UNFINISHED,) if query == "boat type:" else ()
        return Answer((BOAT, SEA)[:limit] if "boat" in query else (), plan=("All were compared.",), mistakes=mistakes)

    @override
    def similar(self, paths: Sequence[bytes], limit: int, *, stop: Flag | None = None) -> Answer:
        self.calls.append(("similar", paths, limit))
        return Answer((SEA,)) if paths[0].endswith(b".txt") else Answer(())

    @override
    def inspect(self, path: bytes) -> Inspection:
        self.calls.append(("inspect", path))
        if path.endswith(b"missing"):
            raise PathProblem("There is no such file.")
        return Inspection(
            path=path,
            known=True,
            state=FileState.INDEXED,
            reason="",
            kind=Kind.DOCUMENT,
            mime="application/pdf",
            size=5000,
            mtime_ns=1_700_000_000_000_000_000,
            mode=0o100644,
            facts=FileFacts(title="Boats", pages=2),
            indexed_ns=1_700_000_001_000_000_000,
            vectors=(VectorFacts(SPACE, 2, CodecName.INT8, 800, 2, CodecName.FLOAT16),),
            passages=(PassageText(0, "about", "", "boat.pdf"), PassageText(1, "text", "page 1", "Of boats. " * 20)),
            record_place=RecordPlace.INODE,
            record_bytes=700,
            record_verified=True,
            record_note="",
            freshness=Freshness.FRESH,
            foreign=("user.vectorvfs",),
        )

    @override
    def history(self, path: bytes) -> tuple[Happening, ...]:
        if path.endswith(b"missing"):
            raise PathProblem("There is no such file.")
        return (
            Happening(1_700_000_002_000_000_000, "vectors", SPACE.model, 2, Source.RECORD, "ab" * 16),
            Happening(1_700_000_001_000_000_000, "failed", detail='{"reason": "It is cut short."}'),
        )

    @override
    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        return b""

    @override
    def status(self) -> Status:
        return Status(
            version="1.2.3",
            profile=b"/profile/data",
            roots=(RootInfo(b"/pictures", 3, 1, present=False),),
            files=3,
            failed=1,
            passages=7,
            spaces=(SpaceInfo(SPACE, 7, active=True),),
            progress=Progress(Activity.INDEXING, 2, 3),
            queue=1,
            watches=4,
            watch_limit=8192,
            store_bytes=1536,
            last_errors=(Failure(b"/pictures/bad.png", "It is cut short."),),
        )

    @override
    def verify(self, *, repair: bool) -> VerifyReport:
        self.calls.append(("verify", repair))
        return VerifyReport(7, 3, ("A checksum is wrong.",), 1 if repair else 0)

    @override
    def rebuild(self, *, stop: Flag | None = None) -> RebuildReport:
        self.calls.append(("rebuild",))
        self.emit(Progress(Activity.RESTORING, 2))
        return RebuildReport(files=3, reused=3, restored=2)

    @override
    def compact(self, *, stop: Flag | None = None) -> CompactReport:
        self.emit(Progress(Activity.COMPACTING, 37, 100))
        return CompactReport(4096, 1024, complete=stop is None or not stop.is_set())

    @override
    def strip(self, paths: Sequence[bytes]) -> StripReport:
        failed = tuple(Failure(path, "It is read-only.") for path in paths if path.endswith(b"unreadable"))
        recording = tuple(folder for folder in self.folders if folder not in self.unrecorded)
        return StripReport(3, 3 - len(failed), failed, recording)

    @override
    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> LabelReport:
        self.calls.append(("tag", tuple(paths), tuple(add), tuple(remove)))
        return self._labelled(paths, ("boat", *add), None)

    @override
    def rate(self, paths: Sequence[bytes], rating: int | None) -> LabelReport:
        self.calls.append(("rate", tuple(paths), rating))
        return self._labelled(paths, (), rating)

    def _labelled(self, paths: Sequence[bytes], tags: tuple[str, ...], rating: int | None) -> LabelReport:
        failed = tuple(Failure(path, "It is read-only.") for path in paths if path.endswith(b"unreadable"))
        done = tuple(LabelledFile(path, tags, rating) for path in paths if not path.endswith(b"unreadable"))
        return LabelReport(len(paths), done, failed)

    @override
    def tags(self) -> tuple[TagCount, ...]:
        return (TagCount("boat", 1), TagCount("Été", 2))

    @override
    def models(self) -> tuple[ModelInfo, ...]:
        return MODELS

    @override
    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        self.calls.append(("use_model", name, checkpoint))
        if name == "nonsense":
            raise UsageProblem("There is no picture model called nonsense.", "See the list: vexgui models")
        return MODELS[0] if name == "none" else MODELS[1]

    @override
    def download_model(self, name: str, *, stop: Flag | None = None) -> ModelInfo:
        self.calls.append(("download_model", name))
        self.emit(ModelProgress(name, 150 << 20, 600 << 20))
        if name == "ViT-H-14":
            raise ModelUnavailable("The hub cannot be reached.", "Connect this computer.")
        return MODELS[2]

    @override
    def measure_models(self, names: Sequence[str] = (), *, stop: Flag | None = None) -> tuple[ModelInfo, ...]:
        self.calls.append(("measure_models", tuple(names)))
        if self.unmeasurable in names:
            raise ModelUnavailable(f"{self.unmeasurable} is broken.", "Fetch it again.")
        return MODELS

    @override
    def forget_model(self, name: str, *, stop: Flag | None = None) -> None:
        self.calls.append(("forget_model", name))
        self.emit(Progress(Activity.INDEXING, 1, 4))
        if name == "MiniLM":
            raise UsageProblem("MiniLM is in use.", "Choose another one first.")

    @override
    def close(self) -> None:
        self.closed += 1
        self._announce("closed")


@dataclass
class Screen:
    """A terminal that keeps what is written to it."""

    cwd: bytes = b"/pictures"
    lines: Sequence[str] = ()
    bold: bool = False
    columns: int = 0
    typed: str | None = None
    """What its user types when asked; None when nobody can be asked."""
    out: str = ""
    err: str = ""
    stop: Flag = field(default_factory=Flag)

    @property
    def terminal(self) -> Terminal:
        ask = None if self.typed is None else self._ask
        return Terminal(
            self._write_out, self._write_err, iter(self.lines), self.cwd, self.bold, self.columns, self.stop, ask
        )

    def _ask(self, question: str) -> str:
        self.err += question
        return self.typed or ""

    def _write_out(self, text: str) -> None:
        self.out += text

    def _write_err(self, text: str) -> None:
        self.err += text


@dataclass
class Runner:
    """Runs command lines in this process against fake engines."""

    profile: Path
    screen: Screen = field(default_factory=Screen)
    engines: list[FakeEngine] = field(default_factory=list)
    problem: VexError | None = None
    unmeasurable: str = ""
    """A model that is found to be broken when it is measured."""
    shown: list[dict[str, object]] = field(default_factory=list)
    """What the window was asked to show."""

    def __call__(self, *argv: str) -> int:
        parts = Parts(self.open_engine, self.run_window, os.environb)
        return main(["--profile", os.fspath(self.profile), *argv], parts, self.screen.terminal)

    def open_engine(self, profile: Profile, *, writable: bool) -> FakeEngine:
        if self.problem is not None:
            raise self.problem
        engine = FakeEngine(writable=writable)
        engine.unmeasurable = self.unmeasurable
        self.engines.append(engine)
        return engine

    def run_window(self, open_engine: Callable[[], EngineApi], **options: object) -> int:
        self.shown.append(options)
        open_engine().close()
        return 0

    @property
    def engine(self) -> FakeEngine:
        """The engine of the last command."""
        return self.engines[-1]
