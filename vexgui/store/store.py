"""The store: columns and catalog together, with one commit point; files and records can make all of it again."""

import os
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat
from vexgui.core.paths import joined, shown
from vexgui.core.vectors import CodecName, Space, SpaceId, Vectors
from vexgui.store.catalog import Catalog, KeptSpace, edits
from vexgui.store.codecs import decoded
from vexgui.store.columns import damaged
from vexgui.store.columns.scan import NOTHING, Scan, scanned
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileId, FileUpdate
from vexgui.store.spaces import OpenSpace, OpenSpaces, make_folder


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """Slots looked at, what is wrong in sentences, and files whose vectors must be made again."""

    slots: int
    problems: tuple[str, ...]
    damaged: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """Slots of a space and the ids of the passages whose vectors were written to them."""

    opened: OpenSpace
    slots: NDArray[np.int64]
    owners: NDArray[np.int64]


class Store:
    """Keeps files, passages and vectors; safe to use from any thread.

    A vector goes to a free slot and is flushed; only then does a catalog transaction name it; the slot it replaces is
    freed after that. A live slot is never overwritten.

    Args:
        folder: Where the store lies; created when missing and writable.
        codec: How the vectors of new spaces are kept.
        writable: Whether this process owns the profile.
    """

    def __init__(self, folder: bytes, codec: CodecName, *, writable: bool) -> None:
        self._folder = folder
        self._codec = codec
        if writable:
            make_folder(folder)
        self.catalog = Catalog(joined(folder, b"catalog.db"), writable=writable)
        self._lock = threading.RLock()
        try:
            self._next_passage = self.catalog.next_passage()
            self._spaces = OpenSpaces(folder, self.catalog, writable=writable)
        except BaseException:
            self.catalog.close()
            raise

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            self._spaces.close()
            self.catalog.close()

    # Reading

    def spaces(self) -> tuple[KeptSpace, ...]:
        """Return the spaces that have columns."""
        return self.catalog.spaces()

    def count_vectors(self, space: SpaceId) -> int:
        """Return how many vectors a space holds."""
        opened = self._spaces.get(space)
        return 0 if opened is None else int(np.count_nonzero(opened.columns.rows().scale))

    def scan(self, space: SpaceId, query: Vectors, count: int) -> Scan:
        """Score every vector of a space against a query [dim] and return the best; see `scanned`."""
        opened = self._spaces.get(space)
        if opened is None:
            return NOTHING
        scan = scanned(opened.columns.rows(), opened.columns.codec, query, 2 * count)
        # Named by passage, not by slot: slots have other numbers after a compaction that may end just now.
        named = self.catalog.with_vectors(opened.kept.number, scan.passages)
        places = [place for place, passage in enumerate(scan.passages) if passage in named][:count]
        return replace(scan, passages=tuple(scan.passages[place] for place in places), scores=scan.scores[places])

    def vectors_of(self, file_id: FileId) -> tuple[SpaceVectors, ...]:
        """Return a file's vectors, one entry a space that has any; damaged ones are left out."""
        found: list[SpaceVectors] = []
        for kept in self.spaces():
            with self._lock:  # slots keep their numbers until the next compaction
                opened = self._spaces.get(kept.space.id)
                listed = self.catalog.slots_of(file_id, kept.number)
                if opened is None or not listed:
                    continue
                rows = opened.columns.rows()
                there = [item for item in listed if item[1] < len(rows.scale)]
                ordinals, slots, owners = np.array(there, np.int64).reshape(-1, 3).T
                chosen = rows.at(slots)
            good = chosen.intact() & (chosen.owner == owners)
            if good.any():
                units = decoded(chosen.codes[good], chosen.scale[good])
                units /= np.linalg.norm(units, axis=1, keepdims=True)
                found.append(SpaceVectors(kept.space.id, ordinals[good].astype(np.uint32), units))
        return tuple(found)

    def lacks_vectors(self, file_id: FileId, spaces: Sequence[Space]) -> bool:
        """Tell whether a file has passages for one of these spaces and not a single vector in it."""
        numbers = {kept.space.id: kept.number for kept in self.spaces()}
        return any(self.catalog.lacks_vectors(file_id, numbers.get(space.id, -1), space.modality) for space in spaces)

    def lacking_vectors(self, space: Space) -> tuple[bytes, ...]:
        """Return the files that have passages for a space and not a single vector in it."""
        number = next((kept.number for kept in self.spaces() if kept.space.id == space.id), -1)
        return self.catalog.lacking_vectors(number, space.modality)

    def size_bytes(self) -> int:
        """Return what the store takes on the disk."""
        total = 0
        for folder, _, names in os.walk(self._folder):
            for name in names:
                try:
                    total += os.lstat(joined(folder, name)).st_blocks * 512
                except FileNotFoundError:
                    continue
        return total

    # Writing

    def ensure_space(self, space: Space) -> None:
        """Give a space its columns if it has none."""
        with self._lock:
            if self._spaces.get(space.id) is None:
                self._spaces.add(space, self._codec)

    def commit(self, updates: Sequence[FileUpdate]) -> None:
        """Keep files, replacing what was known of their paths; all or nothing.

        The last of two updates of one path counts. Vectors that are not of unit length are left out.

        Raises:
            DiskFull: There was no room; the store is as it was.
        """
        with self._lock:
            updates = tuple({update.path: update for update in updates}.values())
            firsts: list[int] = []
            for update in updates:
                firsts.append(self._next_passage)
                self._next_passage += len(update.passages)
            written: list[_Written] = []
            try:
                self._write_vectors(updates, firsts, written)
                freed = self._commit_rows(updates, firsts, written)
            except BaseException:
                for part in written:
                    part.opened.release(part.slots)
                raise
            self._free_slots(freed)

    def forget(self, paths: Sequence[bytes]) -> None:
        """Remove files from the store."""
        with self._lock:
            with self.catalog.writing() as db:
                freed = [pair for path in paths for pair in edits.delete_file(db, path)]
            self._free_slots(freed)

    def forget_folder(self, folder: bytes) -> None:
        """Remove all files beneath a folder from the store."""
        with self.catalog.reading() as db:
            paths = edits.paths_under(db, folder)
        for start in range(0, len(paths), 1000):
            self.forget(paths[start : start + 1000])

    def rename(self, old: bytes, new: bytes, *, folder: bool) -> None:
        """Give a file, or all files beneath a folder, another path; what was known of the new path goes."""
        with self._lock:
            with self.catalog.writing() as db:
                freed = edits.rename_folder(db, old, new) if folder else edits.rename_file(db, old, new)
            self._free_slots(freed)

    def update_stats(self, stats: Sequence[tuple[bytes, FileStat]]) -> None:
        """Note that files were looked at again and their contents are still the same."""
        with self.catalog.writing() as db:
            for path, stat in stats:
                edits.update_stat(db, path, stat)

    # Care

    def check(self) -> StoreCheck:
        """Compare every live slot with its checksum and the catalog with the columns.

        Raises:
            StoreDamaged: The catalog is beyond reading.
        """
        with self.catalog.reading() as db:
            lines = [line for (line,) in db.execute("PRAGMA quick_check(20)") if line != "ok"]
        problems = [f"The catalog: {line}." for line in lines]
        paths: set[bytes] = set()
        checked = 0
        for kept in self.spaces():
            with self._lock:  # between a commit and the next
                opened = self._spaces.get(kept.space.id)
                if opened is None:
                    continue
                slots, owners = self.catalog.slots(kept.number)
                bad = damaged(opened.columns.rows(), slots, owners)
            checked += len(slots)
            paths.update(self.catalog.paths_of_slots(kept.number, bad.tolist()))
        problems += [f"The vectors of {shown(path)} are damaged in the store." for path in sorted(paths)]
        return StoreCheck(checked, tuple(problems), tuple(sorted(paths)))

    def compact(self) -> None:
        """Write every space's vectors anew without gaps, and give the catalog's unused pages back."""
        with self._lock:
            for kept in self.catalog.spaces():
                self._spaces.compact(kept.space.id)
            self.catalog.vacuum()

    def _write_vectors(self, updates: Sequence[FileUpdate], firsts: Sequence[int], written: list[_Written]) -> None:
        """Write the vectors of updates to free slots and flush them, noting what was written as it goes."""
        parts: dict[SpaceId, list[Vectors]] = defaultdict(list)
        owners: dict[SpaceId, list[NDArray[np.int64]]] = defaultdict(list)
        for update, first in zip(updates, firsts, strict=True):
            place = {passage.ordinal: first + number for number, passage in enumerate(update.passages)}
            for part in (part.usable() for part in update.vectors):
                known = [number for number, ordinal in enumerate(part.ordinals.tolist()) if ordinal in place]
                parts[part.space].append(part.vectors[known])
                owners[part.space].append(np.array([place[int(part.ordinals[number])] for number in known], np.int64))
        for space, vectors in parts.items():
            opened = self._spaces.get(space)
            assert opened is not None, "ensure_space comes first"
            owner = np.concatenate(owners[space])
            written.append(_Written(opened, opened.write(np.concatenate(vectors), owner), owner))

    def _commit_rows(
        self, updates: Sequence[FileUpdate], firsts: Sequence[int], written: Sequence[_Written]
    ) -> list[tuple[int, int]]:
        """Have one transaction name what was written; return number of space and slot of each vector it replaces."""
        now_ns = time.time_ns()
        freed: list[tuple[int, int]] = []
        with self.catalog.writing() as db:
            for update, first in zip(updates, firsts, strict=True):
                freed += edits.delete_file(db, update.path)
                file_id = edits.insert_file(db, update, now_ns)
                edits.insert_passages(db, file_id, first, update.passages)
            for part in written:
                edits.insert_vectors(db, part.opened.kept.number, part.slots, part.owners)
        return freed

    def _free_slots(self, freed: Sequence[tuple[int, int]]) -> None:
        by_number: dict[int, list[int]] = defaultdict(list)
        for number, slot in freed:
            by_number[number].append(slot)
        for number, slots in by_number.items():
            self._spaces.named(number).release(np.sort(np.array(slots, np.int64)))
