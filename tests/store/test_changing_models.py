"""What a change of models asks of the store: vectors that stay while others come, and a space that goes."""

from dataclasses import replace

import numpy as np
import pytest

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
    of_space,
    rows_of,
    slots,
    vectors,
)
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.codecs import codec_named
from vexgui.store.record import FRAME_BYTES, SpaceVectors, fitted, record_bytes
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store

ROWS = vectors(40)
LOOKS = vectors(10, PICTURE.dim)


@pytest.fixture(autouse=True)
def _spaces(store: Store) -> None:
    store.ensure_space(TEXT)
    store.ensure_space(PICTURE)


def both(texts: int = 0, look: int = 0, *, size: int = 10) -> FileUpdate:
    parts = [of_space(ROWS[texts : texts + 2]), of_space(LOOKS[look : look + 1], PICTURE)]
    return a_file(b"/a", parts=parts, texts=["one", "two"], stat=a_stat(size))


def holding(update: FileUpdate, *spaces: SpaceId) -> FileUpdate:
    return replace(update, held=frozenset(spaces))


# What stays


def test_held_vectors_stay_in_their_slots_while_others_are_replaced(store: Store) -> None:
    store.commit([both()])
    before = slots(store, TEXT), rows_of(store, TEXT).checksum.tolist()
    store.commit([holding(both(look=5), TEXT.id)])
    assert (slots(store, TEXT), rows_of(store, TEXT).checksum.tolist()) == before
    assert held(store) == {b"/a": {TEXT.id: 2, PICTURE.id: 1}}
    row = store.catalog.file(b"/a")
    assert row is not None
    look = next(part for part in store.vectors_of(row.id) if part.space == PICTURE.id)
    assert float(look.vectors[0] @ LOOKS[5]) > 0.99
    assert store.check().problems == ()


def test_what_filters_ask_of_held_vectors_is_of_the_file_as_it_is_now(store: Store) -> None:
    store.commit([both(size=10)])
    store.commit([holding(both(size=4321), TEXT.id, PICTURE.id)])
    for space in (TEXT, PICTURE):
        assert set(rows_of(store, space).size[slots(store, space)].tolist()) == {4321}
    assert store.check().problems == ()


def test_held_vectors_are_put_in_once_more_where_the_store_lost_some(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:1], texts=["one", "two"])])
    store.commit([holding(both(), TEXT.id, PICTURE.id)])
    assert held(store) == {b"/a": {TEXT.id: 2, PICTURE.id: 1}}
    assert nearest(store, ROWS[1]) == b"/a"


def test_vectors_that_are_not_held_go_with_the_next_commit(store: Store) -> None:
    store.commit([both()])
    store.commit([a_file(b"/a", ROWS[:2], texts=["one", "two"])])
    assert held(store) == {b"/a": {TEXT.id: 2}}


def test_held_vectors_are_no_news_in_a_files_history(store: Store) -> None:
    store.commit([both()])
    store.commit([holding(both(look=5), TEXT.id)])
    row = store.catalog.file(b"/a")
    assert row is not None
    replaced = [entry.space for entry in store.catalog.history(row.id) if "replaced" in entry.detail]
    assert replaced == [PICTURE.id]


# What goes


def test_a_dropped_space_leaves_nothing_behind(store: Store, open_store: OpenStore, folder: bytes) -> None:
    store.commit([both(), a_file(b"/b", ROWS[5:6])])
    assert store.catalog.files_in(kept_space(store, PICTURE).number) == (b"/a",)
    store.drop_space(PICTURE.id)
    assert [kept.space for kept in store.spaces()] == [TEXT]
    assert held(store) == {b"/a": {TEXT.id: 2}, b"/b": {TEXT.id: 1}}
    assert store.count_vectors(PICTURE.id) == 0
    assert store.check().problems == ()
    assert column_folders(folder) == {f"{TEXT.id}.1"}
    store.close()
    assert held(open_store()) == {b"/a": {TEXT.id: 2}, b"/b": {TEXT.id: 1}}


def test_a_snapshot_still_reads_a_space_that_is_dropped_meanwhile(store: Store, folder: bytes) -> None:
    store.commit([both()])
    with store.snapshot() as before:
        store.drop_space(PICTURE.id)
        assert len(before.scan(PICTURE.id, LOOKS[0], 5).passages) == 1
        assert f"{PICTURE.id}.1" in column_folders(folder)
    store.commit([a_file(b"/b", ROWS[5:6])])
    assert column_folders(folder) == {f"{TEXT.id}.1"}


def test_a_dropped_space_can_be_made_again(store: Store) -> None:
    store.commit([both()])
    store.drop_space(PICTURE.id)
    store.ensure_space(PICTURE)
    assert store.count_vectors(PICTURE.id) == 0
    store.commit([both(look=3)])
    assert held(store) == {b"/a": {TEXT.id: 2, PICTURE.id: 1}}
    assert store.check().problems == ()


def test_a_space_that_was_dropped_and_made_again_is_another_one_to_who_looks_at_it(
    store: Store, open_store: OpenStore
) -> None:
    store.commit([both(look=0)])
    reader = open_store(writable=False)
    assert held(reader) == {b"/a": {TEXT.id: 2, PICTURE.id: 1}}
    with store.snapshot() as before, reader.snapshot() as beside:
        store.drop_space(PICTURE.id)
        store.ensure_space(PICTURE)
        store.commit([both(look=5)])
        for snapshot in (before, beside):
            assert float(snapshot.scan(PICTURE.id, LOOKS[0], 1).scores[0]) > 0.99
    for one in (store, reader):
        assert float(one.scan(PICTURE.id, LOOKS[5], 1).scores[0]) > 0.99
    store.tidy()
    assert store.check().problems == ()


def test_dropping_a_space_that_is_not_there_changes_nothing(store: Store) -> None:
    store.commit([both()])
    epoch = store.catalog.epoch()
    store.drop_space(SpaceId("00" * 8))
    assert store.catalog.epoch() == epoch


# What a record has room for

WANTED = [of_space(ROWS[:2]), of_space(LOOKS[:1], PICTURE)]
FORMER = [SpaceVectors(SpaceId("f0" * 8), np.array([2], np.uint32), vectors(1, 30), spare=True)]
INT8 = codec_named(CodecName.INT8)


def room_for(*parts: SpaceVectors) -> int:
    return FRAME_BYTES + sum(record_bytes(part.vectors.shape[1], len(part.vectors), INT8) for part in parts)


def test_a_record_takes_the_vectors_of_former_models_where_there_is_room() -> None:
    sections = fitted([*FORMER, *WANTED], CodecName.INT8, room_for(*WANTED, *FORMER))
    assert [section.space for section in sections] == [TEXT.id, PICTURE.id, FORMER[0].space]


@pytest.mark.parametrize("short", range(1, 60, 7))
def test_the_vectors_of_former_models_take_no_room_from_others(short: int) -> None:
    budget = room_for(*WANTED) - short
    alone = fitted(WANTED, CodecName.INT8, budget)
    beside = fitted([*FORMER, *WANTED], CodecName.INT8, budget)
    assert [(part.space, part.codec, part.packed) for part in beside[: len(alone)]] == [
        (part.space, part.codec, part.packed) for part in alone
    ]
