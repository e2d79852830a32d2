"""The pipeline: files are brought into the store in two steps, first their words, then their meaning."""

import os
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain

from vexgui.core.events import Activity, Progress
from vexgui.core.paths import folder_of
from vexgui.core.vectors import Space, SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.indexer.ahead import ahead
from vexgui.indexer.course import Course
from vexgui.indexer.embedding import Embedding
from vexgui.indexer.order import by_interest
from vexgui.indexer.reading import Read, Reader
from vexgui.indexer.recording import Written, mended, recorded
from vexgui.indexer.restore import Batch as RecordedBatch
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Outcome
from vexgui.indexer.vectors import Item, take_existing
from vexgui.models.embedder import Embedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store
from vexgui.system.recent import Look

_READ_FILES = 256
_READ_PASSAGES = 2048
"""Words are committed by so many: few enough that they are found within a second or so."""
_BATCH_FILES = 64
_BATCH_PASSAGES, _BATCH_PICTURES = 96, 32
"""About a second of embedding on two cores."""


@dataclass(slots=True)
class Left:
    """What a step leaves to be done.

    Attributes:
        lacking: Files that lack vectors, or whose pictures nobody has looked at.
        changed: Files that were not the ones any more that they had been.
    """

    lacking: list[bytes] = field(default_factory=list)
    changed: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """Files that are brought into the store together."""

    reads: Sequence[Read]
    items: list[Item]

    @property
    def has_pixels(self) -> bool:
        """Whether something had to be decoded for it."""
        return any(read.has_pixels for read in self.reads)


