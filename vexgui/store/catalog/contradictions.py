"""What in the catalog contradicts itself: rows that lead nowhere, and texts that are not what was written."""

import sqlite3
from collections.abc import Iterator

import zstandard

from vexgui.core.paths import joined, shown
from vexgui.core.told import told
from vexgui.store.catalog.texts import TextReader
from vexgui.store.format import PASSAGE_BITS

_ASTRAY = {
    told("files that lie in no folder"): "FROM files WHERE folder_id NOT IN (SELECT id FROM folders)",
    told("files that have no name to be found by"): "FROM files WHERE id NOT IN (SELECT rowid FROM names)",
    told("names without a file"): "FROM names WHERE rowid NOT IN (SELECT id FROM files)",
    told("passages without a file"): f"FROM passages WHERE id >> {PASSAGE_BITS} NOT IN (SELECT id FROM files)",
    told(
        "passages that have lost their texts"
    ): "FROM passages WHERE length AND id NOT IN (SELECT id FROM passage_blocks)",
    told("texts without a file"): "FROM texts WHERE file_id NOT IN (SELECT id FROM files)",
    told("events without a file"): "FROM history WHERE file_id NOT IN (SELECT id FROM files)",
    told("runs of slots without a file"): "FROM extents WHERE file_id NOT IN (SELECT id FROM files)",
    told("runs of slots without a space"): "FROM extents WHERE space_id NOT IN (SELECT id FROM spaces)",
}
"""What may not be, and how it is counted."""
_BLOCKS = (
    "WITH passage_blocks AS (SELECT p.id FROM passages p JOIN texts t"
    f" ON t.file_id = p.id >> {PASSAGE_BITS} AND t.number = p.block)"
)


def contradictions(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return what contradicts itself, a sentence each.

    Raises:
        sqlite3.Error: The catalog cannot be read to its end.
    """
    return (*_in_pages(db), *_astray(db), *_in_texts(db))


def _in_pages(db: sqlite3.Connection) -> Iterator[str]:
    return (f"The catalog: {line}." for (line,) in db.execute("PRAGMA quick_check(20)") if line != "ok")


def _astray(db: sqlite3.Connection) -> Iterator[str]:
    for what, where in _ASTRAY.items():
        (count,) = db.execute(f"{_BLOCKS} SELECT count(*) {where}").fetchone()
        if count:
            yield f"The catalog has {count} {what}."


def _in_texts(db: sqlite3.Connection) -> Iterator[str]:
    reader = TextReader()
    rows = db.execute(
        "SELECT d.path, f.name, t.block FROM texts t JOIN files f ON f.id = t.file_id"
        " JOIN folders d ON d.id = f.folder_id"
    )
    for folder, name, block in rows:
        try:
            reader.text(block, 0, 1)
        except (zstandard.ZstdError, UnicodeDecodeError):
            yield f"The text of {shown(joined(folder, name))} is damaged in the catalog."
