"""An indexer on a folder that can take the two steps of a file one at a time."""

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from typing_extensions import override

from tests.indexer.keepers import WatchedKeeper
from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.events import Activity, Progress
from vexgui.core.files import Extraction
from vexgui.core.reports import IndexReport
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.course import Course
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.models.fake import FakeEmbedder
from vexgui.store.rows import FileRow
from vexgui.store.store import Store


class Watched(FakeEmbedder):
    """Calls back before it embeds."""

    before: Callable[[], None] = staticmethod(lambda: None)

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        self.before()
        return super().embed_texts(space, texts)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        self.before()
        return super().embed_pictures(space, pictures)


class Noting(FakeExtractor):
    """Notes which pixels it was asked for, and can fail at them."""

    readers = 1

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, int]] = []
        self.breaks = False
        self.after: Callable[[bytes], None] = lambda path: None

    @override
    def extract(self, path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        self.asked.append((os.path.basename(os.fsdecode(path)), picture_px))
        if picture_px and self.breaks:
            raise OSError(5, "the decoder ended", path)
        extraction = super().extract(path, picture_px, known)
        self.after(path)
        return extraction


class Desk:
    """A folder of files, and what indexes them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self.files = folder / "files"
        self.files.mkdir()
        self.embedder, self.extractor = Watched(picture=True), Noting()
        self.keeper = WatchedKeeper(bytes(32), CodecName.INT8, enabled=True)
        self.told: list[Progress] = []
        self.use_store("store")

    def use_store(self, name: str) -> None:
        path = os.fsencode(self._folder / name)
        self.store = self._stack.enter_context(closing(Store(path, CodecName.INT8, writable=True)))
        self.pipeline = Pipeline(self.store, self.keeper, self.extractor, self.embedder)
        self.indexer = Indexer(self.store, self.pipeline, Rules(), (), lambda _: None)

    def write(self, name: str, text: str) -> bytes:
        (self.files / name).write_text(text)
        return os.fsencode(self.files / name)

    def index(self, *, force: bool = False, stop: threading.Event | None = None) -> IndexReport:
        return self.indexer.index([os.fsencode(self.files)], (), stop or threading.Event(), force=force)

    def read(self, *paths: bytes) -> list[bytes]:
        """Take the first step alone; return what lacks vectors."""
        return self.pipeline.read(paths, self._run(), self.told.append).lacking

    def give(self, *paths: bytes) -> list[bytes]:
        """Take the second step alone; return what changed before."""
        course = Course(Activity.FILLING, paths)
        return self.pipeline.give(paths, self._run(), course, self.told.append).changed

    def row(self, name: str) -> FileRow:
        row = self.store.catalog.file(os.fsencode(self.files / name))
        assert row is not None
        return row

    def vectors(self, name: str) -> dict[SpaceId, int]:
        return {part.space: len(part.vectors) for part in self.store.vectors_of(self.row(name).id)}

    def words(self, name: str) -> list[str]:
        return [passage.text for passage in self.store.catalog.passages_of(self.row(name).id)]

    def _run(self) -> Run:
        return Run(threading.Event(), Tally(), lambda path: True, force=False, patient=False)
