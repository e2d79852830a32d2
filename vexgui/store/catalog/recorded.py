"""Files put into the catalog by the thousand, as their records tell of them before their contents are read.

The statements are over many files each: SQLite then works on its own, while other threads read on.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat, FileState
from vexgui.core.paths import decoded
from vexgui.core.vectors import Source
from vexgui.store.catalog.paths import folded
from vexgui.store.catalog.put import folder_ids
from vexgui.store.catalog.values import LARGEST, STAT_COLUMNS, stat_values
from vexgui.store.format import ORDINAL_TYPE
from vexgui.store.rows import RecordedFile

_COLUMNS = ("id", "folder_id", "root_id", "recipe", "kind", "mime", "name", *STAT_COLUMNS, "hash")
_FILES = f"INSERT INTO files({', '.join(_COLUMNS)}, state, reason, unread, indexed_ns, record_note) VALUES "
_TOGETHER = 64
"""So many rows go into a statement: each begins and ends some work, and lets go of the interpreter's lock."""
_NAMES = "INSERT INTO names(rowid, name) SELECT value->>0, value->>1 FROM json_each(?)"
_KNOWN = "SELECT folder_id, name FROM files WHERE folder_id IN (SELECT value FROM json_each(?))"
_EXTENTS = (
    "INSERT INTO extents(space_id, first, count, file_id, ordinals, source, confidence, made_s)"
    " SELECT :space, value->>1, value->>2, value->>0, :ordinals, :source, :confidence, :made_s FROM json_each(:runs)"
)


def put_recorded(
    db: sqlite3.Connection,
    files: Sequence[RecordedFile],
    now_ns: int,
    roots: Mapping[bytes, int],
    unwanted: Collection[bytes],
) -> NDArray[np.int64]:
    """Add files that are not known yet; others stay as they are.

    Args:
        db: Inside a transaction.
        files: The files, each path once.
        now_ns: When, ns since 1970.
        roots: The number of the root each folder lies in.
        unwanted: Folders whose files are left out.

    Returns:
        The files' ids, [n] int64; 0 for those that were known, or are left out.
    """
    folders = folder_ids(db, set(roots).difference(unwanted))
    known = set(db.execute(_KNOWN, (json.dumps(list(folders.values())),)))
    new = [
        place
        for place, file in enumerate(files)
        if file.folder in folders and (folders[file.folder], file.name) not in known
    ]
    (first,) = db.execute("SELECT next_file FROM state").fetchone()
    ids = np.zeros(len(files), np.int64)
    ids[new] = np.arange(first, first + len(new))
    added = [files[place] for place in new]
    _insert(db, [_row(number, file, folders, roots) for number, file in enumerate(added, first)], now_ns)
    names = [(number, folded(decoded(file.name))) for number, file in enumerate(added, first)]
    db.execute(_NAMES, (json.dumps(names),))
    db.execute("UPDATE state SET next_file = ?", (first + len(new),))
    return ids


def insert_runs(
    db: sqlite3.Connection,
    space: int,
    ordinals: NDArray[np.uint32],
    runs: NDArray[np.int64],
    confidence: float,
    made_s: int,
) -> None:
    """Name slots that hold vectors out of records, of files that all have vectors for the same passages.

    Args:
        db: Inside a transaction.
        space: The space's number.
        ordinals: The passages' ordinals, [k].
        runs: A file's id, its first slot, and how many slots, [n, 3].
        confidence: See `Extent`.
        made_s: When, seconds since 1970.
    """
    plain = np.array_equal(ordinals, np.arange(len(ordinals)))
    db.execute(
        _EXTENTS,
        {
            "space": space,
            "ordinals": None if plain else ordinals.astype(ORDINAL_TYPE).tobytes(),
            "source": Source.RECORD.value,
            "confidence": confidence,
            "made_s": made_s,
            "runs": json.dumps(runs.tolist()),
        },
    )


def _insert(db: sqlite3.Connection, rows: Sequence[tuple[object, ...]], now_ns: int) -> None:
    marks = f"({'?, ' * len(_COLUMNS)}'{FileState.INDEXED}', '', 1, {now_ns}, '')"
    for start in range(0, len(rows), _TOGETHER):
        part = rows[start : start + _TOGETHER]
        db.execute(_FILES + ", ".join([marks] * len(part)), list(chain.from_iterable(part)))


def _row(
    number: int, file: RecordedFile, folders: Mapping[bytes, int], roots: Mapping[bytes, int]
) -> tuple[object, ...]:
    """Return what goes into the columns of `_COLUMNS`."""
    folder, name, seen, content_hash, recipe, kind, mime = file
    place = (folders[folder], roots[folder])
    return (number, *place, recipe, str(kind), mime, name, *_numbers(seen), content_hash)


def _numbers(seen: os.stat_result) -> tuple[int, ...]:
    """Return a stat in the order of `STAT_COLUMNS`; most are made of numbers that SQLite holds as they are."""
    numbers = (
        seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_dev, seen.st_mode, seen.st_uid,
    )  # fmt: skip
    return numbers if max(numbers) <= LARGEST and min(numbers) >= 0 else stat_values(FileStat.of(seen))
