"""Free slots are handed out lowest first, each to one taker."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vexgui.core.errors import StoreDamaged
from vexgui.store.slots import FreeSlots


def slots(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def test_what_the_catalog_names_is_not_free() -> None:
    free = FreeSlots(slots(0, 2), 5)
    assert free.all().tolist() == [1, 3, 4]
    assert free.take(2).tolist() == [1, 3]
    assert free.all().tolist() == [4]


def test_slots_given_back_are_taken_first() -> None:
    free = FreeSlots(slots(0, 1, 2), 6)
    free.give(slots(1))
    assert free.take(2).tolist() == [1, 3]


def test_grown_slots_are_free() -> None:
    free = FreeSlots(slots(0), 1)
    free.grow(4)
    assert (free.capacity, free.all().tolist()) == (4, [1, 2, 3])


def test_a_catalog_that_names_more_slots_than_there_are_is_damage() -> None:
    with pytest.raises(StoreDamaged):
        FreeSlots(slots(0, 5), 5)


@settings(deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 5000), st.integers(0, 5000))
@example(capacity=10, taken=4, count=6)
def test_growth_is_enough_and_by_a_quarter_at_least(capacity: int, taken: int, count: int) -> None:
    taken = min(taken, capacity)
    free = FreeSlots(np.arange(taken), capacity)
    wanted = free.wanted_capacity(count)
    assert wanted - taken >= count
    if count <= capacity - taken:
        assert wanted == capacity
    else:
        assert wanted >= capacity + capacity // 4


@settings(deadline=None)
@given(st.lists(st.integers(0, 8), max_size=20), st.randoms())
def test_no_slot_is_ever_taken_twice(counts: list[int], random: object) -> None:
    free = FreeSlots(slots(), 0)
    held: set[int] = set()
    for number, count in enumerate(counts):
        free.grow(free.capacity + count)
        got = set(free.take(count).tolist())
        assert len(got) == count
        assert not got & held
        held |= got
        if number % 3 == 2:
            given_back = {slot for slot in held if slot % 2}
            free.give(np.array(sorted(given_back), np.int64))
            held -= given_back
    assert set(free.all().tolist()) == set(range(free.capacity)) - held
