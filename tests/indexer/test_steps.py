"""A file is brought in in two steps: its words are found before its meaning is known, and nothing is made twice."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest
from typing_extensions import override

from vexgui.core.events import Activity, Progress
from vexgui.core.files import RECIPE, Extraction, FileStat, FileState, Pixels
from vexgui.core.reports import IndexReport
from vexgui.core.vectors import CodecName, SpaceId, Vectors
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer import pipeline as pipelines
from vexgui.indexer.course import Course
from vexgui.indexer.filling import Filling
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.models.fake import FAKE_PICTURE, FAKE_TEXT, FakeEmbedder
from vexgui.store.record import SpaceVectors
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileRow
from vexgui.store.store import Store

RED = "#dc1414"


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


class CountingKeeper(RecordKeeper):
    """Counts the records it is asked to write."""

    written = 0

    @override
    def write(
        self,
        descriptor: int,
        path: bytes,
        stat: FileStat,
        content_hash: bytes,
        recipe: int,
        reading: int,
        vectors: Sequence[SpaceVectors],
    ) -> str:
        self.written += 1
        return super().write(descriptor, path, stat, content_hash, recipe, reading, vectors)


class Desk:
    """A folder of files, and what indexes them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self.files = folder / "files"
        self.files.mkdir()
        self.embedder, self.extractor = Watched(picture=True), Noting()
        self.keeper = CountingKeeper(bytes(32), CodecName.INT8, enabled=True)
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


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def desk(tmp_path: Path, stack: ExitStack) -> Desk:
    return Desk(tmp_path, stack)


def test_all_words_are_found_before_anything_is_embedded(desk: Desk) -> None:
    for number in range(10):
        desk.write(f"{number}.txt", f"Fog in town {number}.")
    desk.write("red.png", RED)
    found: list[int] = []
    desk.embedder.before = lambda: found.append(len(desk.store.catalog.with_words(["fog"], 99).hits))
    assert desk.index().indexed == 11
    assert found[0] == 10
    assert desk.store.catalog.file(os.fsencode(desk.files / "red.png")) is not None


