"""The store: columns and catalog together, with one commit point; files and records can make all of it again."""

import errno
import os
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import DiskFull, PermissionProblem, StoreDamaged
from vexgui.core.files import FileStat
from vexgui.core.paths import joined, shown
from vexgui.core.vectors import CodecName, Space, SpaceId, Vectors
from vexgui.store import edits
from vexgui.store.catalog import Catalog, KeptSpace
from vexgui.store.codecs import codec_named, decoded
from vexgui.store.columns import REBUILD, SpaceColumns, checksums
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileId, FileUpdate, PassageId
from vexgui.store.slots import FreeSlots
from vexgui.system.atomic import flush_folder


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The best passages of one space for one query.

    Attributes:
        passages: Ids, best first.
        scores: Cosines, same order, float32.
        vectors: How many vectors were scored: all there are, the answer is exact over the codes.
        mean: Mean of all scores.
        deviation: Standard deviation of all scores.
    """

    passages: tuple[PassageId, ...]
    scores: NDArray[np.float32]
    vectors: int
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """Slots looked at, what is wrong in sentences, and files whose vectors must be made again."""

    slots: int
    problems: tuple[str, ...]
    damaged: tuple[bytes, ...]


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
        self._writable = writable
        if writable:
            _make_folder(folder)
        self.catalog = Catalog(joined(folder, b"catalog.db"), writable=writable)
        self._lock = threading.RLock()
        self._columns: dict[SpaceId, tuple[KeptSpace, SpaceColumns]] = {}
        self._free: dict[SpaceId, FreeSlots] = {}
        try:
            for kept in self.catalog.spaces():
                self._open_columns(kept)
            self._next_passage = self.catalog.next_passage()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            for _, columns in self._columns.values():
                columns.close()
            self._columns.clear()
            self.catalog.close()

    # Reading

    def spaces(self) -> tuple[KeptSpace, ...]:
        """Return the spaces that have columns."""
        return self.catalog.spaces()

    def count_vectors(self, space: SpaceId) -> int:
        """Return how many vectors a space holds."""
        found = self._current(space)
        return 0 if found is None else int(np.count_nonzero(found[1].rows().scale))

    def scan(self, space: SpaceId, query: Vectors, count: int) -> Scan:
        """Score every vector of a space against a query [dim] and return the best.

        The scan runs over the codes; the best are scored again with the unquantized query.
        """
        found = self._current(space)
        if found is None:
            return Scan((), np.empty(0, np.float32), 0, 0.0, 0.0)
        kept, columns = found
        rows = columns.rows()
        scores = columns.codec.scores(rows.codes, rows.scale, query) if len(rows.scale) else np.empty(0, np.float32)
        live = int(np.count_nonzero(rows.scale))
        if not live:
            return Scan((), np.empty(0, np.float32), 0, 0.0, 0.0)
        # Free slots score exactly 0, so sums over all rows are sums over the live ones.
        mean = float(scores.sum(dtype=np.float64)) / live
        variance = float(np.dot(scores, scores)) / live - mean * mean
        wanted = min(2 * count, len(scores))
        top = np.argpartition(scores, len(scores) - wanted)[-wanted:]
        top = top[rows.scale[top] > 0]
        owners = rows.owner[top]
        exact = decoded(rows.codes[top], rows.scale[top]) @ query
        named = self.catalog.owners(kept.number, top.tolist())
        order = [
            int(place)
            for place in np.argsort(-exact, kind="stable")
            if named.get(int(top[place])) == int(owners[place])
        ][:count]
        return Scan(
            tuple(PassageId(int(owners[place])) for place in order),
            exact[order].astype(np.float32),
            live,
            mean,
            max(variance, 0.0) ** 0.5,
        )

    def vectors_of(self, file_id: FileId) -> tuple[SpaceVectors, ...]:
        """Return a file's vectors, one entry a space that has any."""
        found: list[SpaceVectors] = []
        for kept in self.spaces():
            current = self._current(kept.space.id)
            pairs = self.catalog.slots_of(file_id, kept.number)
            if current is None or not pairs:
                continue
            rows = current[1].rows()
            slots = [slot for _, slot in pairs]
            units = decoded(rows.codes[slots], rows.scale[slots])
            units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-12)
            ordinals = np.array([ordinal for ordinal, _ in pairs], np.uint32)
            found.append(SpaceVectors(kept.space.id, ordinals, units))
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
            if space.id not in self._columns:
                self.catalog.add_space(space, self._codec)
                self._open_columns(next(kept for kept in self.catalog.spaces() if kept.space.id == space.id))

    def commit(self, updates: Sequence[FileUpdate]) -> None:
        """Keep files, replacing what was known of their paths; all or nothing.

        Raises:
            DiskFull: There was no room; the store is as it was.
        """
        with self._lock:
            first = self._next_passage
            firsts: list[int] = []
            for update in updates:
                firsts.append(first)
                first += len(update.passages)
            written = self._write_vectors(updates, firsts)
            try:
                freed = self._commit_rows(updates, firsts, written)
            except BaseException:
                for space, (slots, _) in written.items():
                    self._release(space, slots)
                raise
            self._next_passage = first
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
            if folder:
                self.forget_folder(new)
            else:
                self.forget([new])
            with self.catalog.writing() as db:
                if folder:
                    edits.rename_folder(db, old, new)
                else:
                    edits.rename_file(db, old, new)

    def update_stats(self, stats: Sequence[tuple[bytes, FileStat]]) -> None:
        """Note that files were looked at again and their contents are still the same."""
        with self.catalog.writing() as db:
            for path, stat in stats:
                edits.update_stat(db, path, stat)

    # Care

    def check(self) -> StoreCheck:
        """Compare every live slot with its checksum and the catalog with the columns."""
        problems: list[str] = []
        damaged: set[bytes] = set()
        checked = 0
        with self.catalog.reading() as db:
            problems.extend(f"The catalog: {line}." for (line,) in db.execute("PRAGMA quick_check(20)") if line != "ok")
        for kept in self.spaces():
            current = self._current(kept.space.id)
            if current is None:
                continue
            slots = self.catalog.slots(kept.number)
            checked += len(slots)
            bad = self._bad_slots(kept, current[1], slots)
            paths = self._paths_of(kept, bad)
            damaged.update(paths)
            problems.extend(f"The vectors of {shown(path)} are damaged in the store." for path in paths)
        return StoreCheck(checked, tuple(problems), tuple(sorted(damaged)))

    def compact(self) -> None:
        """Write every space's vectors anew without gaps, and give the catalog's unused pages back.

        The new columns are complete before one transaction names them; a crash leaves the old ones in force. Readers
        keep the old files' maps for as long as they hold them.
        """
        with self._lock:
            for kept in self.catalog.spaces():
                self._compact_space(kept)
            self.catalog.vacuum()

    def _compact_space(self, kept: KeptSpace) -> None:
        _, columns = self._columns[kept.space.id]
        slots = self.catalog.slots(kept.number)
        successor = KeptSpace(kept.number, kept.space, kept.codec, kept.generation + 1)
        folder = self._columns_folder(successor)
        shutil.rmtree(folder, ignore_errors=True)
        _make_folder(folder)
        packed = SpaceColumns(folder, kept.space.id, kept.space.dim, codec_named(kept.codec), writable=True)
        try:
            packed.reserve(len(slots))
            packed.copy(columns.rows(), slots)
            packed.flush()
        except BaseException:
            packed.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        packed.close()
        flush_folder(folder)
        with self.catalog.writing() as db:
            edits.renumber_slots(db, kept.number, slots, successor.generation)
        self._open_columns(successor)
        columns.close()
        shutil.rmtree(self._columns_folder(kept), ignore_errors=True)

    def _bad_slots(self, kept: KeptSpace, columns: SpaceColumns, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        rows = columns.rows()
        inside = slots[slots < len(rows.scale)]
        expected = checksums(rows.codes[inside], rows.scale[inside], rows.owner[inside])
        wrong = inside[expected != rows.checksum[inside]]
        owners = self.catalog.all_owners(kept.number)
        strangers = inside[owners[: len(inside)] != rows.owner[inside]]
        return np.union1d(np.union1d(wrong, strangers), slots[slots >= len(rows.scale)])

    def _paths_of(self, kept: KeptSpace, slots: NDArray[np.int64]) -> tuple[bytes, ...]:
        owners = self.catalog.owners(kept.number, slots.tolist())
        passages = self.catalog.passages(list(owners.values()))
        files = self.catalog.files([passage.file_id for passage in passages.values()])
        return tuple(sorted({row.path for row in files.values()}))

    def _write_vectors(
        self, updates: Sequence[FileUpdate], firsts: Sequence[int]
    ) -> dict[SpaceId, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Write the vectors of updates to free slots and flush them; return slots and passage ids, a space each."""
        parts: dict[SpaceId, list[Vectors]] = defaultdict(list)
        owners: dict[SpaceId, list[NDArray[np.int64]]] = defaultdict(list)
        for update, first in zip(updates, firsts, strict=True):
            place = {passage.ordinal: first + number for number, passage in enumerate(update.passages)}
            for part in update.vectors:
                known = [number for number, ordinal in enumerate(part.ordinals.tolist()) if ordinal in place]
                parts[part.space].append(part.vectors[known])
                owners[part.space].append(np.array([place[int(part.ordinals[number])] for number in known], np.int64))
        written: dict[SpaceId, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        try:
            for space, vectors in parts.items():
                _, columns = self._columns[space]
                owner = np.concatenate(owners[space])
                encoded = columns.codec.encode(np.concatenate(vectors))
                self._grow(space, len(owner))
                slots = self._free[space].take(len(owner))
                written[space] = (slots, owner)
                columns.write(slots, encoded, owner)
                columns.flush()
        except BaseException:
            for space, (slots, _) in written.items():
                self._release(space, slots)
            raise
        return written

    def _commit_rows(
        self,
        updates: Sequence[FileUpdate],
        firsts: Sequence[int],
        written: dict[SpaceId, tuple[NDArray[np.int64], NDArray[np.int64]]],
    ) -> list[tuple[int, int]]:
        now_ns = time.time_ns()
        freed: list[tuple[int, int]] = []
        with self.catalog.writing() as db:
            for update, first in zip(updates, firsts, strict=True):
                freed += edits.delete_file(db, update.path)
                file_id = edits.insert_file(db, update, now_ns)
                edits.insert_passages(db, file_id, first, update.passages)
            for space, (slots, owner) in written.items():
                edits.insert_vectors(db, self._columns[space][0].number, slots, owner)
        return freed

    def _grow(self, space: SpaceId, count: int) -> None:
        free = self._free[space]
        _, columns = self._columns[space]
        wanted = free.wanted_capacity(count)
        if wanted > columns.capacity:
            columns.reserve(wanted)
            free.grow(columns.capacity)

    def _free_slots(self, freed: Sequence[tuple[int, int]]) -> None:
        by_number: dict[int, list[int]] = defaultdict(list)
        for number, slot in freed:
            by_number[number].append(slot)
        for kept, _ in list(self._columns.values()):
            if kept.number in by_number:
                self._release(kept.space.id, np.sort(np.array(by_number[kept.number], np.int64)))

    def _release(self, space: SpaceId, slots: NDArray[np.int64]) -> None:
        self._columns[space][1].clear(slots)
        self._free[space].give(slots)

    def _current(self, space: SpaceId) -> tuple[KeptSpace, SpaceColumns] | None:
        """Return a space's columns as the catalog names them now, or None for a space without any."""
        if self._writable:
            return self._columns.get(space)
        with self._lock:
            kept = next((kept for kept in self.catalog.spaces() if kept.space.id == space), None)
            if kept is None:
                return None
            opened = self._columns.get(space)
            if opened is None or opened[0].generation != kept.generation:
                self._open_columns(kept)
            columns = self._columns[space][1]
            columns.refresh()
            return kept, columns

    def _open_columns(self, kept: KeptSpace) -> None:
        folder = self._columns_folder(kept)
        if self._writable:
            _make_folder(folder)
        columns = SpaceColumns(folder, kept.space.id, kept.space.dim, codec_named(kept.codec), writable=self._writable)
        if self._writable:
            free = FreeSlots(self.catalog.slots(kept.number), columns.capacity)
            # A crash may have left vectors in slots that no transaction names.
            stale = free.all()
            columns.clear(stale[columns.rows().scale[stale] != 0])
            self._free[kept.space.id] = free
        self._columns[kept.space.id] = (kept, columns)

    def _columns_folder(self, kept: KeptSpace) -> bytes:
        return joined(self._folder, f"{kept.space.id}.{kept.generation}".encode())


def _make_folder(path: bytes) -> None:
    try:
        os.makedirs(path, 0o700, exist_ok=True)
    except PermissionError as error:
        raise PermissionProblem(
            f"The folder {shown(path)} may not be created.",
            "Choose another profile with --profile, or mend its permissions.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"There is no room left to create {shown(path)}.", "Free some space on that disk."
            ) from error
        raise StoreDamaged(f"{shown(path)} cannot be used ({error.strerror}).", REBUILD) from error
