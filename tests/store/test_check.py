"""Every flipped bit, cut column, missing slot and orphan is found, and nothing else is reported."""

import os
import random
from contextlib import closing, suppress

import numpy as np
import pytest

from tests.store.builders import (
    PICTURE,
    TEXT,
    OpenStore,
    a_file,
    held,
    kept_space,
    nearest,
    of_space,
    rows_of,
    slots,
    vectors,
)
from tests.store.damage import column_path, cut, flip, flipped
from vexgui.core.errors import StoreDamaged, VexError
from vexgui.core.paths import joined
from vexgui.core.vectors import Space
from vexgui.store.checking import StoreCheck, checked
from vexgui.store.columns.rows import blank
from vexgui.store.format import Column
from vexgui.store.store import Store

PAGE = 4096
ROWS = vectors(3)
FREE, LIVE = 1, 3
"""A slot that was forgotten, and that of /1."""
WIDTHS = {
    Column.CODES: TEXT.dim,
    Column.SCALE: 4,
    Column.OWNER: 8,
    Column.CHECKSUM: 4,
    Column.SIGNS: TEXT.dim // 8,
    Column.BORN: 4,
    Column.KIND: 1,
    Column.ROOT: 2,
    Column.SIZE: 8,
    Column.MTIME: 8,
}
"""Bytes in a row."""


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """A store of small pages: slots 0 and 1 were forgotten, /0, /1 and /2 have one each behind them."""
    store = open_store(page_bytes=PAGE)
    store.ensure_space(TEXT)
    store.commit([a_file(b"/gone", vectors(2, seed=9)), *[a_file(b"/%d" % n, ROWS[n : n + 1]) for n in range(3)]])
    store.forget([b"/gone"])
    assert slots(store) == [2, 3, 4]
    return store


def bits_of(column: Column, slot: int) -> range:
    first = 8 * (PAGE + slot * WIDTHS[column])
    return range(first, first + 8 * WIDTHS[column])


def found(store: Store) -> tuple[str, ...]:
    """Return what a check reports, or why there can be none."""
    try:
        return store.check().problems
    except StoreDamaged as damage:
        return (damage.message,)


def test_a_sound_store_has_no_problems(store: Store) -> None:
    assert store.check() == StoreCheck(3, (), ())


# Flipped bits


@pytest.mark.parametrize("column", WIDTHS)
def test_every_flipped_bit_of_a_live_vector_is_found(store: Store, folder: bytes, column: Column) -> None:
    problem = "The vectors of /1 are damaged in the store."
    for bit in bits_of(column, LIVE):
        with flipped(column_path(folder, column), bit):
            assert store.check() == StoreCheck(3, (problem,), (b"/1",)), bit
    assert store.check().problems == ()


@pytest.mark.parametrize("column", WIDTHS)
def test_a_damaged_vector_is_never_answered_with_nor_handed_on(
    store: Store, open_store: OpenStore, folder: bytes, column: Column
) -> None:
    for bit in bits_of(column, LIVE):
        with flipped(column_path(folder, column), bit):
            reader = open_store(writable=False)  # one that has not looked at the columns yet
            for reading in (store, reader):
                assert held(reading) == {b"/0": {TEXT.id: 1}, b"/1": {}, b"/2": {TEXT.id: 1}}
                assert nearest(reading, ROWS[1]) != b"/1"
                assert len(reading.scan(TEXT.id, ROWS[1], 9).passages) == 2
            reader.close()


@pytest.mark.parametrize("column", WIDTHS)
def test_flipped_bits_of_free_slots_are_found_and_harm_no_answer(
    store: Store, open_store: OpenStore, folder: bytes, column: Column
) -> None:
    problem = "1 free slots of words are not empty."
    for slot in (FREE, 9):
        for bit in bits_of(column, slot):
            with flipped(column_path(folder, column), bit):
                assert store.check() == StoreCheck(3, (problem,), ()), bit
                reader = open_store(writable=False)
                assert len(reader.scan(TEXT.id, ROWS[1], 9).passages) == 3
                assert nearest(reader, ROWS[1]) == b"/1"
                reader.close()


