"""Changes to the catalog, each inside a transaction the caller holds."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat, Labels
from vexgui.core.paths import decoded, folder_of, joined, name_of
from vexgui.core.vectors import CodecName, Source
from vexgui.store.catalog import history
from vexgui.store.catalog.labels import delete_labels, put_labels
from vexgui.store.catalog.lending import LISTED
from vexgui.store.catalog.paths import folded, under
from vexgui.store.catalog.put import delete_content, folder_ids, outdated, put_files
from vexgui.store.catalog.values import STAT_COLUMNS, UNREAD, UNSEEN, stat_values, storable
from vexgui.store.format import ORDINAL_TYPE, PASSAGE_BITS
from vexgui.store.rows import Extent, FileId

__all__ = [
    "assign_roots", "dead", "delete_extents", "delete_file", "delete_files", "delete_folder", "drop_space", "epoch",
    "extents_of", "insert_extents", "outdated", "paths_under", "put_files", "rename_file", "rename_folder", "renumber",
    "root_ids", "set_epoch", "set_rebuilding", "set_roots", "set_slots", "undead", "update_stats",
]  # fmt: skip

DeadRun = tuple[int, int, int, int]
"""Number of space, first slot, count, and the epoch they are dead from."""

_LIFTED = b"\0"  # no path begins so


# The state of the whole


def epoch(db: sqlite3.Connection) -> int:
    """Return the number of the last commit that touched vectors."""
    return int(db.execute("SELECT epoch FROM state").fetchone()[0])


def set_epoch(db: sqlite3.Connection, number: int) -> None:
    """Give this commit its number."""
    db.execute("UPDATE state SET epoch = ?", (number,))


def set_rebuilding(db: sqlite3.Connection, *, rebuilding: bool) -> None:
    """Note that the store is being made again from files and records, or that this is done."""
    db.execute("UPDATE state SET rebuilding = ?", (int(rebuilding),))


def root_ids(db: sqlite3.Connection) -> dict[bytes, int]:
    """Return the numbers of the roots in force."""
    return dict(db.execute("SELECT path, id FROM roots WHERE kept"))


def set_roots(db: sqlite3.Connection, paths: Collection[bytes]) -> dict[bytes, int]:
    """Put roots in force and no others, and return their numbers, which stay theirs for ever."""
    db.execute("UPDATE roots SET kept = 0")
    db.executemany("INSERT INTO roots(path) VALUES (?) ON CONFLICT(path) DO UPDATE SET kept = 1", [(p,) for p in paths])
    return root_ids(db)


def assign_roots(db: sqlite3.Connection, root_of: Callable[[bytes], int], beneath: bytes = b"/") -> list[FileId]:
    """Give the files beneath a folder the roots they lie in now, and return those whose root is another.

    Args:
        db: Inside a transaction.
        root_of: Tells the number of the innermost root a folder lies in; 0 for none.
        beneath: The folder.
    """
    condition, values = under(beneath)
    moved: list[FileId] = []
    for folder_id, path in db.execute(f"SELECT id, path FROM folders WHERE {condition}", values).fetchall():
        root_id = root_of(path)
        rows = db.execute(
            "UPDATE files SET root_id = ? WHERE folder_id = ? AND root_id != ? RETURNING id",
            (root_id, folder_id, root_id),
        )
        moved += [FileId(number) for (number,) in rows]
    return moved


# Files


def delete_file(db: sqlite3.Connection, path: bytes) -> list[Extent]:
    """Remove a file; see `delete_files`."""
    return delete_files(db, [path])


def delete_files(db: sqlite3.Connection, paths: Iterable[bytes]) -> list[Extent]:
    """Remove files with their passages, words and history; return their extents, which are still to be deleted."""
    rows = (_file_id(db, path) for path in dict.fromkeys(paths))  # each once, or words would be taken out twice
    return _delete(db, [file_id for file_id in rows if file_id is not None])


def delete_folder(db: sqlite3.Connection, path: bytes) -> list[Extent]:
    """Remove all files beneath a folder; see `delete_files`."""
    return _delete(db, _ids_under(db, path))


def paths_under(db: sqlite3.Connection, path: bytes) -> list[bytes]:
    """Return the paths of all known files beneath a folder."""
    condition, values = under(path)
    rows = db.execute(
        f"SELECT d.path, f.name FROM folders d JOIN files f ON f.folder_id = d.id WHERE {condition}", values
    )
    return [joined(*row) for row in rows]


def rename_file(db: sqlite3.Connection, old: bytes, new: bytes, now_ns: int) -> tuple[list[Extent], list[FileId]]:
    """Give a file another path; what was known of that goes.

    Returns:
        The extents of what went, which are still to be deleted, and the file that moved, if it was known.
    """
    if old == new:
        return [], []
    removed = delete_file(db, new)
    file_id = _file_id(db, old)
    if file_id is None:
        return removed, []
    folder = folder_of(new)
    folder_id = folder_ids(db, [folder])[folder]
    db.execute("UPDATE files SET folder_id = ?, name = ? WHERE id = ?", (folder_id, name_of(new), file_id))
    db.execute("UPDATE names SET name = ? WHERE rowid = ?", (folded(decoded(name_of(new))), file_id))
    history.note(db, [(file_id, history.renamed(old, now_ns))])
    _delete_empty_folders(db, folder_of(old))
    return removed, [file_id]


def rename_folder(db: sqlite3.Connection, old: bytes, new: bytes, now_ns: int) -> tuple[list[Extent], list[FileId]]:
    """Give all files beneath a folder their new paths, removing what was known there; see `rename_file`.

    They are lifted out of the way first, because either folder may lie in the other.
    """
    if old == new:
        return [], []
    condition, values = under(old)
    moved = db.execute(
        f"SELECT f.id, d.path, f.name FROM folders d JOIN files f ON f.folder_id = d.id WHERE {condition}", values
    ).fetchall()
    history.note(
        db, [(FileId(number), history.renamed(joined(folder, name), now_ns)) for number, folder, name in moved]
    )
    _move(db, old, _LIFTED)
    removed = delete_folder(db, new)
    _move(db, _LIFTED, new)
    return removed, [FileId(number) for number, _, _ in moved]


def update_stats(
    db: sqlite3.Connection,
    stats: Iterable[tuple[bytes, FileStat]],
    labels: Mapping[bytes, Labels] = MappingProxyType({}),
    notes: Mapping[bytes, str] = MappingProxyType({}),
) -> list[FileId]:
    """Note that files were looked at again and their contents are still the same.

    Args:
        db: Inside a transaction.
        stats: The files, and what stat says of them now.
        labels: What the desktop says now of those of them that were asked for it.
        notes: Why those of them carry no record that were to get one, "" where they do now.

    Returns:
        The files whose size or mtime is another now, which the columns mirror.
    """
    moved: list[FileId] = []
    said: dict[FileId, Labels] = {}
    rows: list[tuple[int, ...]] = []
    for path, stat in stats:
        file_id = _file_id(db, path)
        if file_id is None:
            continue
        rows.append((*stat_values(stat), file_id))
        before = db.execute("SELECT size, mtime_ns FROM files WHERE id = ?", (file_id,)).fetchone()
        if before != (stat.size, stat.mtime_ns):
            moved.append(file_id)
        if path in labels:
            said[file_id] = labels[path]
        if path in notes:
            db.execute("UPDATE files SET record_note = ? WHERE id = ?", (storable(notes[path]), file_id))
    put_labels(db, said)
    db.executemany(f"UPDATE files SET {', '.join(f'{name} = ?' for name in STAT_COLUMNS)} WHERE id = ?", rows)
    return moved


# Extents


def doubt(db: sqlite3.Connection, paths: Iterable[bytes]) -> None:
    """Note that files are to be read again, though nothing about them changed."""
    numbers = [(number,) for path in paths if (number := _file_id(db, path)) is not None]
    db.executemany(f"UPDATE files SET unread = {UNREAD} WHERE id = ?", numbers)


def doubt_formats(db: sqlite3.Connection, formats: Collection[str], *, seen_only: bool) -> None:
    """Note that all files of some media types are to be read again.

    Args:
        db: The transaction.
        formats: The media types.
        seen_only: Whether only what they show is to be looked at again; their words stay as they are.
    """
    chosen = f"mime IN ({','.join('?' * len(formats))})"
    if not seen_only:
        db.execute(f"UPDATE files SET unread = {UNREAD} WHERE {chosen}", tuple(formats))
        return
    pictures = (
        "SELECT 1 FROM passages p WHERE p.kind = 'picture'"
        f" AND p.id >= files.id << {PASSAGE_BITS} AND p.id < (files.id + 1) << {PASSAGE_BITS}"
    )
    db.execute(
        f"UPDATE files SET unread = {UNSEEN} WHERE unread = 0 AND {chosen} AND EXISTS ({pictures})", tuple(formats)
    )


def extents_of(db: sqlite3.Connection, file_ids: Sequence[FileId]) -> list[Extent]:
    """Return the extents of files, by file, space and first slot."""
    rows = db.execute(
        "SELECT space_id, first, count, file_id, ordinals, source, confidence, made_s FROM extents"
        f" WHERE file_id IN ({LISTED}) ORDER BY file_id, space_id, first",
        (json.dumps(file_ids),),
    )
    return [
        Extent(space, first, count, FileId(file_id), _ordinals(count, kept), Source(source), confidence, made_s)
        for space, first, count, file_id, kept, source, confidence, made_s in rows
    ]


def insert_extents(db: sqlite3.Connection, extents: Iterable[Extent]) -> None:
    """Name the slots that hold files' vectors."""
    db.executemany(
        "INSERT INTO extents(space_id, first, count, file_id, ordinals, source, confidence, made_s)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                extent.space, extent.first, extent.count, extent.file, _kept_ordinals(extent), extent.source.value,
                extent.confidence, extent.made_s,
            )
            for extent in extents
        ],
    )  # fmt: skip


