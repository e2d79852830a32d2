"""A change: one transaction over catalog and columns, which is made whole or not at all."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.errors import WorldProblem
from vexgui.core.vectors import Source, SpaceId
from vexgui.store.buddy import Runs
from vexgui.store.catalog import KeptSpace, edits
from vexgui.store.columns.rows import Rows, made_rows, says, stamped
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.record.value import are_units
from vexgui.store.rows import Extent, FileId, FileUpdate, Stamp, passage_id
from vexgui.store.spaces import OpenSpace, Run


class Addition(NamedTuple):
    """A file's new vectors in one space; a tuple, because a commit makes one of every file.

    Attributes:
        file: The file.
        stamp: What filters ask of it.
        ordinals: Its passages' ordinals, [n] uint32, ascending.
        vectors: Unit rows, [n, dim].
        source: Where they came from.
        confidence: See `Extent`.
    """

    file: FileId
    stamp: Stamp
    ordinals: NDArray[np.uint32]
    vectors: Vectors
    source: Source
    confidence: float


_NOT_BEGUN = 1 << 32
"""Above every epoch."""

_Placed = tuple[FileId, NDArray[np.uint32], Source, float, int]
"""What an `Extent` says beside where it lies: file, ordinals, source, confidence, time."""

_Place = tuple[FileId, int]
"""A file and a space's number."""


@dataclass(slots=True, eq=False)
class Change:
    """What one transaction does to vectors; see `Writer` for the order of its steps.

    Attributes:
        db: The catalog's connection, inside the transaction.
        epoch: The number that names this commit: one above the last.
    """

    db: sqlite3.Connection = field(init=False)
    epoch: int = _NOT_BEGUN
    _written: list[tuple[OpenSpace, Runs]] = field(default_factory=list)
    _extents: list[Extent] = field(default_factory=list)
    _reclaimed: list[tuple[OpenSpace, list[Run]]] = field(default_factory=list)

    def begin(self, db: sqlite3.Connection, epoch: int) -> None:
        """Begin inside a transaction of the catalog."""
        self.db = db
        self.epoch = epoch

    def add(self, opened: OpenSpace, additions: Sequence[Addition]) -> None:
        """Write vectors to free slots, each file's together where there is room; leave out what is no unit vector.

        Raises:
            DiskFull: There is no room.
            ValueError: Vectors are of another length than the space's, or not as many as their ordinals.
        """
        if not additions:
            return
        sizes = [len(addition.ordinals) for addition in additions]
        shapes = {addition.vectors.shape[1:] for addition in additions}
        if shapes != {(opened.kept.space.dim,)} or sizes != [len(addition.vectors) for addition in additions]:
            raise ValueError(f"Vectors of the shapes {shapes} do not belong to {opened.kept.space}.")
        vectors = np.concatenate([addition.vectors for addition in additions])
        ordinals = np.concatenate([addition.ordinals for addition in additions])
        counts = np.array(sizes)
        usable = are_units(vectors)
        if not usable.all():
            self.add(opened, _usable(additions, usable))
            return
        firsts = np.array([passage_id(addition.file, 0) for addition in additions])
        stamps = [(addition.stamp, count) for addition, count in zip(additions, counts.tolist(), strict=True)]
        owners = np.repeat(firsts, counts) + ordinals.astype(np.int64)
        rows = made_rows(opened.codec, vectors, owners, stamps, self.epoch)
        made_s = int(time.time())
        self._place(
            opened, rows, [(part.file, part.ordinals, part.source, part.confidence, made_s) for part in additions]
        )

    def write(self, opened: OpenSpace, rows: Rows) -> NDArray[np.int64]:
        """Write rows to free slots in as few runs as there are; return the slots, ascending, for the caller to name."""
        return self._written_to(opened, rows, [len(rows)]).slots()

    def drop(self, extents: Sequence[Extent]) -> None:
        """Have vectors belong to the past: their slots are erased when no reader can want them."""
        edits.delete_extents(self.db, extents, self.epoch)

    def drop_replaced(self, files: Sequence[FileId], staying: Callable[[FileId, int, int], bool]) -> set[_Place]:
        """Have files' vectors belong to the past, but for those of spaces that stay as they are; return which stay.

        Args:
            files: The files.
            staying: Tells of a file, a space's number and how many vectors it has there whether they stay.
        """
        extents = edits.extents_of(self.db, files)
        counts: Counter[_Place] = Counter()
        for extent in extents:
            counts[extent.file, extent.space] += extent.count
        kept = {place for place, count in counts.items() if staying(*place, count)}
        self.drop([extent for extent in extents if (extent.file, extent.space) not in kept])
        return kept

    def restamp(self, opened: OpenSpace, extents: Sequence[Extent], stamps: Mapping[FileId, Stamp]) -> None:
        """Move the vectors in extents to new slots with what filters ask of their files now, where that is new."""
        old = opened.columns.rows()
        moved: list[Extent] = []
        parts: list[Rows] = []
        for extent in extents:
            rows = old.at(np.arange(extent.first, extent.first + extent.count))
            if not says(rows, stamps[extent.file]):
                moved.append(extent)
                parts.append(stamped(rows, stamps[extent.file], self.epoch))
        if not moved:
            return
        self.drop(moved)
        files = [(run.file, run.ordinals, run.source, run.confidence, run.made_s) for run in moved]
        self._place(opened, Rows.joined(parts), files)

    def reclaim(self, opened: OpenSpace, runs: Sequence[Run]) -> None:
        """Erase slots that died before any reader's snapshot; they are free once this is committed."""
        if runs:
            opened.columns.erase(runs)
            self._reclaimed.append((opened, list(runs)))
            edits.undead(self.db, [(opened.kept.number, first, count, self.epoch) for first, count in runs])

    def complete(self) -> None:
        """Have the disk hold the columns, then name in the catalog what was written."""
        for opened in {id(part[0]): part[0] for part in (*self._written, *self._reclaimed)}.values():
            opened.columns.flush()
            erased = sum(count for other, runs in self._reclaimed if other is opened for _, count in runs)
            used = opened.slots.capacity - opened.slots.free_slots - erased
            edits.set_slots(self.db, opened.kept.number, opened.columns.capacity, used)
        edits.insert_extents(self.db, self._extents)
        edits.set_epoch(self.db, self.epoch)

    def publish(self) -> None:
        """Give the slots that were erased back, now that the transaction is on the disk."""
        for opened, runs in self._reclaimed:
            opened.slots.free_all(*np.array(runs, np.int64).T)

    def undo(self) -> None:
        """Erase what was written, and give its slots back; where the disk refuses that too, the next change does it."""
        for opened, runs in self._written:
            opened.unnamed += zip(runs.first.tolist(), runs.count.tolist(), strict=True)
        for opened, _ in self._written:
            with suppress(WorldProblem):
                opened.clear_unnamed()

    def _place(self, opened: OpenSpace, rows: Rows, files: Sequence[_Placed]) -> None:
        """Write rows, which lie in the order of the files, to free slots, and note the extents they come to."""
        runs = self._written_to(opened, rows, [len(ordinals) for _, ordinals, *_ in files])
        number = opened.kept.number
        last, begin = -1, 0
        for request, first, count in zip(runs.request.tolist(), runs.first.tolist(), runs.count.tolist(), strict=True):
            file, ordinals, source, confidence, made_s = files[request]
            if count < len(ordinals):
                begin = begin if request == last else 0
                ordinals = ordinals[begin : begin + count]
                last, begin = request, begin + count
            self._extents.append(Extent(number, first, count, file, ordinals, source, confidence, made_s))

    def _written_to(self, opened: OpenSpace, rows: Rows, counts: Sequence[int]) -> Runs:
        """Write rows to free slots, so many together for each request, and return the runs they went to."""
        wanted = opened.slots.wanted_capacity(counts)
        if wanted > opened.slots.capacity:
            opened.columns.reserve(wanted)
            opened.slots.grow(opened.columns.capacity)
        runs = opened.slots.take(counts)
        self._written.append((opened, runs))
        slots = runs.slots()
        if np.any(slots[1:] < slots[:-1]):  # in the order of the disk, so that neighbours go out in one call
            order = np.argsort(slots)
            slots, rows = slots[order], rows.at(order)
        opened.columns.write(slots, rows)
        return runs


