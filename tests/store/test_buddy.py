"""The allocator hands every free slot to one taker, keeps files together, and gets every slot back."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from numpy.typing import NDArray

from vexgui.store.buddy import Runs, SlotAllocator


def free(text: str) -> NDArray[np.bool_]:
    """Return a map of slots from a drawing: a dot is a free slot."""
    return np.array([letter == "." for letter in text], np.bool_)


def runs_of(runs: Runs) -> list[tuple[int, int, int]]:
    return list(zip(runs.request.tolist(), runs.first.tolist(), runs.count.tolist(), strict=True))


def taken(allocator: SlotAllocator, *counts: int) -> list[tuple[int, int, int]]:
    return runs_of(allocator.take(counts))


def test_a_request_gets_the_lowest_block_that_is_large_enough_not_the_smallest() -> None:
    assert taken(SlotAllocator(free("..xxxxxx............xxxx")), 3) == [(0, 8, 3)]


def test_a_request_begins_where_the_run_around_its_block_begins() -> None:
    assert taken(SlotAllocator(free("xxx.....xxxxxxxx")), 4) == [(0, 3, 4)]


def test_what_a_request_does_not_need_is_free_at_once() -> None:
    allocator = SlotAllocator(free("........"))
    assert taken(allocator, 5) == [(0, 0, 5)]
    assert taken(allocator, 3) == [(0, 5, 3)]
    assert allocator.free_slots == 0


def test_blocks_that_are_no_buddies_serve_a_request_together() -> None:
    assert taken(SlotAllocator(free("x......xxxxxxxxx")), 6) == [(0, 1, 6)]


def test_the_run_at_the_end_serves_where_the_largest_block_stands_alone() -> None:
    assert taken(SlotAllocator(free("....xxx....x....x......")), 6) == [(0, 17, 6)]


def test_a_request_larger_than_every_run_is_split_over_the_longest_ascending() -> None:
    assert taken(SlotAllocator(free("..x....x")), 6) == [(0, 0, 2), (0, 3, 4)]


def test_requests_of_one_slot_get_the_lowest_slots_ascending() -> None:
    assert taken(SlotAllocator(free("x.x..x.x")), 1, 1, 1) == [(0, 1, 1), (1, 3, 1), (2, 4, 1)]


def test_requests_choose_in_turn_but_those_of_one_slot_come_last() -> None:
    assert taken(SlotAllocator(free("................")), 3, 1, 5, 1, 2) == [
        (0, 0, 3),
        (1, 10, 1),
        (2, 3, 5),
        (3, 11, 1),
        (4, 8, 2),
    ]


def test_runs_name_their_slots_in_order() -> None:
    runs = SlotAllocator(free("..x....x")).take([1, 5])
    assert sorted(runs.slots().tolist()) == [0, 1, 3, 4, 5, 6]
    assert [len(range(first, first + count)) for _, first, count in runs_of(runs)] == runs.count.tolist()


def test_nothing_asked_is_nothing_taken() -> None:
    runs = SlotAllocator(free("....")).take([])
    assert (len(runs.request), len(runs.slots())) == (0, 0)


def test_a_part_of_what_was_taken_can_be_given_back() -> None:
    allocator = SlotAllocator(free("........"))
    taken(allocator, 8)
    allocator.free(2, 3)
    assert (allocator.free_slots, taken(allocator, 3)) == (3, [(0, 2, 3)])


def test_buddies_unite_when_both_are_free() -> None:
    allocator = SlotAllocator(free("xxxxxxxx"))
    for first in (0, 3, 6, 1, 4, 7, 2):
        allocator.free(first, 1)
    assert allocator.largest == 4
    allocator.free(5, 1)
    assert allocator.largest == 8


def test_runs_given_back_together_are_joined() -> None:
    allocator = SlotAllocator(free("x" * 16))
    allocator.free_all(np.array([9, 0, 4]), np.array([3, 4, 5]))
    assert (allocator.free_slots, allocator.largest) == (12, 8)
    assert taken(allocator, 12) == [(0, 0, 12)]
    allocator.free_all(np.empty(0, np.int64), np.empty(0, np.int64))
    assert allocator.free_slots == 0


def test_a_run_beyond_the_slots_there_are_is_refused() -> None:
    with pytest.raises(AssertionError):
        SlotAllocator(free("xx")).free(1, 2)


def test_more_than_is_free_is_refused() -> None:
    with pytest.raises(AssertionError):
        SlotAllocator(free("x.")).take([2])


def test_fragmentation_is_the_free_share_below_the_highest_slot_in_use() -> None:
    allocator = SlotAllocator(free(".x..x..."))
    assert (allocator.height, allocator.fragmentation) == (5, 3 / 5)
    assert SlotAllocator(free("....")).fragmentation == 0


def test_slots_that_suffice_are_not_added_to() -> None:
    allocator = SlotAllocator(np.ones(4096, np.bool_))
    assert allocator.wanted_capacity([300, 1, 2000]) == 4096


def test_growth_makes_room_for_all_and_is_a_twentieth_at_least() -> None:
    allocator = SlotAllocator(np.zeros(160_000, np.bool_))
    assert allocator.wanted_capacity([1, 1]) == 168_000
    assert allocator.wanted_capacity([50_000, 1]) == 210_001


def test_a_few_free_slots_do_not_split_a_file() -> None:
    scattered = np.zeros(100_000, np.bool_)
    scattered[::50] = True  # 2 %
    allocator = SlotAllocator(scattered)
    allocator.grow(allocator.wanted_capacity([30]))
    assert len(allocator.take([30]).request) == 1


def test_many_free_slots_are_used_before_the_columns_grow() -> None:
    scattered = np.zeros(100_000, np.bool_)
    scattered[::10] = True  # 10 %
    allocator = SlotAllocator(scattered)
    assert allocator.wanted_capacity([30]) == 100_000
    assert allocator.take([30]).count.tolist() == [1] * 30


@given(st.lists(st.integers(1, 600), max_size=40), st.integers(0, 3000))
@example([300] * 40, 0)
def test_what_is_loaded_into_new_columns_lies_without_gaps_and_whole(counts: list[int], used: int) -> None:
    allocator = SlotAllocator(np.zeros(used, np.bool_))
    if (wanted := allocator.wanted_capacity(counts)) > used:
        allocator.grow(wanted)
    assert len(allocator.take(counts).request) == len(counts)
    assert allocator.fragmentation == 0


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1 << 32))
def test_churn_loses_a_tenth_at_most(seed: int) -> None:
    """By the rule of growth, whatever the sizes. Room that fewer passages leave empty is no loss of churn's."""
    random = np.random.default_rng(seed)
    allocator = SlotAllocator(np.ones(20_000, np.bool_))
    held: list[list[tuple[int, int]]] = []
    most = 0
    for files in [200] + 20 * [20]:
        for place in sorted(random.choice(len(held), len(held) // 10, replace=False).tolist(), reverse=True):
            for first, count in held.pop(place):
                allocator.free(first, count)
        counts = random.integers(1, 301, files).tolist()
        if (wanted := allocator.wanted_capacity(counts)) > allocator.capacity:
            allocator.grow(wanted)
        there = len(held)
        held.extend([] for _ in counts)
        for request, first, count in runs_of(allocator.take(counts)):
            held[there + request].append((first, count))
        most = max(most, allocator.capacity - allocator.free_slots)
    assert allocator.height - most <= allocator.height / 10


class AllocatorMachine(RuleBasedStateMachine):
    """An allocator beside the set of its free slots and the runs that are held."""

    @initialize(drawing=st.text(".x", max_size=70))
    def make(self, drawing: str) -> None:
        self._allocator = SlotAllocator(free(drawing))
        self._free = {slot for slot, letter in enumerate(drawing) if letter == "."}
        self._held = [(slot, 1) for slot, letter in enumerate(drawing) if letter == "x"]

    @rule(counts=st.lists(st.integers(1, 20), max_size=8))
    def take(self, counts: Sequence[int]) -> None:
        wanted = self._allocator.wanted_capacity(counts)
        if wanted > self._allocator.capacity:
            self._grow(wanted)
        runs = self._allocator.take(counts)
        for request, count in enumerate(counts):
            assert runs.count[runs.request == request].sum() == count
        slots = runs.slots().tolist()
        assert len(set(slots)) == len(slots)
        assert set(slots) <= self._free
        self._free -= set(slots)
        self._held += [(first, count) for _, first, count in runs_of(runs)]

    @rule(added=st.integers(0, 40))
    def grow(self, added: int) -> None:
        self._grow(self._allocator.capacity + added)

    def _grow(self, capacity: int) -> None:
        self._free |= set(range(self._allocator.capacity, capacity))
        self._allocator.grow(capacity)

    @precondition(lambda self: self._held)
    @rule(data=st.data())
    def free_a_part(self, data: st.DataObject) -> None:
        first, count = self._held.pop(data.draw(st.integers(0, len(self._held) - 1)))
        begin = data.draw(st.integers(0, count - 1))
        end = data.draw(st.integers(begin + 1, count))
        self._held += [run for run in ((first, begin), (first + end, count - end)) if run[1]]
        self._allocator.free(first + begin, end - begin)
        self._free |= set(range(first + begin, first + end))

    @precondition(lambda self: self._held)
    @rule(data=st.data())
    def free_many(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sets(st.integers(0, len(self._held) - 1)))
        given_back = [run for place, run in enumerate(self._held) if place in chosen]
        self._held = [run for place, run in enumerate(self._held) if place not in chosen]
        table = np.array(given_back, np.int64).reshape(-1, 2)
        self._allocator.free_all(table[:, 0], table[:, 1])
        self._free |= {slot for first, count in given_back for slot in range(first, first + count)}

    @rule()
    def free_everything(self) -> None:
        for first, count in self._held:
            self._allocator.free(first, count)
        self._held = []
        self._free = set(range(self._allocator.capacity))

    @invariant()
    def agrees_with_the_set(self) -> None:
        if not hasattr(self, "_allocator"):
            return
        allocator = self._allocator
        used = set(range(allocator.capacity)) - self._free
        assert allocator.free_slots == len(self._free)
        assert allocator.height == max(used, default=-1) + 1
        # Coalescing is complete: an allocator made anew from the same slots has the same blocks.
        anew = SlotAllocator(np.array([slot in self._free for slot in range(allocator.capacity)], np.bool_))
        assert allocator._blocks == anew._blocks
        assert allocator._orders == anew._orders


TestAllocatorMachine = AllocatorMachine.TestCase