def test_flipped_bits_anywhere_in_the_columns_are_found(store: Store, folder: bytes) -> None:
    """A sample; the test below takes every bit."""
    store.ensure_space(PICTURE)
    store.commit([a_file(b"/p", parts=[of_space(vectors(2, PICTURE.dim), PICTURE)], texts=["a", "b"])])
    luck = random.Random(1)
    for space in (TEXT, PICTURE):
        for column in Column:
            path = column_path(folder, column, space)
            size = os.stat(path).st_size
            for bit in (*(luck.randrange(8 * size) for _ in range(12)), 8 * size - 1):
                with flipped(path, bit):
                    assert found(store), (space.model, column, bit)
    assert store.check().problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("space", [TEXT, PICTURE], ids=["text", "picture"])
def test_every_flipped_bit_of_the_columns_is_found(store: Store, folder: bytes, space: Space) -> None:
    store.ensure_space(PICTURE)
    both = [of_space(ROWS[:2]), of_space(vectors(2, PICTURE.dim), PICTURE, [1, 2])]
    store.commit([a_file(b"/both", parts=both, texts=["a", "b", "c"])])
    with store.snapshot() as snapshot:
        kept = kept_space(store, space)
        columns = snapshot.opened(kept).columns
        extents, dead = snapshot.catalog.extents_in(kept.number), snapshot.catalog.dead_in(kept.number)
        live = slots(store, space)
        rows = columns.rows()

        def is_found(column: Column, slot: int) -> bool:
            """Ask that part of a check which looks at this byte: all of it would take hours."""
            if slot in live:
                return checked(rows, extents, dead, snapshot.epoch).damaged != ()
            if 0 <= slot < len(rows):
                return not blank(rows.at(slice(slot, slot + 1)))[0]
            return columns._files[column].problems(columns.capacity) != []

        for column in Column:
            width = columns._files[column]._shape.row_bytes
            with open(column_path(folder, column, space), "r+b", buffering=0) as file:
                for offset, byte in enumerate(file.read()):
                    for bit in range(8):
                        os.pwrite(file.fileno(), bytes([byte ^ 1 << bit]), offset)
                        assert is_found(column, (offset - PAGE) // width), (column, offset, bit)
                    os.pwrite(file.fileno(), bytes([byte]), offset)
    assert store.check().problems == ()


@pytest.mark.parametrize("bit", range(8))
def test_a_live_slot_that_looks_free_is_given_to_nobody_else(
    store: Store, open_store: OpenStore, folder: bytes, bit: int
) -> None:
    """Else the file's own forgetting would take another file's vectors with it."""
    store.close()
    flip(column_path(folder, Column.BORN), bits_of(Column.BORN, LIVE)[bit])
    again = open_store(page_bytes=PAGE)
    again.commit([a_file(b"/new", vectors(9, seed=5)), *[a_file(b"/n%d" % n, vectors(1, seed=n)) for n in range(9)]])
    assert len(set(slots(again))) == len(slots(again))
    assert again.check().damaged == (b"/1",)
    again.forget([b"/1"])
    again.tidy()
    assert again.check().problems == ()
    assert len(held(again)) == 12


def test_a_live_slot_that_is_zero_in_every_column_is_given_to_nobody_else(
    store: Store, open_store: OpenStore, folder: bytes
) -> None:
    store.close()
    for column, width in WIDTHS.items():
        with open(column_path(folder, column), "r+b") as file:
            os.pwrite(file.fileno(), bytes(width), PAGE + LIVE * width)
    again = open_store(page_bytes=PAGE)
    again.commit([a_file(b"/n%d" % number, vectors(1, seed=number)) for number in range(9)])
    assert len(set(slots(again))) == len(slots(again))
    assert again.check().damaged == (b"/1",)


def test_a_live_slot_that_looks_free_is_given_to_nobody_else_after_compaction(store: Store, folder: bytes) -> None:
    flip(column_path(folder, Column.BORN), bits_of(Column.BORN, LIVE)[0])
    store.compact()
    store.commit([a_file(b"/n%d" % number, vectors(1, seed=number)) for number in range(9)])
    assert slots(store) == [*range(12)]
    assert store.check().damaged == (b"/1",)


# Cut and missing files


@pytest.mark.parametrize("column", WIDTHS)
def test_a_column_cut_short_is_found(store: Store, open_store: OpenStore, folder: bytes, column: Column) -> None:
    store.close()
    path = column_path(folder, column)
    size = os.stat(path).st_size
    for left in (0, 1, PAGE - 1, PAGE, PAGE + 1, PAGE + 4 * WIDTHS[column], size - WIDTHS[column], size - 1):
        with cut(path, left):
            for writable in (True, False):
                try:
                    with closing(open_store(writable=writable)) as again:
                        problems = again.check().problems
                except StoreDamaged as damage:
                    problems = (damage.message,)
                assert problems, left
    again = open_store()
    assert (held(again), again.check().problems) == ({b"/%d" % n: {TEXT.id: 1} for n in range(3)}, ())


@pytest.mark.parametrize("column", WIDTHS)
def test_a_missing_column_is_found(store: Store, open_store: OpenStore, folder: bytes, column: Column) -> None:
    store.close()
    os.unlink(column_path(folder, column))
    for writable in (True, False):
        with pytest.raises(StoreDamaged):
            open_store(writable=writable)


# What catalog and columns say of each other


def test_slots_that_are_not_there_are_found(store: Store) -> None:
    with store.catalog.writing() as db:
        db.execute("UPDATE extents SET first = 1000000 WHERE first = 3")
    assert store.check().damaged == (b"/1",)


def test_vectors_that_the_catalog_gives_to_others_are_found_and_not_handed_on(store: Store) -> None:
    with store.catalog.writing() as db:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            db.execute("UPDATE extents SET first = ? WHERE first = ?", (new, old))
    assert store.check().damaged == (b"/0", b"/1")
    assert held(store) == {b"/0": {}, b"/1": {}, b"/2": {TEXT.id: 1}}


def test_vectors_of_a_file_that_is_unknown_are_found(store: Store) -> None:
    with store.catalog.writing() as db:
        db.execute("DELETE FROM files WHERE name = ?", (b"1",))
    assert "The catalog has 1 runs of slots without a file." in store.check().problems


def test_vectors_that_the_catalog_does_not_name_are_found(store: Store) -> None:
    with store.catalog.writing() as db:
        db.execute("DELETE FROM extents WHERE first = 3")
    assert store.check() == StoreCheck(2, ("1 free slots of words are not empty.",), ())


def test_a_slot_that_is_named_twice_is_found(store: Store) -> None:
    with store.catalog.writing() as db:
        db.execute("UPDATE extents SET first = 3 WHERE first = 2")
    assert store.check().damaged == (b"/0",)


def test_vectors_of_other_passages_than_the_catalog_says_are_not_handed_on(store: Store) -> None:
    with store.catalog.writing() as db:
        db.execute("UPDATE extents SET ordinals = x'05000000' WHERE first = 3")
    assert held(store)[b"/1"] == {}


def test_each_space_is_checked_and_a_file_is_named_once(store: Store, folder: bytes) -> None:
    store.ensure_space(PICTURE)
    parts = [of_space(ROWS[:1]), of_space(vectors(1, PICTURE.dim), PICTURE)]
    store.commit([a_file(b"/both", parts=parts, texts=["a"])])
    for space in (TEXT, PICTURE):
        with open(column_path(folder, Column.CODES, space), "r+b") as file:
            for slot in slots(store, space):
                os.pwrite(file.fileno(), bytes(space.dim), 4096 + slot * space.dim)
    check = store.check()
    assert check.slots == 5
    assert check.damaged == (b"/0", b"/1", b"/2", b"/both")


# Mending


def test_a_forgotten_damaged_file_can_be_kept_again(store: Store, folder: bytes) -> None:
    flip(column_path(folder, Column.CODES), bits_of(Column.CODES, LIVE)[5])
    store.forget(store.check().damaged)
    store.commit([a_file(b"/1", ROWS[1:2])])
    assert store.check().problems == ()
    assert nearest(store, ROWS[1]) == b"/1"


@pytest.mark.parametrize("column", WIDTHS)
def test_what_lies_in_free_slots_and_around_the_rows_is_mended(store: Store, folder: bytes, column: Column) -> None:
    before = held(store)
    path = column_path(folder, column)
    for bit in (bits_of(column, FREE)[0], bits_of(column, 9)[-1], 8 * 100, 8 * os.stat(path).st_size - 1):
        flip(path, bit)
    assert store.check().problems
    store.mend()
    assert store.check() == StoreCheck(3, (), ())
    assert held(store) == before


def test_a_scrub_finds_each_damaged_file_in_one_round(store: Store, folder: bytes) -> None:
    store.ensure_space(PICTURE)
    store.commit([a_file(b"/p", parts=[of_space(vectors(5, PICTURE.dim), PICTURE)], texts=list("abcde"))])
    flip(column_path(folder, Column.MTIME), bits_of(Column.MTIME, LIVE)[0])
    flip(column_path(folder, Column.SIGNS, PICTURE), 8 * (PAGE + 3 * 3))
    text, picture = [(b"/1",), (), ()], [(), (b"/p",), (), ()]
    assert [store.scrub(2) for _ in range(14)] == (text + picture) * 2


def test_a_damaged_catalog_is_told(store: Store, folder: bytes, open_store: OpenStore) -> None:
    store.commit([a_file(b"/%d" % number, texts=["word " * 300]) for number in range(100)])
    store.close()
    path = os.path.join(folder, b"catalog.db")
    size = os.stat(path).st_size
    with open(path, "r+b") as file:
        for offset in np.arange(size // 2, size, 4096).tolist():
            os.pwrite(file.fileno(), b"\xff" * 64, offset // 4096 * 4096)
    try:
        problems = open_store().check().problems
    except VexError as damage:
        problems = (damage.message,)
    assert problems
    assert all(problem.startswith("The catalog") for problem in problems)


def test_flipped_bits_anywhere_in_the_catalog_are_found(store: Store, open_store: OpenStore, folder: bytes) -> None:
    """A sample; the tests of the catalog's pages take more."""
    store.commit([a_file(b"/%d" % number, texts=["word " * 30]) for number in range(9, 40)])
    store.close()
    luck = random.Random(3)
    for name in (b"catalog.db", b"catalog.sums"):
        path = joined(folder, name)
        with open(path, "rb") as file:
            whole = file.read()
        for bit in (0, 8 * len(whole) - 1, *(luck.randrange(8 * len(whole)) for _ in range(25))):
            flip(path, bit)
            for writable in (False, True):
                try:
                    with closing(open_store(writable=writable)) as again:
                        problems = again.check().problems
                except VexError as damage:
                    problems = (damage.message,)
                assert problems, (name, bit, writable)
            for left in (name, b"catalog.db-wal", b"catalog.db-shm"):
                with suppress(FileNotFoundError):
                    os.unlink(joined(folder, left))
            with open(path, "wb") as file:
                file.write(whole)
            os.chmod(path, 0o600)
    assert open_store().check().problems == ()


def test_rows_of_a_snapshot_are_those_on_the_disk(store: Store, folder: bytes) -> None:
    """What the tests above flip in files is what open stores read."""
    bit = bits_of(Column.OWNER, LIVE)[0]
    before = int(rows_of(store).owner[LIVE])
    with flipped(column_path(folder, Column.OWNER), bit):
        assert int(rows_of(store).owner[LIVE]) == before ^ 1
