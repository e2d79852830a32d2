"""Finding files by what their names hold: in memory where the names are held there, else by the trigram index."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial

import numpy as np
from numpy.typing import NDArray

from vexgui.store.catalog.among import IS_AMONG, marks
from vexgui.store.catalog.held_names import HeldNames
from vexgui.store.catalog.lending import LISTED, Reading
from vexgui.store.catalog.paths import folded
from vexgui.store.catalog.patterns import TRIGRAM
from vexgui.store.catalog.words import phrase
from vexgui.store.rows import FileId


class Names(Reading):
    """Finds files by their names.

    Args:
        lend: Lends a connection for as long as its context lasts.
        held: The names in memory, which are no newer than what the connection sees; None where they are not held.
    """

    def __init__(
        self, lend: Callable[[], AbstractContextManager[sqlite3.Connection]], held: HeldNames | None = None
    ) -> None:
        super().__init__(lend)
        self._held = held

    def with_names(
        self, parts: Sequence[str], limit: int, among: NDArray[np.int64] | None = None
    ) -> tuple[FileId, ...]:
        """Return the files whose names hold every part, whatever the case and the accents.

        The shortest names come first, those of one length by their letters.

        Args:
            parts: What a name must hold.
            limit: How many are wanted.
            among: The only files that may be found, ascending; None: any.
        """
        wanted = _needed([part for part in map(folded, parts) if part])
        if not wanted or limit < 1 or any("\0" in part for part in wanted):
            return ()
        allowed = None if among is None else marks(among)
        with self.reading() as db:
            if self._held is not None:
                found = self._held.best(wanted, limit, allowed, partial(_names_of, db))
                if found is not None:
                    return found
            return _looked_up(db, wanted, limit, allowed)


def _needed(parts: Sequence[str]) -> list[str]:
    """Leave out the parts that others hold."""
    distinct = tuple(dict.fromkeys(parts))
    return [part for part in distinct if not any(part in other for other in distinct if other != part)]


def _names_of(db: sqlite3.Connection, files: Sequence[int]) -> dict[int, str]:
    return dict(db.execute(f"SELECT rowid, name FROM names WHERE rowid IN ({LISTED})", (json.dumps(files),)))


def _looked_up(db: sqlite3.Connection, wanted: Sequence[str], limit: int, allowed: bytes | None) -> tuple[FileId, ...]:
    """Find names by the trigrams they hold; where the parts have none, every name is looked at."""
    # The index knows which trigrams a name holds, not where: what it finds is looked at once more.
    conditions = ["instr(name, ?)" for _ in wanted]
    values: list[str | bytes] = list(wanted)
    trigrams = {part[start : start + TRIGRAM] for part in wanted for start in range(len(part) - TRIGRAM + 1)}
    if trigrams:
        conditions.append("names MATCH ?")
        values.append(" AND ".join(map(phrase, sorted(trigrams))))
    if allowed is not None:
        conditions.append(IS_AMONG.format(file="rowid"))
        values.append(allowed)
    rows = db.execute(
        f"SELECT rowid FROM names WHERE {' AND '.join(conditions)} ORDER BY length(name), name, rowid LIMIT ?",
        (*values, limit),
    )
    return tuple(FileId(number) for (number,) in rows)
