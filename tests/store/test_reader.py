"""A second process reads while the owner writes; two stores in one process stand for them."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.descriptors import open_beneath
from tests.store.builders import (
    PICTURE,
    TEXT,
    OpenStore,
    a_file,
    a_stat,
    column_folders,
    held,
    kept_space,
    nearest,
    rows_of,
    slots,
    vectors,
)
from tests.store.damage import column_path
from vexgui.core.errors import PermissionProblem, ProfileBusy, StoreDamaged
from vexgui.core.files import Kind
from vexgui.core.vectors import CodecName
from vexgui.store.catalog.schema import TABLES
from vexgui.store.codecs import codec_named
from vexgui.store.columns.rows import blank, made_rows
from vexgui.store.format import PAGE_BYTES, Column
from vexgui.store.rows import Stamp
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

ROWS = vectors(30)


def all_of(snapshot: Snapshot) -> list[object]:
    """Return what a snapshot tells, as values that can be compared."""
    files = {row.id: row for row in snapshot.catalog.all_files()}
    scan = snapshot.scan(TEXT.id, ROWS[0], 9)
    return [
        files,
        {file: [(part.space, part.vectors.tolist()) for part in snapshot.vectors_of(file)] for file in files},
        (scan.passages, scan.scores.tolist(), scan.vectors, scan.middle, scan.spread),
        snapshot.count_vectors(TEXT.id),
        [kept.generation for kept in snapshot.spaces()],
        [(extent.first, extent.count) for extent in snapshot.catalog.extents_of(list(files))],
        snapshot.live(snapshot.opened(snapshot.spaces()[0])).tolist(),
    ]


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
    assert reader.scan(PICTURE.id, vectors(1, PICTURE.dim)[0], 5).passages == ()
    assert [kept.space for kept in reader.spaces()] == [TEXT, PICTURE]


def test_a_reader_survives_compaction(store: Store, reader: Store) -> None:
    store.forget([b"/0", b"/2"])
    before = held(reader)
    store.compact()
    assert held(reader) == before == held(store)
    assert nearest(reader, ROWS[4]) == b"/4"
    assert reader.check().problems == ()


def test_a_reader_keeps_no_old_columns_open(store: Store, reader: Store, folder: bytes) -> None:
    store.compact()
    assert nearest(reader, ROWS[1]) == b"/1"
    before = open_beneath(folder)
    for _ in range(5):
        store.compact()
        assert nearest(reader, ROWS[1]) == b"/1"
    assert open_beneath(folder) == before > 0


def test_a_snapshot_stays_what_it_was_whatever_the_writer_does(store: Store, reader: Store, folder: bytes) -> None:
    for held_by in (reader, store):
        with held_by.snapshot() as snapshot:
            before = all_of(snapshot)
            store.commit([a_file(b"/0", ROWS[10:13]), a_file(b"/new", vectors(3000, seed=8))])
            assert all_of(snapshot) == before
            store.forget([b"/1", b"/new"])
            store.rename(b"/2", b"/renamed", folder=False)
            store.set_roots([b"/"])
            store.update_stats([(b"/3", a_stat(size=77))])
            assert all_of(snapshot) == before
            store.compact()
            store.forget_folder(b"/")
            store.commit([a_file(b"/%d" % number, ROWS[number : number + 1]) for number in range(5)])
            assert all_of(snapshot) == before
        assert nearest(held_by, ROWS[3]) == b"/3"
    store.tidy()
    assert column_folders(folder) == {f"{TEXT.id}.3"}


def test_a_snapshot_begun_before_a_compaction_may_look_at_the_columns_only_after_it(
    store: Store, reader: Store
) -> None:
    with reader.snapshot() as snapshot:
        store.compact()
        store.forget([b"/4"])
        assert len(snapshot.scan(TEXT.id, ROWS[4], 9).passages) == 5


def test_old_columns_go_when_their_last_reader_has_gone(store: Store, reader: Store, folder: bytes) -> None:
    with reader.snapshot(), store.snapshot():
        store.compact()
        assert column_folders(folder) == {f"{TEXT.id}.1", f"{TEXT.id}.2"}
    store.forget([b"/4"])
    assert column_folders(folder) == {f"{TEXT.id}.2"}


def test_what_is_forgotten_is_erased_as_soon_as_no_snapshot_has_it(store: Store, reader: Store, folder: bytes) -> None:
    codes = rows_of(store).codes[4].tobytes()
    with reader.snapshot(), open(column_path(folder, Column.CODES), "rb") as file:
        store.forget([b"/4"])
        store.commit([a_file(b"/6", ROWS[6:7])])
        assert codes in file.read()
    store.forget([b"/nothing"])
    with open(column_path(folder, Column.CODES), "rb") as file:
        assert codes not in file.read()
    assert store.catalog.dead() == []
    assert store.check().problems == ()


def test_slots_that_a_snapshot_has_are_not_given_to_others(store: Store, reader: Store) -> None:
    with reader.snapshot():
        store.forget([b"/3"])
        store.commit([a_file(b"/6", ROWS[6:7])])
        assert slots(store) == [0, 1, 2, 4, 5]
    store.commit([a_file(b"/7", ROWS[7:8])])
    store.commit([a_file(b"/8", ROWS[8:9])])
    assert slots(store) == [0, 1, 2, 3, 4, 5, 6]


def test_columns_that_are_gone_for_good_are_damage(store: Store, reader: Store, folder: bytes) -> None:
    store.compact()
    os.unlink(column_path(folder, Column.CODES, generation=2))
    with pytest.raises(StoreDamaged):
        reader.scan(TEXT.id, ROWS[0], 1)


def test_a_reader_changes_nothing(store: Store, reader: Store) -> None:
    with pytest.raises(PermissionProblem):
        reader.forget([b"/0"])
    assert len(held(store)) == 5


def test_a_reader_does_not_make_a_store(open_store: OpenStore, folder: bytes) -> None:
    with pytest.raises(StoreDamaged):
        open_store(writable=False)
    assert not os.path.exists(folder)


def test_a_reader_opens_what_a_dead_owner_left(store: Store, reader: Store, open_store: OpenStore) -> None:
    """Vectors in slots that no transaction names are not answered with, and the next owner erases them."""
    left = made_rows(
        codec_named(CodecName.INT8), ROWS[20:21], np.array([77 << 20]), [(Stamp(Kind.TEXT, 0, 1, 1), 1)], 2
    )
    with store.snapshot() as snapshot:
        assert snapshot.epoch == 1
        snapshot.opened(kept_space(store)).columns.write(np.array([9]), left)
    late = open_store(writable=False)
    for reading in (reader, late):
        assert nearest(reading, ROWS[20]) != b""
        assert len(reading.scan(TEXT.id, ROWS[20], 30).passages) == 5
    store.close()
    again = open_store()
    assert again.count_vectors(TEXT.id) == 5
    assert blank(rows_of(again))[9]
    again.commit([a_file(b"/next", ROWS[7:8])])
    assert len(again.scan(TEXT.id, ROWS[20], 30).passages) == 6
    assert again.check().problems == ()


def test_a_second_owner_is_refused(store: Store, open_store: OpenStore) -> None:
    with pytest.raises(ProfileBusy):
        open_store()
    store.close()
    open_store()


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


def test_a_reader_follows_a_store_that_was_put_in_the_place_of_another(
    store: Store, reader: Store, open_store: OpenStore, folder: bytes
) -> None:
    """As a rebuild does: generations and ids begin anew there."""
    store.close()
    os.replace(folder, folder + b".old")
    new = open_store()
    new.ensure_space(TEXT)
    new.commit([a_file(b"/other", ROWS[12:13]), a_file(b"/3", ROWS[3:4])])
    shutil.rmtree(folder + b".old")
    assert nearest(reader, ROWS[12]) == b"/other"
    assert nearest(reader, ROWS[3]) == b"/3"
    assert held(reader) == held(new)
