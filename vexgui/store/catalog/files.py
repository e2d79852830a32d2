"""What the catalog tells of files and folders."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat, FileState, Kind, Labels
from vexgui.core.paths import beneath, folder_of, joined, name_of
from vexgui.core.reports import FailedFile
from vexgui.store.catalog import edits, history, labels
from vexgui.store.catalog.lending import LISTED, Reading, ids_in
from vexgui.store.catalog.paths import under
from vexgui.store.catalog.values import FACT_COLUMNS, UNREAD, UNSEEN, facts_of, unsigned
from vexgui.store.rows import FileId, FileRow, HistoryEntry, KnownFile, Stamp

_JOINED = "files f JOIN folders d ON d.id = f.folder_id"
_BENEATH = "folders d JOIN files f ON f.folder_id = d.id"
_COLUMNS = (
    "f.id, d.path, f.name, f.device, f.inode, f.size, f.mtime_ns, f.ctime_ns, f.mode, f.uid, f.hash, f.kind, f.mime,"
    f" f.state, f.reason, f.recipe, f.indexed_ns, f.record_note, f.root_id, f.unread, f.birth,"
    f" {', '.join(FACT_COLUMNS)}"
)
_PAGE = 1000

FolderStats = dict[bytes, tuple[int, int, int, int, int, int]]
"""By name: inode, size, mtime_ns, ctime_ns, recipe, and 1 for a file whose text has not been read yet, else 0."""


class Files(Reading):
    """Finds files by path, content, folder and condition."""

    def file(self, path: bytes) -> FileRow | None:
        """Return what is known of a path."""
        return self._one("d.path = ? AND f.name = ?", (folder_of(path), name_of(path)))

    def twin(self, content_hash: bytes, size: int, recipe: int, path: bytes) -> FileRow | None:
        """Return some other well-read file of the same content as a path's that has vectors, if one is known."""
        return self._one(
            f"f.hash = ? AND f.size = ? AND f.recipe = ? AND f.state = ? AND f.unread != {UNREAD}"
            " AND NOT (d.path = ? AND f.name = ?) AND EXISTS (SELECT 1 FROM extents e WHERE e.file_id = f.id)",
            (content_hash, size, recipe, FileState.INDEXED.value, folder_of(path), name_of(path)),
        )

    def files(self, ids: Sequence[FileId]) -> dict[FileId, FileRow]:
        """Return files by their ids; unknown ids are left out."""
        with self.reading() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM {_JOINED} WHERE f.id IN ({LISTED})", (json.dumps(ids),))
            return {row.id: row for row in map(_file_row, rows)}

    def paths(self, ids: Sequence[FileId]) -> dict[FileId, bytes]:
        """Return files' paths by their ids; unknown ids are left out."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT f.id, d.path, f.name FROM {_JOINED} WHERE f.id IN ({LISTED})", (json.dumps(ids),)
            )
            return {FileId(number): joined(folder, name) for number, folder, name in rows}

    def stamps(self, ids: Sequence[FileId]) -> dict[FileId, Stamp]:
        """Return what the columns mirror of files, by their ids; unknown ids are left out."""
        with self.reading() as db:
            return stamps(db, ids)

    def file_ids(self, condition: str, values: Sequence[object] = ()) -> NDArray[np.int64]:
        """Return the ids of the files that meet an SQL condition over ``files f`` and ``folders d``, ascending."""
        with self.reading() as db:
            return ids_in(db, f"SELECT f.id FROM {_JOINED} WHERE {condition} ORDER BY f.id", values)

    def history(self, file_id: FileId) -> tuple[HistoryEntry, ...]:
        """Return what happened to a file, newest first; see `history.read`."""
        with self.reading() as db:
            return history.read(db, file_id)

    def labels(self, ids: Sequence[FileId]) -> dict[FileId, Labels]:
        """Return what the desktop says of files, by their ids; those of which it says nothing are left out."""
        with self.reading() as db:
            return labels.labels_of(db, ids)

    def tag_counts(self, among: Sequence[FileId] | None = None) -> dict[str, int]:
        """Return how many files have each tag, by its name; with ``among``, how many of those."""
        with self.reading() as db:
            return labels.tag_counts(db, among)

    def camera_counts(self) -> dict[str, int]:
        """Return how many files each camera took, by its name."""
        with self.reading() as db:
            return dict(
                db.execute("SELECT camera, count(*) FROM files WHERE camera IS NOT NULL GROUP BY camera").fetchall()
            )

    def touched_last(self, span_ns: int) -> tuple[bytes, ...]:
        """Return the files that somebody touched so shortly before the last one was indexed, or after that."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT d.path, f.name FROM {_JOINED}"
                " WHERE max(f.mtime_ns, f.ctime_ns) >= (SELECT max(indexed_ns) FROM files) - ?",
                (span_ns,),
            ).fetchall()
        return tuple(joined(*row) for row in rows)

    def inodes_at(self, paths: Sequence[bytes]) -> dict[bytes, int]:
        """Return the inodes by which files are known, as the catalog keeps them, by path; unknown ones are left out."""
        found: dict[bytes, int] = {}
        with self.reading() as db:
            for path in paths:
                where = (folder_of(path), name_of(path))
                row = db.execute(f"SELECT f.inode FROM {_JOINED} WHERE d.path = ? AND f.name = ?", where).fetchone()
                if row is not None:
                    found[path] = row[0]
        return found

    # Folders

    def folder(self, path: bytes) -> dict[bytes, KnownFile]:
        """Return what a scan compares of the known files that lie directly in a folder, by name."""
        return {name: KnownFile._make(stat) for name, stat in self.folder_stats(path).items()}

    def folder_stats(self, path: bytes) -> FolderStats:
        """Return the same without a value for each, for a scan of many files, and which ones are unread."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT name, inode, size, mtime_ns, ctime_ns, recipe, unread = {UNREAD} FROM files"
                " WHERE folder_id = (SELECT id FROM folders WHERE path = ?)",
                (path,),
            ).fetchall()
        return {row[0]: row[1:] if row[1] >= 0 else (unsigned(row[1]), *row[2:]) for row in rows}

    def next_number(self) -> FileId:
        """Return the id of the next file that becomes known: all that are known have lower ones."""
        with self.reading() as db:
            (number,) = db.execute("SELECT next_file FROM state").fetchone()
        return FileId(number)

    def names_before(self, path: bytes, number: FileId) -> tuple[bytes, ...]:
        """Return the names of the files directly in a folder that became known before one of an id."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT name FROM files WHERE folder_id = (SELECT id FROM folders WHERE path = ?) AND id < ?",
                (path, number),
            ).fetchall()
        return tuple(name for (name,) in rows)

    def inodes_beneath(self, paths: Sequence[bytes]) -> set[int]:
        """Return the inodes of the files that are known at or beneath folders, as the catalog keeps them."""
        found: set[int] = set()
        with self.reading() as db:
            for path in paths:
                condition, values = under(path)
                folders = f"SELECT id FROM folders WHERE {condition}"
                found.update(
                    inode for (inode,) in db.execute(f"SELECT inode FROM files WHERE folder_id IN ({folders})", values)
                )
        return found

    def folders_under(self, path: bytes) -> tuple[bytes, ...]:
        """Return the folders with known files at or beneath a path."""
        condition, values = under(path)
        with self.reading() as db:
            return tuple(folder for (folder,) in db.execute(f"SELECT path FROM folders WHERE {condition}", values))

    def own_folders(self, path: bytes) -> tuple[bytes, ...]:
        """Return the same but for those in roots beneath that path: what becomes of a root concerns no other."""
        with self.reading() as db:
            condition, values = _but_for(path, beneath(path, edits.root_ids(db)))
            return tuple(folder for (folder,) in db.execute(f"SELECT path FROM folders WHERE {condition}", values))

    def device_under(self, path: bytes) -> int | None:
        """Return the device that some known file beneath a folder, but in no root there, was last seen on, or None."""
        with self.reading() as db:
            condition, values = _but_for(path, beneath(path, edits.root_ids(db)))
            row = db.execute(f"SELECT f.device FROM {_BENEATH} WHERE {condition} LIMIT 1", values).fetchone()
        return None if row is None else int(row[0])

    # Many files

    def all_files(self, last: int = 0) -> Iterator[FileRow]:
        """Go through all files with higher ids than one, in pages, in the order of their ids."""
        while True:
            with self.reading() as db:
                rows = db.execute(
                    f"SELECT {_COLUMNS} FROM {_JOINED} WHERE f.id > ? ORDER BY f.id LIMIT {_PAGE}", (last,)
                ).fetchall()
            if not rows:
                return
            yield from map(_file_row, rows)
            last = rows[-1][0]

    def unread(self, limit: int) -> tuple[bytes, ...]:
        """Return files whose vectors came from their records and whose text has not been read yet."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT d.path, f.name FROM {_JOINED} WHERE f.unread AND f.unread = {UNREAD} ORDER BY f.id LIMIT ?",
                (limit,),
            )
            return tuple(joined(folder, name) for folder, name in rows)

    def count_failed(self, reason: str) -> int:
        """Return how many files failed for a reason."""
        with self.reading() as db:
            (count,) = db.execute(
                "SELECT count(*) FROM files WHERE state != 'indexed' AND reason = ?", (reason,)
            ).fetchone()
            return int(count)

    def failures(self, limit: int) -> tuple[FailedFile, ...]:
        """Return the files that could not be read, at most so many, those that were tried last first."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT d.path, f.name, f.reason, f.kind, f.indexed_ns FROM {_JOINED} WHERE f.state != 'indexed'"
                " ORDER BY f.indexed_ns DESC LIMIT ?",
                (limit,),
            )
            return tuple(
                FailedFile(joined(folder, name), reason, Kind(kind), since_ns)
                for folder, name, reason, kind, since_ns in rows
            )

    def count_files(self, folder: bytes = b"/", but_for: Sequence[bytes] = ()) -> tuple[int, int]:
        """Return how many files are known beneath a folder, and of how many the contents were unreadable.

        Args:
            folder: The folder.
            but_for: Folders in it whose files are not counted.
        """
        condition, values = _but_for(folder, but_for)
        with self.reading() as db:
            if condition == "1":
                (files,) = db.execute("SELECT count(*) FROM files").fetchone()
                (failed,) = db.execute("SELECT count(*) FROM files WHERE state != 'indexed'").fetchone()
                return files, failed
            row = db.execute(
                f"SELECT count(*), count(*) FILTER (WHERE f.state != 'indexed') FROM {_BENEATH} WHERE {condition}",
                values,
            ).fetchone()
        return row[0], row[1]

    def count_formats(self) -> dict[str, int]:
        """Return how many files there are of each media type."""
        with self.reading() as db:
            return dict(db.execute("SELECT mime, count(*) FROM files GROUP BY mime").fetchall())

    def _one(self, condition: str, values: Sequence[object]) -> FileRow | None:
        with self.reading() as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM {_JOINED} WHERE {condition} LIMIT 1", values).fetchone()
        return None if row is None else _file_row(row)


