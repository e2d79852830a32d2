"""Where the catalog's reading side gets its connections from."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager

LISTED = "SELECT value FROM json_each(?)"
"""The numbers in a JSON array, which may be of any length."""


class Reading:
    """Reads through connections that it is lent.

    Args:
        lend: Lends a connection for as long as its context lasts.
    """

    def __init__(self, lend: Callable[[], AbstractContextManager[sqlite3.Connection]]) -> None:
        self._lend = lend

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a connection; SQLite's failures come out as core errors."""
        return self._lend()
