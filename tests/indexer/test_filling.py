"""A new space is filled behind all other work, in order, and goes on where it was interrupted."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest
from typing_extensions import override

from tests.waiting import PATIENCE_S
from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.events import Activity, Event, Progress, Trouble
from vexgui.core.files import FileState
from vexgui.core.reports import IndexReport, RootState
from vexgui.core.vectors import CodecName, Space, SpaceId
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer import pipeline as pipelines
from vexgui.indexer import reading, telling
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FAKE_PICTURE, FAKE_TEXT, FakeEmbedder
from vexgui.store.record import SpaceVectors
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system.recent import Look

PICTURES = 20


class Chosen(FakeEmbedder):
    """Has a picture space once one is chosen, and calls back before it embeds pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = False
        self.before: Callable[[], None] = lambda: None

    @override
    def spaces(self) -> tuple[Space, ...]:
        return (FAKE_TEXT, FAKE_PICTURE) if self.chosen else (FAKE_TEXT,)

    @override
    def answering(self) -> tuple[Space, ...]:
        return self.spaces()

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        self.before()
        return super().embed_pictures(space, pictures)


class Desk:
    """Pictures that were indexed before there was a picture model, and an indexer that watches them."""

    def __init__(self, folder: Path, stack: ExitStack, embedder: Chosen) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        for number in range(PICTURES):
            file = self.files / f"{number:02}.png"
            file.write_text(f"#{number:02x}1414")
            os.utime(file, (1_700_000_000 + number, 1_700_000_000 + number))
        self.events: list[Event] = []
        self.embedder, self.extractor = embedder, FakeExtractor()
        self.extractor.readers = 1  # so that the order of reading is that of the list
        self.looks: Mapping[bytes, Look] = {}
        store = Store(os.fsencode(folder / "store"), CodecName.INT8, writable=True)
        self.store = stack.enter_context(closing(store))
        keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True)
        pipeline = Pipeline(store, keeper, self.extractor, self.embedder, lambda: self.looks)
        self.indexer = Indexer(store, pipeline, Rules(()), (), self.events.append, settle_s=0.02, again_s=0.05)
        self.index(chosen=False)
        self.extractor.read.clear()

    def index(self, files: Sequence[bytes] = (), *, chosen: bool = True, force: bool = False) -> IndexReport:
        """Index files, all where none is named, and have the picture model be chosen from then on."""
        self.embedder.chosen = chosen
        report = self.indexer.index(() if files else [self.root], files, threading.Event(), force=force)
        self.embedder.chosen = True
        return report

    @property
    def root(self) -> bytes:
        return os.fsencode(self.files)

    def path(self, name: str) -> bytes:
        return os.fsencode(self.files / name)

    def pictured(self) -> int:
        return self.store.count_files_in(FAKE_PICTURE.id)

    def words(self, word: str) -> list[bytes]:
        """Return the files that say a word."""
        hits = self.store.catalog.with_words([word], 9).hits
        return [row.path for row in self.store.catalog.files([hit.file_id for hit in hits]).values()]

    def size(self, name: str) -> int:
        row = self.store.catalog.file(self.path(name))
        assert row is not None
        return row.stat.size

    def vectors(self, name: str) -> tuple[SpaceVectors, ...]:
        row = self.store.catalog.file(self.path(name))
        assert row is not None
        return self.store.vectors_of(row.id)

    def start_held(self) -> threading.Event:
        """Watch the root, and hold the model up at its first pictures until the flag that is returned is set."""
        begun, go_on = threading.Event(), threading.Event()

        def hold() -> None:
            begun.set()
            assert go_on.wait(PATIENCE_S)

        self.embedder.before = hold
        self.indexer.start([self.root])
        assert begun.wait(PATIENCE_S)
        return go_on

    def until_idle(self, pictured: int = PICTURES) -> None:
        self.until(lambda: self.indexer.idle and self.pictured() == pictured)

    def until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            threading.Event().wait(0.02)
            _PATIENT.check()


class _Patience:
    """Fails a test that waits too long."""

    def __init__(self) -> None:
        self.left = PATIENCE_S

    def check(self) -> None:
        self.left -= 0.02
        assert self.left > 0, "it is never idle"


