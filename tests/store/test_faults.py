"""A disk that refuses any one write, or all from one on, leaves the store as it was, and it works on afterwards."""

import errno
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.store.builders import (
    PICTURE,
    TEXT,
    OpenStore,
    a_file,
    a_stat,
    column_folders,
    held,
    of_space,
    slots,
    vectors,
)
from tests.store.faults import FULL, Disk, disk
from vexgui.core.errors import DiskFull, StoreDamaged, WorldProblem
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.store import Store

OLD = vectors(9)
NEW = vectors(2000, seed=1)
BOTH = [of_space(OLD[:2]), of_space(vectors(1, PICTURE.dim), PICTURE)]
Held = Mapping[bytes, Mapping[SpaceId, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and what the store of `prepared` holds after it."""

    make: Callable[[Store], object]
    after: Held


BEFORE: Held = {b"/a": {TEXT.id: 2}, b"/b": {TEXT.id: 1}, b"/r/both": {TEXT.id: 2, PICTURE.id: 1}}
CHANGES = {
    "commit": Change(
        lambda store: store.commit([a_file(b"/a", NEW), a_file(b"/c", parts=BOTH, texts=["a", "b"])]),
        {**BEFORE, b"/a": {TEXT.id: 2000}, b"/c": {TEXT.id: 2, PICTURE.id: 1}},
    ),
    "forget": Change(
        lambda store: store.forget([b"/a", b"/r/both"]), {path: BEFORE[path] for path in BEFORE if path == b"/b"}
    ),
    "rename": Change(
        lambda store: store.rename(b"/r/both", b"/b", folder=False),
        {b"/a": BEFORE[b"/a"], b"/b": BEFORE[b"/r/both"]},
    ),
    "look again": Change(lambda store: store.update_stats([(b"/a", a_stat(77))]), BEFORE),
    "compact": Change(lambda store: store.compact(), BEFORE),
    "mend": Change(lambda store: store.mend(), BEFORE),
}


def problem_of(make: Callable[[Store], object], store: Store) -> WorldProblem | None:
    """Return what a change tells of, or None."""
    try:
        make(store)
    except WorldProblem as problem:
        return problem
    return None


@pytest.fixture
def faulty() -> Iterator[Disk]:
    with disk() as made:
        yield made


@pytest.fixture
def prepared(open_store: OpenStore) -> Store:
    """A store with slots that were freed between others, and some that are dead and not erased yet."""
    store = open_store(CodecName.INT8, page_bytes=4096)
    store.ensure_space(TEXT)
    store.ensure_space(PICTURE)
    store.set_roots([b"/r"])
    store.commit([a_file(b"/gone", OLD[:3]), a_file(b"/a", OLD[5:6]), a_file(b"/b", OLD[4:5])])
    store.commit([a_file(b"/r/both", parts=BOTH, texts=["a", "b"])])
    store.forget([b"/gone"])
    store.commit([a_file(b"/a", OLD[6:8])])
    assert held(store) == BEFORE
    return store


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("number", [*FULL, errno.EIO], ids=["ENOSPC", "EDQUOT", "EIO"])
@pytest.mark.parametrize("name", CHANGES)
def test_any_write_that_fails_leaves_the_store_as_it_was(
    prepared: Store, faulty: Disk, folder: bytes, name: str, number: int, lasting: bool
) -> None:
    change = CHANGES[name]
    expected = DiskFull if number in FULL else WorldProblem
    first = 0
    while True:
        first += 1
        assert first < 500
        before = slots(prepared)
        with faulty.failing(first, number, lasting=lasting):
            told = problem_of(change.make, prepared)
            if not faulty.refused:
                break
            assert isinstance(told, expected) or told is None, (first, faulty.refused)
            assert isinstance(told, StoreDamaged) or (faulty.refused[0], number) != ("fdatasync", errno.EIO)
            # While the disk still refuses, searches go on.
            now = held(prepared)
            assert now == BEFORE or (name == "forget" and now == change.after), (first, faulty.refused)
        if now == BEFORE and name in ("commit", "rename", "look again"):
            assert slots(prepared) == before
        if first % 7 == 1:  # that the next change puts right what could not be undone
            prepared.commit([])
            prepared.tidy()
            prepared.update_stats([(b"/b", a_stat(first))])
            assert prepared.check().problems == (), (first, faulty.refused)
    assert first > 3
    assert held(prepared) == change.after
    prepared.tidy()
    assert prepared.check().problems == ()
    assert prepared.catalog.dead() == []
    assert len(column_folders(folder)) == 2


@pytest.mark.parametrize("number", [*FULL, errno.EIO], ids=["ENOSPC", "EDQUOT", "EIO"])
def test_a_space_that_cannot_be_made_leaves_nothing(
    open_store: OpenStore, faulty: Disk, folder: bytes, number: int
) -> None:
    store = open_store(page_bytes=4096)
    first = 0
    while not store.spaces():
        first += 1
        with faulty.failing(first, number, lasting=False):
            told = problem_of(lambda made: made.ensure_space(TEXT), store)
        if told is not None:
            assert isinstance(told, DiskFull) == (number in FULL)
            assert (store.spaces(), column_folders(folder)) == ((), set())
    assert first > 20
    store.commit([a_file(b"/a", OLD[:2])])
    assert store.check().problems == ()


@pytest.mark.parametrize("number", [*FULL, errno.EIO], ids=["ENOSPC", "EDQUOT", "EIO"])
def test_what_could_not_be_undone_is_never_answered_with_even_after_a_restart(
    prepared: Store, open_store: OpenStore, faulty: Disk, number: int
) -> None:
    with faulty.failing(12, number, lasting=True), pytest.raises(WorldProblem):
        CHANGES["commit"].make(prepared)
    assert held(prepared) == BEFORE
    prepared.close()
    again = open_store(page_bytes=4096)
    assert held(again) == BEFORE
    assert again.check().problems == ()
    CHANGES["commit"].make(again)
    assert held(again) == CHANGES["commit"].after
    assert again.scan(TEXT.id, OLD[0], 5000).vectors == 2005
    assert again.check().problems == ()


def test_a_snapshot_is_untouched_by_writes_that_fail(prepared: Store, open_store: OpenStore, faulty: Disk) -> None:
    reader = open_store(writable=False)
    with reader.snapshot() as snapshot:
        before = snapshot.scan(TEXT.id, OLD[5], 99)
        for first in range(1, 40):
            with faulty.failing(first, errno.ENOSPC, lasting=True), pytest.raises(DiskFull):
                CHANGES["commit"].make(prepared)
            now = snapshot.scan(TEXT.id, OLD[5], 99)
            assert (now.passages, now.scores.tolist()) == (before.passages, before.scores.tolist())
