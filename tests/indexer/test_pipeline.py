"""A file that changes under the pipeline's hands ends in the store as it is, or is told of."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from tests.indexer.keepers import WatchedKeeper
from tests.waiting import PATIENCE_S
from vexgui.core.files import Extraction
from vexgui.core.reports import IndexReport
from vexgui.core.vectors import CodecName
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FakeEmbedder
from vexgui.store.record import SpaceVectors
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store

KEY = bytes(32)


class Changing(FakeExtractor):
    """Has something happen right after each reading."""

    def __init__(self, happens: Callable[[bytes], None]) -> None:
        super().__init__()
        self._happens = happens

    @override
    def extract(self, path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        extraction = super().extract(path, picture_px)
        self._happens(path)
        return extraction


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)
    yield opened
    opened.close()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    note = tmp_path / "files" / "note.txt"
    note.write_text("Fog over the water.")
    return note


def indexed(store: Store, note: Path, extractor: FakeExtractor, keeper: RecordKeeper) -> IndexReport:
    indexer = Indexer(store, Pipeline(store, keeper, extractor, FakeEmbedder()), Rules(), (), lambda _: None)
    return indexer.index([os.fsencode(note.parent)], (), threading.Event(), force=False)


def keeper() -> WatchedKeeper:
    return WatchedKeeper(KEY, CodecName.INT8, enabled=True)


def content(store: Store, note: Path) -> str:
    row = store.catalog.file(os.fsencode(note))
    assert row is not None
    return store.catalog.passages_of(row.id)[-1].text


def test_a_file_that_changed_while_it_was_read_is_read_again(store: Store, note: Path) -> None:
    def once(path: bytes) -> None:
        if note.read_text() != "Rye bread.":
            note.write_text("Rye bread.")

    report = indexed(store, note, Changing(once), keeper())
    assert (report.files, report.failed) == (1, ())
    assert content(store, note) == "Rye bread."


def test_a_file_that_changes_at_every_reading_is_told_of(store: Store, note: Path) -> None:
    def longer(path: bytes) -> None:
        note.write_text(note.read_text() + " More.")

    report = indexed(store, note, Changing(longer), keeper())
    assert report.files == 1
    assert [failure.reason for failure in report.failed] == ["It changed while it was read."]


def test_a_file_that_changed_while_its_record_was_written_is_read_again(store: Store, note: Path) -> None:
    changing = keeper()

    def once(vectors: Sequence[SpaceVectors]) -> Sequence[SpaceVectors]:
        if note.read_text() != "Rye bread.":
            note.write_text("Rye bread.")
        return vectors

    changing.before = once
    report = indexed(store, note, FakeExtractor(), changing)
    assert (report.files, report.failed) == (1, ())
    assert content(store, note) == "Rye bread."


def test_a_missing_file_is_forgotten_only_where_its_folder_is_still_there(store: Store, note: Path) -> None:
    path = os.fsencode(note)
    indexed(store, note, FakeExtractor(), keeper())
    indexer = Indexer(store, Pipeline(store, keeper(), FakeExtractor(), FakeEmbedder()), Rules(), (), lambda _: None)
    indexer.start([])
    os.rename(note.parent, note.parent.with_name("away"))
    indexer.reconsider([path])
    indexer.reconsider([path])
    done(indexer)
    assert store.catalog.file(path) is not None
    os.rename(note.parent.with_name("away"), note.parent)
    note.unlink()
    indexer.reconsider([path])
    done(indexer)
    indexer.close()
    assert store.catalog.file(path) is None


def done(indexer: Indexer) -> None:
    """Wait until the indexer has done what it was given."""
    reached = threading.Event()
    indexer._tasks.put(reached.set)
    assert reached.wait(PATIENCE_S)
