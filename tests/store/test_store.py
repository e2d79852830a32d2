"""The store keeps files with their vectors, replaces, renames and forgets them."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.store.builders import (
    COLUMN_CODECS,
    PICTURE,
    TEXT,
    OpenStore,
    a_file,
    a_stat,
    as_kept,
    held,
    kept_space,
    nearest,
    of_space,
    rows_of,
    slots,
    vectors,
)
from vexgui.core.errors import WorldProblem
from vexgui.core.files import FileStat
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.catalog import KeptSpace
from vexgui.store.codecs import codec_named
from vexgui.store.columns.rows import blank
from vexgui.store.record import SpaceVectors
from vexgui.store.store import Store

ROWS = vectors(40)

pytestmark = pytest.mark.usefixtures("text_space")


@pytest.mark.parametrize("codec", COLUMN_CODECS)
def test_vectors_come_back_with_their_ordinals(tmp_path: Path, codec: CodecName) -> None:
    picture = of_space(vectors(1, PICTURE.dim), PICTURE, [2])
    with closing(Store(os.fsencode(tmp_path / codec), codec, writable=True)) as store:
        store.ensure_space(TEXT)
        store.ensure_space(PICTURE)
        store.commit([a_file(b"/a", parts=[of_space(ROWS[:2], TEXT, [0, 1]), picture], texts=["a", "b", "c"])])
        row = store.catalog.file(b"/a")
        assert row is not None
        parts = {part.space: part for part in store.vectors_of(row.id)}
        kept = kept_space(store)
    assert kept.codec is (CodecName.INT8 if codec is CodecName.PRINCIPAL else codec)
    assert parts[TEXT.id].ordinals.tolist() == [0, 1]
    assert parts[PICTURE.id].ordinals.tolist() == [2]
    np.testing.assert_allclose(parts[TEXT.id].vectors, as_kept(codec_named(kept.codec), ROWS[:2]), atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(parts[TEXT.id].vectors, axis=1), 1, atol=1e-6)


def test_what_was_kept_is_there_after_a_restart(open_store: OpenStore, store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:3]), a_file(b"/b", ROWS[3:4])])
    before = held(store)
    store.close()
    again = open_store()
    assert held(again) == before == {b"/a": {TEXT.id: 3}, b"/b": {TEXT.id: 1}}
    assert nearest(again, ROWS[3]) == b"/b"


def test_a_store_that_is_closed_leaves_the_one_in_its_place_alone(
    store: Store, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    other = open_store()
    add_space = other.catalog.add_space

    def add(*given: Any) -> KeptSpace:
        with pytest.raises(WorldProblem, match="has been closed"):
            store.ensure_space(PICTURE)
        return add_space(*given)

    monkeypatch.setattr(other.catalog, "add_space", add)
    other.ensure_space(PICTURE)
    other.close()
    assert [kept.space for kept in open_store().spaces()] == [TEXT, PICTURE]


def test_a_new_codec_is_for_new_spaces_only(open_store: OpenStore, store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:1])])
    store.close()
    again = open_store(CodecName.FLOAT16)
    again.ensure_space(TEXT)
    again.ensure_space(PICTURE)
    assert [kept.codec for kept in again.spaces()] == [CodecName.INT8, CodecName.FLOAT16]
    assert held(again) == {b"/a": {TEXT.id: 1}}


def test_a_file_kept_again_replaces_what_was_known_of_it(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:3]), a_file(b"/b", ROWS[9:10])])
    store.commit([a_file(b"/a", ROWS[3:5])])
    assert held(store) == {b"/a": {TEXT.id: 2}, b"/b": {TEXT.id: 1}}
    assert store.count_vectors(TEXT.id) == 3
    assert store.scan(TEXT.id, ROWS[0], 5).scores[0] < 0.99
    assert nearest(store, ROWS[4]) == b"/a"


def test_of_two_updates_of_a_path_the_last_counts(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:3]), a_file(b"/a", ROWS[3:4])])
    assert held(store) == {b"/a": {TEXT.id: 1}}
    assert nearest(store, ROWS[3]) == b"/a"
    assert store.check().problems == ()


def test_an_update_over_what_is_not_there_any_more_is_left_out(store: Store) -> None:
    paths = [b"/kept", b"/newer", b"/doubted", b"/forgotten", b"/moved"]
    store.commit([a_file(path, ROWS[:1], texts=["old"]) for path in paths])
    before = {row.path: row.indexed_ns for row in store.catalog.all_files()}
    store.commit([a_file(b"/newer", ROWS[1:2], texts=["new"])])
    store.doubt([b"/doubted"])
    store.forget([b"/forgotten"])
    store.rename(b"/moved", b"/elsewhere", folder=False)
    late = store.commit([replace(a_file(path, ROWS[2:4]), over_ns=before[path]) for path in paths])
    assert sorted(late) == sorted(paths[1:])
    assert {path: parts[TEXT.id] for path, parts in held(store).items()} == {
        b"/kept": 2,
        b"/newer": 1,
        b"/doubted": 1,
        b"/elsewhere": 1,
    }


def test_a_live_slot_is_never_written_and_a_freed_one_is_used_again(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:2]), a_file(b"/b", ROWS[2:3])])
    assert slots(store) == [0, 1, 2]
    before = rows_of(store).at(slice(0, 3)).checksum.tolist()
    store.commit([a_file(b"/a", ROWS[3:5])])
    assert slots(store) == [2, 3, 4]
    assert rows_of(store).checksum[:3].tolist() == before
    store.tidy()
    assert blank(rows_of(store).at(slice(0, 2))).all()
    store.commit([a_file(b"/c", ROWS[5:7]), a_file(b"/d", ROWS[7:8])])
    assert slots(store) == [0, 1, 2, 3, 4, 5]


def test_vectors_of_passages_that_are_not_kept_are_left_out(store: Store) -> None:
    store.commit([a_file(b"/a", parts=[of_space(ROWS[:3], TEXT, [0, 1, 7])], texts=["a", "b"])])
    assert held(store) == {b"/a": {TEXT.id: 2}}


def test_vectors_that_are_not_of_unit_length_never_enter(store: Store) -> None:
    rows = ROWS[:6].copy()
    rows[0] = 0
    rows[1, 3] = np.nan
    rows[2, 3] = np.inf
    rows[3] *= 2
    rows[4] *= 0.9
    store.commit([a_file(b"/a", rows), a_file(b"/b", np.full((2, TEXT.dim), np.nan, np.float32))])
    assert held(store) == {b"/a": {TEXT.id: 1}, b"/b": {}}
    assert store.catalog.count_passages() == 8
    scan = store.scan(TEXT.id, ROWS[5], 10)
    assert scan.vectors == len(scan.passages) == 1
    assert np.isfinite([scan.middle, scan.spread]).all()
    assert list(store.lacking_vectors(TEXT)) == [b"/a", b"/b"]


@pytest.mark.parametrize(
    "wrong",
    [
        SpaceVectors(TEXT.id, np.arange(2, dtype=np.uint32), vectors(2, TEXT.dim + 1)),
        SpaceVectors(TEXT.id, np.arange(2, dtype=np.uint32), vectors(2, TEXT.dim // 2)),
        SpaceVectors(TEXT.id, np.arange(3, dtype=np.uint32), ROWS[:2]),
        SpaceVectors(TEXT.id, np.arange(2, dtype=np.uint32), ROWS[:3]),
        SpaceVectors(TEXT.id, np.arange(2, dtype=np.uint32), ROWS[0]),
    ],
    ids=["too long", "too short", "too few", "too many", "one"],
)
def test_vectors_of_another_shape_than_the_spaces_are_refused(store: Store, wrong: SpaceVectors) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    with pytest.raises(ValueError, match="shape"):
        store.commit([a_file(b"/b", ROWS[5:7]), a_file(b"/a", parts=[wrong], texts=["a", "b", "c"])])
    assert held(store) == {b"/a": {TEXT.id: 2}}
    assert store.check().problems == ()
    store.commit([a_file(b"/b", ROWS[5:7])])
    assert slots(store) == [0, 1, 2, 3]


def test_a_file_named_twice_is_forgotten_once(store: Store) -> None:
    """Its words would be taken out of the text index twice, and others with them."""
    store.commit([a_file(b"/%d" % number, ROWS[:20], texts=["word"] * 20) for number in range(3)])
    store.forget([b"/1", b"/0", b"/1"])
    store.commit([a_file(b"/2", ROWS[:1], texts=["other"])])
    assert held(store) == {b"/2": {TEXT.id: 1}}
    assert store.check().problems == ()


def test_a_file_without_vectors_is_known_all_the_same(store: Store) -> None:
    store.commit([a_file(b"/a", parts=[], texts=["torn"], reason="It is torn.")])
    assert held(store) == {b"/a": {}}


def test_columns_grow_with_what_is_kept(store: Store) -> None:
    rows = vectors(5000)
    for start in range(0, 5000, 1000):
        store.commit([a_file(b"/%d" % start, rows[start : start + 1000])])
    assert store.count_vectors(TEXT.id) == 5000
    assert nearest(store, rows[4321]) == b"/4000"
    assert store.check().problems == ()


def test_a_forgotten_file_leaves_nothing(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:2]), a_file(b"/b", ROWS[2:3])])
    store.forget([b"/a", b"/unknown"])
    assert held(store) == {b"/b": {TEXT.id: 1}}
    assert store.count_vectors(TEXT.id) == 1
    assert store.catalog.count_passages() == 1


def test_a_forgotten_folder_takes_its_subfolders_and_no_sibling(store: Store) -> None:
    tree = (b"/a/b/x", b"/a/b/c/x", b"/a/bc/x", b"/a/b0/x", b"/a/b.d/x")
    store.commit([a_file(path, ROWS[number : number + 1]) for number, path in enumerate(tree)])
    store.forget_folder(b"/a/b")
    assert set(held(store)) == {b"/a/bc/x", b"/a/b0/x", b"/a/b.d/x"}
    store.forget_folder(b"/")
    assert held(store) == {}
    assert store.count_vectors(TEXT.id) == 0


def test_a_renamed_file_keeps_its_vectors_and_pushes_out_what_was_there(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:2]), a_file(b"/b", ROWS[2:3])])
    store.rename(b"/a", b"/b", folder=False)
    assert held(store) == {b"/b": {TEXT.id: 2}}
    assert store.count_vectors(TEXT.id) == 2
    assert nearest(store, ROWS[1]) == b"/b"


def test_a_file_renamed_to_itself_stays(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:2])])
    store.rename(b"/a", b"/a", folder=False)
    assert held(store) == {b"/a": {TEXT.id: 2}}


def test_an_unknown_file_takes_the_place_of_a_known_one(store: Store) -> None:
    store.commit([a_file(b"/b", ROWS[:1])])
    store.rename(b"/unknown", b"/b", folder=False)
    assert held(store) == {}


def test_a_renamed_folder_keeps_its_vectors_and_frees_those_of_what_it_replaces(store: Store) -> None:
    store.commit([a_file(b"/a/x", ROWS[:1]), a_file(b"/a/s/y", ROWS[1:2]), a_file(b"/b/z", ROWS[2:5])])
    store.rename(b"/a", b"/b", folder=True)
    assert held(store) == {b"/b/x": {TEXT.id: 1}, b"/b/s/y": {TEXT.id: 1}}
    assert store.count_vectors(TEXT.id) == 2
    assert nearest(store, ROWS[1]) == b"/b/s/y"


def test_a_look_at_an_unchanged_file_moves_its_stat_only(store: Store) -> None:
    store.commit([a_file(b"/a", ROWS[:1])])
    seen = FileStat(9, 8, 7, 6, 5, 0o100600, 4)
    store.update_stats([(b"/a", seen), (b"/unknown", seen)])
    row = store.catalog.file(b"/a")
    assert row is not None
    assert row.stat == seen
    assert held(store) == {b"/a": {TEXT.id: 1}}


def test_a_file_of_the_far_future_is_kept(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    os.utime(file, (13_569_465_600, 13_569_465_600))  # the year 2400, beyond 64 bits of nanoseconds
    stat = FileStat.of(os.stat(file))
    store.commit([a_file(b"/a", stat=stat)])
    row = store.catalog.file(b"/a")
    assert row is not None
    assert row.stat == stat == FileStat.of(os.stat(file))


def test_searches_find_what_is_there_while_the_store_grows_and_is_compacted(store: Store) -> None:
    store.commit([a_file(b"/here", ROWS[:1], stat=a_stat(inode=1))])

    def search(_: int) -> bool:
        return nearest(store, ROWS[0]) == b"/here"

    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(search, number) for number in range(200)]
        for number in range(1, 13):
            store.commit([a_file(b"/%d" % number, vectors(700, seed=number))])
            store.forget([b"/%d" % (number - 1)])
            if number % 3 == 0:
                store.compact()
        assert all(answer.result() for answer in answers)
    assert store.check().problems == ()


def test_an_unknown_space_has_no_vectors(store: Store) -> None:
    assert store.count_vectors(SpaceId("f" * 16)) == 0
    assert store.scan(SpaceId("f" * 16), ROWS[0], 5).passages == ()
