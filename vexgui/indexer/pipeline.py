"""The pipeline: read, take what vectors exist, make the rest, write records, commit; batch by batch."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from vexgui.core.errors import VexError
from vexgui.core.files import NO_LABELS, RECIPE, FileStat, FileState, Labels
from vexgui.core.paths import folder_of
from vexgui.core.vectors import Space, SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.indexer.order import by_interest
from vexgui.indexer.reading import Read, Reader
from vexgui.indexer.restore import Batch
from vexgui.indexer.tally import Outcome, Tally
from vexgui.indexer.vectors import Item, make_missing, take_existing
from vexgui.models.embedder import Embedder
from vexgui.store.record import reading_of
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.birth import birth_of
from vexgui.system.labels import read_labels
from vexgui.system.recent import Look

_BATCH_FILES = 64
_BATCH_PASSAGES = 96
"""About a second of embedding on two cores: a stop, a pause or a dropped file waits no longer."""


class _Written(NamedTuple):
    """What there is to say of a file beside its content once its record is written.

    Attributes:
        stat: Its stat.
        note: Why it carries no record, a sentence, or "".
        labels: See `FileUpdate`.
        birth: See `FileUpdate`.
    """

    stat: FileStat
    note: str
    labels: Labels = NO_LABELS
    birth: str | None = None


class Pipeline:
    """Brings files into the store.

    Args:
        store: Where they go.
        keeper: Reads and writes records on files.
        extractor: Reads files.
        embedder: Makes vectors.
        looks: Tells which files the user looks at, and how often.

    Attributes:
        keeper: The one in force; see `use_keeper`.
        settling: Held while a batch's records are written and its files committed.
    """

    def __init__(
        self,
        store: Store,
        keeper: RecordKeeper,
        extractor: Extractor,
        embedder: Embedder,
        looks: Callable[[], Mapping[bytes, Look]] = dict,
    ) -> None:
        self._store = store
        self.keeper = keeper
        self._extractor = extractor
        self._embedder = embedder
        self._looks = looks
        self.settling = threading.Lock()
        self._complete: dict[SpaceId, int] = {}
        self._forsaken: frozenset[SpaceId] = frozenset()

    def use_keeper(self, keeper: RecordKeeper) -> None:
        """Read and write records by another keeper; when this returns none is written by the old one any more."""
        with self.settling:
            self.keeper = keeper

    @contextmanager
    def forsaking(self, space: SpaceId) -> Iterator[None]:
        """Have no vectors of a space that is not in force be brought into store and records meanwhile."""
        with self.settling:
            self._forsaken |= {space}
        try:
            yield
        finally:
            self._forsaken -= {space}

    def ensure_spaces(self) -> None:
        """Give the spaces that answer their columns, where they have none yet."""
        for space in self._embedder.answering():
            self._store.ensure_space(space)

    def restore(self, batch: Batch, wanted: Callable[[bytes], bool]) -> int:
        """Bring files into the store by their records, unless they are not wanted there any more; return how many."""
        with self.settling:
            unwanted = {folder for folder in batch.folders if not wanted(folder)}
            return self._store.restore(batch.files, batch.blocks, unwanted)

    def lacks(self, path: bytes) -> bool:
        """Tell whether a file is known and lacks vectors in a space in force."""
        row = self._store.catalog.file(path)
        return row is not None and self._store.lacks_vectors(row.id, self._embedder.spaces())

    def lacking(self) -> list[bytes]:
        """Return the files that lack vectors in a space: it is new to them, or their records did not hold all.

        The newest and most looked-at come first.
        """
        found: dict[bytes, int] = {}
        epoch = self._store.catalog.epoch()
        for space in self._embedder.spaces():
            if self._complete.get(space.id) == epoch:  # asking of every file takes as long as looking at them all
                continue
            lacking = self._store.lacking_vectors(space)
            found.update(lacking)
            if not lacking:
                self._complete[space.id] = epoch
        return by_interest(found, self._looks() if found else {}, time.time())

    def run(
        self,
        paths: Iterable[bytes],
        tally: Tally,
        stop: threading.Event,
        between: Callable[[bytes], None],
        wanted: Callable[[bytes], bool],
        *,
        force: bool,
        sparing: bool = False,
    ) -> None:
        """Bring files up to date; returns when all are, or soon after ``stop`` is set.

        Args:
            paths: The files.
            tally: Counts what happens.
            stop: Ends the run early; what was committed stays.
            between: Called after every batch with the last path; it may wait (a pause).
            wanted: Tells whether a file is still to be brought into the store; asked again right before it is.
            force: Embed again even where nothing changed.
            sparing: Leave files that have some vectors in a space with these.

        Raises:
            VexError: The store or a model failed; files committed so far stay.
        """
        reader = Reader(self._store, self._extractor, self._embedder.spaces())
        batch: list[Read] = []
        reads = reader.read_ahead(filter(wanted, paths), stop, force=force)
        try:
            for read in reads:
                if read is not None:
                    batch.append(read)
                if batch and (read is None or _is_full(batch)):
                    reader.spaces = self._finish(batch, tally, wanted, force=force, sparing=sparing)
                    between(batch[-1].path)
                    batch = []
                if stop.is_set():
                    return
            if batch:
                self._finish(batch, tally, wanted, force=force, sparing=sparing)
                between(batch[-1].path)
        finally:
            reads.close()

    def _finish(
        self, batch: Sequence[Read], tally: Tally, wanted: Callable[[bytes], bool], *, force: bool, sparing: bool
    ) -> Sequence[Space]:
        """Bring a batch into the store; return the spaces that were in force."""
        items = [Item(read.path, read.extraction, read.picture_px) for read in batch if read.extraction is not None]
        untouched = [(read.path, read.untouched) for read in batch if read.untouched is not None]
        gone = [read.path for read in batch if read.extraction is None and read.untouched is None]
        spaces = self._give_vectors(items, force=force, sparing=sparing)
        for read in batch:
            if read.problem:
                tally.fail(read.path, read.problem)
        with self.settling:
            kept = {kept.space.id for kept in self._store.spaces()} - self._forsaken
            for item in items:  # some may have been forgotten since the file was read
                item.vectors = {key: part for key, part in item.vectors.items() if key in kept or not part.spare}
            updates = [
                update for item in items if wanted(item.path) and (update := self._settled(item, tally)) is not None
            ]
            self._store.commit(updates)
        labels = {read.path: read.labels for read in batch if read.labels is not None}
        self._store.update_stats(untouched, labels)
        self._store.forget([path for path in gone if self._is_lost(path)])
        tally.count(Outcome.UNCHANGED, len(untouched))
        tally.count(Outcome.GONE, len(gone))
        tally.finish(len(batch))
        return spaces

    def _give_vectors(self, items: Sequence[Item], *, force: bool, sparing: bool) -> Sequence[Space]:
        """Give files the vectors of the spaces in force, which may change with the chosen model at any moment."""
        while True:
            spaces = self._embedder.spaces()
            for space in spaces:
                self._store.ensure_space(space)
            former = self._former(spaces)
            for item in items:
                item.problem = ""
                take_existing(item, () if force else spaces, former, self._store, self.keeper)
            try:
                make_missing(items, spaces, self._embedder, sparing=sparing)
                return spaces
            except VexError:
                if self._embedder.spaces() == spaces:
                    raise

    def _former(self, spaces: Sequence[Space]) -> list[Space]:
        """Return the spaces that the store keeps beside those in force."""
        left_out = {space.id for space in spaces} | self._forsaken
        return [kept.space for kept in self._store.spaces() if kept.space.id not in left_out]

    def _is_lost(self, path: bytes) -> bool:
        """Tell whether a missing file is gone by itself, not with its folder or its drive: those the scan judges."""
        row = self._store.catalog.file(path)
        try:
            folder = os.lstat(folder_of(path))
        except OSError:
            return False
        return row is not None and folder.st_dev == row.stat.device

    def _settled(self, item: Item, tally: Tally) -> FileUpdate | None:
        """Write a file's record, unless the file has changed since it was read; return what the store is to keep."""
        written = self._recorded(item)
        if written is None:
            tally.postpone(item.path)
            return None
        extraction = item.extraction
        tally.count(Outcome.INDEXED if item.embedded else Outcome.REUSED)
        if problem := extraction.problem or item.problem:
            tally.fail(item.path, problem)
        return FileUpdate(
            path=item.path,
            stat=written.stat,
            content_hash=extraction.content_hash,
            kind=extraction.kind,
            mime=extraction.mime,
            state=FileState.FAILED if problem else FileState.INDEXED,
            reason=problem,
            recipe=RECIPE,
            facts=extraction.facts,
            passages=extraction.passages,
            vectors=tuple(item.vectors.values()),
            record_note=written.note,
            held=frozenset(item.held),
            labels=written.labels,
            birth=written.birth,
        )

    def _recorded(self, item: Item) -> _Written | None:
        """Write the record through one descriptor; return None when the file is not the one that was read any more."""
        read = item.extraction.stat
        try:
            descriptor = attributes.open_for_attributes(item.path)
        except AttributeRefused as refused:
            return _Written(read, refused.reason.value)
        try:
            if not attributes.stat_of(descriptor).same_content_as(read):
                return None
            note = ""
            if item.embedded or not item.recorded:
                note = self.keeper.write(
                    descriptor,
                    item.path,
                    read,
                    item.extraction.content_hash,
                    RECIPE,
                    reading_of(item.extraction.passages),
                    tuple(item.vectors.values()),
                )
            now = attributes.stat_of(descriptor)
            # Only what writing the record itself moves may have moved meanwhile.
            if (now.size, now.mtime_ns) != (read.size, read.mtime_ns):
                return None
            # Labels come last: those that change from here on move the file's ctime once more.
            return _Written(now, note, read_labels(descriptor), birth_of(descriptor))
        finally:
            os.close(descriptor)


def _is_full(batch: Sequence[Read]) -> bool:
    passages = sum(len(read.extraction.passages) for read in batch if read.extraction is not None)
    return len(batch) >= _BATCH_FILES or passages >= _BATCH_PASSAGES
