"""Which slots of a space are free: a binary buddy system.

D. E. Knuth, The Art of Computer Programming, volume 1, section 2.5, algorithms R and S; with three departures:

- The unneeded tail of a split block is free again at once, so that no slot is lost inside a block.
- Of all blocks that are large enough the lowest is taken, not the smallest: the files stay short, and a compaction has
  little to do.
- Blocks that touch but are no buddies are used together where no single block is large enough.

All of this is memory only: the columns themselves say what is free when a store is opened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Self

import numpy as np
from numpy.typing import NDArray

_ORDERS = 48
"""A block of order k has 2**k slots and begins at a multiple of that; no disk holds 2**48 slots."""

_BOUNDLESS = 1 << (_ORDERS - 1)

_SPARE = 20
"""Capacity grows by one part in so many at least, and does not grow for files' sake while so much of it is free."""

_LEAST_GROWTH = 1024

_STALE_LEAST = 64
"""A heap may hold so many outdated entries, and twice as many entries as blocks, before it is made anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs of slots that were taken, request by request and ascending within a request.

    Attributes:
        request: Which of the requests a run belongs to, [n] int64.
        first: Its first slot, [n] int64.
        count: How many slots it has, [n] int64.
    """

    request: NDArray[np.int64]
    first: NDArray[np.int64]
    count: NDArray[np.int64]

    @classmethod
    def of(cls, runs: Iterable[tuple[int, int, int]]) -> Self:
        """Put runs (request, first, count) in their order."""
        table = np.array(list(runs), np.int64).reshape(-1, 3)
        return cls(*table[np.lexsort((table[:, 1], table[:, 0]))].T)

    def slots(self) -> NDArray[np.int64]:
        """Return all slots, in the order of the runs."""
        return slots_of(self.first, self.count)


