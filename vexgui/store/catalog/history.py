"""What happened to a file: which model gave it which vectors when, what they replaced, and what else changed.

A file's first vectors write nothing here: their extents say all there is to say, and a million files are added at once.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vexgui.core.files import FileState
from vexgui.core.vectors import Source, SpaceId
from vexgui.store.catalog.values import FACT_COLUMNS, fact_values, storable
from vexgui.store.format import HISTORY_ENTRIES
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import Event, FileId, FileUpdate, HistoryEntry

_COUNTS = frozenset({"lines"})
"""Extra facts that every edit changes."""
_COLUMNS = "at_ns, event, space, model, vectors, source, hash, detail"
_HELD = (
    "SELECT s.space, s.model, sum(e.count), min(e.source), min(e.made_s)"
    " FROM extents e JOIN spaces s ON s.id = e.space_id WHERE e.file_id = ? GROUP BY e.space_id"
)


@dataclass(frozen=True, slots=True)
class Held:
    """The vectors a file has in a space: their model, how many they are, where from, and since when."""

    space: SpaceId
    model: str
    vectors: int
    source: Source
    made_s: int


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of a file before an update, as far as its history tells it.

    Attributes:
        content_hash: The content that was known.
        state: The state.
        reason: Why it failed, or "".
        unread: Whether some of it was still to be read: what is said of it then is no change.
        facts: Its facts, as columns keep them.
        held: Its vectors, by space.
        told: Whether something has happened to it before.
    """

    content_hash: bytes
    state: str
    reason: str
    unread: bool
    facts: tuple[object, ...]
    held: Mapping[SpaceId, Held]
    told: bool


def held(db: sqlite3.Connection, file_id: FileId) -> dict[SpaceId, Held]:
    """Return the vectors a file has now, by space."""
    rows = (Held(SpaceId(space), model, count, Source(source), made_s) for space, model, count, source, made_s in
            db.execute(_HELD, (file_id,)))  # fmt: skip
    return {row.space: row for row in rows}


def changes(before: Before, update: FileUpdate, models: Mapping[SpaceId, str], now_ns: int) -> list[HistoryEntry]:
    """Return what an update changes of a known file. Pure."""

    def entry(event: Event, detail: Mapping[str, object]) -> HistoryEntry:
        return HistoryEntry(now_ns, event, None, "", 0, None, update.content_hash, json.dumps(detail))

    entries: list[HistoryEntry] = []
    if before.content_hash != update.content_hash:
        entries.append(entry(Event.CONTENT, {"replaced": before.content_hash.hex(), **_lost(before, update)}))
    now = fact_values(update.facts)
    pairs = zip(FACT_COLUMNS, before.facts, now, strict=True)
    facts = {name: old for name, old, new in pairs if _news(name, old) != _news(name, new)}
    if facts and not before.unread:
        entries.append(entry(Event.FACTS, facts))
    if update.state is FileState.FAILED and (before.state, before.reason) != (update.state, storable(update.reason)):
        entries.append(entry(Event.FAILED, {"reason": storable(update.reason)}))
    news = [part for part in update.vectors if part.space not in update.held and _tells_something(before, update, part)]
    if not (entries or before.told or any(part.space in before.held for part in news)):
        return []  # its first vectors
    for part in news:
        old = before.held.get(part.space)
        entries.append(_vectors(part, models.get(part.space, ""), update.content_hash, now_ns, before, old))
    return entries


def _news(name: str, value: object) -> object:
    """Return of a fact what is worth telling when it changes: how many lines a text has, it is not."""
    if name != "extra" or not isinstance(value, str):
        return value
    return {key: said for key, said in json.loads(value).items() if key not in _COUNTS} or None


def renamed(old: bytes, now_ns: int) -> HistoryEntry:
    """Return what tells of a renaming."""
    detail = {"path": old.decode("utf-8", "replace")}
    return HistoryEntry(now_ns, Event.RENAMED, None, "", 0, None, b"", json.dumps(detail))


