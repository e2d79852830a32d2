"""Every flipped bit of a live vector is found, and nothing else is reported."""

import os

import numpy as np
import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, a_file, held, nearest, of_space, vectors
from vexgui.core.errors import StoreDamaged
from vexgui.store.format import PAGE_BYTES
from vexgui.store.store import Store

ROWS = vectors(3)
WIDTHS = {b"codes": TEXT.dim, b"scale": 4, b"owner": 8, b"checksum": 4}


@pytest.fixture(autouse=True)
def _files(store: Store) -> None:
    store.ensure_space(TEXT)
    store.commit([a_file(b"/gone", vectors(2, seed=9)), *[a_file(b"/%d" % n, ROWS[n : n + 1]) for n in range(3)]])
    store.forget([b"/gone"])


def flip(folder: bytes, column: bytes, slot: int, bit: int) -> None:
    with open(os.path.join(folder, TEXT.id.encode() + b".1", column), "r+b") as file:
        offset = PAGE_BYTES + slot * WIDTHS[column] + bit // 8
        value = os.pread(file.fileno(), 1, offset)[0]
        os.pwrite(file.fileno(), bytes([value ^ 1 << bit % 8]), offset)


def test_a_sound_store_has_no_problems(store: Store) -> None:
    check = store.check()
    assert (check.slots, check.problems, check.damaged) == (3, (), ())


@pytest.mark.parametrize("column", WIDTHS)
def test_every_flipped_bit_of_a_live_vector_is_found(store: Store, folder: bytes, column: bytes) -> None:
    for bit in range(WIDTHS[column] * 8):
        flip(folder, column, 3, bit)
        check = store.check()
        assert check.damaged == (b"/1",), bit
        assert check.problems == ("The vectors of /1 are damaged in the store.",)
        flip(folder, column, 3, bit)
    assert store.check().problems == ()


@pytest.mark.parametrize("column", WIDTHS)
def test_a_damaged_vector_is_never_answered_with_nor_handed_on(store: Store, folder: bytes, column: bytes) -> None:
    for bit in range(WIDTHS[column] * 8):
        flip(folder, column, 3, bit)
        assert held(store) == {b"/0": {TEXT.id: 1}, b"/1": {}, b"/2": {TEXT.id: 1}}
        assert nearest(store, ROWS[1]) != b"/1"
        assert len(store.scan(TEXT.id, ROWS[1], 9).passages) == 2
        flip(folder, column, 3, bit)


@pytest.mark.parametrize("column", WIDTHS)
def test_flipped_bits_of_free_slots_harm_nothing(store: Store, folder: bytes, column: bytes) -> None:
    for bit in range(WIDTHS[column] * 8):
        flip(folder, column, 1, bit)
        flip(folder, column, 9, bit)
    assert store.check().problems == ()
    assert len(store.scan(TEXT.id, ROWS[1], 9).passages) == 3


def test_vectors_that_the_catalog_gives_to_others_are_found_and_not_handed_on(store: Store) -> None:
    with store.catalog.writing() as db:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            db.execute("UPDATE vectors SET slot = ? WHERE slot = ?", (new, old))
    assert store.check().damaged == (b"/0", b"/1")
    assert held(store) == {b"/0": {}, b"/1": {}, b"/2": {TEXT.id: 1}}


def test_each_space_is_checked_and_a_file_is_named_once(store: Store, folder: bytes) -> None:
    store.ensure_space(PICTURE)
    parts = [of_space(ROWS[:1]), of_space(vectors(1, PICTURE.dim), PICTURE)]
    store.commit([a_file(b"/both", parts=parts, texts=["a"])])
    for space in (TEXT, PICTURE):
        kept = next(kept for kept in store.spaces() if kept.space == space)
        slots, _ = store.catalog.slots(kept.number)
        with open(os.path.join(folder, space.id.encode() + b".1", b"codes"), "r+b") as file:
            for slot in slots.tolist():
                os.pwrite(file.fileno(), bytes(space.dim), PAGE_BYTES + slot * space.dim)
    check = store.check()
    assert check.slots == 5
    assert check.damaged == (b"/0", b"/1", b"/2", b"/both")


def test_a_forgotten_damaged_file_can_be_kept_again(store: Store, folder: bytes) -> None:
    flip(folder, b"codes", 3, 5)
    store.forget(store.check().damaged)
    store.commit([a_file(b"/1", ROWS[1:2])])
    assert store.check().problems == ()
    assert nearest(store, ROWS[1]) == b"/1"


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
    except StoreDamaged as damage:
        problems = (damage.message,)
    assert problems
    assert all(problem.startswith("The catalog") for problem in problems)
