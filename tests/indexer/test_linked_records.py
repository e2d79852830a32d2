"""A file with several names gets its record once: to set it moves ctime, and backups copy such a file again."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from vexgui.core.reports import IndexReport
from vexgui.core.vectors import CodecName
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FakeEmbedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system import attributes

NAMES = ("one.txt", "two.txt", "three.txt", "four.txt", "five.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    first, *others = (folder / name for name in NAMES)
    first.write_text("Fog over the water.")
    for other in others:
        other.hardlink_to(first)
    return folder


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Iterator["Index"]:
    keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True)
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as store:
        pipeline = Pipeline(store, keeper, FakeExtractor(), FakeEmbedder())
        with closing(Indexer(store, pipeline, Rules(()), (), lambda _: None)) as indexer:
            yield Index(indexer, os.fsencode(folder))


class Index:
    """Brings a folder up to date."""

    def __init__(self, indexer: Indexer, folder: bytes) -> None:
        self._indexer = indexer
        self._folder = folder

    def __call__(self, *, force: bool = False) -> IndexReport:
        return self._indexer.index([self._folder], (), threading.Event(), force=force)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The values of attributes that were set."""
    values: list[bytes] = []
    write = attributes.write

    def noted(descriptor: int, name: bytes, value: bytes) -> None:
        values.append(value)
        write(descriptor, name, value)

    monkeypatch.setattr(attributes, "write", noted)
    return values


def test_five_names_get_one_record(index: Index, written: list[bytes]) -> None:
    report = index()
    assert (report.files, report.failed, len(written)) == (5, (), 1)
    assert index().unchanged == 5


def test_five_names_that_are_embedded_anew_get_one_record_at_most(index: Index, written: list[bytes]) -> None:
    index()
    written.clear()
    report = index(force=True)
    assert (report.indexed + report.reused, report.failed) == (5, ())
    assert len(written) <= 1, "none where the name that comes first is the one before"
    assert index().unchanged == 5


def test_a_further_name_of_a_file_with_a_record_writes_none(folder: Path, index: Index, written: list[bytes]) -> None:
    index()
    written.clear()
    (folder / "six.txt").hardlink_to(folder / "one.txt")
    assert (index().reused, written) == (1, [])


def test_a_file_that_was_written_by_one_name_gets_one_record_again(
    folder: Path, index: Index, written: list[bytes]
) -> None:
    index()
    written.clear()
    (folder / "two.txt").write_text("A heron and a boat.")
    assert (index().failed, len(written), index().unchanged) == ((), 1, 5)