def note(db: sqlite3.Connection, entries: Iterable[tuple[FileId, HistoryEntry]]) -> None:
    """Add what happened to files, oldest first; what is too old goes."""
    rows = [
        (
            file_id, entry.at_ns, entry.event.value, entry.space, entry.model, entry.vectors,
            entry.source and entry.source.value, entry.content_hash, entry.detail, file_id,
        )
        for file_id, entry in entries
    ]  # fmt: skip
    db.executemany(
        f"INSERT INTO history(file_id, number, {_COLUMNS})"
        " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM history WHERE file_id = ?",
        rows,
    )
    db.executemany(
        "DELETE FROM history WHERE file_id = ?1"
        f" AND number <= (SELECT max(number) FROM history WHERE file_id = ?1) - {HISTORY_ENTRIES}",
        [(file_id,) for file_id in {row[0] for row in rows}],
    )


def is_told(db: sqlite3.Connection, file_id: FileId) -> bool:
    """Tell whether something has happened to a file."""
    return db.execute("SELECT 1 FROM history WHERE file_id = ? LIMIT 1", (file_id,)).fetchone() is not None


def read(db: sqlite3.Connection, file_id: FileId) -> tuple[HistoryEntry, ...]:
    """Return what happened to a file, newest first; vectors that never replaced any stand last."""
    stored = [
        _entry(row)
        for row in db.execute(f"SELECT {_COLUMNS} FROM history WHERE file_id = ? ORDER BY number DESC", (file_id,))
    ]
    told = {entry.space for entry in stored if entry.event is Event.VECTORS}
    (content_hash,) = db.execute("SELECT hash FROM files WHERE id = ?", (file_id,)).fetchone() or (b"",)
    first = [
        HistoryEntry(
            part.made_s * 1_000_000_000, Event.VECTORS, part.space, part.model, part.vectors, part.source,
            content_hash, "{}",
        )
        for part in held(db, file_id).values()
        if part.space not in told
    ]  # fmt: skip
    return (*stored, *first)


def _tells_something(before: Before, update: FileUpdate, part: SpaceVectors) -> bool:
    """Tell whether vectors are news: those that a record or a copy gives once more are not."""
    old = before.held.get(part.space)
    if not len(part.vectors):
        return False
    same = old is not None and old.vectors == len(part.vectors) and before.content_hash == update.content_hash
    return part.source is Source.EMBEDDED or not same


def _lost(before: Before, update: FileUpdate) -> dict[str, object]:
    """Return what a detail says of vectors that went with the old content, before there are any in their place."""
    new = {part.space for part in update.vectors} - update.held
    left = {part.space: len(part.vectors) for part in update.vectors}
    lost = [
        {"model": old.model, **_replaced(old, before)}
        for space, old in before.held.items()
        if space not in new and left.get(space, 0) < old.vectors
    ]
    return {"vectors": lost} if lost else {}


def _vectors(
    part: SpaceVectors, model: str, content_hash: bytes, now_ns: int, before: Before, old: Held | None
) -> HistoryEntry:
    replaced = {} if old is None else {"replaced": _replaced(old, before)}
    return HistoryEntry(
        now_ns, Event.VECTORS, part.space, model, len(part.vectors), part.source, content_hash, json.dumps(replaced)
    )


def _replaced(old: Held, before: Before) -> dict[str, object]:
    """Return what a detail says of vectors that are no more."""
    return {
        "vectors": old.vectors,
        "source": old.source.value,
        "made_s": old.made_s,
        "hash": before.content_hash.hex(),
    }


def _entry(row: Sequence[Any]) -> HistoryEntry:
    at_ns, event, space, model, vectors, source, content_hash, detail = row
    return HistoryEntry(
        at_ns, Event(event), space and SpaceId(space), model, vectors, source and Source(source), content_hash, detail
    )