_PATIENT = _Patience()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(pipelines, "_BATCH_FILES", 4)
    monkeypatch.setattr(reading, "_WHOLE_AHEAD", 4)
    monkeypatch.setattr(telling, "_TELL_EVERY_S", 0.0)
    _PATIENT.left = PATIENCE_S
    with ExitStack() as stack:
        made = Desk(tmp_path, stack, Chosen())
        stack.callback(made.indexer.close)
        yield made


def test_a_space_is_filled_from_the_newest_and_most_looked_at_file_on(desk: Desk) -> None:
    desk.looks = {desk.path("03.png"): Look(5, 1_900_000_000), desk.path("07.png"): Look(9, 1_900_000_000)}
    desk.indexer.start([desk.root])
    desk.until_idle()
    newest = [desk.path(f"{number:02}.png") for number in reversed(range(PICTURES)) if number not in (3, 7)]
    assert desk.extractor.read == [desk.path("07.png"), desk.path("03.png"), *newest]
    assert desk.pictured() == PICTURES


def test_a_new_file_is_found_by_its_words_whatever_the_model_does(desk: Desk) -> None:
    new = os.fsencode(desk.files / "new.txt")
    go_on = desk.start_held()  # as long as a model takes to be loaded
    # In one piece: what is read between its making and its writing is read twice.
    (desk.files.parent / "new.txt").write_text("Fog over the water.")
    (desk.files.parent / "new.txt").rename(desk.files / "new.txt")
    desk.until(lambda: desk.words("fog") == [new])
    desk.until(lambda: desk.indexer.progress.activity is Activity.FILLING)  # once more: it is what goes on
    assert (desk.pictured(), desk.indexer.idle, desk.indexer.queue > 0) == (0, False, True)
    stand = desk.indexer.stand(desk.root)
    assert (stand.state, stand.current_ns > os.lstat(new).st_mtime_ns) == (RootState.CURRENT, True)
    go_on.set()
    desk.until_idle()
    assert desk.store.count_files_in(FAKE_TEXT.id) == PICTURES + 1
    assert sorted(desk.extractor.read) == sorted({*desk.extractor.read}), "what was filled is not read again"


def test_a_file_that_changes_while_a_model_works_on_it_keeps_its_new_words_and_gets_its_new_vectors(
    desk: Desk,
) -> None:
    changed: list[bool] = []

    def change() -> None:
        if not changed:
            changed.append(True)
            (desk.files / "19.png").write_text("#ff0000 ")
            desk.until(lambda: desk.size("19.png") > 7)

    desk.embedder.before = change
    desk.indexer.start([desk.root])
    desk.until_idle()
    assert desk.size("19.png") > 7
    (kept,) = (part for part in desk.vectors("19.png") if part.space == FAKE_PICTURE.id)
    red = np.zeros((1, 1, 3), np.uint8)
    red[..., 0] = 255
    assert np.allclose(kept.vectors, FakeEmbedder(picture=True).embed_pictures(FAKE_PICTURE.id, [red]), atol=0.02)


def test_filling_waits_while_somebody_indexes(desk: Desk) -> None:
    (desk.files.parent / "dropped").mkdir()
    note = desk.files.parent / "dropped" / "note.txt"
    note.write_text("A violin.")
    go_on = desk.start_held()

    class Lasting(threading.Event):
        """Keeps the run of a dropped file under way until the filling has made way for it."""

        @override
        def is_set(self) -> bool:
            go_on.set()
            while len(desk.indexer._runs._stops) > 1:
                _PATIENT.check()
                threading.Event().wait(0.02)
            return False

    desk.indexer.index((), [os.fsencode(note)], Lasting(), force=False)
    assert desk.store.catalog.file(os.fsencode(note)) is not None
    assert desk.pictured() < PICTURES
    desk.until_idle()
    assert desk.pictured() == PICTURES


def test_filling_is_told_as_such_and_ends_idle(desk: Desk) -> None:
    desk.indexer.start([desk.root])
    desk.until_idle()
    told = [event for event in desk.events if isinstance(event, Progress) and event.activity is Activity.FILLING]
    assert told
    assert {event.total for event in told} == {PICTURES}
    assert [event for event in desk.events if isinstance(event, Progress)][-1] == Progress(Activity.IDLE)


