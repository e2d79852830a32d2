"""The catalog: files, passages, names and words in SQLite; reading side and writing side."""

import json
import queue
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import FileStat, FileState, Kind, PassageKind
from vexgui.core.paths import folder_of, joined, name_of
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.catalog import words
from vexgui.store.catalog.schema import open_catalog, told
from vexgui.store.catalog.words import WordsFound
from vexgui.store.rows import FileId, FileRow, KnownFile, PassageId, PassageRow, facts_from_json

_FILE_COLUMNS = (
    "id, folder, name, device, inode, size, mtime_ns, ctime_ns, mode, uid, hash, kind, mime, state, reason, recipe,"
    " facts, indexed_ns, record_note"
)
_LISTED = "SELECT value FROM json_each(?)"
_LACKING = (
    "EXISTS (SELECT 1 FROM passages p WHERE p.file_id = f.id AND (p.kind = 'picture') = (? = 'picture'))"
    # The + keeps SQLite from going through the whole space for every file.
    " AND NOT EXISTS (SELECT 1 FROM passages p JOIN vectors v ON v.passage_id = p.id"
    " WHERE p.file_id = f.id AND +v.space_id = ?)"
)
_TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class KeptSpace:
    """A space as the catalog keeps it: its number there, and the codec and generation of its columns."""

    number: int
    space: Space
    codec: CodecName
    generation: int


