"""What the catalog tells of files that may be like others: what they look like, and how much text they have."""

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.store.catalog.lending import Reading
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import FileId


class Alike(Reading):
    """Tells of many files at once what likeness shows in."""

    def extra_texts(self, name: str, characters: int) -> tuple[NDArray[np.int64], list[str]]:
        """Return the files that have an extra fact of so many characters, and what it says, in the same order."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT id, said FROM (SELECT id, extra ->> ? AS said FROM files WHERE extra IS NOT NULL)"
                " WHERE length(said) = ?",
                (name, characters),
            ).fetchall()
        return np.fromiter((number for number, _ in rows), np.int64, len(rows)), [said for _, said in rows]

    def text_bytes(self, ids: Sequence[FileId]) -> dict[FileId, int]:
        """Return how many bytes of text are kept of files, by their ids; those without any are left out."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT value, (SELECT sum(length) FROM passages WHERE kind = 'text'"
                f" AND id >= value << {PASSAGE_BITS} AND id < (value + 1) << {PASSAGE_BITS}) AS kept"
                " FROM json_each(?) WHERE kept",
                (json.dumps(ids),),
            )
            return {FileId(number): int(kept) for number, kept in rows}
