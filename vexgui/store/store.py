"""The store: columns and catalog together, with one commit point; files and records can make all of it again."""

import os
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import MappingProxyType

from vexgui.core.arrays import Vectors
from vexgui.core.errors import DiskFull
from vexgui.core.files import FileStat, Labels
from vexgui.core.filters import Filter
from vexgui.core.paths import beneath, folder_of, innermost, joined
from vexgui.core.vectors import CodecName, Space, SpaceId
from vexgui.store.catalog import Catalog, KeptSpace, edits
from vexgui.store.change import Addition, additions_of, held_by
from vexgui.store.checking import Scrubber, StoreCheck, check
from vexgui.store.columns.scan import Scan
from vexgui.store.compaction import Progress
from vexgui.store.format import PAGE_BYTES
from vexgui.store.passing import Passing
from vexgui.store.pins import Pins
from vexgui.store.planning.growing import GraphMaker, Worth
from vexgui.store.planning.rates import Rates
from vexgui.store.record import SpaceVectors
from vexgui.store.record.bulk import Block
from vexgui.store.restoring import restored
from vexgui.store.rows import FileId, FileUpdate, RecordedFile
from vexgui.store.snapshot import Snapshot
from vexgui.store.spaces import OpenSpaces, make_folder
from vexgui.store.upgrade import bring_up_to_date
from vexgui.store.writing import Writer

_FORGET_FILES = 1000


