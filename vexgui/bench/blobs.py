"""The peer most CLIP search tools are built like: a row of an SQLite table for each vector, as a blob of float32."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import numpy as np
from numpy.typing import NDArray

from vexgui.bench.conditions import no_room
from vexgui.core.paths import shown
from vexgui.core.vectors import Vectors


class Blobs:
    """Vectors in a table, as rclip keeps them: ``id INTEGER PRIMARY KEY, vector BLOB``.

    Args:
        database: An open database of its own.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TABLE images(id INTEGER PRIMARY KEY, vector BLOB)")

    def insert(self, vectors: Vectors) -> None:
        """Add vectors [n, dim] in one transaction that is on the disk when this returns."""
        rows = ((row.tobytes(),) for row in vectors)
        with self._database:
            self._database.executemany("INSERT INTO images(vector) VALUES (?)", rows)

    def best(self, query: Vectors, count: int) -> NDArray[np.int64]:
        """Read all vectors and return the rows of the nearest to a query [dim], best first."""
        rows = self._database.execute("SELECT vector FROM images").fetchall()
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
