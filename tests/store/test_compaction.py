"""Compaction leaves no gaps, can be stopped at any vector, keeps every vector in any codec, and gives room back."""

import os
import sqlite3
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from tests.store.builders import (
    COLUMN_CODECS,
    PICTURE,
    TEXT,
    OpenStore,
    a_file,
    as_kept,
    column_folders,
    held,
    kept_space,
    nearest,
    of_space,
    slots,
    unit,
    vectors,
)
from vexgui.core.arrays import Vectors
from vexgui.core.errors import StoreDamaged
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store import compaction
from vexgui.store.catalog import edits
from vexgui.store.codecs import codec_named
from vexgui.store.store import Store

WIDE = Space(SpaceId("1234567890abcdef"), "wide", Modality.TEXT, 256)
ROWS = vectors(40)


@pytest.fixture
def chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "_CHUNK_ROWS", 2)


@pytest.fixture
def gappy(store: Store) -> Store:
    """A store of two spaces with gaps: 12 vectors in one, 6 in the other."""
    for space in (TEXT, PICTURE):
        store.ensure_space(space)
    pictures = vectors(9, PICTURE.dim)
    parts = [[of_space(ROWS[2 * n : 2 * n + 2]), of_space(pictures[n : n + 1], PICTURE)] for n in range(9)]
    store.commit([a_file(b"/%d" % n, parts=parts[n], texts=["a", "b"]) for n in range(9)])
    store.forget([b"/1", b"/4", b"/5"])
    return store


def all_vectors(store: Store) -> dict[tuple[bytes, SpaceId], Vectors]:
    return {
        (row.path, part.space): part.vectors for row in store.catalog.all_files() for part in store.vectors_of(row.id)
    }


def clustered(count: int, dim: int) -> Vectors:
    """Return vectors as models give them: most of their length lies in few directions, the first above all."""
    luck = np.random.default_rng(3)
    weights = np.linspace(1, 0, dim, dtype=np.float32) ** 6
    rows: Vectors = (luck.standard_normal((count, dim)) * weights).astype(np.float32)
    return unit(rows)


@pytest.mark.usefixtures("text_space")
def test_compaction_leaves_no_gaps_and_the_same_vectors(store: Store, open_store: OpenStore) -> None:
    store.commit([a_file(b"/%d" % number, ROWS[number : number + 1]) for number in range(40)])
    store.forget([b"/%d" % number for number in range(40) if number % 3])
    before = held(store)
    store.compact()
    assert slots(store) == list(range(14))
    assert held(store) == before
    assert nearest(store, ROWS[39]) == b"/39"
    store.commit([a_file(b"/new", ROWS[1:2])])
    assert slots(store) == list(range(15))
    store.close()
    again = open_store()
    assert held(again) == {**before, b"/new": {TEXT.id: 1}}
    assert again.check().problems == ()


@pytest.mark.usefixtures("text_space")
def test_compaction_gives_room_back(store: Store) -> None:
    store.commit([a_file(b"/%d" % number, vectors(500, seed=number)) for number in range(40)])
    store.forget_folder(b"/")
    store.commit([a_file(b"/a", ROWS[:1])])
    before = store.size_bytes()
    store.compact()
    assert store.size_bytes() < before / 2
    assert held(store) == {b"/a": {TEXT.id: 1}}
    store.commit([a_file(b"/b", ROWS[1:2])])
    assert held(store) == {b"/a": {TEXT.id: 1}, b"/b": {TEXT.id: 1}}


@pytest.mark.usefixtures("text_space")
def test_compaction_removes_the_old_columns(store: Store, folder: bytes) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    for _ in range(3):
        store.compact()
    assert column_folders(folder) == {TEXT.id + ".4"}


@pytest.mark.usefixtures("text_space")
def test_an_empty_store_is_compacted(store: Store) -> None:
    store.compact()
    assert held(store) == {}


