"""Files put into the catalog by the thousand, as their records tell of them before their contents are read.

Each table is filled by one statement over all files: SQLite then works on its own, while other threads read on.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat, FileState
from vexgui.core.paths import shown
from vexgui.core.vectors import Source
from vexgui.store.catalog.paths import folded
from vexgui.store.catalog.put import folder_ids
from vexgui.store.catalog.values import LARGEST, STAT_COLUMNS, stat_values
from vexgui.store.format import ORDINAL_TYPE
from vexgui.store.rows import RecordedFile

_HASH_BYTES = 16
_FILES = (
    f"INSERT INTO files(id, folder_id, root_id, recipe, kind, mime, name, {', '.join(STAT_COLUMNS)}, hash, state,"
    " reason, unread, indexed_ns, record_note)"
    " SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, substr(:names, value->>6, value->>7),"
    f" {', '.join(f'value->>{8 + number}' for number in range(len(STAT_COLUMNS)))},"
    f" substr(:hashes, 1 + {_HASH_BYTES} * key, {_HASH_BYTES}), :state, '', 1, :now, '' FROM json_each(:rows)"
)
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
    values = {
        "rows": json.dumps(_rows(added, first, folders, roots)),
        "names": b"".join(file.name for file in added),
        "hashes": b"".join(file.content_hash for file in added),
        "state": FileState.INDEXED.value,
        "now": now_ns,
    }
    db.execute(_FILES, values)
    db.execute(_NAMES, (json.dumps([(number, folded(shown(file.name))) for number, file in enumerate(added, first)]),))
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


def _rows(
    files: Sequence[RecordedFile], first: int, folders: Mapping[bytes, int], roots: Mapping[bytes, int]
) -> list[tuple[int | str, ...]]:
    rows: list[tuple[int | str, ...]] = []
    at = 1  # SQLite counts from 1
    for number, (folder, name, seen, _, recipe, kind, mime) in enumerate(files, first):
        rows.append((number, folders[folder], roots[folder], recipe, kind, mime, at, len(name), *_numbers(seen)))
        at += len(name)
    return rows


def _numbers(seen: os.stat_result) -> tuple[int, ...]:
    """Return a stat in the order of `STAT_COLUMNS`; most are made of numbers that SQLite holds as they are."""
    numbers = (
        seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_dev, seen.st_mode, seen.st_uid,
    )  # fmt: skip
    return numbers if max(numbers) <= LARGEST and min(numbers) >= 0 else stat_values(FileStat.of(seen))
