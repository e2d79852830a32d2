"""Adds to a small catalog and writes its log back, for ever: ``python -m tests.store.checkpointing FOLDER``."""

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from vexgui.store.catalog.pages import PageSums


class Owned:
    """A small catalog that is open for writing: ``t(id, b)``."""

    def __init__(self, folder: Path, sums: Callable[[bytes], PageSums] = PageSums, page_bytes: int = 512) -> None:
        self.folder = folder
        self.path = os.fsencode(folder / "catalog.db")
        self.db = sqlite3.connect(os.fsdecode(self.path), isolation_level=None)
        self.db.execute(f"PRAGMA page_size = {page_bytes}")
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA cache_size = 10")  # so that long transactions spill into the log
        self.sums = sums(self.path)
        try:
            self.sums.adopt(self.db)
        except BaseException:
            self.db.close()  # now, and not when its file is being removed
            raise
        if self.db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,) and self.sums.lost:
            self.sums.rebuild(self.db)
        self.db.execute("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, b BLOB)")
        self.db.execute("CREATE INDEX IF NOT EXISTS i ON t(b)")

    def add(self, count: int = 1, size: int = 300) -> None:
        self.db.execute("BEGIN")
        for _ in range(count):
            self.db.execute("INSERT INTO t(b) VALUES (randomblob(?))", (size,))
        self.db.execute("COMMIT")

    def close(self) -> None:
        self.sums.close(self.db)


def main() -> None:
    """Add rows, saying how many there are after each commit."""
    owned = Owned(Path(sys.argv[1]))
    while True:
        owned.add(7)
        print(owned.db.execute("SELECT count(*) FROM t").fetchone()[0], flush=True)
        owned.sums.checkpoint(owned.db)


if __name__ == "__main__":
    main()
