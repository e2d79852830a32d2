"""Files put into the catalog, many at once: rows, names, passages, texts and words; vectors lie elsewhere."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from vexgui.core.files import NO_LABELS, Passage
from vexgui.core.paths import decoded, folder_of, name_of
from vexgui.core.vectors import SpaceId
from vexgui.store.catalog import history
from vexgui.store.catalog.history import Before
from vexgui.store.catalog.labels import put_labels
from vexgui.store.catalog.paths import folded
from vexgui.store.catalog.texts import Compressor
from vexgui.store.catalog.values import (
    FACT_COLUMNS,
    NO_FACTS,
    STAT_COLUMNS,
    UNREAD,
    UNSEEN,
    fact_values,
    stat_values,
    storable,
)
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import FileId, FileUpdate, HistoryEntry

_COLUMNS = (
    *STAT_COLUMNS, "recipe", "unread", "root_id", "hash", "kind", "mime", "state", "reason", "indexed_ns",
    "record_note", "birth",
)  # fmt: skip
_UPDATE = f"UPDATE files SET {', '.join(f'{column} = ?' for column in (*_COLUMNS, *FACT_COLUMNS))} WHERE id = ?"
_KNOWN = (
    f"SELECT id, hash, state, reason, unread, {', '.join(FACT_COLUMNS)} FROM files WHERE folder_id = ? AND name = ?"
)
_PUT_IN = (
    "SELECT indexed_ns FROM files"
    f" WHERE folder_id = (SELECT id FROM folders WHERE path = ?) AND name = ? AND unread != {UNREAD}"
)
_LAST = (1 << PASSAGE_BITS) - 1

_PassageRow = tuple[int, str, str, int, int, int]
_TextRow = tuple[int, int, bytes]
_File = tuple[FileUpdate, FileId, Sequence[Any] | None]
"""A file, its id, and what was known of it: the columns of `_KNOWN`."""


@dataclass(slots=True)
class _Content:
    """Rows of passages, their compressed texts and their words, to be inserted together."""

    passages: list[_PassageRow] = field(default_factory=list)
    texts: list[_TextRow] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)

    def add(self, passages: Sequence[Passage], file_id: FileId, compressor: Compressor) -> None:
        """Add a file's passages, with their texts compressed."""
        first = file_id << PASSAGE_BITS
        kept = [passage for passage in passages if passage.ordinal <= _LAST]
        texts = [storable(passage.text) for passage in kept]
        if not any(texts):
            self.passages += [(first | item.ordinal, str(item.kind), storable(item.place), 0, 0, 0) for item in kept]
            return
        blocks, places = compressor.pack([text.encode() for text in texts])
        for passage, text, at in zip(kept, texts, places, strict=True):
            number = first | passage.ordinal
            self.passages.append((number, str(passage.kind), storable(passage.place), *at))
            if text:
                self.words.append((number, text))
        self.texts += [(file_id, number, block) for number, block in enumerate(blocks)]


def outdated(db: sqlite3.Connection, updates: Sequence[FileUpdate]) -> tuple[bytes, ...]:
    """Return the files that are not as they are to be replaced any more: newer, in doubt, elsewhere or forgotten."""
    return tuple(
        update.path
        for update in updates
        if update.over_ns is not None
        and db.execute(_PUT_IN, (folder_of(update.path), name_of(update.path))).fetchone() != (update.over_ns,)
    )


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
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM folders").fetchone()
    folders = folder_ids(db, {folder_of(update.path) for update in updates})
    keys = [(folders[folder_of(update.path)], name_of(update.path)) for update in updates]
    # A folder that has only now become known has no files that are.
    known = [db.execute(_KNOWN, key).fetchone() if key[0] <= last else None for key in keys]
    (free,) = db.execute("SELECT next_file FROM state").fetchone()
    numbers = count(free)
    ids = [FileId(next(numbers) if row is None else row[0]) for row in known]
    files = list(zip(updates, ids, known, strict=True))
    _note_changes(db, files, now_ns)
    values = [_values(update, now_ns, root_id) for update, root_id in zip(updates, root_ids, strict=True)]
    facts = [fact_values(update.facts) for update in updates]
    new = [place for place, row in enumerate(known) if row is None]
    _insert(db, [(*values[place], *keys[place], ids[place]) for place in new], [facts[place] for place in new])
    changed = (place for place, row in enumerate(known) if row is not None)
    db.executemany(_UPDATE, [(*values[place], *facts[place], ids[place]) for place in changed])
    names = [(ids[place], folded(decoded(keys[place][1]))) for place in new]
    db.executemany("INSERT INTO names(rowid, name) VALUES (?, ?)", names)
    db.execute("UPDATE state SET next_file = ?", (free + len(new),))
    _put_passages(db, files)
    put_labels(db, {number: file.labels for file, number, row in files if row is not None or file.labels != NO_LABELS})
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


def _insert(db: sqlite3.Connection, rows: Sequence[tuple[object, ...]], facts: Sequence[tuple[object, ...]]) -> None:
    """Add files' rows, with the facts that each file says: to bind a NULL takes as long as to bind three numbers."""
    groups: dict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
    for row, said in zip(rows, facts, strict=True):
        if said is NO_FACTS:
            groups[()].append(row)
        else:
            names = tuple(name for name, fact in zip(FACT_COLUMNS, said, strict=True) if fact is not None)
            groups[names].append((*row, *(fact for fact in said if fact is not None)))
    for names, group in groups.items():
        columns = (*_COLUMNS, "folder_id", "name", "id", *names)
        db.executemany(f"INSERT INTO files({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", group)


def _values(update: FileUpdate, now_ns: int, root_id: int) -> tuple[object, ...]:
    """Return what goes into the columns of `_COLUMNS`; plain values, because SQLite asks twice about any other."""
    return (
        *stat_values(update.stat),
        update.recipe,
        UNREAD if update.unread else UNSEEN if update.unseen else 0,
        root_id,
        update.content_hash,
        str(update.kind),
        update.mime,
        str(update.state),
        storable(update.reason),
        now_ns,
        storable(update.record_note),
        update.birth,
    )


def _note_changes(db: sqlite3.Connection, files: Iterable[_File], now_ns: int) -> None:
    """Have the history of the files that were known tell what is another now."""
    models: dict[SpaceId, str] = {SpaceId(space): name for space, name in db.execute("SELECT space, model FROM spaces")}
    entries: list[tuple[FileId, HistoryEntry]] = []
    for update, file_id, row in files:
        if row is not None:
            _, content_hash, state, reason, unread, *facts = row
            held = history.held(db, file_id)
            told = history.is_told(db, file_id)
            before = Before(content_hash, state, reason, bool(unread), tuple(facts), held, told)
            entries += [(file_id, entry) for entry in history.changes(before, update, models, now_ns)]
    history.note(db, entries)


def _put_passages(db: sqlite3.Connection, files: Iterable[_File]) -> None:
    """Keep files' passages; those of known files only where they are others than before."""
    compressor = Compressor()
    content = _Content()
    stale: list[FileId] = []
    for update, file_id, row in files:
        if row is None:
            content.add(update.passages, file_id, compressor)
            continue
        now = _Content()
        now.add(update.passages, file_id, compressor)
        if not _is_kept(db, file_id, now):
            stale.append(file_id)
            content.add(update.passages, file_id, compressor)
    delete_content(db, stale)
    db.executemany("INSERT INTO passages(id, kind, place, block, start, length) VALUES (?,?,?,?,?,?)", content.passages)
    db.executemany("INSERT INTO texts(file_id, number, block) VALUES (?, ?, ?)", content.texts)
    db.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", content.words)


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
