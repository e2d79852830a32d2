"""Checking columns against their checksums, against the catalog, and for what should not be there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.paths import shown
from vexgui.store.buddy import slots_of
from vexgui.store.columns.rows import Rows, blank
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import Extents, FileId
from vexgui.store.snapshot import Snapshot
from vexgui.store.spaces import Run

_CHUNK_ROWS = 16384


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What an integrity check found.

    Attributes:
        slots: How many vectors the catalog names.
        problems: What is wrong, a sentence each.
        damaged: Files whose vectors must be made again, or taken from their records.
    """

    slots: int
    problems: tuple[str, ...]
    damaged: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SpaceCheck:
    """What is wrong with a space's slots.

    Attributes:
        live: How many slots hold vectors by the catalog.
        damaged: Files with vectors that are missing, do not fit their checksums, or are not theirs.
        leftovers: Slots, [n] int64, that are free and hold something: bits that flipped, or what a power cut left.
    """

    live: int
    damaged: tuple[FileId, ...]
    leftovers: NDArray[np.int64]


def check(snapshot: Snapshot, problems: Sequence[str], *, owner: bool) -> StoreCheck:
    """Check all spaces.

    Args:
        snapshot: What is checked.
        problems: Those of the catalog itself.
        owner: Whether no other process writes: what lies in slots of a later epoch is then nobody's work.
    """
    found = list(problems)
    slots = 0
    damaged: set[bytes] = set()
    for kept in snapshot.spaces():
        opened = snapshot.opened(kept)
        rows = opened.columns.rows()
        result = checked(
            rows,
            snapshot.catalog.extents_in(kept.number),
            snapshot.catalog.dead_in(kept.number),
            snapshot.epoch,
        )
        slots += result.live
        paths = snapshot.catalog.paths(result.damaged)
        damaged.update(paths.values())
        found += opened.columns.problems()
        if len(paths) < len(result.damaged):
            found.append(f"Vectors of {kept.space.model} belong to files that are not in the catalog.")
        leftovers = result.leftovers if owner else result.leftovers[rows.born[result.leftovers] <= snapshot.epoch]
        if len(leftovers):
            found.append(f"{len(leftovers)} free slots of {kept.space.model} are not empty.")
    found += [f"The vectors of {shown(path)} are damaged in the store." for path in sorted(damaged)]
    return StoreCheck(slots, tuple(found), tuple(sorted(damaged)))


@dataclass(slots=True)
class Scrubber:
    """Goes through all vectors little by little, and then again."""

    _space: int = 0
    _slot: int = 0

    @property
    def begun(self) -> bool:
        """Whether it is on its way through them."""
        return (self._space, self._slot) != (0, 0)

    def step(self, snapshot: Snapshot, slots: int) -> tuple[bytes, ...]:
        """Check the next slots, at most so many, and return the files whose vectors are damaged."""
        spaces = snapshot.spaces()
        if not spaces:
            return ()
        if self._space >= len(spaces):
            self._space = self._slot = 0
        kept = spaces[self._space]
        opened = snapshot.opened(kept)
        live = snapshot.live(opened)
        part = live[np.searchsorted(live, self._slot) :][:slots]
        if not len(part):
            self._space, self._slot = (self._space + 1) % len(spaces), 0
            return ()
        self._slot = int(part[-1]) + 1
        bad = part[~opened.columns.rows().at(part).intact()]
        if not len(bad):
            return ()
        extents = snapshot.catalog.extents_in(kept.number)
        files = extents.file[np.searchsorted(extents.first, bad, "right") - 1]
        return tuple(sorted(snapshot.catalog.paths([FileId(file) for file in files.tolist()]).values()))


def checked(rows: Rows, extents: Extents, dead: Sequence[Run], epoch: int) -> SpaceCheck:
    """Compare all slots of a space with what the catalog says of them at an epoch."""
    slots = slots_of(extents.first, extents.count)
    files = np.repeat(extents.file, extents.count)
    there = slots < len(rows)
    bad = [files[~there]]
    slots, files = slots[there], files[there]
    for start in range(0, len(slots), _CHUNK_ROWS):
        chunk = slice(start, start + _CHUNK_ROWS)
        bad.append(files[chunk][~_sound(rows.at(slots[chunk]), files[chunk], epoch)])
    damaged = np.unique(np.concatenate(bad)).tolist()
    return SpaceCheck(int(extents.count.sum()), tuple(map(FileId, damaged)), _leftovers(rows, slots, dead))


def _sound(rows: Rows, files: NDArray[np.int64], epoch: int) -> NDArray[np.bool_]:
    """Tell which rows may be used as vectors of some files; shape [n]."""
    born = (rows.born > 0) & (rows.born <= epoch)
    usable: NDArray[np.bool_] = rows.intact() & (rows.owner >> PASSAGE_BITS == files) & born
    return usable


def _leftovers(rows: Rows, live: NDArray[np.int64], dead: Sequence[Run]) -> NDArray[np.int64]:
    free = np.ones(len(rows), np.bool_)
    free[live] = False
    for first, count in dead:
        free[first : first + count] = False
    slots = np.flatnonzero(free)
    found = [
        part[~blank(rows.at(part))]
        for part in (slots[start : start + _CHUNK_ROWS] for start in range(0, len(slots), _CHUNK_ROWS))
    ]
    return np.concatenate(found) if found else slots
