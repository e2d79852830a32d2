"""Page checksums: no flipped bit of the catalog's file stays unseen. SQLite itself keeps none for pages.

SQLite changes the file only when it writes its log back: at a checkpoint. All checkpoints are made here. The pages in
the log are summed, the sums reach the disk, and only then is the log written back; so at any moment, after a crash too,
every page of the file is one that the sums know.
"""

import contextlib
import os
import sqlite3
import zlib
from urllib.parse import quote

import numpy as np

from vexgui.core.errors import DiskFull, StoreDamaged, StoreTooNew
from vexgui.core.paths import folder_of, shown
from vexgui.store.catalog.log import log_bytes, read_log
from vexgui.store.catalog.schema import told
from vexgui.store.catalog.sums import REPAIR, Pages, Pairs, Sums, packed, paired, parsed
from vexgui.store.columns import REBUILD
from vexgui.system.atomic import remove_left, replace_file

LOG_BYTES = 4 << 20
_LOG_SHARE = 32
"""A log that has grown so long, and to such a share of the catalog, is written back: each time all sums are written."""
_LOOKS = 5


class PageSums:
    """Keeps the sums of a catalog's pages in a file beside it, and writes the catalog's log back.

    What takes a connection is for the process that owns the catalog, under its writer's lock and outside of a
    transaction. No other connection may make a checkpoint: neither by PRAGMA, nor by being the last that is closed.

    Args:
        path: The catalog.
    """

    def __init__(self, path: bytes) -> None:
        self._path = path
        self._log = path + b"-wal"
        self._sums = os.path.splitext(path)[0] + b".sums"
        # SQLite's locks are the process's, and go when it closes any descriptor of the file: this one closes last.
        # https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
        self._descriptor: int | None = None
        self._tried_bytes = 0
        self._kept_bytes = 0

    @property
    def lost(self) -> bool:
        """Tell whether the sums are missing or damaged: then `rebuild` mends what `check` says."""
        try:
            return self._read() is None
        except StoreDamaged:
            return True

    def adopt(self, connection: sqlite3.Connection) -> None:
        """Take over the checkpoints of a connection in WAL mode, and make one; a new catalog's sums are built after it.

        Raises:
            StoreDamaged: The log is damaged.
        """
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        # Writing over a log is quicker than growing one, but a VACUUM's is as large as the catalog.
        connection.execute(f"PRAGMA journal_size_limit = {4 * LOG_BYTES}")
        remove_left(folder_of(self._path))
        with contextlib.suppress(DiskFull):
            self.checkpoint(connection)

    def relieve(self, connection: sqlite3.Connection) -> None:
        """Write the log back when it has grown long; where the disk is full, it goes on growing.

        Raises:
            StoreDamaged: The log is damaged.
        """
        size = log_bytes(self._log)
        if size < self._tried_bytes:  # it has begun anew
            self._tried_bytes = self._kept_bytes = 0
        if size - self._tried_bytes < max(LOG_BYTES, os.stat(self._path).st_size // _LOG_SHARE, self._kept_bytes):
            return
        whole = False
        with contextlib.suppress(DiskFull):
            whole = self.checkpoint(connection)
        # While readers keep old states each try reads it all again: the next comes when it is twice as long.
        self._tried_bytes, self._kept_bytes = size, 0 if whole else size

    def checkpoint(self, connection: sqlite3.Connection) -> bool:
        """Sum what the log holds, then write it back; return False where readers of old states need it yet.

        Raises:
            StoreDamaged: The log is damaged.
            DiskFull: There is no room for the sums or the pages; the log stays as it is.
        """
        sums = self._usable()
        if sums is None:  # `check` tells of that
            frames, done = self._written_back(connection)
            return frames == done
        log = read_log(self._log)
        if sums.knows(log):
            return True
        damaged = StoreDamaged(f"The log {shown(self._log)} is damaged.", REBUILD)
        if sums.misses_frames_of(log):
            raise damaged
        sums = sums.begun(log)
        self._write(sums)
        frames, done = self._written_back(connection)
        if frames > len(log):
            raise damaged
        if (frames, done) != (len(log), len(log)):
            return False
        sums = sums.ended(log)
        self._write(sums.adding(self._pairs(sums.page_bytes, sums.unknown())))
        return True

    def close(self, connection: sqlite3.Connection | None = None) -> None:
        """Close what is open, at last the writing connection, once the log is written back; a full disk leaves it.

        Raises:
            StoreDamaged: The log is damaged; the connection is closed.
        """
        with contextlib.ExitStack() as stack:
            stack.callback(self._let_go)
            if connection is None:
                return
            stack.callback(connection.close)
            try:
                self.checkpoint(connection)
            except BaseException as error:
                # SQLite writes the log back when the last connection goes. A reader that goes last writes nothing.
                reader = sqlite3.connect(f"file:{quote(self._path)}?mode=ro", uri=True)
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
                connection.close()
                stack.callback(reader.close)
                if not isinstance(error, DiskFull):
                    raise

    def check(self) -> tuple[str, ...]:
        """Compare all pages, as the disk holds them, with their sums; return what is wrong, in sentences.

        What lies in the log alone is not looked at: SQLite drops commits whose frames are damaged, and the catalog is
        what it was before them. The owner makes a checkpoint first.
        """
        problems: tuple[str, ...] = ()
        for _ in range(_LOOKS):
            before = self._identity()
            problems = self._problems()
            if not problems or before == self._identity():
                break  # else the owner has written the log back meanwhile
        return problems

    def rebuild(self, connection: sqlite3.Connection) -> None:
        """Have SQLite check the whole catalog, then take its pages for good and sum them anew.

        For sums that are `lost`. SQLite sees what breaks its structure, not a changed letter: it does not mend a page
        that `check` found damaged.

        Raises:
            StoreDamaged: SQLite found damage; the sums stay as they are.
        """
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise StoreDamaged(f"The catalog {shown(self._path)} is damaged ({found}).", REBUILD)
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        pages = os.fstat(self._file()).st_size // page_bytes
        self._write(Sums.of(page_bytes, self._pairs(page_bytes, _first(pages))))
        self.checkpoint(connection)

    def _written_back(self, connection: sqlite3.Connection) -> tuple[int, int]:
        """Have SQLite write its log back as far as readers let it; return how many frames there are and were."""
        try:
            _, frames, done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            raise told(error, self._path) from error
        return frames, done

    def _problems(self) -> tuple[str, ...]:
        try:
            sums = self._read()
            if sums is None:
                return (f"The page checksums {shown(self._sums)} are missing. {REPAIR}",)
            log = read_log(self._log)
            if sums.misses_frames_of(log):
                return (f"The log {shown(self._log)} is damaged.",)
            os.posix_fadvise(self._file(), 0, 0, os.POSIX_FADV_DONTNEED)  # the disk is asked, not the kernel's memory
            size = os.fstat(self._file()).st_size
            found = self._pairs(sums.page_bytes, _first(size // sums.page_bytes))
        except (StoreDamaged, StoreTooNew) as error:
            return (str(error),)
        return tuple(
            f"The catalog {shown(self._path)} is damaged: {problem}." for problem in sums.problems(log, size, found)
        )

    def _identity(self) -> tuple[int, int] | None:
        """Return what changes whenever the sums do."""
        try:
            seen = os.stat(self._sums)
        except FileNotFoundError:
            return None
        return seen.st_ino, seen.st_mtime_ns

    def _read(self) -> Sums | None:
        try:
            with open(self._sums, "rb") as file:
                return parsed(file.read(), self._sums)
        except FileNotFoundError:
            return None

    def _write(self, sums: Sums) -> None:
        replace_file(self._sums, packed(sums))

    def _usable(self) -> Sums | None:
        try:
            return self._read()
        except StoreDamaged:
            return None

    def _pairs(self, page_bytes: int, pages: Pages) -> Pairs:
        """Return the pairs of some pages as they lie in the file.

        Raises:
            StoreDamaged: It cannot be read.
        """
        descriptor = self._file()
        try:
            sums = [zlib.crc32(os.pread(descriptor, page_bytes, (page - 1) * page_bytes)) for page in pages.tolist()]
        except OSError as error:
            raise StoreDamaged(f"{shown(self._path)} cannot be read ({error.strerror}).", REBUILD) from error
        return paired(pages, np.array(sums, np.uint64))

    def _file(self) -> int:
        """Return a descriptor of the catalog.

        Raises:
            StoreDamaged: It cannot be opened.
        """
        if self._descriptor is None:
            try:
                self._descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError as error:
                raise StoreDamaged(f"{shown(self._path)} cannot be opened ({error.strerror}).", REBUILD) from error
        return self._descriptor

    def _let_go(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _first(count: int) -> Pages:
    return np.arange(1, count + 1, dtype=np.uint64)
