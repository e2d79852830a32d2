"""A second process reads while the owner writes; two stores in one process stand for them."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, a_file, held, nearest, vectors
from vexgui.core.errors import PermissionProblem, StoreDamaged
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, KeptSpace
from vexgui.store.catalog.schema import TABLES
from vexgui.store.format import PAGE_BYTES
from vexgui.store.store import Store

ROWS = vectors(30)


@pytest.fixture
def reader(store: Store, open_store: OpenStore) -> Store:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/%d" % number, ROWS[number : number + 1]) for number in range(5)])
    return open_store(writable=False)


def test_a_reader_sees_each_commit(store: Store, reader: Store) -> None:
    assert nearest(reader, ROWS[3]) == b"/3"
    store.commit([a_file(b"/new", ROWS[9:10])])
    assert nearest(reader, ROWS[9]) == b"/new"
    store.forget([b"/new"])
    assert nearest(reader, ROWS[9]) != b"/new"
    assert held(reader) == held(store)


def test_a_reader_sees_columns_grow(store: Store, reader: Store) -> None:
    assert reader.count_vectors(TEXT.id) == 5
    store.commit([a_file(b"/many", vectors(6000, seed=5))])
    assert reader.count_vectors(TEXT.id) == 6005
    assert nearest(reader, vectors(6000, seed=5)[5999]) == b"/many"


def test_a_reader_sees_new_spaces(store: Store, reader: Store) -> None:
    assert reader.count_vectors(PICTURE.id) == 0
    store.ensure_space(PICTURE)
    assert reader.count_vectors(PICTURE.id) == 0
    assert [kept.space for kept in reader.spaces()] == [TEXT, PICTURE]


def test_a_reader_survives_compaction(store: Store, reader: Store) -> None:
    store.forget([b"/0", b"/2"])
    before = held(reader)
    store.compact()
    assert held(reader) == before == held(store)
    assert nearest(reader, ROWS[4]) == b"/4"
    assert reader.check().problems == ()


def test_a_reader_keeps_no_old_columns_open(store: Store, reader: Store) -> None:
    store.compact()
    reader.count_vectors(TEXT.id)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        store.compact()
        reader.count_vectors(TEXT.id)
    assert len(os.listdir("/proc/self/fd")) == before


def test_columns_removed_between_two_looks_are_looked_up_again(
    store: Store, reader: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner compacts after the reader has asked which columns are in force and before it opens them."""
    ask = Catalog.space
    old = reader.catalog.space(TEXT.id)
    assert old is not None
    store.compact()
    asked: list[int] = []

    def ask_too_early(catalog: Catalog, space: str) -> KeptSpace | None:
        if catalog is reader.catalog:
            asked.append(1)
            if len(asked) == 1:
                return KeptSpace(old.number, old.space, old.codec, old.generation + 1)
        return ask(catalog, old.space.id)

    store.compact()
    monkeypatch.setattr(Catalog, "space", ask_too_early)
    assert nearest(reader, ROWS[4]) == b"/4"
    assert len(asked) > 1


def test_columns_that_are_gone_for_good_are_damage(store: Store, reader: Store, folder: bytes) -> None:
    store.compact()
    os.unlink(os.path.join(folder, TEXT.id.encode() + b".2", b"codes"))
    with pytest.raises(StoreDamaged):
        reader.count_vectors(TEXT.id)


def test_a_reader_changes_nothing(store: Store, reader: Store) -> None:
    with pytest.raises(PermissionProblem):
        reader.forget([b"/0"])
    assert len(held(store)) == 5


def test_a_reader_does_not_make_a_store(open_store: OpenStore, folder: bytes) -> None:
    with pytest.raises(StoreDamaged):
        open_store(writable=False)
    assert not os.path.exists(folder)


def test_a_reader_opens_what_a_dead_owner_left(store: Store, reader: Store, open_store: OpenStore) -> None:
    """Vectors in slots that no transaction names are not answered with, and the next owner clears them."""
    opened = store._spaces.get(TEXT.id)
    assert opened is not None
    opened.columns.write(
        opened.free.take(1), opened.columns.codec.encode(ROWS[20:21]), store.catalog.slots(1)[1][:1] + 1000
    )
    assert nearest(reader, ROWS[20]) != b""
    assert len(reader.scan(TEXT.id, ROWS[20], 30).passages) == 5
    store.close()
    assert open_store(CodecName.INT8).count_vectors(TEXT.id) == 5


@pytest.mark.parametrize("size", [0, PAGE_BYTES, PAGE_BYTES + 4])
def test_a_reader_of_columns_that_were_cut_short_is_told(
    store: Store, open_store: OpenStore, folder: bytes, size: int
) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/0", ROWS[:3])])
    os.truncate(os.path.join(folder, TEXT.id.encode() + b".1", b"scale"), size)
    with pytest.raises(StoreDamaged):
        open_store(writable=False)


def test_a_reader_undoes_what_a_process_that_was_killed_had_begun(folder: bytes, tmp_path: Path) -> None:
    begun = sqlite3.connect(tmp_path / "begun.db", isolation_level=None)
    begun.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the end
    begun.executescript(f"BEGIN; {TABLES}")
    os.mkdir(folder)
    for suffix in ("", "-journal"):
        shutil.copyfile(tmp_path / f"begun.db{suffix}", os.fsdecode(folder) + f"/catalog.db{suffix}")
    begun.close()
    with closing(Store(folder, CodecName.INT8, writable=False)) as reader:
        assert reader.spaces() == ()
