"""The peer most CLIP search tools are built like: a row of an SQLite table for each picture, its vector a blob.

The table and its indexes are those of rclip (rclip/db.py, version 4 of its schema).
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count

import numpy as np
from numpy.typing import NDArray

from vexgui.bench.conditions import no_room
from vexgui.core.arrays import Vectors
from vexgui.core.paths import shown

_SCHEMA = """
CREATE TABLE images(
    id INTEGER PRIMARY KEY, deleted BOOLEAN, filepath TEXT NOT NULL UNIQUE, modified_at DATETIME NOT NULL,
    size INTEGER NOT NULL, vector BLOB NOT NULL, indexing BOOLEAN, hash TEXT);
CREATE UNIQUE INDEX existing_images ON images(filepath) WHERE deleted IS NULL;
CREATE INDEX image_hashes ON images(hash);
"""


class Blobs:
    """Vectors of made-up pictures in a table.

    Args:
        database: An open database of its own.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._numbers = count()
        database.executescript(_SCHEMA)

    def insert(self, vectors: Vectors) -> None:
        """Add vectors [n, dim] in one transaction that is on the disk when this returns."""
        rows = (
            (f"/home/user/Pictures/{number // 1000:04d}/IMG_{number:08d}.jpg", row.tobytes(), f"{number:064x}")
            for number, row in zip(self._numbers, vectors, strict=False)
        )
        with self._database:
            self._database.executemany(
                "INSERT INTO images(filepath, modified_at, size, vector, hash) VALUES (?, 1.7e9, 3000000, ?, ?)", rows
            )

    def best(self, query: Vectors, count: int) -> NDArray[np.int64]:
        """Read all vectors and return the rows of the nearest to a query [dim], best first."""
        rows = self._database.execute("SELECT vector FROM images WHERE deleted IS NULL ORDER BY id").fetchall()
        matrix = np.stack([np.frombuffer(row[0], np.float32) for row in rows])
        return np.argsort(-(matrix @ query))[:count]


@contextmanager
def blobs(path: bytes) -> Iterator[Blobs]:
    """Lend a new database; writes are durable, as SQLite does by default.

    Raises:
        DiskFull: There is no room for it.
    """
    with closing(sqlite3.connect(path)) as database:
        try:
            yield Blobs(database)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise no_room(shown(path)) from error
            raise


def blob_bytes(path: bytes, vectors: Vectors) -> float:
    """Return what such a database takes on the disk for each of some vectors [n, dim]."""
    with blobs(path) as rows:
        rows.insert(vectors)
    return os.path.getsize(path) / len(vectors)
