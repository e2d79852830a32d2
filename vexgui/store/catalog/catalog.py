"""The catalog: files, passages, names and words in SQLite; its connections, and its snapshots."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from vexgui.core.errors import closed_already
from vexgui.core.vectors import CodecName, Space
from vexgui.store.catalog import steps
from vexgui.store.catalog.alike import Alike
from vexgui.store.catalog.contradictions import contradictions
from vexgui.store.catalog.files import Files
from vexgui.store.catalog.links import KeptSpace, Links
from vexgui.store.catalog.name_keeper import NameKeeper
from vexgui.store.catalog.names import Names
from vexgui.store.catalog.ordering import Ordering
from vexgui.store.catalog.outlines import Outlining
from vexgui.store.catalog.overview import Overview
from vexgui.store.catalog.pages import PageSums
from vexgui.store.catalog.passages import Passages
from vexgui.store.catalog.schema import open_catalog, told


class CatalogView(Names, Files, Passages, Links, Ordering, Outlining, Alike, Overview):
    """All that can be read of the catalog."""


class Catalog(CatalogView):
    """Reads and writes the catalog; safe to use from any thread.

    Reading takes a connection of its own from a pool and sees the last commit. Writing is serialised.

    Args:
        path: The database file.
        writable: Whether this process owns it for writing.
    """

    def __init__(self, path: bytes, *, writable: bool) -> None:
        super().__init__(self._lent)
        self._path = path
        self._writable = writable
        self._writer = open_catalog(path, writable=writable)
        self._identity = _identity(path)
        self._write_lock = threading.RLock()
        # The last one back goes out first: it has the pages in memory, and the others need not get them, too. No queue,
        # which has a lock: Python may come to collect a view that nobody ended while that is held, and wait for it.
        self._idle: list[sqlite3.Connection] = []
        self._sums = PageSums(path)
        self._names = NameKeeper(partial(open_catalog, path, writable=False))
        # At the end of a process Python would close what is open, and SQLite write back what nobody has summed.
        self._closing = weakref.finalize(self, _close, self._sums, self._writer, writable=writable)
        if writable:
            try:
                self._adopt_pages()
                steps.bring_up_to_date(self._writer)
            except BaseException as error:
                self._closing()
                if isinstance(error, sqlite3.Error):
                    raise told(error, path) from error
                raise

    @contextmanager
    def pinned(self) -> Iterator[CatalogView]:
        """Lend a view that stays as it is now, whatever is committed meanwhile; for one thread at a time."""
        with self._lent() as db:

            @contextmanager
            def lend() -> Iterator[sqlite3.Connection]:
                try:
                    yield db
                except sqlite3.Error as error:
                    raise told(error, self._path) from error

            db.execute("BEGIN")
            try:
                held = self._names.held
                db.execute("SELECT epoch FROM state").fetchone()  # what is first read fixes what is seen
                # Had they been read again meanwhile, these would not have been told of all that is seen.
                yield CatalogView(lend, held if held is self._names.held else None)
            finally:
                db.execute("ROLLBACK")

    def is_replaced(self) -> bool:
        """Tell whether another catalog lies where this one was opened."""
        return _identity(self._path) not in (self._identity, None)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection inside a transaction, which an exception rolls back."""
        with self._write_lock:
            self._insist_on_open()
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._names.note(self._writer)
                self._writer.execute("COMMIT")
            except BaseException as error:
                # SQLite has rolled back by itself after a full disk and the like.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise told(error, self._path) from error
                raise

    def relieve(self) -> None:
        """Write the log back where it has grown long; not part of writing, because what was committed stays committed.

        Raises:
            StoreDamaged: The log is damaged.
        """
        with self._write_lock:
            self._sums.relieve(self._writer)

    def hold_names(self) -> None:
        """Have all names read into memory in the background, where every view taken from then on looks for them.

        They take some 45 bytes each. Until they are there the trigram index answers, as it does in processes that only
        read.
        """
        if self._writable:
            with self._write_lock:
                self._names.begin(self._writer)

    def wait_for_names(self) -> None:
        """Wait until the names that `hold_names` has read are there."""
        self._names.wait()

    def add_space(self, space: Space, codec: CodecName, generation: int = 1) -> KeptSpace:
        """Keep a space whose columns lie ready, in a generation that the space never had."""
        with self.writing() as db:
            cursor = db.execute(
                "INSERT INTO spaces(space, model, modality, dim, picture_px, codec, generation)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (space.id, space.model, space.modality.value, space.dim, space.picture_px, codec.value, generation),
            )
        return KeptSpace(cursor.lastrowid or 0, space, codec, generation)

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong: pages that are not as they were written, and rows that contradict each other."""
        if self._writable:
            with self._write_lock:
                self._sums.checkpoint(self._writer)
        with self.reading() as db:
            return self._sums.check() or contradictions(db)

    def mend(self) -> None:
        """Sum the pages anew where the sums are lost.

        Raises:
            StoreDamaged: The catalog is damaged beyond that.
        """
        with self._write_lock:
            if self._sums.lost:
                self._sums.rebuild(self._writer)

    def save_memory(self) -> None:
        """Let go of the pages that are kept in memory; who asks next reads them again."""
        with self._write_lock:
            self._writer.execute("PRAGMA shrink_memory")
        with ExitStack() as lent:
            for _ in range(len(self._idle)):
                lent.enter_context(self._lent()).execute("PRAGMA shrink_memory")

    def close(self) -> None:
        """Close every connection that is not lent."""
        self._names.close()
        while self._idle:
            self._idle.pop().close()
        self._closing()

    def vacuum(self) -> None:
        """Give unused pages back to the disk."""
        with self._write_lock:
            try:
                self._writer.execute("INSERT INTO words(words) VALUES ('optimize')")
                self._writer.execute("INSERT INTO names(names) VALUES ('optimize')")
                self._writer.execute("VACUUM")
                if self._sums.checkpoint(self._writer):
                    self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing is left to write: it cuts the log
            except sqlite3.Error as error:
                raise told(error, self._path) from error

    def _adopt_pages(self) -> None:
        """Make all checkpoints from here on; a catalog that nothing was committed to gets its first sums."""
        (epoch,) = self._writer.execute("SELECT epoch FROM state").fetchone()
        self._sums.adopt(self._writer)
        if epoch == 0 and self._sums.lost:
            self._sums.rebuild(self._writer)

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that only reads."""
        try:
            connection = self._idle.pop()
        except IndexError:
            if self._writable:  # another catalog may lie there now, which those who only read follow
                self._insist_on_open()
            connection = open_catalog(self._path, writable=False)
        try:
            yield connection
        except sqlite3.Error as error:
            raise told(error, self._path) from error
        finally:
            if self._closing.alive:
                self._idle.append(connection)
            else:
                connection.close()

    def _insist_on_open(self) -> None:
        if not self._closing.alive:
            raise closed_already()


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def _close(sums: PageSums, connection: sqlite3.Connection, *, writable: bool) -> None:
    """Close a connection: one that writes through its sums, one that reads before them."""
    if writable:
        sums.close(connection)
    else:
        connection.close()
        sums.close()
