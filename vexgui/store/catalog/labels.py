"""Labels in the catalog: the tags and ratings that the desktop keeps on files, each in a table beside them."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from vexgui.core.files import Labels
from vexgui.store.catalog.lending import LISTED
from vexgui.store.catalog.values import storable
from vexgui.store.rows import FileId


def put_labels(db: sqlite3.Connection, labels: Mapping[FileId, Labels]) -> None:
    """Keep what the desktop says of files, in place of what it said before."""
    delete_labels(db, list(labels))
    db.executemany(
        "INSERT OR IGNORE INTO tags(file_id, tag) VALUES (?, ?)",
        [(file_id, storable(tag)) for file_id, said in labels.items() for tag in said.tags],
    )
    rated = [(file_id, said.rating) for file_id, said in labels.items() if said.rating is not None]
    db.executemany("INSERT INTO ratings(file_id, rating) VALUES (?, ?)", rated)


def delete_labels(db: sqlite3.Connection, file_ids: Sequence[FileId]) -> None:
    """Forget what the desktop said of files."""
    listed = json.dumps(file_ids)
    db.execute(f"DELETE FROM tags WHERE file_id IN ({LISTED})", (listed,))
    db.execute(f"DELETE FROM ratings WHERE file_id IN ({LISTED})", (listed,))


def labels_of(db: sqlite3.Connection, file_ids: Iterable[FileId]) -> dict[FileId, Labels]:
    """Return what the desktop says of files; those of which it says nothing are left out."""
    listed = json.dumps(list(file_ids))
    tags: dict[FileId, list[str]] = {}
    for file_id, tag in db.execute(
        f"SELECT file_id, tag FROM tags WHERE file_id IN ({LISTED}) ORDER BY tag", (listed,)
    ):
        tags.setdefault(file_id, []).append(tag)
    ratings: dict[FileId, int] = dict(
        db.execute(f"SELECT file_id, rating FROM ratings WHERE file_id IN ({LISTED})", (listed,))
    )
    return {number: Labels(tuple(tags.get(number, ())), ratings.get(number)) for number in tags.keys() | ratings.keys()}


def tag_counts(db: sqlite3.Connection, among: Sequence[FileId] | None = None) -> dict[str, int]:
    """Return how many files have each tag, by its name; with ``among``, how many of those."""
    where = "" if among is None else f" WHERE file_id IN ({LISTED})"
    listed = () if among is None else (json.dumps(among),)
    return dict(db.execute(f"SELECT tag, count(*) FROM tags{where} GROUP BY tag ORDER BY tag", listed))
