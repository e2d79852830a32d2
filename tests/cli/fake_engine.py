"""An engine in memory."""

import math
from collections.abc import Callable, Sequence
from threading import Event as Flag
from typing import Any

from typing_extensions import override

from tests.cli.fake_answers import BOAT, MISTAKE, MODELS, SEA, SPACE, UNFINISHED, WRONG
from tests.waiting import PATIENCE_S
from vexgui.core.care import CompactReport, StripReport, VerifyReport
from vexgui.core.errors import ModelUnavailable, PathProblem, UsageProblem
from vexgui.core.events import Activity, Event, ModelProgress, Progress, Trouble
from vexgui.core.exclusions import ExcludeReport, Exclusions, Weight
from vexgui.core.files import FileFacts, FileState, Kind
from vexgui.core.hits import Answer, Hit
from vexgui.core.labels import LabelledFile, LabelReport, TagCount
from vexgui.core.looking import CollectionMap, DuplicateGroup, MonthCount
from vexgui.core.query import Order, QueryProblem, Reading, Suggestions
from vexgui.core.reports import (
    FailedFile,
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
    VectorFacts,
)
from vexgui.core.settings import Settings
from vexgui.core.vectors import CodecName, Source
from vexgui.engine.api import EngineApi, Listener


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
    def weigh_exclusion(self, add: Sequence[str]) -> Weight:
        return Weight(60 * len(add), 1_000)

    @override
    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: Flag | None = None) -> IndexReport:
        self.calls.append(("index", tuple(paths), force))
        self.emit(Progress(Activity.INDEXING, 1, 4, b"/pictures/boat.jpg", 2.0, 1.5))
        self._announce("indexing")
        if any(path.endswith(b"endless") for path in paths):
            assert stop is not None
            assert stop.wait(PATIENCE_S)
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
        order: Order | None = None,
        kind: Kind | None = None,
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
    def similar(
        self,
        paths: Sequence[bytes],
        limit: int,
        *,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: Flag | None = None,
    ) -> Answer:
        self.calls.append(("similar", paths, limit))
        return Answer((SEA,)) if paths[0].endswith(b".txt") else Answer(())

    @override
    def hits_of(self, token: int, start: int, count: int) -> tuple[Hit, ...]:
        return (BOAT, SEA)[start : start + count]

    @override
    def paths_of(self, token: int, stretches: Sequence[range]) -> tuple[bytes, ...]:
        return tuple(hit.path for stretch in stretches for hit in (BOAT, SEA)[stretch.start : stretch.stop])

    @override
    def hits_for(
        self, paths: Sequence[bytes], limit: int, *, order: Order | None = None, kind: Kind | None = None
    ) -> Answer:
        return Answer(())

    @override
    def suggest(self, text: str, cursor: int) -> Suggestions:
        return Suggestions(cursor, cursor)

    @override
    def read(self, text: str) -> Reading:
        return Reading()

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
    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        return b""

    @override
    def failures(self, limit: int = 1000) -> tuple[FailedFile, ...]:
        return (FailedFile(b"/pictures/bad.png", "It is cut short.", Kind.IMAGE, 1_700_000_000_000_000_000),)[:limit]

    @override
    def collection_map(self, *, anew: bool = False, stop: Flag | None = None) -> CollectionMap | None:
        return None

    @override
    def timeline(self) -> tuple[MonthCount, ...]:
        return ()

    @override
    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        return ()

    @override
    def settings(self) -> Settings:
        return Settings(tuple(self.folders), exclude=self.patterns)

    @override
    def change(self, **settings: Any) -> Settings:
        self.calls.append(("change", settings))
        return self.settings()

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
    def tags(self, among: Sequence[bytes] | None = None) -> tuple[TagCount, ...]:
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