@pytest.mark.usefixtures("text_space")
def test_compaction_of_damaged_vectors_keeps_them_known_as_damaged(store: Store, folder: bytes) -> None:
    store.commit([a_file(b"/a", ROWS[:1]), a_file(b"/b", ROWS[1:2])])
    with open(os.path.join(folder, TEXT.id.encode() + b".1", b"codes"), "r+b") as file:
        file.seek((64 << 10) + TEXT.dim)
        file.write(b"\x55")
    store.compact()
    assert store.check().damaged == (b"/b",)


@pytest.mark.usefixtures("text_space")
def test_a_compaction_that_fails_leaves_the_store_as_it_was(
    store: Store, folder: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([a_file(b"/a", ROWS[:2]), a_file(b"/b", ROWS[2:3])])
    store.forget([b"/a"])

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("by a test")

    with monkeypatch.context() as patch:
        patch.setattr(edits, "renumber", fail)
        with pytest.raises(StoreDamaged):
            store.compact()
    assert column_folders(folder) == {TEXT.id + ".1"}
    assert slots(store) == [2]
    store.commit([a_file(b"/c", ROWS[3:5])])
    assert held(store) == {b"/b": {TEXT.id: 1}, b"/c": {TEXT.id: 2}}
    assert store.check().problems == ()


@pytest.mark.usefixtures("text_space")
def test_left_over_columns_are_swept_away_and_nothing_else(store: Store, open_store: OpenStore, folder: bytes) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    store.close()
    for name in (TEXT.id + ".2", "f" * 16 + ".1", "someone's folder", "f" * 16 + ".1.bak"):
        os.mkdir(os.path.join(folder, name.encode()))
    again = open_store()
    assert column_folders(folder) == {TEXT.id + ".1", "someone's folder", "f" * 16 + ".1.bak"}
    assert held(again) == {b"/a": {TEXT.id: 2}}


@pytest.mark.usefixtures("chunks_of_two")
@pytest.mark.parametrize("stopped_at", [0, 2, 4, 10, 12, 14, 16])
def test_a_compaction_that_is_stopped_leaves_each_space_as_it_was_or_done(
    gappy: Store, folder: bytes, stopped_at: int
) -> None:
    stop = threading.Event()
    before, said = all_vectors(gappy), list[int]()
    places = [slots(gappy, space) for space in (TEXT, PICTURE)]

    def progress(copied: int) -> None:
        said.append(copied)
        if copied == stopped_at:
            stop.set()

    if not stopped_at:
        stop.set()
    assert not gappy.compact(stop, progress)
    assert said == [*range(2, stopped_at + 1, 2)]
    first_is_done = stopped_at >= 12
    assert slots(gappy, TEXT) == ([*range(12)] if first_is_done else places[0])
    assert slots(gappy, PICTURE) == places[1]
    assert column_folders(folder) == {f"{TEXT.id}.{1 + first_is_done}", f"{PICTURE.id}.1"}
    assert {key: rows.tolist() for key, rows in all_vectors(gappy).items()} == {
        key: rows.tolist() for key, rows in before.items()
    }
    assert gappy.check().problems == ()
    gappy.commit([a_file(b"/new", ROWS[20:23])])
    assert gappy.compact()
    assert slots(gappy, TEXT) == [*range(15)]
    assert slots(gappy, PICTURE) == [*range(6)]
    assert gappy.check().problems == ()


@pytest.mark.usefixtures("chunks_of_two")
def test_progress_counts_the_vectors_of_all_spaces(gappy: Store) -> None:
    said: list[int] = []
    assert gappy.compact(progress=said.append)
    assert said == [*range(2, 19, 2)]


@pytest.mark.usefixtures("chunks_of_two")
@pytest.mark.parametrize("call", range(1, 10))
def test_a_compaction_that_fails_at_any_chunk_leaves_the_store_as_it_was(
    gappy: Store, folder: bytes, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    before = held(gappy), slots(gappy, PICTURE)

    def fail(copied: int) -> None:
        if copied == 2 * call:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gappy.compact(progress=fail)
    assert (held(gappy), slots(gappy, PICTURE)) == before
    assert len(column_folders(folder)) == 2
    assert gappy.check().problems == ()


def test_a_files_passages_come_together_and_files_keep_their_order(store: Store) -> None:
    store.ensure_space(TEXT)
    for number in range(20):
        store.commit([a_file(b"/%d" % number, vectors(3, seed=number))])
    store.forget([b"/%d" % number for number in range(0, 20, 2)])
    store.commit([a_file(b"/large", vectors(40, seed=99))])
    store.compact()
    number = kept_space(store).number
    extents = store.catalog.extents_in(number)
    assert extents.count.tolist() in ([40, *[3] * 10], [*[3] * 10, 40])
    assert slots(store) == [*range(70)]


@pytest.mark.parametrize("wanted", COLUMN_CODECS)
def test_a_compaction_brings_all_vectors_into_the_codec_that_is_set(open_store: OpenStore, wanted: CodecName) -> None:
    store = open_store(CodecName.FLOAT32)
    store.ensure_space(WIDE)
    rows = clustered(3000, WIDE.dim)
    store.commit(
        [a_file(b"/%d" % n, parts=[of_space(rows[n : n + 300], WIDE)], texts=["a"] * 300) for n in range(0, 3000, 300)]
    )
    store.close()
    store = open_store(wanted)
    assert store.compact()
    kept = kept_space(store, WIDE)
    assert kept.codec is wanted
    codec = codec_named(kept.codec, kept.basis)
    for (path, _), found in all_vectors(store).items():
        given = rows[int(path[1:]) : int(path[1:]) + 300]
        np.testing.assert_allclose(found, as_kept(codec, as_kept(codec_named(CodecName.FLOAT32), given)), atol=2e-5)
        assert np.vecdot(found, given).mean() > codec.fidelity - 0.02
    assert store.check().problems == ()
    store.commit([a_file(b"/new", parts=[of_space(rows[7:8], WIDE)])])
    store.compact()
    assert kept_space(store, WIDE).basis == kept.basis
    assert len(store.scan(WIDE.id, rows[0], 5000).passages) == 3001


def test_axes_are_learnt_only_where_there_is_enough_to_learn_from(open_store: OpenStore) -> None:
    """From a few vectors come axes on which all later ones would be told apart no more."""
    store = open_store(CodecName.PRINCIPAL)
    store.ensure_space(WIDE)
    rows = clustered(3000, WIDE.dim)
    store.commit([a_file(b"/few", parts=[of_space(rows[:5], WIDE)], texts=["a"] * 5)])
    store.compact()
    assert kept_space(store, WIDE).codec is CodecName.INT8
    store.commit([a_file(b"/many", parts=[of_space(rows, WIDE)], texts=["a"] * len(rows))])
    store.compact()
    assert kept_space(store, WIDE).codec is CodecName.PRINCIPAL
    found = all_vectors(store)[b"/many", WIDE.id]
    assert np.vecdot(found, rows).min() > 0.9


def test_a_store_that_was_shrunk_is_opened_again(open_store: OpenStore, folder: bytes) -> None:
    store = open_store(page_bytes=4096)
    store.ensure_space(TEXT)
    store.commit([a_file(b"/large", vectors(9000)), a_file(b"/small", ROWS[:1])])
    large = store.size_bytes()
    store.forget([b"/large"])
    store.compact()
    assert store.size_bytes() < large / 4
    store.close()
    assert held(open_store()) == {b"/small": {TEXT.id: 1}}
    assert sum(map(_size, _files(folder))) < large / 4


def _files(folder: bytes) -> Sequence[bytes]:
    return [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]


def _size(path: bytes) -> int:
    return os.stat(path).st_size
