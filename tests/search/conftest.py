"""A shelf of small files, indexed with the embedder and the extractor that need no processes."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.waiting import until
from vexgui.core.events import Activity
from vexgui.core.hits import Answer, Hit
from vexgui.core.query import Query
from vexgui.core.vectors import CodecName
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.course import Course
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.search.language import Surroundings, parse
from vexgui.search.searcher import Searcher
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store


@dataclass
class Shelf:
    """Files, the store they are kept in, and a searcher over it.

    Attributes:
        stale: The paths the searcher has told of.
        indexed: How many files were written to be indexed.
    """

    folder: Path
    store: Store
    embedder: FakeEmbedder
    extractor: FakeExtractor
    stale: list[bytes] = field(default_factory=list)
    indexed: int = 0

    @property
    def searcher(self) -> Searcher:
        return self.searcher_with(self.embedder)

    def searcher_with(self, embedder: Embedder) -> Searcher:
        return Searcher(self.store, embedder, self.extractor, self.stale.extend)

    def path(self, name: str) -> bytes:
        return os.fsencode(self.folder / name)

    def write(self, name: str, text: str) -> bytes:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return os.fsencode(file)

    def tick(self, path: bytes) -> None:
        """Wait until a change of a file gets another time than its last one; some systems' clocks stand for 10 ms."""
        beside = self.folder.with_name("tick")
        beside.touch()

        def has_gone_on() -> bool:
            os.utime(beside)
            return os.stat(beside).st_ctime_ns > os.stat(path).st_ctime_ns

        until(has_gone_on, "time goes on")

    def index(self, **texts: str) -> None:
        """Write files, named with _ for the dot, and index them; their ends differ, so that none is another's copy."""
        paths: list[bytes] = []
        for name, text in texts.items():
            paths.append(self.write(name.replace("_", "."), text + "\n\n" * self.indexed))
            self.indexed += 1
        self.index_files(*paths)

    def index_files(self, *paths: bytes) -> None:
        keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=False)
        pipeline = Pipeline(self.store, keeper, self.extractor, self.embedder)
        run = Run(threading.Event(), Tally(), lambda path: True, force=False, patient=False)
        lacking = pipeline.read(paths, run, lambda progress: None).lacking
        pipeline.give(lacking, run, Course(Activity.FILLING, lacking), lambda progress: None)

    def search(self, typed: str | Query, limit: int = 10, *, meaning: bool = True) -> Answer:
        query = asked(typed) if isinstance(typed, str) else typed
        return self.searcher.search(query, limit, meaning=meaning)

    def found(self, typed: str | Query, limit: int = 10, *, meaning: bool = True) -> list[str]:
        return self.names(self.search(typed, limit, meaning=meaning))

    def names(self, answer: Answer) -> list[str]:
        return [os.path.relpath(os.fsdecode(hit.path), self.folder) for hit in answer.hits]

    def hit(self, typed: str, name: str) -> Hit:
        return next(hit for hit in self.search(typed).hits if hit.path == self.path(name))


def asked(typed: str) -> Query:
    """Return a query as it is typed."""
    return parse(typed, Surroundings(datetime(2026, 10, 14, 12, tzinfo=UTC)))


@contextmanager
def new_shelf(folder: Path) -> Iterator[Shelf]:
    """Lend an empty shelf in a folder."""
    # A file is also about its last folders: what a test is called is not to decide what is found.
    files = folder / "at" / "is" / "files"
    files.mkdir(parents=True)
    with closing(Store(os.fsencode(folder / "store"), CodecName.INT8, writable=True)) as store:
        extractor = FakeExtractor()
        extractor.readers = 1  # so that files are known in the order in which they are written
        yield Shelf(files, store, FakeEmbedder(picture=True), extractor)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with new_shelf(tmp_path) as made:
        yield made
