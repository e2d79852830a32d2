"""A process killed at any step of docs/FORMAT.md leaves a store that opens clean, with all of a change or nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.builders import PICTURE, TEXT, OpenStore, held, nearest
from tests.store.crashing import CHANGES, NEW, OLD, STEPS, prepare

ROOT = Path(__file__).parents[2]
BEFORE = {b"/a": {TEXT.id: 2}, b"/b": {TEXT.id: 1}}
AFTER = {
    "commit": {b"/a": {TEXT.id: 5000}, b"/b": {TEXT.id: 1}, b"/c": {TEXT.id: 1}},
    "forget": {b"/b": {TEXT.id: 1}},
    "rename": {b"/b": {TEXT.id: 2}},
    "compact": BEFORE,
    "add": BEFORE,
}
POINTS = [(change, step) for change, steps in STEPS.items() for step in steps]


@pytest.fixture
def killed(folder: bytes, request: pytest.FixtureRequest) -> tuple[str, bool]:
    change, step = request.param
    prepare(folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.crashing", os.fsdecode(folder), change, step],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return change, STEPS[change][step].lasting


@pytest.mark.parametrize("killed", POINTS, indirect=True, ids=[" ".join(point) for point in POINTS])
def test_a_killed_change_is_made_or_not(killed: tuple[str, bool], open_store: OpenStore, folder: bytes) -> None:
    change, lasting = killed
    # A reader that comes first, while no owner is there, answers as the next owner will.
    reader = open_store(writable=False)
    expected = AFTER[change] if lasting else BEFORE
    assert held(reader) == expected
    assert nearest(reader, OLD[2]) in {path for path in expected if path != b"/c"}
    reader.close()

    store = open_store()
    assert held(store) == expected
    vectors = sum(counts[TEXT.id] for counts in expected.values())
    assert store.count_vectors(TEXT.id) == vectors
    assert store.check().problems == ()
    assert (PICTURE in {kept.space for kept in store.spaces()}) == (change == "add" and lasting)
    # What was left behind is gone, and the change can be made again.
    assert len([name for name in os.listdir(folder) if b"catalog" not in name]) == len(store.spaces())
    CHANGES[change](store)
    assert held(store) == (AFTER[change] if change != "rename" or not lasting else {})
    assert store.check().problems == ()


def test_after_a_killed_commit_its_slots_are_used_again(folder: bytes, open_store: OpenStore) -> None:
    prepare(folder)
    subprocess.run(
        [sys.executable, "-m", "tests.store.crashing", os.fsdecode(folder), "commit", "3 flushed"],
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    store = open_store()
    assert store.catalog.slots(1)[0].tolist() == [1, 2, 3]
    CHANGES["commit"](store)
    assert nearest(store, NEW[4321]) == b"/a"
    slots = store.catalog.slots(1)[0].tolist()
    assert slots == [0, 3, *range(4, 5004)]