class Catalog:
    """Reads and writes the catalog; safe to use from any thread.

    Reading takes a connection of its own from a pool and sees the last commit. Writing is serialised.

    Args:
        path: The database file.
        writable: Whether this process owns it for writing.
    """

    def __init__(self, path: bytes, *, writable: bool) -> None:
        self._path = path
        self._writer = open_catalog(path, writable=writable)
        self._write_lock = threading.RLock()
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a read-only connection; SQLite's failures come out as core errors."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = open_catalog(self._path, writable=False)
        try:
            yield connection
        except sqlite3.Error as error:
            raise told(error, self._path) from error
        finally:
            self._idle.put(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection inside a transaction, which an exception rolls back."""
        with self._write_lock:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException as error:
                # SQLite has rolled back by itself after a full disk and the like.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise told(error, self._path) from error
                raise

    def close(self) -> None:
        """Close every connection that is not lent."""
        while not self._idle.empty():
            self._idle.get_nowait().close()
        self._writer.close()  # last: who closes last writes the log back into the database

    def vacuum(self) -> None:
        """Give unused pages back to the disk."""
        with self._write_lock:
            try:
                self._writer.execute("INSERT INTO words(words) VALUES ('optimize')")
                self._writer.execute("VACUUM")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                raise told(error, self._path) from error

    # Spaces

    def spaces(self) -> tuple[KeptSpace, ...]:
        """Return the spaces that have columns."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT id, space, model, modality, dim, picture_px, codec, generation FROM spaces"
            ).fetchall()
        return tuple(
            KeptSpace(number, Space(SpaceId(space), model, Modality(modality), dim, px), CodecName(codec), generation)
            for number, space, model, modality, dim, px, codec, generation in rows
        )

    def space(self, space: SpaceId) -> KeptSpace | None:
        """Return a space that has columns, or None."""
        return next((kept for kept in self.spaces() if kept.space.id == space), None)

    def add_space(self, space: Space, codec: CodecName) -> KeptSpace:
        """Keep a space whose columns lie ready, in their first generation."""
        with self.writing() as db:
            cursor = db.execute(
                "INSERT INTO spaces(space, model, modality, dim, picture_px, codec, generation)"
                " VALUES (?, ?, ?, ?, ?, ?, 1)",
                (space.id, space.model, space.modality, space.dim, space.picture_px, codec),
            )
        return KeptSpace(cursor.lastrowid or 0, space, codec, 1)

    # Files

    def file(self, path: bytes) -> FileRow | None:
        """Return what is known of a path."""
        return self._one("folder = ? AND name = ?", (folder_of(path), name_of(path)))

    def file_with_content(self, content_hash: bytes, size: int, recipe: int) -> FileRow | None:
        """Return some well-indexed file of the same content, if one is known."""
        return self._one(
            "hash = ? AND size = ? AND recipe = ? AND state = ?", (content_hash, size, recipe, FileState.INDEXED)
        )

    def files(self, ids: Sequence[FileId]) -> dict[FileId, FileRow]:
        """Return files by their ids; unknown ids are left out."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT {_FILE_COLUMNS} FROM files WHERE id IN ({_LISTED})", (json.dumps(ids),)
            ).fetchall()
        return {row.id: row for row in map(_file_row, rows)}

    def paths(self, ids: Sequence[FileId]) -> dict[FileId, bytes]:
        """Return files' paths by their ids; unknown ids are left out."""
        with self.reading() as db:
            rows = db.execute(f"SELECT id, folder, name FROM files WHERE id IN ({_LISTED})", (json.dumps(ids),))
            return {FileId(number): joined(folder, name) for number, folder, name in rows}

    def folder(self, path: bytes) -> dict[bytes, KnownFile]:
        """Return what a scan compares of the known files that lie directly in a folder, by name."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT name, inode, size, mtime_ns, ctime_ns, recipe FROM files WHERE folder = ?", (path,)
            ).fetchall()
        return {name: KnownFile(inode % (1 << 64), *rest) for name, inode, *rest in rows}

    def folders_under(self, path: bytes) -> tuple[bytes, ...]:
        """Return the folders with known files at or beneath a path."""
        with self.reading() as db:
            condition, values = under(path)
            rows = db.execute(f"SELECT DISTINCT folder FROM files WHERE {condition}", values)
            return tuple(folder for (folder,) in rows)

    def device_under(self, path: bytes) -> int | None:
        """Return the device number that some known file beneath a folder was last seen on; None when none is known."""
        condition, values = under(path)
        with self.reading() as db:
            row = db.execute(f"SELECT device FROM files WHERE {condition} LIMIT 1", values).fetchone()
        return None if row is None else int(row[0])

    def all_files(self) -> Iterator[FileRow]:
        """Go through all files, in pages, in the order of their ids."""
        last = 0
        while True:
            with self.reading() as db:
                rows = db.execute(
                    f"SELECT {_FILE_COLUMNS} FROM files WHERE id > ? ORDER BY id LIMIT 1000", (last,)
                ).fetchall()
            if not rows:
                return
            yield from map(_file_row, rows)
            last = rows[-1][0]

    def failures(self, limit: int) -> tuple[tuple[bytes, str], ...]:
        """Return paths and reasons of files that could not be read, newest first."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT folder, name, reason FROM files WHERE state != 'indexed' ORDER BY indexed_ns DESC LIMIT ?",
                (limit,),
            )
            return tuple((joined(folder, name), reason) for folder, name, reason in rows)

    def count_files(self, folder: bytes = b"") -> tuple[int, int]:
        """Return how many files are known, and of how many the contents were unreadable."""
        condition, values = under(folder) if folder else ("1", ())
        with self.reading() as db:
            row = db.execute(
                f"SELECT count(*), count(*) FILTER (WHERE state != 'indexed') FROM files WHERE {condition}", values
            ).fetchone()
        return row[0], row[1]

    def count_passages(self) -> int:
        """Return how many passages are known."""
        with self.reading() as db:
            return int(db.execute("SELECT count(*) FROM passages").fetchone()[0])

    # Passages, words and names

    def passages(self, ids: Sequence[PassageId]) -> dict[PassageId, PassageRow]:
        """Return passages by their ids; unknown ids are left out."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT id, file_id, ordinal, kind, place, text FROM passages WHERE id IN ({_LISTED})",
                (json.dumps(ids),),
            ).fetchall()
        return {row.id: row for row in map(_passage_row, rows)}

    def passages_of(self, file_id: FileId) -> tuple[PassageRow, ...]:
        """Return a file's passages in order."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT id, file_id, ordinal, kind, place, text FROM passages WHERE file_id = ? ORDER BY ordinal",
                (file_id,),
            ).fetchall()
        return tuple(map(_passage_row, rows))

    def openings(self, ids: Sequence[FileId]) -> dict[FileId, str]:
        """Return the first 300 characters of files' texts; files without text are left out."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT file_id, substr(text, 1, 300), min(ordinal) FROM passages"
                f" WHERE file_id IN ({_LISTED}) AND kind = 'text' GROUP BY file_id",
                (json.dumps(ids),),
            )
            return {FileId(number): text for number, text, _ in rows}

    def files_of(self, passages: Sequence[PassageId]) -> dict[PassageId, FileId]:
        """Return the files that passages belong to; unknown passages are left out."""
        with self.reading() as db:
            rows = db.execute(f"SELECT id, file_id FROM passages WHERE id IN ({_LISTED})", (json.dumps(passages),))
            return {PassageId(passage): FileId(file) for passage, file in rows}

    def with_words(self, terms: Sequence[str], limit: int) -> WordsFound:
        """Return the passages that hold any of the terms; see `words.find`."""
        with self.reading() as db:
            return words.find(db, terms, limit)

    def marked(self, terms: Sequence[str], passages: Sequence[PassageId]) -> dict[PassageId, str]:
        """Return the texts of those passages that hold any of the terms, with marks; see `words.marked`."""
        with self.reading() as db:
            return words.marked(db, terms, passages)

    def with_names(self, parts: Sequence[str], limit: int) -> tuple[FileId, ...]:
        """Return the files whose names hold every part, whatever the case and the accents; shortest names first."""
        wanted = [part for part in map(folded, parts) if part]
        if not wanted:
            return ()
        conditions = ["instr(name, ?)" for part in wanted if len(part) < _TRIGRAM]
        values = [part for part in wanted if len(part) < _TRIGRAM]
        indexed = [words.phrase(part) for part in wanted if len(part) >= _TRIGRAM]
        if indexed:
            conditions.append("names MATCH ?")
            values.append(" AND ".join(indexed))
        with self.reading() as db:
            rows = db.execute(
                f"SELECT rowid FROM names WHERE {' AND '.join(conditions)} ORDER BY length(name), rowid LIMIT ?",
                (*values, limit),
            )
            return tuple(FileId(row[0]) for row in rows)

    # Vectors

    def slots(self, space: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the slots of a space that hold vectors, ascending, and the passages they belong to."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT slot, passage_id FROM vectors WHERE space_id = ? ORDER BY slot", (space,)
            ).fetchall()
        pairs = np.array(rows, np.int64).reshape(len(rows), 2)
        return pairs[:, 0].copy(), pairs[:, 1].copy()

    def slots_needed(self, space: int) -> int:
        """Return how many slots the columns of a space must have at least to hold every vector."""
        with self.reading() as db:
            row = db.execute("SELECT coalesce(max(slot), -1) + 1 FROM vectors WHERE space_id = ?", (space,)).fetchone()
        return int(row[0])

    def lacks_vectors(self, file_id: FileId, space: int, modality: Modality) -> bool:
        """Tell whether a file has passages of a modality and not a single vector in a space."""
        with self.reading() as db:
            row = db.execute(
                f"SELECT 1 FROM files f WHERE id = ? AND {_LACKING}", (file_id, modality, space)
            ).fetchone()
        return row is not None

    def lacking_vectors(self, space: int, modality: Modality) -> tuple[bytes, ...]:
        """Return the files that have passages of a modality and not a single vector in a space."""
        with self.reading() as db:
            rows = db.execute(f"SELECT folder, name FROM files f WHERE {_LACKING}", (modality, space))
            return tuple(joined(folder, name) for folder, name in rows)

    def slots_of(self, file_id: FileId, space: int) -> tuple[tuple[int, int, PassageId], ...]:
        """Return ordinal, slot and passage of a file's vectors in a space, by ordinal."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT p.ordinal, v.slot, p.id FROM passages p JOIN vectors v ON v.passage_id = p.id"
                " WHERE p.file_id = ? AND v.space_id = ? ORDER BY p.ordinal",
                (file_id, space),
            )
            return tuple((ordinal, slot, PassageId(passage)) for ordinal, slot, passage in rows)

    def with_vectors(self, space: int, passages: Sequence[PassageId]) -> set[PassageId]:
        """Return those of some passages that have a vector in a space."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT passage_id FROM vectors WHERE passage_id IN ({_LISTED}) AND space_id = ?",
                (json.dumps(passages), space),
            )
            return {PassageId(row[0]) for row in rows}

    def paths_of_slots(self, space: int, slots: Sequence[int]) -> tuple[bytes, ...]:
        """Return the files whose vectors lie in slots of a space, each once, ascending."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT f.folder, f.name FROM vectors v JOIN passages p ON p.id = v.passage_id"
                f" JOIN files f ON f.id = p.file_id WHERE v.space_id = ? AND v.slot IN ({_LISTED})",
                (space, json.dumps(slots)),
            )
            return tuple(sorted(joined(folder, name) for folder, name in rows))

    def next_passage(self) -> int:
        """Return a passage id above every one in use."""
        with self.reading() as db:
            return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM passages").fetchone()[0])

    def _one(self, condition: str, values: Sequence[object]) -> FileRow | None:
        with self.reading() as db:
            row = db.execute(f"SELECT {_FILE_COLUMNS} FROM files WHERE {condition} LIMIT 1", values).fetchone()
        return None if row is None else _file_row(row)


