"""What the catalog tells of all files at once: which there are, from when, and which are duplicates."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import Kind
from vexgui.core.looking import DuplicateFile
from vexgui.core.paths import folder_of, joined, name_of
from vexgui.store.catalog.lending import Reading
from vexgui.store.rows import FileId
from vexgui.system.fingerprint import UNKNOWN_HASH

_JOINED = "files f JOIN folders d ON d.id = f.folder_id"
_SEEN = "d.path, f.name, f.kind, f.size, f.mtime_ns, f.width, f.height"


class Overview(Reading):
    """Tells what is asked of all files."""

    def with_vectors(self) -> NDArray[np.int64]:
        """Return the ids of the files that have vectors, ascending."""
        with self.reading() as db:
            rows = db.execute("SELECT DISTINCT file_id FROM extents ORDER BY file_id")
            return np.fromiter((number for (number,) in rows), np.int64)

    def all_seen(self) -> list[tuple[int, bytes, str, int]]:
        """Return id, path, kind and mtime in ns of all files, by their ids."""
        with self.reading() as db:
            rows = db.execute(f"SELECT f.id, d.path, f.name, f.kind, f.mtime_ns FROM {_JOINED} ORDER BY f.id")
            return [(number, joined(folder, name), kind, mtime_ns) for number, folder, name, kind, mtime_ns in rows]

    def ids_at(self, paths: Sequence[bytes]) -> NDArray[np.int64]:
        """Return the ids of the known files among some paths, in their order."""
        asked = "SELECT f.id FROM folders d JOIN files f ON f.folder_id = d.id WHERE d.path = ? AND f.name = ?"
        with self.reading() as db:
            rows = (db.execute(asked, (folder_of(path), name_of(path))).fetchone() for path in paths)
            return np.fromiter((row[0] for row in rows if row is not None), np.int64)

    def months_changed(self) -> dict[str, int]:
        """Return how many files were last changed in each month of local time, by "2024-07"."""
        return self._months("strftime('%Y-%m', mtime_ns / 1000000000, 'unixepoch', 'localtime')", "1")

    def months_taken(self) -> dict[str, int]:
        """Return how many files were taken in each month, by "2024-07"."""
        return self._months("substr(taken, 1, 7)", "taken IS NOT NULL")

    def same_content(self) -> list[list[DuplicateFile]]:
        """Return the files of each content that several have; further names of one file are no files of their own."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT g.first, {_SEEN} FROM (SELECT size, hash, min(id) AS first FROM files WHERE hash != ? AND size"
                " GROUP BY size, hash HAVING count(DISTINCT device || ':' || inode) > 1) g"
                " CROSS JOIN files f ON f.size = g.size AND f.hash = g.hash JOIN folders d ON d.id = f.folder_id"
                " GROUP BY g.first, f.device, f.inode ORDER BY g.first",
                (UNKNOWN_HASH,),
            )
            groups: dict[int, list[DuplicateFile]] = {}
            for first, *row in rows:
                groups.setdefault(first, []).append(_seen(tuple(row)))
        return list(groups.values())

    def seen(self, ids: Sequence[FileId]) -> dict[FileId, DuplicateFile]:
        """Return what files are compared by, by their ids; unknown ids are left out."""
        asked = f"SELECT {_SEEN} FROM {_JOINED} WHERE f.id = ?"
        with self.reading() as db:
            rows = ((number, db.execute(asked, (number,)).fetchone()) for number in ids)
            return {number: _seen(row) for number, row in rows if row is not None}

    def contents(self, ids: Sequence[FileId]) -> dict[FileId, bytes]:
        """Return the content hashes of files, by their ids."""
        with self.reading() as db:
            rows = (db.execute("SELECT id, hash FROM files WHERE id = ?", (number,)).fetchone() for number in ids)
            return {FileId(row[0]): row[1] for row in rows if row is not None}

    def _months(self, month: str, condition: str) -> dict[str, int]:
        with self.reading() as db:
            return dict(
                db.execute(
                    f"SELECT {month} AS month, count(*) FROM files WHERE {condition} GROUP BY month HAVING month > ''"
                ).fetchall()
            )


def _seen(row: tuple[Any, ...]) -> DuplicateFile:
    folder, name, kind, size, mtime_ns, width, height = row
    return DuplicateFile(joined(folder, name), Kind(kind), size, mtime_ns, width or 0, height or 0)