def delete_extents(db: sqlite3.Connection, extents: Sequence[Extent], epoch: int) -> None:
    """Name slots no longer, from an epoch on; they are free when no reader pins an older one."""
    db.executemany(
        "DELETE FROM extents WHERE file_id = ? AND space_id = ? AND first = ?",
        [(extent.file, extent.space, extent.first) for extent in extents],
    )
    db.executemany(
        "INSERT INTO dead(space_id, first, count, epoch) VALUES (?, ?, ?, ?)",
        [(extent.space, extent.first, extent.count, epoch) for extent in extents],
    )


def dead(db: sqlite3.Connection) -> list[DeadRun]:
    """Return the slots that are named no longer and not free yet."""
    return db.execute("SELECT space_id, first, count, epoch FROM dead").fetchall()


def undead(db: sqlite3.Connection, runs: Iterable[DeadRun]) -> None:
    """Note that slots are free."""
    db.executemany("DELETE FROM dead WHERE space_id = ? AND first = ?", [(space, first) for space, first, *_ in runs])


def renumber(
    db: sqlite3.Connection,
    space: int,
    old: NDArray[np.int64],
    new: NDArray[np.int64],
    generation: int,
    codec: CodecName,
    basis: bytes | None,
) -> None:
    """Give the extents of a space their new first slots, and name the columns where they lie so.

    Args:
        db: Inside a transaction.
        space: The space's number.
        old: The first slots of all extents of the space, [n].
        new: Where each begins now, [n].
        generation: The columns that are in force from now on.
        codec: Their codec.
        basis: What that codec has learnt.
    """
    db.create_function("renumbered", 1, dict(zip(old.tolist(), new.tolist(), strict=True)).__getitem__)
    db.execute("UPDATE extents SET first = renumbered(first) WHERE space_id = ?", (space,))
    db.create_function("renumbered", 1, None)
    db.execute("DELETE FROM dead WHERE space_id = ?", (space,))
    db.execute(
        "UPDATE spaces SET generation = ?, codec = ?, basis = ? WHERE id = ?", (generation, codec.value, basis, space)
    )


