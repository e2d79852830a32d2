"""Holds all names in memory, and has them follow what is committed."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

from vexgui.core.errors import VexError
from vexgui.store.catalog.held_names import HeldNames, NameChanges
from vexgui.store.catalog.name_blob import NameBlob

_log = logging.getLogger(__name__)
_NOTES = """
CREATE TEMP TABLE IF NOT EXISTS renamed(id INTEGER PRIMARY KEY);
CREATE TEMP TRIGGER IF NOT EXISTS name_added AFTER INSERT ON main.files
    BEGIN INSERT OR IGNORE INTO renamed VALUES (new.id); END;
CREATE TEMP TRIGGER IF NOT EXISTS name_changed AFTER UPDATE OF name ON main.files
    BEGIN INSERT OR IGNORE INTO renamed VALUES (new.id); END;
CREATE TEMP TRIGGER IF NOT EXISTS name_removed AFTER DELETE ON main.files
    BEGIN INSERT OR IGNORE INTO renamed VALUES (old.id); END;
"""
_ALL = "SELECT rowid, name FROM names ORDER BY length(name), name, rowid"
_PAGE_CACHE_BYTES = 2 * 1024 * 1024
"""What the reading itself takes at most: it sees each page once."""
_STEPS_AT_ONCE = 100_000
_FEWEST_CHANGES = 8192
_CHANGES_SHARE = 32
"""When one in so many names is another, all are read again: until then each search looks at every change."""


class NameKeeper:
    """Reads all names in a thread of its own when it is told to begin, and again when many have changed.

    Args:
        open_reader: Opens a connection that only reads.
    """

    def __init__(self, open_reader: Callable[[], sqlite3.Connection]) -> None:
        self._open_reader = open_reader
        self._lock = threading.Lock()
        self._held: HeldNames | None = None
        self._told: list[NameChanges] = []
        self._thread: threading.Thread | None = None
        self._begun = False
        self._closing = False

    @property
    def held(self) -> HeldNames | None:
        """The names as the last reading found them; whoever takes them must look at a state that is no older."""
        return self._held

    def begin(self, writer: sqlite3.Connection) -> None:
        """Begin to hold names; nothing happens where it has begun.

        Args:
            writer: All changes are made through it, and none is going on.
        """
        if not self._begun:
            writer.executescript(_NOTES)
            self._begun = True
            self._read_anew()

    def note(self, writer: sqlite3.Connection) -> None:
        """Take in what a transaction has changed, before it is committed and anybody can see it."""
        if not self._begun:
            return
        rows = writer.execute("SELECT id, (SELECT name FROM names WHERE rowid = id) FROM renamed").fetchall()
        if not rows:
            return
        writer.execute("DELETE FROM renamed")
        held = self._held
        if held is not None and len(held.changes) > max(_FEWEST_CHANGES, len(held.blob) // _CHANGES_SHARE):
            self._read_anew()  # first, because what it reads may be without this transaction
        with self._lock:
            for changes in self._told:
                changes.add(rows)

    def wait(self) -> None:
        """Wait until no reading is going on."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """Break off a reading."""
        with self._lock:
            self._closing = True
            self._held = None
        self.wait()

    def _read_anew(self) -> None:
        with self._lock:
            if self._closing or (self._thread is not None and self._thread.is_alive()):
                return
            changes = NameChanges()
            self._told.append(changes)
            self._thread = threading.Thread(
                target=self._read, args=(changes,), name="vexgui-reading-names", daemon=True
            )
            self._thread.start()

    def _read(self, changes: NameChanges) -> None:
        """Read all names, and hold them beside what has changed since just before."""
        held: HeldNames | None = None
        try:
            with closing(self._open_reader()) as db:
                db.execute(f"PRAGMA cache_size = {-_PAGE_CACHE_BYTES // 1024}")
                db.set_progress_handler(lambda: self._closing, _STEPS_AT_ONCE)
                held = HeldNames(NameBlob(db.execute(_ALL)), changes)
        except (sqlite3.Error, VexError):
            if not self._closing:
                _log.warning("The names could not be read into memory", exc_info=True)
        with self._lock:
            if held is None:
                self._told.remove(changes)
            elif not self._closing:
                self._held = held
                self._told = [changes]