def stamps(db: sqlite3.Connection, ids: Sequence[FileId]) -> dict[FileId, Stamp]:
    """Return what the columns mirror of files; see `Files.stamps`."""
    rows = db.execute(f"SELECT id, kind, root_id, size, mtime_ns FROM files WHERE id IN ({LISTED})", (json.dumps(ids),))
    return {FileId(number): Stamp(Kind(kind), *rest) for number, kind, *rest in rows}


def _file_row(row: tuple[Any, ...]) -> FileRow:
    (
        number, folder, name, device, inode, size, mtime_ns, ctime_ns, mode, uid, content_hash, kind, mime, state,
        reason, recipe, indexed_ns, note, root_id, unread, birth, *facts,
    ) = row  # fmt: skip
    return FileRow(
        id=FileId(number),
        path=joined(folder, name),
        stat=FileStat(device, unsigned(inode), size, mtime_ns, ctime_ns, mode, uid),
        content_hash=content_hash,
        kind=Kind(kind),
        mime=mime,
        state=FileState(state),
        reason=reason,
        recipe=recipe,
        facts=facts_of(facts),
        indexed_ns=indexed_ns,
        record_note=note,
        root_id=root_id,
        unread=unread == UNREAD,
        unseen=unread == UNSEEN,
        birth=birth,
    )


def _but_for(path: bytes, others: Sequence[bytes]) -> tuple[str, tuple[bytes, ...]]:
    """Return the condition on a folder's ``path`` for being a folder or lying beneath it, but in none of others."""
    condition, values = under(path)
    for other in others:
        inside, more = under(other)
        condition, values = f"{condition} AND NOT {inside}", (*values, *more)
    return condition, values