class Store:
    """Keeps files, passages and vectors; safe to use from any thread.

    See `Writer` for the order of what a change does.

    Args:
        folder: Where the store lies; created when missing and writable.
        codec: How the vectors of new spaces are kept, and all spaces' after compaction.
        writable: Whether this process owns the profile.
        page_bytes: What new columns grow by.
        worth: When graphs are made.

    Raises:
        VexError: It cannot be opened; ProfileBusy where another process has it open for writing.
    """

    def __init__(
        self,
        folder: bytes,
        codec: CodecName,
        *,
        writable: bool,
        page_bytes: int = PAGE_BYTES,
        worth: Worth | None = None,
    ) -> None:
        self._folder = folder
        self._codec = codec
        self._writable = writable
        self._page_bytes = page_bytes
        self._rates = Rates()
        self._passing = Passing()
        self._graphs = GraphMaker(worth)
        if writable:
            bring_up_to_date(folder, lambda new: Store(new, codec, writable=True, page_bytes=page_bytes))
            make_folder(folder)
        self._pins = Pins(joined(folder, b"pins"), writable=writable)
        try:
            if writable:
                self._pins.claim()
            self.catalog = Catalog(joined(folder, b"catalog.db"), writable=writable)
            self._roots = self.catalog.roots()
        except BaseException:
            self._pins.close()
            raise
        self._scrubber = Scrubber()
        self._spaces = OpenSpaces(folder, writable=writable, page_bytes=page_bytes)
        self._writer = Writer(self.catalog, self._spaces, self._pins)
        try:
            if writable:
                self._writer.recover()
            else:
                with self.snapshot() as snapshot:  # which nothing is removed under
                    for kept in snapshot.spaces():
                        snapshot.opened(kept)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close all files, also where the disk does not take what is still to be written."""
        with self._writer.lock, ExitStack() as stack:
            stack.callback(self._pins.close)
            stack.callback(self.catalog.close)
            self._spaces.close()

    # Reading

    def _follow(self) -> None:
        """Have a reader look at the store that a rebuild has put in the place of the one it opened."""
        with self._writer.lock:
            if self.catalog.is_replaced():
                old, self.catalog = self.catalog, Catalog(joined(self._folder, b"catalog.db"), writable=False)
                self._passing = Passing()  # epochs begin anew
                # The old columns are closed with the last snapshot that looks at them.
                self._spaces = OpenSpaces(self._folder, writable=False, page_bytes=self._page_bytes)
                old.close()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Lend the store as the last commit left it; it stays so, whatever is committed or compacted meanwhile."""
        if not self._writable:
            self._follow()
        # In this order: what is pinned is the snapshot's epoch or an older one, never a newer.
        with self._pins.pin(self.catalog.epoch()), self.catalog.pinned() as view:
            yield Snapshot(view.epoch(), view, self._spaces, self._rates, self._passing)

    def spaces(self) -> tuple[KeptSpace, ...]:
        """Return the spaces that have columns."""
        return self.catalog.spaces()

    def count_vectors(self, space: SpaceId) -> int:
        """Return how many vectors a space holds."""
        with self.snapshot() as snapshot:
            return snapshot.count_vectors(space)

    def count_files_in(self, space: SpaceId) -> int:
        """Return how many files have vectors in a space."""
        with self.snapshot() as snapshot:
            return snapshot.count_files_in(space)

    def files_in(self, space: SpaceId) -> tuple[bytes, ...]:
        """Return the files that have vectors in a space."""
        kept = self.catalog.space(space)
        return () if kept is None else self.catalog.files_in(kept.number)

    def scan(self, space: SpaceId, query: Vectors, count: int, where: Filter | None = None) -> Scan:
        """Score the vectors of a space against a query [dim] and return the best; see `Snapshot.scan`."""
        with self.snapshot() as snapshot:
            return snapshot.scan(space, query, count, where)

    def use_rates(self, rates: Rates) -> None:
        """Choose the way of a scan by what was measured on this machine."""
        self._rates = rates

    def vectors_of(self, file: FileId) -> tuple[SpaceVectors, ...]:
        """Return a file's vectors, one entry a space that has any; damaged ones are left out."""
        with self.snapshot() as snapshot:
            return snapshot.vectors_of(file)

    def lacks_vectors(self, file: FileId, spaces: Sequence[Space]) -> bool:
        """Tell whether a file has fewer vectors in one of these spaces than passages for it, and may get them.

        Where the space's model failed at it (`Space.failure`) it gets none until something changes.
        """
        return any(
            self.catalog.lacks_vectors(file, self._number(space), space.modality, space.failure) for space in spaces
        )

    def lacking_vectors(self, space: Space) -> dict[bytes, int]:
        """Return the files that lack vectors in a space, as `lacks_vectors` has it, with their mtimes in ns."""
        return self.catalog.lacking_vectors(self._number(space), space.modality, space.failure)

    def covers(self, space: Space) -> bool:
        """Tell whether all files that have vectors in other spaces of its modality have some in a space, too.

        Those that its model fails at (`Space.failure`) are not waited for.
        """
        return self.catalog.covers(self._number(space), space.modality, space.failure)

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

    @property
    def roots(self) -> Collection[bytes]:
        """The folders kept indexed."""
        return self._roots.keys()

    @property
    def rebuilding(self) -> bool:
        """Whether the store is being made again from files and records, and is not complete yet."""
        return self.catalog.rebuilding()

    # Writing

    def set_roots(self, roots: Sequence[bytes]) -> None:
        """Say which folders are kept indexed: files are known as those of the innermost one they lie in."""
        with self._writer.lock:
            if self._roots.keys() == set(roots):
                return
            before = self._roots
            try:
                with self._writer.changing() as change:
                    self._roots = edits.set_roots(change.db, roots)
                    self._writer.restamp(change, edits.assign_roots(change.db, self._root_of))
            except BaseException:
                self._roots = before
                raise

    def set_rebuilding(self, *, rebuilding: bool) -> None:
        """Note that a rebuild has begun, or that it is complete."""
        with self.catalog.writing() as db:
            edits.set_rebuilding(db, rebuilding=rebuilding)

    def ensure_space(self, space: Space) -> None:
        """Give a space its columns if it has none."""
        self._writer.ensure_space(space, self._codec)

    def drop_space(self, space: SpaceId) -> None:
        """Remove a space with all its vectors; nothing happens where there is none."""
        self._writer.drop_space(space)

    def commit(self, updates: Sequence[FileUpdate]) -> tuple[bytes, ...]:
        """Keep files, replacing what was known of their paths; all or nothing.

        The last of two updates of one path counts. Vectors that are not of unit length are left out. Those of spaces an
        update says are held stay where they are; where the store has not as many of them, they are put in once more.

        Returns:
            The files that were left out because they were not in the store any more as their updates say (`over_ns`).

        Raises:
            DiskFull: There was no room; the store is as it was.
        """
        latest = {update.path: update for update in updates}
        if not latest:
            return ()
        with self._writer.changing() as change:
            late = edits.outdated(change.db, tuple(latest.values()))
            updates = tuple(update for path, update in latest.items() if path not in late)
            roots = [self._root_of(folder_of(update.path)) for update in updates]
            files = edits.put_files(change.db, updates, time.time_ns(), roots)
            spaces = self.spaces()
            staying = change.drop_replaced(files, held_by(updates, files, spaces))
            additions: dict[SpaceId, list[Addition]] = defaultdict(list)
            for update, root, file in zip(updates, roots, files, strict=True):
                for space, addition in additions_of(update, root, file):
                    additions[space].append(addition)
            for kept in spaces:
                new = [addition for addition in additions[kept.space.id] if (addition.file, kept.number) not in staying]
                change.add(self._spaces.get(kept), new)
            self._writer.restamp(change, [file for file, _ in staying])
        return late

    def restore(self, files: Sequence[RecordedFile], blocks: Sequence[Block], unwanted: Collection[bytes] = ()) -> int:
        """Keep files that are not known yet by what their records say; their texts are still to be read.

        Args:
            files: The files, each path once.
            blocks: Their vectors, which name a file by its place; those of unknown spaces are left out.
            unwanted: Folders whose files are left out.

        Returns:
            How many files were added.

        Raises:
            DiskFull: There was no room; the store is as it was.
        """
        if not files:
            return 0
        with self._writer.changing() as change:
            spaces = {kept.space.id: self._spaces.get(kept) for kept in self.spaces()}
            return restored(change, spaces, files, blocks, unwanted, self._root_of)

    def forget(self, paths: Sequence[bytes]) -> None:
        """Remove files from the store; their vectors are erased as soon as no reader has them in its snapshot."""
        if not paths:
            return
        with self._writer.changing() as change:
            change.drop(edits.delete_files(change.db, paths))
        with suppress(DiskFull):  # the files are forgotten; their slots are erased by the next change
            self._writer.tidy()

    def forget_folder(self, folder: bytes) -> None:
        """Remove all files beneath a folder from the store, but for those of roots in it."""
        inner = beneath(folder, self._roots)
        with self.catalog.reading() as db:
            paths = [path for path in edits.paths_under(db, folder) if innermost(path, inner) is None]
        for start in range(0, len(paths), _FORGET_FILES):
            self.forget(paths[start : start + _FORGET_FILES])

    def rename(self, old: bytes, new: bytes, *, folder: bool) -> None:
        """Give a file, or all files beneath a folder, another path; what was known of the new path goes."""
        with self._writer.changing() as change:
            move = edits.rename_folder if folder else edits.rename_file
            removed, _ = move(change.db, old, new, time.time_ns())
            change.drop(removed)
            beneath = new if folder else folder_of(new)
            if folder or self._root_of(folder_of(old)) != self._root_of(beneath):  # else no folder need be looked at
                self._writer.restamp(change, edits.assign_roots(change.db, self._root_of, beneath))

    def update_stats(
        self,
        stats: Sequence[tuple[bytes, FileStat]],
        labels: Mapping[bytes, Labels] = MappingProxyType({}),
        notes: Mapping[bytes, str] = MappingProxyType({}),
    ) -> None:
        """Note that files were looked at again and their contents are still the same; see `edits.update_stats`."""
        if stats:
            with self._writer.changing() as change:
                self._writer.restamp(change, edits.update_stats(change.db, stats, labels, notes))

    def doubt(self, paths: Sequence[bytes]) -> None:
        """Have files be read again by the next scan that sees them, and their vectors be put in place anew."""
        with self.catalog.writing() as db:
            edits.doubt(db, paths)

    def doubt_formats(self, formats: Collection[str], *, seen_only: bool) -> None:
        """Have all files of some media types be read again; see `edits.doubt_formats`."""
        with self.catalog.writing() as db:
            edits.doubt_formats(db, formats, seen_only=seen_only)

    def tend_graphs(self, stop: threading.Event, seconds: float) -> bool:
        """Make graphs where they pay, for about so many seconds, and let go of those that are of use no longer.

        Returns:
            Whether one is half made.
        """
        with self.snapshot() as snapshot:
            return self._graphs.step(snapshot, self._rates, stop, seconds)

    def tidy(self) -> None:
        """Erase the vectors that belong to the past, as far as no reader has them in its snapshot."""
        self._writer.tidy()

    # Care

    def check(self) -> StoreCheck:
        """Compare every slot, column and page with its checksum, and the catalog with the columns.

        Raises:
            StoreDamaged: The catalog is beyond reading.
        """
        with self._writer.lock, self.snapshot() as snapshot:
            return check(snapshot, self.catalog.problems(), owner=self._writable)

    def scrub(self, slots: int) -> tuple[bytes, ...]:
        """Check some more slots, going round and round, and return the files whose vectors are damaged.

        Args:
            slots: How many to check at most.
        """
        with self.snapshot() as snapshot:
            return self._scrubber.step(snapshot, slots)

    @property
    def is_being_scrubbed(self) -> bool:
        """Whether `scrub` has begun a round and not ended it."""
        return self._scrubber.begun

    def mend(self) -> None:
        """Put right what needs no vectors: erase what lies in free slots, and write anew what frames the columns."""
        with self._writer.lock:
            self.catalog.mend()
            self._writer.compact(self._codec)

    def compact(self, stop: threading.Event | None = None, progress: Progress | None = None) -> bool:
        """Write every space's vectors anew without gaps, in the codec that is set, and shrink the catalog.

        Args:
            stop: Ends it early when it is set; spaces done by then stay done, others stay as they are.
            progress: Is told how many vectors of all have been copied.

        Returns:
            Whether it was done to the end.
        """
        if not self._writer.compact(self._codec, stop, progress):
            return False
        with self._writer.lock:
            self.catalog.vacuum()
        return True

    def _number(self, space: Space) -> int:
        """Return the number of a space, one that no vectors have where it has no columns."""
        kept = self.catalog.space(space.id)
        return -1 if kept is None else kept.number

    def _root_of(self, folder: bytes) -> int:
        """Return the number of the innermost root that a folder lies in, 0 for none."""
        while folder not in self._roots:
            if folder in (b"", b"/"):
                return 0
            folder = folder_of(folder)
        return self._roots[folder]
