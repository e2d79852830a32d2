"""Three ways to lay files of many passages into one row of slots, with the same interface."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from vexgui.store.buddy import SlotAllocator

_MOST_LOST = 0.15
"""What may be lost before appending stops for a compaction."""


class Placement(Protocol):
    """Keeps files in slots."""

    def insert(self, counts: Mapping[int, int]) -> None:
        """Lay files, given by number, into so many slots each."""
        ...

    def delete(self, files: Sequence[int]) -> None:
        """Let files' slots go."""
        ...

    @property
    def lost(self) -> float:
        """The share of slots in which nothing lies, among those up to the highest one in use."""
        ...

    @property
    def whole(self) -> float:
        """The share of files that lie in one run."""
        ...

    @property
    def moved(self) -> int:
        """Slots that compactions have copied so far."""
        ...


class Buddy:
    """The store's own way, grown as the store grows its columns."""

    moved = 0

    def __init__(self) -> None:
        self._allocator = SlotAllocator(np.zeros(0, np.bool_))
        self._runs: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def insert(self, counts: Mapping[int, int]) -> None:
        """Lay files, given by number, into so many slots each."""
        files, wanted = list(counts), list(counts.values())
        if (capacity := self._allocator.wanted_capacity(wanted)) > self._allocator.capacity:
            self._allocator.grow(capacity)
        runs = self._allocator.take(wanted)
        for request, first, count in zip(runs.request.tolist(), runs.first.tolist(), runs.count.tolist(), strict=True):
            self._runs[files[request]].append((first, count))

    def delete(self, files: Sequence[int]) -> None:
        """Let files' slots go."""
        for file in files:
            for first, count in self._runs.pop(file):
                self._allocator.free(first, count)

    @property
    def lost(self) -> float:
        """The share of slots in which nothing lies, among those up to the highest one in use."""
        return self._allocator.fragmentation

    @property
    def whole(self) -> float:
        """The share of files that lie in one run."""
        return sum(len(runs) == 1 for runs in self._runs.values()) / len(self._runs)


class FirstFit:
    """The lowest gap that is long enough, found by looking at one after the other; else the end."""

    whole = 1.0
    moved = 0

    def __init__(self) -> None:
        self._firsts: list[int] = []  # of gaps, ascending
        self._lengths: list[int] = []
        self._height = 0
        self._runs: dict[int, tuple[int, int]] = {}

    def insert(self, counts: Mapping[int, int]) -> None:
        """Lay files, given by number, into so many slots each."""
        for file, count in counts.items():
            self._runs[file] = (self._taken(count), count)

    def delete(self, files: Sequence[int]) -> None:
        """Let files' slots go."""
        for file in files:
            self._free(*self._runs.pop(file))

    @property
    def lost(self) -> float:
        """The share of slots in which nothing lies, among those up to the highest one in use."""
        return sum(self._lengths) / self._height if self._height else 0.0

    def _taken(self, count: int) -> int:
        for place, length in enumerate(self._lengths):
            if length >= count:
                first = self._firsts[place]
                if length == count:
                    del self._firsts[place], self._lengths[place]
                else:
                    self._firsts[place] += count
                    self._lengths[place] -= count
                return first
        self._height += count
        return self._height - count

    def _free(self, first: int, count: int) -> None:
        firsts, lengths = self._firsts, self._lengths
        place = bisect(firsts, first)
        firsts.insert(place, first)
        lengths.insert(place, count)
        for left in (place, place - 1):  # join with the gap after it, then with the one before
            if 0 <= left < len(firsts) - 1 and firsts[left] + lengths[left] == firsts[left + 1]:
                lengths[left] += lengths.pop(left + 1)
                del firsts[left + 1]
        if firsts[-1] + lengths[-1] == self._height:
            self._height = firsts.pop()
            lengths.pop()


class Append:
    """Always at the end; all is copied together when too much is lost, as stores of immutable segments do."""

    whole = 1.0

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._height = 0
        self._live = 0
        self.moved = 0

    def insert(self, counts: Mapping[int, int]) -> None:
        """Lay files, given by number, into so many slots each."""
        self._counts.update(counts)
        added = sum(counts.values())
        self._live += added
        self._height += added

    def delete(self, files: Sequence[int]) -> None:
        """Let files' slots go."""
        self._live -= sum(self._counts.pop(file) for file in files)
        if self.lost > _MOST_LOST:
            self.moved += self._live
            self._height = self._live

    @property
    def lost(self) -> float:
        """The share of slots in which nothing lies, among those up to the highest one in use."""
        return (self._height - self._live) / self._height if self._height else 0.0