def test_how_far_filling_is_is_told_once_that_is_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, go_on, done = threading.Event(), threading.Event(), threading.Event()
    lacking = Pipeline.lacking

    def held(pipeline: Pipeline) -> list[bytes]:
        asked.set()
        assert go_on.wait(PATIENCE_S)
        return lacking(pipeline)

    monkeypatch.setattr(Pipeline, "lacking", held)
    desk.indexer.start([desk.root])
    assert asked.wait(PATIENCE_S)
    for task in (lambda: None, done.set):  # the first has ended when the second is done
        desk.indexer._tasks.put(task)
    assert done.wait(PATIENCE_S)
    go_on.set()
    desk.until_idle()
    filled = {event.total for event in desk.events if isinstance(event, Progress) if event.activity is Activity.FILLING}
    assert filled == {PICTURES}


def test_filling_that_failed_is_tried_again_after_a_while(desk: Desk) -> None:
    failed = threading.Event()

    def fail() -> None:
        if not failed.is_set():
            failed.set()
            raise ChildFailed("The model process died.")

    def fail_twice() -> None:
        desk.embedder.before = fail  # a batch is given two chances
        raise ChildFailed("The model process died.")

    desk.embedder.before = fail_twice
    desk.indexer.start([desk.root])
    assert failed.wait(PATIENCE_S)
    desk.until_idle()
    assert desk.pictured() == PICTURES


class Failing(Chosen):
    """Gives no vector of red pictures, as an embedder does whose process they kill."""

    def __init__(self) -> None:
        super().__init__()
        self.tried = 0
        self.cured = False

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        vectors = super().embed_pictures(space, pictures)
        red = [bool((picture[0, 0] == (255, 0, 0)).all()) for picture in pictures]
        self.tried += sum(red)
        if not self.cured:
            vectors[red] = np.nan
        return vectors


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Desk]:
    """Some pictures, at one of which the model fails."""
    with ExitStack() as stack:
        made = Desk(tmp_path, stack, Failing())
        stack.callback(made.indexer.close)
        (made.files / "05.png").write_text("#ff0000")
        made.index(chosen=False)
        _PATIENT.left = PATIENCE_S
        yield made


def test_a_picture_that_the_model_fails_at_is_told_and_keeps_no_other_from_its_vectors(failing: Desk) -> None:
    failing.indexer.start([failing.root])
    failing.until_idle(PICTURES - 1)
    row = failing.store.catalog.file(failing.path("05.png"))
    assert row is not None
    assert (row.state, row.reason) == (FileState.FAILED, FAKE_PICTURE.failure)
    failures = failing.store.catalog.failures(9)
    assert [(file.path, file.reason) for file in failures] == [(failing.path("05.png"), FAKE_PICTURE.failure)]
    assert not any(isinstance(event, Trouble) for event in failing.events)


def test_a_picture_that_the_model_fails_at_is_tried_again_when_it_changes_or_somebody_asks(failing: Desk) -> None:
    embedder = failing.embedder
    assert isinstance(embedder, Failing)
    path = failing.path("05.png")
    assert [failure.path for failure in failing.index().failed] == [path]
    assert embedder.tried == 1
    os.utime(path)
    assert failing.index().failed == ()
    assert embedder.tried == 1, "neither a scan nor another time tries it again"
    failing.index([path], force=True)
    assert embedder.tried == 2
    embedder.cured = True
    (failing.files / "05.png").write_text("#ff0000 ")
    assert failing.index().failed == ()
    assert embedder.tried == 3
    assert failing.pictured() == PICTURES
    assert failing.store.catalog.failures(9) == ()


def test_files_of_a_root_that_is_given_up_meanwhile_get_no_vectors(desk: Desk) -> None:
    go_on = desk.start_held()
    desk.indexer.set_roots([])
    desk.indexer.withdraw(desk.root)
    go_on.set()
    desk.until_idle(0)
    assert desk.pictured() == 0