def under(path: bytes) -> tuple[str, tuple[bytes, ...]]:
    """Return the condition for files beneath a folder: the folder itself, or the range of its subfolders."""
    if path == b"/":
        return "1", ()
    return "(folder = ? OR (folder > ? AND folder < ?))", (path, path + b"/", path + b"0")


def folded(name: str) -> str:
    """Return a name as it is searched: without the differences of case, accents and composition."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _file_row(row: tuple[Any, ...]) -> FileRow:
    (
        number, folder, name, device, inode, size, mtime_ns, ctime_ns, mode, uid, content_hash, kind, mime, state,
        reason, recipe, facts, indexed_ns, note,
    ) = row  # fmt: skip
    return FileRow(
        id=FileId(number),
        path=joined(folder, name),
        stat=FileStat(device, inode % (1 << 64), size, mtime_ns, ctime_ns, mode, uid),
        content_hash=content_hash,
        kind=Kind(kind),
        mime=mime,
        state=FileState(state),
        reason=reason,
        recipe=recipe,
        facts=facts_from_json(facts),
        indexed_ns=indexed_ns,
        record_note=note,
    )


def _passage_row(row: tuple[int, int, int, str, str, str]) -> PassageRow:
    number, file_id, ordinal, kind, place, text = row
    return PassageRow(PassageId(number), FileId(file_id), ordinal, PassageKind(kind), place, text)