def _usable(additions: Sequence[Addition], usable: NDArray[np.bool_]) -> list[Addition]:
    """Return additions without the vectors that may not be used, given for all of them one after the other."""
    left: list[Addition] = []
    first = 0
    for addition in additions:
        chosen = usable[first : first + len(addition.ordinals)]
        first += len(addition.ordinals)
        if chosen.any():
            left.append(addition._replace(ordinals=addition.ordinals[chosen], vectors=addition.vectors[chosen]))
    return left


def additions_of(update: FileUpdate, root: int, file: FileId) -> Iterator[tuple[SpaceId, Addition]]:
    """Yield a file's new vectors by space: those that belong to passages of the file, as far as these are known yet."""
    known = {passage.ordinal for passage in update.passages if passage.ordinal < 1 << PASSAGE_BITS}
    stamp = Stamp(update.kind, root, update.stat.size, update.stat.mtime_ns)
    for part in update.vectors:
        chosen = [
            row
            for row, ordinal in enumerate(part.ordinals.tolist())
            if ordinal in known or (update.unread and ordinal < 1 << PASSAGE_BITS)
        ]
        ordinals, vectors = part.ordinals, part.vectors
        if len(chosen) < len(ordinals):
            ordinals, vectors = ordinals[chosen], vectors[chosen]
        if len(ordinals):
            yield part.space, Addition(file, stamp, ordinals, vectors, part.source, part.confidence)


def held_by(
    updates: Sequence[FileUpdate], files: Sequence[FileId], spaces: Sequence[KeptSpace]
) -> Callable[[FileId, int, int], bool]:
    """Return what tells of a file, a space's number and a count whether the file's update holds so many to be there."""
    names = {kept.number: kept.space.id for kept in spaces}
    held = {
        (file, part.space): len(part.ordinals)
        for update, file in zip(updates, files, strict=True)
        for part in update.vectors
        if part.space in update.held
    }
    return lambda file, number, count: held.get((file, names[number])) == count