class Pipeline:
    """Brings files into the store.

    In the first step (`read`) a file is read but for its pictures, and committed with its name, its words, and the
    vectors that there are for it already. In the second (`give`) it gets those that it lacks, and its record. What is
    between them is not written down: which files lack vectors is known from the store.

    Args:
        store: Where they go.
        keeper: Reads and writes records on files.
        extractor: Reads files.
        embedder: Makes vectors.
        looks: Tells which files the user looks at, and how often.
        is_away: Tells whether a path lies where the drive is not that it was known on.

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
        is_away: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        self._store = store
        self.keeper = keeper
        self._extractor = extractor
        self._embedder = embedder
        self._looks = looks
        self._is_away = is_away
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

    def restore(self, batch: RecordedBatch, wanted: Callable[[bytes], bool]) -> int:
        """Bring files into the store by their records, unless they are not wanted there any more; return how many."""
        with self.settling:
            unwanted = {folder for folder in batch.folders if not wanted(folder)}
            return self._store.restore(batch.files, batch.blocks, unwanted)

    def lacks(self, path: bytes) -> bool:
        """Tell whether a file is known and lacks vectors in a space in force."""
        row = self._store.catalog.file(path)
        return row is not None and self._store.lacks_vectors(row.id, self._embedder.spaces())

    def lacking(self) -> list[bytes]:
        """Return the files that lack vectors in a space: only their words were read, or it is new to them.

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

    def read(self, paths: Sequence[bytes], run: Run, between: Callable[[Progress], None]) -> Left:
        """Bring what files say in words into the store; return when all is done, or soon after the run is stopped.

        Args:
            paths: The files.
            run: How it goes.
            between: Called after every batch with how far it is; it may wait (a pause).

        Returns:
            The files that lack vectors by now, all of them if the run says to make them anew, and those that changed
            while they were read.

        Raises:
            VexError: The store failed; files committed so far stay.
        """
        course, left, written = Course(Activity.INDEXING, paths, run.why), Left(), set[Written]()
        spaces = self._ensured()
        reader = self._reader(spaces, run)

        def has_all(item: Item) -> bool:
            # What the record that came with a long document lacks is made at the next look: copying embeds nothing.
            sparing = run.sparing or (item.arrived and not run.patient)
            return not run.force and item.is_whole(spaces, sparing=sparing)

        with closing(reader.read_ahead(filter(run.wanted, paths), run.stop, whole=False)) as reads:
            for batch in _batched(reads, _READ_FILES, _READ_PASSAGES, _READ_PASSAGES):
                if batch is not None:
                    items = _items(batch)
                    self._take_existing(items, spaces)
                    self._settle(items, has_all, run, left, written)
                    self._settle_unread(batch, run, left)
                    course.finish(read.path for read in batch)
                    between(course.progress(batch[-1].path))
                if run.stop.is_set():
                    break
        return left

    def give(
        self,
        paths: Iterable[bytes],
        run: Run,
        course: Course,
        between: Callable[[Progress], None],
        enough: Callable[[], bool] = lambda: False,
    ) -> Left:
        """Give files whose words are known the vectors they lack, and their records.

        Three stages work at the same time, so that the model need not wait: some files are read, others are embedded,
        and others are written.

        Args:
            paths: The files.
            run: How it goes.
            course: Counts the files that are done.
            between: Called before every call of a model and after every batch with how far it is; it may wait.
            enough: Tells whether to end soon: texts wait no longer than for one call of a model, and can be had again
                from the store; pictures that are decoded are embedded still.

        Returns:
            The files that still lack vectors, because the run was stopped, it was enough, or another model was chosen;
            and those that are not as they were when their words were read.

        Raises:
            VexError: The store or a model failed; files committed so far stay.
        """
        left, written, spaces = Left(), set[Written](), self._ensured()

        telling = threading.Lock()  # so that what is told goes forward only

        def tell(path: bytes) -> None:
            with telling:
                between(course.progress(path))

        def go_on(path: bytes, passages: int) -> bool:
            tell(path)
            return not run.stop.is_set() and (passages == 0 or not enough())

        def still_wanted(path: bytes) -> bool:  # what is forgotten meanwhile must not come back
            return run.wanted(path) and self._store.catalog.file(path) is not None

        in_the_end = replace(run, wanted=still_wanted)
        embedding = Embedding(self._embedder, spaces, go_on, sparing=run.sparing)

        def embedded() -> Generator[_Batch | None, None, None]:
            with closing(ahead(self._prepared(paths, run, spaces, embedding), 1, "vexgui-preparing")) as batches:
                for batch in batches:
                    is_late = embedding.begun and enough()
                    if batch is None or ((batch.has_pixels or not is_late) and embedding.embed(batch.items)):
                        yield batch
                    else:
                        left.lacking += [item.path for item in batch.items]

        with closing(ahead(embedded(), 1, "vexgui-embedding")) as batches:
            for batch in batches:
                if batch is not None:
                    self._settle(batch.items, lambda item: not item.cut, in_the_end, left, written)
                    embedding.settled(batch.items)
                    left.changed += [read.path for read in batch.reads if read.is_nothing]
                    cut = {item.path for item in batch.items if item.cut}
                    course.finish(read.path for read in batch.reads if read.path not in cut)
                    tell(batch.reads[-1].path)
        return left

    def _prepared(
        self, paths: Iterable[bytes], run: Run, spaces: Sequence[Space], embedding: Embedding
    ) -> Generator[_Batch | None, None, None]:
        """Yield files, read whole, with the vectors that exist, unless the run says that they are to be made anew."""
        reader = self._reader(spaces, run)
        with closing(reader.read_ahead(filter(run.wanted, paths), run.stop, whole=True)) as reads:
            for batch in _batched(reads, _BATCH_FILES, _BATCH_PASSAGES, _BATCH_PICTURES):
                if run.stop.is_set():
                    return
                if batch is None:
                    yield None
                    continue
                for read in batch:
                    if read.problem:
                        run.tally.fail(read.path, read.problem)
                items = _items(batch)
                embedding.line_up(items)
                self._take_existing(items, spaces, anew=run.force)
                yield _Batch(batch, items)

    def _reader(self, spaces: Sequence[Space], run: Run) -> Reader:
        return Reader(self._store, self._extractor, spaces, force=run.force, is_remote=self._is_remote)

    def _is_remote(self, path: bytes) -> bool:
        return bool(self.keeper.out_of_reach(path))

    def _ensured(self) -> tuple[Space, ...]:
        """Return the spaces in force, which have columns now."""
        spaces = self._embedder.spaces()
        for space in spaces:
            self._store.ensure_space(space)
        return spaces

    def _take_existing(self, items: Sequence[Item], spaces: Sequence[Space], *, anew: bool = False) -> None:
        """Give files the vectors that exist; anew, none of the spaces in force."""
        left_out = {space.id for space in spaces} | self._forsaken
        former = [kept.space for kept in self._store.spaces() if kept.space.id not in left_out]
        for item in items:
            take_existing(item, () if anew else spaces, former, self._store, self.keeper)

    def _settle(
        self, items: Sequence[Item], final: Callable[[Item], bool], run: Run, left: Left, written: set[Written]
    ) -> None:
        """Write files' records and commit them, with what vectors they have.

        Args:
            items: The files.
            final: Tells of one whether it gets no more vectors in this run.
            run: How it goes.
            left: Takes what is left to be done.
            written: See `recorded`.
        """
        with self.settling:
            kept = {kept.space.id for kept in self._store.spaces()} - self._forsaken
            updates: list[FileUpdate] = []
            for item in items:  # some spaces may have been forgotten since the file was read
                item.vectors = {key: part for key, part in item.vectors.items() if key in kept or not part.spare}
                is_final = final(item)
                if not run.wanted(item.path):
                    continue
                if item.cut and not item.embedded:
                    left.lacking.append(item.path)
                    continue
                update = recorded(item, self.keeper, written, final=is_final)
                if update is None:
                    left.changed.append(item.path)
                    continue
                updates.append(update)
                if not (is_final or item.again):
                    left.lacking.append(item.path)
                run.tally.end(item.path, Outcome.REUSED if is_final and not item.embedded else Outcome.INDEXED)
                if update.reason:
                    run.tally.fail(item.path, update.reason)
            late = self._store.commit(updates)
        # What was read, moved or forgotten meanwhile, in another thread, stays as it is.
        left.changed += [path for path in late if self._store.catalog.file(path) is not None]

    def _settle_unread(self, reads: Sequence[Read], run: Run, left: Left) -> None:
        """Note the new stats and labels of files whose content is the known one, and forget those that are gone."""
        with self.settling:
            reads = [self._mended(read) for read in reads]
        untouched = [(read.path, read.untouched) for read in reads if read.untouched is not None]
        self._store.update_stats(untouched, {read.path: read.labels for read in reads if read.labels is not None})
        left.lacking += [read.path for read in reads if read.lacks]
        for read in reads:
            if read.problem:
                run.tally.fail(read.path, read.problem)
        gone = [read.path for read in reads if read.is_nothing]
        self._store.forget([path for path in gone if self._is_lost(path)])
        for path, _ in untouched:
            run.tally.end(path, Outcome.UNCHANGED)
        for path in gone:
            run.tally.end(path, Outcome.GONE)

    def _mended(self, read: Read) -> Read:
        """Mend the record of an untouched file; one that lacks vectors gets its record with these."""
        if read.untouched is None or read.lacks:
            return read
        return mended(read, self._store, self.keeper, {space.id for space in self._embedder.spaces()})

    def _is_lost(self, path: bytes) -> bool:
        """Tell whether a missing file is gone by itself, not with its folder or its drive: those the scan judges."""
        if self._is_remote(path) or self._is_away(path):
            return False
        row = self._store.catalog.file(path)
        try:
            folder = os.lstat(folder_of(path))
        except OSError:
            return False
        return row is not None and folder.st_dev == row.stat.device


def _items(reads: Iterable[Read]) -> list[Item]:
    """Return what was read of files."""
    return [
        Item(read.path, read.extraction, read.picture_px, read.unseen, read.again, read.over_ns)
        for read in reads
        if read.extraction is not None
    ]


def _batched(reads: Iterable[Read | None], files: int, passages: int, pictured: int) -> Iterator[list[Read] | None]:
    """Yield batches of files, those with pixels apart, because a model is given many at once; None as `ahead` does.

    Args:
        reads: The files; where None is among them, what has come by then goes on.
        files: How many make a batch.
        passages: How many passages make a batch.
        pictured: How many do of files with pixels.
    """
    waiting: dict[bool, list[Read]] = {False: [], True: []}
    for read in chain(reads, (None,)):
        if read is None:
            ready = list(waiting.values())
        else:
            batch = waiting[read.has_pixels]
            batch.append(read)
            most = pictured if read.has_pixels else passages
            ready = [batch] if len(batch) >= files or sum(each.passages for each in batch) >= most else []
        for batch in ready:
            if batch:
                yield batch.copy()
                batch.clear()
        if read is None:
            yield None