def drop_space(db: sqlite3.Connection, space: int) -> None:
    """Remove a space with its extents."""
    db.execute("DELETE FROM extents WHERE space_id = ?", (space,))
    db.execute("DELETE FROM dead WHERE space_id = ?", (space,))
    db.execute("DELETE FROM spaces WHERE id = ?", (space,))


def set_slots(db: sqlite3.Connection, space: int, slots: int, used: int) -> None:
    """Note how many slots the columns of a space have at least, and how many of them are not free."""
    db.execute("UPDATE spaces SET slots = ?, used = ? WHERE id = ?", (slots, used, space))


def _kept_ordinals(extent: Extent) -> bytes | None:
    """Return ordinals as they are kept: none where they are counted from 0."""
    ordinals = extent.ordinals
    if not ordinals[0] and ordinals[-1] == extent.count - 1:  # they ascend
        return None
    return ordinals.astype(ORDINAL_TYPE, copy=False).tobytes()


def _ordinals(count: int, kept: bytes | None) -> NDArray[np.uint32]:
    return np.frombuffer(_counted(count) if kept is None else kept, ORDINAL_TYPE)


@lru_cache(maxsize=64)
def _counted(count: int) -> bytes:
    return np.arange(count, dtype=ORDINAL_TYPE).tobytes()


def _file_id(db: sqlite3.Connection, path: bytes) -> FileId | None:
    row = db.execute(
        "SELECT f.id FROM folders d JOIN files f ON f.folder_id = d.id WHERE d.path = ? AND f.name = ?",
        (folder_of(path), name_of(path)),
    ).fetchone()
    return None if row is None else FileId(row[0])


def _ids_under(db: sqlite3.Connection, path: bytes) -> list[FileId]:
    condition, values = under(path)
    rows = db.execute(f"SELECT f.id FROM folders d JOIN files f ON f.folder_id = d.id WHERE {condition}", values)
    return [FileId(number) for (number,) in rows]


def _delete(db: sqlite3.Connection, ids: Sequence[FileId]) -> list[Extent]:
    extents = extents_of(db, ids)
    delete_content(db, ids)
    delete_labels(db, ids)
    keys = [(number,) for number in ids]
    db.executemany("DELETE FROM history WHERE file_id = ?", keys)
    db.executemany("DELETE FROM names WHERE rowid = ?", keys)
    folders = [row[0] for key in keys for row in db.execute("DELETE FROM files WHERE id = ? RETURNING folder_id", key)]
    db.execute(
        f"DELETE FROM folders WHERE id IN ({LISTED}) AND NOT EXISTS (SELECT 1 FROM files WHERE folder_id = folders.id)",
        (json.dumps(list(set(folders))),),
    )
    return extents


def _delete_empty_folders(db: sqlite3.Connection, path: bytes) -> None:
    db.execute(
        "DELETE FROM folders WHERE path = ? AND NOT EXISTS (SELECT 1 FROM files WHERE folder_id = folders.id)", (path,)
    )


def _move(db: sqlite3.Connection, old: bytes, new: bytes) -> None:
    condition, values = under(old)
    db.execute(
        f"UPDATE folders SET path = CAST(? || substr(path, ?) AS BLOB) WHERE {condition}",
        (new, len(old) + 1, *values),
    )
