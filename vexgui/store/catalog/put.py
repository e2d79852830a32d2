"""Files put into the catalog, many at once: rows, names, passages, texts and words; vectors lie elsewhere."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vexgui.core.paths import folder_of, name_of, shown
from vexgui.core.vectors import SpaceId
from vexgui.store.catalog import history
from vexgui.store.catalog.history import Before
from vexgui.store.catalog.paths import folded
from vexgui.store.catalog.texts import Compressor
from vexgui.store.catalog.values import FACT_COLUMNS, STAT_COLUMNS, fact_values, stat_values, storable
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import FileId, FileUpdate, HistoryEntry

_COLUMNS = (
    *STAT_COLUMNS, "recipe", "unread", "root_id", "hash", "kind", "mime", "state", "reason", "indexed_ns",
    "record_note", *FACT_COLUMNS,
)  # fmt: skip
_INSERT = (
    f"INSERT INTO files({', '.join(_COLUMNS)}, folder_id, name, id) VALUES ({', '.join('?' * (len(_COLUMNS) + 3))})"
)
_UPDATE = f"UPDATE files SET {', '.join(f'{column} = ?' for column in _COLUMNS)} WHERE id = ?"
_KNOWN = (
    f"SELECT id, hash, state, reason, unread, {', '.join(FACT_COLUMNS)} FROM files WHERE folder_id = ? AND name = ?"
)
_LAST = (1 << PASSAGE_BITS) - 1

_PassageRow = tuple[int, str, str, int | None, int, int]
_TextRow = tuple[int, int, bytes]


@dataclass(slots=True)
class _Content:
    """Rows of passages, their compressed texts and their words, to be inserted together."""

    passages: list[_PassageRow] = field(default_factory=list)
    texts: list[_TextRow] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "_Content") -> None:
        """Take over another's rows."""
        self.passages += other.passages
        self.texts += other.texts
        self.words += other.words


def put_files(
    db: sqlite3.Connection, updates: Sequence[FileUpdate], now_ns: int, root_ids: Sequence[int]
) -> list[FileId]:
    """Keep files, each path once, replacing what was known of it but its id, its extents and its history.

    Args:
        db: Inside a transaction.
        updates: The files.
        now_ns: When, ns since 1970.
        root_ids: The innermost root of each; 0 for none.

    Returns:
        The files' ids, in the order of the updates.
    """
    folders = folder_ids(db, {folder_of(update.path) for update in updates})
    keys = [(folders[folder_of(update.path)], name_of(update.path)) for update in updates]
    known = [db.execute(_KNOWN, key).fetchone() for key in keys]
    (free,) = db.execute("SELECT next_file FROM state").fetchone()
    ids: list[FileId] = []
    added: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    names: list[tuple[int, str]] = []
    for update, key, row, root_id in zip(updates, keys, known, root_ids, strict=True):
        values = _values(update, now_ns, root_id)
        if row is None:
            ids.append(FileId(free))
            added.append((*values, *key, free))
            names.append((free, folded(shown(key[1]))))
            free += 1
        else:
            ids.append(FileId(row[0]))
            changed.append((*values, row[0]))
    _note_changes(db, zip(updates, known, strict=True), now_ns)
    db.executemany(_INSERT, added)
    db.executemany(_UPDATE, changed)
    db.executemany("INSERT INTO names(rowid, name) VALUES (?, ?)", names)
    db.execute("UPDATE state SET next_file = ?", (free,))
    _put_passages(db, updates, ids, known)
    return ids


def folder_ids(db: sqlite3.Connection, paths: Iterable[bytes]) -> dict[bytes, int]:
    """Return the ids of folders, which become known where they are not."""
    ids: dict[bytes, int] = {}
    for path in paths:
        row = db.execute("SELECT id FROM folders WHERE path = ?", (path,)).fetchone()
        ids[path] = row[0] if row else db.execute("INSERT INTO folders(path) VALUES (?)", (path,)).lastrowid or 0
    return ids


