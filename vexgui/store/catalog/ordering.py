"""Files in an order that somebody asked for, and files of one content."""

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.core.filters import Filter
from vexgui.core.query import Order, SortBy
from vexgui.store.catalog.conditions import MADE, condition
from vexgui.store.catalog.lending import Reading, ids_in
from vexgui.store.rows import FileId
from vexgui.system.fingerprint import UNKNOWN_HASH

_VALUES = {
    # From the table that FTS5 keeps names in, see "FTS5 Data Structures" in its manual: asking it takes twice as long.
    SortBy.NAME: "(SELECT c0 FROM names_content WHERE id = f.id)",
    SortBy.SIZE: "f.size",
    SortBy.MODIFIED: "f.mtime_ns",
    SortBy.TAKEN: "f.taken",
    SortBy.CREATED: MADE,
    SortBy.KIND: "f.kind",
    SortBy.RATING: "(SELECT rating FROM ratings WHERE file_id = f.id)",
}
_MOST_CONTENTS = 5000
"""SQLite takes 32,766 parameters; a content is two, and a filter may have many."""

Content = tuple[int, bytes]
"""Size and content hash."""


class Ordering(Reading):
    """Puts files in order, and finds those that are the same."""

    def listed(self, where: Filter, order: Sequence[Order], limit: int = -1) -> NDArray[np.int64]:
        """Return the first of the files that a filter lets through, or all; the newest first where no order is given.

        Returns:
            Their ids, [n] int64.
        """
        text, values = condition(where)
        keys = ", ".join(_keys(order, ""))
        with self.reading() as db:
            chosen = f"SELECT f.id FROM files f WHERE {text} ORDER BY {keys}, f.id LIMIT ?"
            return ids_in(db, chosen, (*values, limit))

    def in_order(self, files: Sequence[FileId], order: Sequence[Order]) -> tuple[FileId, ...]:
        """Return files in an order; those that are equal in it, and by relevance all, stay as they are given."""
        keys = ", ".join((*_keys(order, "j.key"), "j.key"))
        with self.reading() as db:
            rows = db.execute(
                f"SELECT f.id FROM json_each(?) j JOIN files f ON f.id = j.value ORDER BY {keys}", (json.dumps(files),)
            )
            return tuple(FileId(number) for (number,) in rows)

    def with_contents(
        self, contents: Sequence[Content], where: Filter | None = None
    ) -> dict[Content, tuple[FileId, ...]]:
        """Return the files of each content that a filter lets through, by ascending ids.

        Empty files are no copies of each other, nor are those whose content nobody may read.
        """
        text, values = ("1", ()) if where is None else condition(where)
        found: dict[Content, list[FileId]] = {}
        asked = list(dict.fromkeys(filter(is_telling, contents)))
        for start in range(0, len(asked), _MOST_CONTENTS):
            chunk = asked[start : start + _MOST_CONTENTS]
            listed = ", ".join(["(?, ?)"] * len(chunk))
            with self.reading() as db:
                # In this order, the filter last: SQLite goes through all files where pairs are looked for by IN, and
                # for each content through all that a filter lets through where it sees both at once.
                rows = db.execute(
                    "WITH same AS MATERIALIZED (SELECT s.size, s.hash, s.id"
                    f" FROM (VALUES {listed}) AS v CROSS JOIN files s ON s.size = v.column1 AND s.hash = v.column2)"
                    f" SELECT f.size, f.hash, f.id FROM same CROSS JOIN files f ON f.id = +same.id WHERE {text}"
                    " ORDER BY f.id",
                    (*(value for content in chunk for value in content), *values),
                )
                for size, content_hash, number in rows:
                    found.setdefault((size, content_hash), []).append(FileId(number))
        return {content: tuple(numbers) for content, numbers in found.items()}


def is_telling(content: Content) -> bool:
    """Tell whether files of a content are copies of each other: not where it is empty, or not known."""
    size, content_hash = content
    return size > 0 and content_hash != UNKNOWN_HASH


def _keys(order: Sequence[Order], relevance: str) -> list[str]:
    """Return what SQL sorts by, by age where that would be nothing; a file that does not say comes last either way.

    Args:
        order: What was asked for.
        relevance: SQL of a file's place by relevance, "" where it has none.
    """
    keys: list[str] = []
    for key in order:
        value = relevance if key.by is SortBy.RELEVANCE else _VALUES[key.by]
        if value:
            keys.append(f"{value} {'DESC' if key.descending else 'ASC'} NULLS LAST")
    return keys or ["f.mtime_ns DESC"]