def slots_of(first: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return all slots of runs, given as first slots and counts [n], in the order of the runs."""
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(int(count.sum()))


class SlotAllocator:
    """Hands out free slots in runs, each to one taker, and takes them back.

    Args:
        free: Which slots are free, [capacity] bool.
    """

    def __init__(self, free: NDArray[np.bool_]) -> None:
        self._capacity = len(free)
        self._free_slots = int(np.count_nonzero(free))
        # A set says which blocks of an order are free; its heap finds the lowest, and may hold some that are not.
        self._blocks: list[set[int]] = [set() for _ in range(_ORDERS)]
        self._heaps: list[list[int]] = [[] for _ in range(_ORDERS)]
        self._orders = 0  # bit k is set where a block of order k is free
        for order, starts in enumerate(_whole_blocks(free)):
            self._heaps[order] = starts  # ascending, so it is a heap
            self._blocks[order] = set(starts)
            self._orders |= bool(starts) << order

    @property
    def capacity(self) -> int:
        """Slots there are, free or not."""
        return self._capacity

    @property
    def free_slots(self) -> int:
        """Slots that are free."""
        return self._free_slots

    @property
    def largest(self) -> int:
        """Slots of the largest free block."""
        return 1 << (self._orders.bit_length() - 1) if self._orders else 0

    @property
    def height(self) -> int:
        """The slot after the highest one in use."""
        return self._run_start(self._capacity)

    @property
    def fragmentation(self) -> float:
        """The share of slots that are free among those up to the highest one in use."""
        height = self.height
        return (self._free_slots - (self._capacity - height)) / height if height else 0.0

    def wanted_capacity(self, counts: Sequence[int]) -> int:
        """Return how many slots there should be before so many are taken; the present number where they suffice.

        A file in two runs costs a row in the catalog and one read more. A slot that stays free is disk space and is
        passed by every search. So capacity grows to keep files together while less than a twentieth of it would be left
        free, and to a tenth at most; past that, files are split. Churn therefore never loses more than a tenth. With
        documents of some 25 passages it left 8 of 10 in one run (`vexgui bench store`); an eighth would leave 9 of 10,
        and lose twice as much.
        """
        left = self._free_slots - sum(counts)
        spare = self._capacity // _SPARE
        homeless = self._homeless(counts)
        if left >= (spare if homeless else 0):
            return self._capacity
        return self._capacity + max(-left, min(homeless, 2 * spare - left), spare, _LEAST_GROWTH)

    def grow(self, capacity: int) -> None:
        """Add the slots that the columns have gained."""
        added = capacity - self._capacity
        self._capacity = capacity
        self.free(capacity - added, added)

    def take(self, counts: Sequence[int]) -> Runs:
        """Take so many slots for each request; there must be enough in all, see `wanted_capacity`.

        A request gets one run where a block is large enough, and several only where no run around one is. They choose
        in turn, so that in new columns one lies behind the other; those of one slot come last, and fill what is left.
        """
        assert sum(counts) <= self._free_slots
        single = [request for request, count in enumerate(counts) if count == 1]
        several = [request for request, count in enumerate(counts) if count > 1]
        runs = [(request, first, count) for request in several for first, count in self._take_run(counts[request])]
        if not single:
            return Runs.of(runs)
        return Runs.of([*runs, *zip(single, self._take_single(len(single)), [1] * len(single), strict=True)])

    def free(self, first: int, count: int) -> None:
        """Make a run free again, whether it was taken as one or not; blocks unite with their free buddies."""
        assert 0 <= first <= first + count <= self._capacity
        self._free_slots += count
        end = first + count
        while first < end:
            order = _order_at(first, end)
            start, united = first, order
            while (buddy := start ^ (1 << united)) in self._blocks[united]:
                self._remove(buddy, united)
                start &= ~(1 << united)
                united += 1
            self._add(start, united)
            first += 1 << order

    def free_all(self, firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """Make runs [n] free again; those that touch are joined first, which is quicker than one by one."""
        ascending = np.argsort(firsts)
        firsts, ends = firsts[ascending], (firsts + counts)[ascending]
        apart = firsts[1:] != ends[:-1]
        begins = firsts[np.append(True, apart)] if len(firsts) else firsts
        closes = ends[np.append(apart, True)] if len(firsts) else ends
        for first, end in zip(begins.tolist(), closes.tolist(), strict=True):
            self.free(first, end - first)

    def _take_single(self, count: int) -> list[int]:
        """Take slots one by one, the lowest that are free; ascending."""
        self._free_slots -= count
        slots: list[int] = []
        while len(slots) < count:
            start, order = self._lowest_block(0)
            end = min(start + (1 << order), start + count - len(slots))
            self._remove(start, order)
            self._add_all(end, start + (1 << order))
            slots.extend(range(start, end))
        return slots

    def _take_run(self, count: int) -> list[tuple[int, int]]:
        """Take slots, in one run (first, count) if possible."""
        self._free_slots -= count
        runs: list[tuple[int, int]] = []
        while count:
            first, end = self._suitable_run(count)
            self._cut(first, end)
            runs.append((first, end - first))
            count -= end - first
        return runs

    def _homeless(self, counts: Sequence[int]) -> int:
        """Return how many slots the requests need for which there will be no block, if each gets one of its own."""
        wanted: list[list[int]] = [[] for _ in range(_ORDERS)]
        for count in counts:
            if count > 1:
                wanted[(count - 1).bit_length()].append(count)
        blocks = homeless = 0
        for order in reversed(range(_ORDERS)):
            blocks = 2 * blocks + len(self._blocks[order])
            homeless += sum(wanted[order][blocks:])
            blocks = max(0, blocks - len(wanted[order]))
        return homeless

    def _suitable_run(self, count: int) -> tuple[int, int]:
        """Return first slot and end of a free run, of so many slots if possible and never more.

        It is the run around the lowest block that is large enough; without one, the run around the largest block or
        the one at the end.
        """
        least = (count - 1).bit_length()
        if self._orders >> least:
            first = self._run_start(self._lowest_block(least)[0])
            return first, first + count
        middle = self._run_start(self._lowest(self._orders.bit_length() - 1))
        ends = {first: self._run_end(first, first + count) for first in (middle, self.height)}
        return max(ends.items(), key=lambda run: run[1] - run[0])

    def _run_start(self, slot: int) -> int:
        """Return where the free run begins that ends before a slot; the slot itself where there is none."""
        while (order := self._order_before(slot)) >= 0:
            slot -= 1 << order
        return slot

    def _run_end(self, slot: int, limit: int) -> int:
        """Return where the free run ends that begins at a slot, or the limit if it reaches that."""
        while slot < limit and (order := self._order_of(slot)) >= 0:
            slot += 1 << order
        return min(slot, limit)

    def _order_of(self, start: int) -> int:
        """Return the order of the free block that begins at a slot, or -1."""
        for order in range(_alignment(start) + 1):
            if start in self._blocks[order]:
                return order
        return -1

    def _order_before(self, end: int) -> int:
        """Return the order of the free block that ends before a slot, or -1."""
        for order in range(_alignment(end) + 1):
            if end - (1 << order) in self._blocks[order]:
                return order
        return -1

    def _lowest_block(self, least: int) -> tuple[int, int]:
        """Return start and order of the lowest free block of an order or above; there must be one."""
        orders = range(least, self._orders.bit_length())
        return min((self._lowest(order), order) for order in orders if self._orders >> order & 1)

    def _lowest(self, order: int) -> int:
        """Return the lowest free block of an order that has one."""
        heap, blocks = self._heaps[order], self._blocks[order]
        while heap[0] not in blocks:
            heappop(heap)
        return heap[0]

    def _cut(self, first: int, end: int) -> None:
        """Take a run out of the blocks that lie there one after another."""
        while first < end:
            order = self._order_of(first)
            self._remove(first, order)
            first += 1 << order
        self._add_all(end, first)

    def _add_all(self, first: int, end: int) -> None:
        """Add the blocks of a run that has no free neighbours."""
        while first < end:
            order = _order_at(first, end)
            self._add(first, order)
            first += 1 << order

    def _add(self, start: int, order: int) -> None:
        heap, blocks = self._heaps[order], self._blocks[order]
        blocks.add(start)
        self._orders |= 1 << order
        if len(heap) < 2 * len(blocks) + _STALE_LEAST:
            heappush(heap, start)
        else:
            self._heaps[order] = sorted(blocks)

    def _remove(self, start: int, order: int) -> None:
        blocks = self._blocks[order]
        blocks.remove(start)
        if not blocks:
            self._orders &= ~(1 << order)


def _alignment(slot: int) -> int:
    """Return the highest order a block can have that begins or ends at a slot."""
    aligned = slot | _BOUNDLESS
    return (aligned & -aligned).bit_length() - 1


def _order_at(first: int, end: int) -> int:
    """Return the order of the largest block that begins at a slot and does not pass the end."""
    return min(_alignment(first), (end - first).bit_length() - 1)


def _whole_blocks(free: NDArray[np.bool_]) -> Iterable[list[int]]:
    """Yield, for one order after the other, where the free blocks begin that are part of no larger free block."""
    order = 0
    while len(free):
        pairs = free[: len(free) // 2 * 2].reshape(-1, 2)
        both = pairs[:, 0] & pairs[:, 1]
        alone = np.append(pairs & ~both[:, np.newaxis], free[pairs.size :])
        yield (np.flatnonzero(alone) << order).tolist()
        free = both
        order += 1