def delete_content(db: sqlite3.Connection, file_ids: Sequence[FileId]) -> None:
    """Remove files' passages with their texts and words."""
    ranges = [_passage_range(file_id) for file_id in file_ids]
    db.executemany(
        "INSERT INTO words(words, rowid, text) SELECT 'delete', id, text FROM passage_texts WHERE id BETWEEN ? AND ?",
        ranges,
    )
    db.executemany("DELETE FROM passages WHERE id BETWEEN ? AND ?", ranges)
    db.executemany("DELETE FROM texts WHERE file_id = ?", [(file_id,) for file_id in file_ids])


def _values(update: FileUpdate, now_ns: int, root_id: int) -> tuple[object, ...]:
    """Return what goes into the columns of `_COLUMNS`; plain values, because SQLite asks twice about any other."""
    return (
        *stat_values(update.stat),
        update.recipe,
        1 if update.unread else 0,
        root_id,
        update.content_hash,
        update.kind.value,
        update.mime,
        update.state.value,
        storable(update.reason),
        now_ns,
        storable(update.record_note),
        *fact_values(update.facts),
    )


def _note_changes(
    db: sqlite3.Connection, files: Iterable[tuple[FileUpdate, Sequence[Any] | None]], now_ns: int
) -> None:
    """Have the history of the files that were known tell what is another now."""
    models: dict[SpaceId, str] = {SpaceId(space): name for space, name in db.execute("SELECT space, model FROM spaces")}
    entries: list[tuple[FileId, HistoryEntry]] = []
    for update, row in files:
        if row is not None:
            number, content_hash, state, reason, unread, *facts = row
            file_id = FileId(number)
            held = history.held(db, file_id)
            before = Before(content_hash, state, reason, bool(unread), tuple(facts), held)
            entries += [(file_id, entry) for entry in history.changes(before, update, models, now_ns)]
    history.note(db, entries)


def _put_passages(
    db: sqlite3.Connection,
    updates: Sequence[FileUpdate],
    ids: Sequence[FileId],
    known: Sequence[Sequence[Any] | None],
) -> None:
    """Keep files' passages; those of known files only where they are others than before."""
    compressor = Compressor()
    content = _Content()
    stale: list[FileId] = []
    for update, file_id, row in zip(updates, ids, known, strict=True):
        now = _content(update, file_id, compressor)
        if row is not None:
            if _is_kept(db, file_id, now):
                continue
            stale.append(file_id)
        content.add(now)
    delete_content(db, stale)
    db.executemany("INSERT INTO passages(id, kind, place, block, start, length) VALUES (?,?,?,?,?,?)", content.passages)
    db.executemany("INSERT INTO texts(file_id, number, block) VALUES (?, ?, ?)", content.texts)
    db.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", content.words)


def _content(update: FileUpdate, file_id: FileId, compressor: Compressor) -> _Content:
    first = file_id << PASSAGE_BITS
    kept = [passage for passage in update.passages if passage.ordinal <= _LAST]
    texts = [storable(passage.text) for passage in kept]
    blocks, places = compressor.pack([text.encode() for text in texts])
    return _Content(
        [
            (first | passage.ordinal, passage.kind.value, storable(passage.place), at.block, at.start, at.length)
            for passage, at in zip(kept, places, strict=True)
        ],
        [(file_id, number, block) for number, block in enumerate(blocks)],
        [(first | passage.ordinal, text) for passage, text in zip(kept, texts, strict=True) if text],
    )


def _is_kept(db: sqlite3.Connection, file_id: FileId, content: _Content) -> bool:
    """Tell whether a file's passages and texts are in the catalog already, as they are."""
    passages = db.execute(
        "SELECT id, kind, place, block, start, length FROM passages WHERE id BETWEEN ? AND ? ORDER BY id",
        _passage_range(file_id),
    ).fetchall()
    if passages != sorted(content.passages):
        return False
    texts = db.execute("SELECT file_id, number, block FROM texts WHERE file_id = ? ORDER BY number", (file_id,))
    return texts.fetchall() == content.texts


def _passage_range(file_id: FileId) -> tuple[int, int]:
    first = file_id << PASSAGE_BITS
    return first, first | _LAST