def test_a_picture_is_decoded_once_and_a_text_is_read_once(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.write("red.png", RED)
    desk.index()
    assert sorted(desk.extractor.asked) == [("note.txt", 0), ("red.png", 0), ("red.png", FAKE_PICTURE.picture_px)]
    assert desk.vectors("red.png") == {FAKE_TEXT.id: 1, FAKE_PICTURE.id: 1}
    assert (desk.row("red.png").unseen, desk.row("red.png").facts.extra is None) == (False, False)
    assert desk.index().unchanged == 2
    assert len(desk.extractor.asked) == 3


def test_a_record_is_written_once_and_with_all_vectors(desk: Desk) -> None:
    path = desk.write("red.png", RED)
    (lacking,) = desk.read(path)
    assert desk.keeper.written == 0
    assert "user.vexgui" not in os.listxattr(path)
    assert desk.give(lacking) == []
    assert desk.keeper.written == 1
    record = desk.keeper.read(path).record
    assert record is not None
    assert {section.space for section in record.sections} == {FAKE_TEXT.id, FAKE_PICTURE.id}


def test_first_vectors_are_no_event_of_a_files_history(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.index()
    with desk.store.catalog.reading() as db:
        assert db.execute("SELECT count(*) FROM history").fetchone() == (0,)


def test_what_a_killed_program_left_without_vectors_is_known(desk: Desk) -> None:
    paths = [desk.write("note.txt", "Fog over the water."), desk.write("red.png", RED)]
    desk.read(*paths)
    desk.store.close()
    desk.use_store("store")
    assert sorted(desk.pipeline.lacking()) == sorted(paths)
    assert desk.index().indexed == 2
    assert desk.pipeline.lacking() == []
    assert desk.vectors("red.png") == {FAKE_TEXT.id: 1, FAKE_PICTURE.id: 1}


@pytest.mark.parametrize("batch", [1, 64])
def test_a_content_is_embedded_once_within_batches_and_across_them(
    desk: Desk, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipelines, "_BATCH_FILES", batch)
    for number in range(12):
        desk.write(f"{number}.txt", "Fog over the water.\n\nRye bread.")
    report = desk.index()
    assert (report.indexed, report.reused) == (1, 11)
    assert desk.embedder.texts_embedded == 3
    assert {tuple(desk.vectors(f"{number}.txt").values()) for number in range(12)} == {(3,)}


def test_a_file_that_changes_between_the_steps_is_read_again(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    changed: list[bool] = []

    def change() -> None:
        if not changed:
            changed.append(True)
            desk.write("other.txt", "Rye bread, quite fresh.")

    desk.write("other.txt", "A violin.")
    desk.embedder.before = change
    lacking = desk.read(path, os.fsencode(desk.files / "other.txt"))
    desk.write("note.txt", "Rye bread.")
    assert desk.give(path) == [path]
    assert desk.vectors("note.txt") == {}
    assert len(lacking) == 2
    report = desk.index()
    assert report.failed == ()
    assert desk.words("note.txt")[-1] == "Rye bread."
    assert desk.words("other.txt")[-1] == "Rye bread, quite fresh."
    assert desk.pipeline.lacking() == []


def test_a_file_that_is_only_touched_between_the_steps_is_given_its_vectors(desk: Desk) -> None:
    """No event may tell of that: a new name of the file outside the roots moves its ctime, too."""
    path = desk.write("note.txt", "Fog over the water.")
    (lacking,) = desk.read(path)
    os.utime(path, ns=(0, 0))
    assert desk.give(lacking) == []
    assert desk.row("note.txt").stat.mtime_ns == 0
    assert desk.vectors("note.txt") == {FAKE_TEXT.id: 2}
    assert desk.index().unchanged == 1


def test_a_long_document_keeps_what_it_got_when_it_was_broken_off(desk: Desk) -> None:
    passages = 200
    desk.write("long.txt", "\n\n".join(f"Fog in town {number}." for number in range(passages)))
    stop = threading.Event()
    calls: list[int] = []

    def end() -> None:
        calls.append(1)
        if len(calls) == 2:
            stop.set()

    desk.embedder.before = end
    desk.index(stop=stop)
    got = desk.vectors("long.txt")[FAKE_TEXT.id]
    assert 0 < got < passages
    assert desk.keeper.written == 0
    desk.index()
    assert desk.vectors("long.txt") == {FAKE_TEXT.id: passages + 1}
    assert desk.embedder.texts_embedded == passages + 1
    assert desk.keeper.written == 1


def test_a_picture_that_cannot_be_decoded_keeps_its_words_and_is_not_tried_for_ever(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.extractor.breaks = True
    (failure,) = desk.index().failed
    assert failure.reason == "It cannot be read: the decoder ended."
    assert (desk.row("red.png").state, desk.vectors("red.png")) == (FileState.FAILED, {FAKE_TEXT.id: 1})
    asked = len(desk.extractor.asked)
    assert desk.index().unchanged == 1
    assert len(desk.extractor.asked) == asked


def test_pictures_whose_vectors_came_from_records_are_looked_at(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.index()
    facts = desk.row("red.png").facts
    embedded = desk.embedder.pictures_embedded
    desk.use_store("store made anew")
    report = desk.index()
    assert (report.indexed, report.reused) == (0, 1)
    assert (desk.row("red.png").facts, desk.row("red.png").unseen) == (facts, False)
    assert desk.embedder.pictures_embedded == embedded


def test_a_newer_way_of_reading_costs_no_vector_of_a_text_that_it_leaves_as_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.write("note.txt", "Fog over the water.\n\nRye bread.")
    desk.index()
    embedded = desk.embedder.texts_embedded
    desk.store.close()
    with closing(sqlite3.connect(tmp_path / "store" / "catalog.db")) as db, db:
        db.execute("UPDATE files SET recipe = ?", (RECIPE - 1,))
    desk.use_store("store")
    assert desk.index().reused == 1
    assert desk.row("note.txt").recipe == RECIPE
    assert desk.embedder.texts_embedded == embedded


def test_old_vectors_answer_until_forced_ones_are_there(desk: Desk) -> None:
    desk.write("red.png", RED)
    desk.index()
    held: list[dict[SpaceId, int]] = []
    desk.embedder.before = lambda: held.append(desk.vectors("red.png"))
    desk.index(force=True)
    assert held == [{FAKE_TEXT.id: 1, FAKE_PICTURE.id: 1}] * 2


def test_progress_tells_what_waits_by_kind(desk: Desk) -> None:
    paths = [desk.write(f"{number}.txt", f"Fog {number}.") for number in range(3)] + [desk.write("red.png", RED)]
    desk.give(*desk.read(*paths))
    steps = [(step.activity, step.done, step.total) for step in desk.told]
    assert steps[0] == (Activity.INDEXING, 4, 4)
    assert steps[-1] == (Activity.FILLING, 4, 4)
    begun = next(step for step in desk.told if step.activity is Activity.FILLING)
    assert [(kind.value, count) for kind, count in begun.waiting] == [("text", 3), ("image", 1)]
    assert desk.told[-1].waiting == ()


def test_files_just_read_get_their_vectors_before_those_that_wait_and_the_store_is_not_asked_of_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [desk.write(f"{number}.txt", f"Fog {number}.") for number in range(3)]
    new = desk.write("new.txt", "Rye bread.")
    asked: list[bool] = []
    lacking = desk.pipeline.lacking

    def asking() -> list[bytes]:
        asked.append(True)
        return lacking()

    monkeypatch.setattr(desk.pipeline, "lacking", asking)
    filling = Filling(desk.pipeline)
    filling.add(desk.read(*waiting))
    filling.add(desk.read(new))
    done: list[bytes] = []

    def is_wanted(path: bytes) -> bool:
        done.append(path)
        return True

    run = Run(threading.Event(), Tally(), is_wanted, force=False, patient=True)
    assert filling.pending
    assert filling.run(run, lambda: False, desk.told.append) == 4
    assert list(dict.fromkeys(done)) == [new, *waiting]
    assert (filling.pending, asked) == (False, [])
    filling.renew()
    filling.add([new])
    assert filling.run(run, lambda: False, desk.told.append) == 0
    assert asked


@pytest.mark.parametrize("remote", [True, False])
def test_a_file_that_is_read_again_while_it_is_embedded_keeps_what_it_says_now(desk: Desk, *, remote: bool) -> None:
    keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True, is_remote=lambda path: remote)
    desk.pipeline.use_keeper(keeper)
    path = desk.write("note.txt", "Fog over the water.")

    def change() -> None:
        desk.embedder.before = lambda: None
        desk.write("note.txt", "Rye bread.")
        desk.read(path)

    desk.read(path)
    desk.embedder.before = change
    assert desk.give(path) == [path]
    assert desk.words("note.txt")[-1] == "Rye bread."
    assert desk.vectors("note.txt") == {}
    assert desk.pipeline.lacking() == [path]


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_file_that_goes_while_it_is_embedded_does_not_come_back(desk: Desk, *, forgotten: bool) -> None:
    path, other = desk.write("note.txt", "Fog over the water."), desk.write("other.txt", "Rye bread.")

    def go() -> None:
        if os.path.exists(path):
            if forgotten:
                desk.store.forget([path])
            else:
                desk.store.rename(path, path + b".bak", folder=False)
            os.unlink(path)

    lacking = desk.read(path, other)
    desk.embedder.before = go
    desk.give(*lacking)
    assert desk.store.catalog.file(path) is None
    assert desk.vectors("other.txt") == {FAKE_TEXT.id: 2}


def test_a_file_that_vanishes_while_it_is_read_is_not_kept(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.extractor.after = os.unlink
    report = desk.index()
    assert desk.store.catalog.file(path) is None
    assert (report.files, report.failed) == (0, ())


def test_texts_on_file_systems_that_may_hang_are_embedded_without_touching_them(desk: Desk) -> None:
    desk.pipeline.use_keeper(RecordKeeper(bytes(32), CodecName.INT8, enabled=True, is_remote=lambda path: True))
    path = desk.write("note.txt", "Fog over the water.")
    assert desk.read(path) == [path]
    os.unlink(path)
    assert desk.give(path) == []
    assert desk.vectors("note.txt") == {FAKE_TEXT.id: 2}
    assert desk.read(path) == []
    assert desk.row("note.txt").path == path, "whether it is gone the scan will say"


def test_vectors_of_copies_are_those_of_the_first(desk: Desk) -> None:
    for name in ("a.png", "b.png"):
        desk.write(name, RED)
    desk.index()
    assert desk.embedder.pictures_embedded == 1
    one, other = (
        next(part.vectors for part in desk.store.vectors_of(desk.row(name).id) if part.space == FAKE_PICTURE.id)
        for name in ("a.png", "b.png")
    )
    assert np.allclose(one, other)
