"""Changes to the catalog, each inside a transaction the caller holds."""

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat, Passage
from vexgui.core.paths import folder_of, joined, name_of, shown
from vexgui.store.catalog.catalog import folded, under
from vexgui.store.rows import FileId, FileUpdate, facts_to_json

_LIFTED = b"\0"  # no path begins so


def insert_file(db: sqlite3.Connection, update: FileUpdate, now_ns: int) -> FileId:
    """Add a file's row and its name; its path must not be known."""
    stat = update.stat
    cursor = db.execute(
        "INSERT INTO files(folder, name, device, inode, size, mtime_ns, ctime_ns, mode, uid, hash, kind, mime, state,"
        " reason, recipe, facts, indexed_ns, record_note) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            folder_of(update.path),
            name_of(update.path),
            *_stat_columns(stat),
            update.content_hash,
            update.kind,
            update.mime,
            update.state,
            _storable(update.reason),
            update.recipe,
            facts_to_json(update.facts),
            now_ns,
            update.record_note,
        ),
    )
    file_id = FileId(cursor.lastrowid or 0)
    db.execute("INSERT INTO names(rowid, name) VALUES (?, ?)", (file_id, folded(shown(name_of(update.path)))))
    return file_id


def insert_passages(db: sqlite3.Connection, file_id: FileId, first: int, passages: Sequence[Passage]) -> None:
    """Add a file's passages with ids counted up from ``first``."""
    db.executemany(
        "INSERT INTO passages(id, file_id, ordinal, kind, place, text) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (first + number, file_id, passage.ordinal, passage.kind, _storable(passage.place), _storable(passage.text))
            for number, passage in enumerate(passages)
        ],
    )


def delete_file(db: sqlite3.Connection, path: bytes) -> list[tuple[int, int]]:
    """Remove a file with all that hangs on it; return space number and slot of each vector it had."""
    key = (folder_of(path), name_of(path))
    slots = db.execute(
        "SELECT v.space_id, v.slot FROM files f JOIN passages p ON p.file_id = f.id"
        " JOIN vectors v ON v.passage_id = p.id WHERE f.folder = ? AND f.name = ?",
        key,
    ).fetchall()
    db.execute("DELETE FROM files WHERE folder = ? AND name = ?", key)
    return slots


def paths_under(db: sqlite3.Connection, path: bytes) -> list[bytes]:
    """Return the paths of all known files beneath a folder."""
    condition, values = under(path)
    return [joined(*row) for row in db.execute(f"SELECT folder, name FROM files WHERE {condition}", values)]


def rename_file(db: sqlite3.Connection, old: bytes, new: bytes) -> list[tuple[int, int]]:
    """Give a file another path, removing what was known of that; return what `delete_file` returns of it."""
    if old == new:
        return []
    freed = delete_file(db, new)
    row = db.execute("SELECT id FROM files WHERE folder = ? AND name = ?", (folder_of(old), name_of(old))).fetchone()
    if row is not None:
        db.execute("UPDATE files SET folder = ?, name = ? WHERE id = ?", (folder_of(new), name_of(new), row[0]))
        db.execute("UPDATE names SET name = ? WHERE rowid = ?", (folded(shown(name_of(new))), row[0]))
    return freed


def rename_folder(db: sqlite3.Connection, old: bytes, new: bytes) -> list[tuple[int, int]]:
    """Give all files beneath a folder their new paths, removing what was known there; return what that frees.

    They are lifted out of the way first, because either folder may lie in the other.
    """
    _move(db, old, _LIFTED)
    freed = [pair for path in paths_under(db, new) for pair in delete_file(db, path)]
    _move(db, _LIFTED, new)
    return freed


def update_stat(db: sqlite3.Connection, path: bytes, stat: FileStat) -> None:
    """Note that a file was looked at again and its content is still the same."""
    db.execute(
        "UPDATE files SET device = ?, inode = ?, size = ?, mtime_ns = ?, ctime_ns = ?, mode = ?, uid = ?"
        " WHERE folder = ? AND name = ?",
        (*_stat_columns(stat), folder_of(path), name_of(path)),
    )


def _move(db: sqlite3.Connection, old: bytes, new: bytes) -> None:
    condition, values = under(old)
    db.execute(
        f"UPDATE files SET folder = CAST(? || substr(folder, ?) AS BLOB) WHERE {condition}",
        (new, len(old) + 1, *values),
    )


def _stat_columns(stat: FileStat) -> tuple[int, ...]:
    """Return a stat in the order of its columns: device, inode, size, mtime_ns, ctime_ns, mode, uid."""
    return (
        stat.device,
        _signed(stat.inode),
        stat.size,
        stat.mtime_ns,
        stat.ctime_ns,
        stat.mode,
        stat.uid,
    )


def _signed(value: int) -> int:
    """Fold an unsigned 64-bit number into SQLite's signed ones."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _storable(text: str) -> str:
    """Replace what SQLite cannot keep as text: lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def insert_vectors(db: sqlite3.Connection, space: int, slots: NDArray[np.int64], owners: NDArray[np.int64]) -> None:
    """Name the slots that hold passages' vectors."""
    db.executemany(
        "INSERT INTO vectors(space_id, slot, passage_id) VALUES (?, ?, ?)",
        [(space, slot, owner) for slot, owner in zip(slots.tolist(), owners.tolist(), strict=True)],
    )


def renumber_slots(db: sqlite3.Connection, space: int, slots: NDArray[np.int64], generation: int) -> None:
    """Give the slots of a space, ascending, the numbers from 0, and name the columns where they lie so."""
    # Ascending slots only ever move down onto numbers that are free by then, so the primary key holds at each step.
    db.executemany(
        "UPDATE vectors SET slot = ? WHERE space_id = ? AND slot = ?",
        [(number, space, slot) for number, slot in enumerate(slots.tolist()) if number != slot],
    )
    db.execute("UPDATE spaces SET generation = ? WHERE id = ?", (generation, space))
