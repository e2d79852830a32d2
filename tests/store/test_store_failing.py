"""A store that fails is left as it was, and lets go of what it holds."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.descriptors import open_beneath
from tests.store.builders import (
    TEXT,
    OpenStore,
    a_file,
    held,
    slots,
    vectors,
)
from vexgui.core.errors import DiskFull, StoreDamaged
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import Catalog, edits
from vexgui.store.columns import ColumnFile, SpaceColumns
from vexgui.store.store import Store

ROWS = vectors(10)

pytestmark = pytest.mark.usefixtures("text_space")


@pytest.mark.parametrize(
    "step", ["put_files", "extents_of", "delete_extents", "set_slots", "insert_extents", "set_epoch"]
)
def test_a_commit_that_fails_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store.commit([a_file(b"/a", ROWS[:2]), a_file(b"/b", ROWS[2:3])])
    before = held(store), slots(store), store.count_vectors(TEXT.id)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("by a test")

    with monkeypatch.context() as patch:
        patch.setattr(edits, step, fail)
        with pytest.raises(StoreDamaged):
            store.commit([a_file(b"/a", ROWS[5:9]), a_file(b"/c", ROWS[9:10])])
    assert (held(store), slots(store), store.count_vectors(TEXT.id)) == before
    assert store.check().problems == ()
    store.commit([a_file(b"/c", ROWS[9:10])])
    assert slots(store) == [0, 1, 2, 3]
    assert store.check().problems == ()


@pytest.mark.parametrize("step", ["reserve", "write", "flush"])
def test_a_disk_that_refuses_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise DiskFull("by a test")

    rows = vectors(5000)
    store.commit([a_file(b"/a", ROWS[:2])])
    with monkeypatch.context() as patch:
        patch.setattr(SpaceColumns, step, fail)
        with pytest.raises(DiskFull):
            store.commit([a_file(b"/b", rows)])
    assert held(store) == {b"/a": {TEXT.id: 2}}
    store.commit([a_file(b"/b", rows)])
    assert slots(store) == list(range(5002))


def test_columns_that_grew_only_in_part_are_used_as_far_as_they_reach(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = ColumnFile.reserve

    def fail_for_owners(column: ColumnFile, rows: int) -> None:
        if column._path.endswith(b"owner") and rows > column.capacity:
            raise DiskFull("by a test")
        reserve(column, rows)

    store.commit([a_file(b"/a", ROWS[:2])])
    with monkeypatch.context() as patch:
        patch.setattr(ColumnFile, "reserve", fail_for_owners)
        with pytest.raises(DiskFull):
            store.commit([a_file(b"/b", vectors(9000))])
    store.commit([a_file(b"/b", vectors(4500))])
    assert store.count_vectors(TEXT.id) == 4502
    assert store.check().problems == ()


def test_a_full_catalog_leaves_the_store_as_it_was(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    pages = store.catalog._writer.execute("PRAGMA page_count").fetchone()[0]
    store.catalog._writer.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DiskFull):
        store.commit([a_file(b"/%d" % number, ROWS[:1], texts=["word " * 500]) for number in range(50)])
    assert held(store) == {b"/a": {TEXT.id: 2}}
    assert store.count_vectors(TEXT.id) == 2
    store.catalog._writer.execute("PRAGMA max_page_count = 1000000")
    store.commit([a_file(b"/b", ROWS[2:3])])
    assert slots(store) == [0, 1, 2]


def test_a_file_in_the_stores_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreDamaged):
        Store(os.fsencode(tmp_path / "file"), CodecName.INT8, writable=True)


def test_columns_that_are_gone_are_damage(store: Store, open_store: OpenStore, folder: bytes) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    store.close()
    os.unlink(os.path.join(folder, TEXT.id.encode() + b".1", b"owner"))
    for writable in (True, False):
        with pytest.raises(StoreDamaged):
            open_store(writable=writable)


def test_columns_cut_short_are_damage_to_the_owner(store: Store, open_store: OpenStore, folder: bytes) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    store.close()
    os.truncate(os.path.join(folder, TEXT.id.encode() + b".1", b"codes"), 64 << 10)
    with pytest.raises(StoreDamaged):
        open_store()


def test_a_store_that_cannot_be_opened_holds_no_file_open(store: Store, open_store: OpenStore, folder: bytes) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    store.close()
    os.truncate(os.path.join(folder, TEXT.id.encode() + b".1", b"codes"), 64 << 10)
    assert open_beneath(folder) == 0
    with pytest.raises(StoreDamaged):
        open_store()
    assert open_beneath(folder) == 0


def test_a_store_that_cannot_be_closed_properly_is_let_go_all_the_same(
    store: Store, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Catalog) -> None:
        raise StoreDamaged("The log is damaged.")

    with monkeypatch.context() as patch:
        patch.setattr(Catalog, "close", refuse)
        with pytest.raises(StoreDamaged):
            store.close()
    assert open_store().check().problems == ()
