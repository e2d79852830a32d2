"""A file with several names is known anew by all of them when it is written by one."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.waiting import until
from vexgui.core.paths import folder_of
from vexgui.core.vectors import CodecName
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.links import other_names
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FAKE_TEXT, FakeEmbedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files" / "sub").mkdir(parents=True)
    (tmp_path / "files" / "one.txt").write_text("Fog over the water.")
    (tmp_path / "files" / "alone.txt").write_text("A boat.")
    os.link(tmp_path / "files" / "one.txt", tmp_path / "files" / "sub" / "two.txt")
    return tmp_path / "files"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as opened:
        yield opened


@pytest.fixture
def indexer(store: Store, request: pytest.FixtureRequest) -> Iterator[Indexer]:
    """An indexer that writes no records, unless the test says so."""
    keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=getattr(request, "param", False))
    pipeline = Pipeline(store, keeper, FakeExtractor(), FakeEmbedder())
    with closing(Indexer(store, pipeline, Rules(()), (), lambda _: None, settle_s=0.02)) as made:
        yield made


def test_the_further_names_of_a_file_are_those_that_are_known_and_still_its_own(
    folder: Path, store: Store, indexer: Indexer
) -> None:
    one, two, alone = (os.fsencode(folder / name) for name in ("one.txt", "sub/two.txt", "alone.txt"))
    assert names_of(store, [one]) == []
    indexer.index([os.fsencode(folder)], (), threading.Event(), force=False)
    assert names_of(store, [one]) == [two]
    assert names_of(store, [two, alone]) == [one]
    assert names_of(store, [one, two]) == []
    (folder / "sub" / "three.txt").hardlink_to(folder / "one.txt")
    (folder / "sub" / "two.txt").unlink()
    (folder / "sub" / "two.txt").write_text("Another file.")
    assert names_of(store, [one, b"/missing"]) == []


def test_further_names_that_may_not_be_looked_at_are_left_out(folder: Path, store: Store, indexer: Indexer) -> None:
    one, two = (os.fsencode(folder / name) for name in ("one.txt", "sub/two.txt"))
    indexer.index([os.fsencode(folder)], (), threading.Event(), force=False)
    assert other_names(store.catalog, (), one.__eq__, [folder_of(two)]) == []
    assert other_names(store.catalog, (), two.__eq__, [folder_of(two)]) == [one]
    assert names_of(store, [one], two.__eq__) == []


def test_writing_by_one_name_is_noticed_of_the_other(folder: Path, store: Store, indexer: Indexer) -> None:
    two = os.fsencode(folder / "sub" / "two.txt")
    indexer.start([os.fsencode(folder)])
    wait_for(store, two, size=19)
    with (folder / "one.txt").open("a") as file:
        file.write(" Herons.")
    wait_for(store, two, size=27)


def removed(folder: Path) -> None:
    (folder / "one.txt").unlink()


def replaced(folder: Path) -> None:
    (folder / "new").write_text("Another file.")
    (folder / "new").rename(folder / "one.txt")


def renamed(folder: Path) -> None:
    (folder / "one.txt").rename(folder / "alone.txt")


@pytest.mark.parametrize("goes", [removed, replaced, renamed])
def test_what_is_written_by_a_name_that_then_goes_is_noticed_of_the_other(
    folder: Path, store: Store, indexer: Indexer, goes: Callable[[Path], None]
) -> None:
    two = os.fsencode(folder / "sub" / "two.txt")
    indexer.start([os.fsencode(folder)])
    wait_for(store, two, size=19)
    with (folder / "one.txt").open("a") as file:
        file.write(" Herons.")
    goes(folder)
    wait_for(store, two, size=27)


def folder_removed(folder: Path) -> None:
    shutil.rmtree(folder / "sub")


def folder_renamed(folder: Path) -> None:
    (folder / "sub").rename(folder / "other")


def folder_moved_away(folder: Path) -> None:
    (folder / "sub").rename(folder.parent / "outside")


@pytest.mark.parametrize("goes", [folder_removed, folder_renamed, folder_moved_away])
def test_what_is_written_in_a_folder_that_then_goes_is_noticed_outside_of_it(
    folder: Path, store: Store, indexer: Indexer, goes: Callable[[Path], None]
) -> None:
    one = os.fsencode(folder / "one.txt")
    indexer.start([os.fsencode(folder)])
    wait_for(store, one, size=19)
    with (folder / "sub" / "two.txt").open("a") as file:
        file.write(" Herons.")
    goes(folder)
    wait_for(store, one, size=27)


@pytest.mark.parametrize("indexer", [True], indirect=True)
def test_a_record_that_is_written_by_one_name_leaves_no_other_without_vectors(
    folder: Path, store: Store, indexer: Indexer
) -> None:
    indexer.start([os.fsencode(folder)])
    until(lambda: store.count_files_in(FAKE_TEXT.id) == 3, "all names have vectors")


def names_of(store: Store, paths: list[bytes], may_hang: Callable[[bytes], bool] = lambda _: False) -> list[bytes]:
    return other_names(store.catalog, paths, may_hang)


def wait_for(store: Store, path: bytes, *, size: int) -> None:
    def is_known() -> bool:
        row = store.catalog.file(path)
        return row is not None and row.stat.size == size

    until(is_known, "it is known with this size")
