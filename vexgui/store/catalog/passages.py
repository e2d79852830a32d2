"""What the catalog tells of passages, their texts and the words in them."""

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import PassageKind
from vexgui.store.catalog import words
from vexgui.store.catalog.lending import LISTED, Reading
from vexgui.store.catalog.words import WordsFound
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import FileId, PassageId, PassageRow, file_of, ordinal_of, passage_id

_COLUMNS = "p.id, p.kind, p.place, passage_text(t.block, p.start, p.length)"
_JOINED = f"passages p LEFT JOIN texts t ON t.file_id = p.id >> {PASSAGE_BITS} AND t.number = p.block"
_OPENING_CHARACTERS = 300


class Passages(Reading):
    """Finds passages by id, file and words."""

    def count_passages(self) -> int:
        """Return how many passages are known."""
        with self.reading() as db:
            return int(db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def count_pictures(self) -> int:
        """Return how many passages are pictures."""
        with self.reading() as db:
            return int(db.execute("SELECT count(*) FROM passages WHERE kind = 'picture'").fetchone()[0])

    def count_pictured(self) -> int:
        """Return how many files have passages that are pictures."""
        counted = f"SELECT count(DISTINCT id >> {PASSAGE_BITS}) FROM passages WHERE kind = 'picture'"
        with self.reading() as db:
            return int(db.execute(counted).fetchone()[0])

    def passages(self, ids: Sequence[PassageId]) -> dict[PassageId, PassageRow]:
        """Return passages by their ids; unknown ids are left out."""
        with self.reading() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM {_JOINED} WHERE p.id IN ({LISTED})", (json.dumps(ids),))
            return {row.id: row for row in map(_passage_row, rows)}

    def passages_of(self, file_id: FileId) -> tuple[PassageRow, ...]:
        """Return a file's passages in order."""
        bounds = (passage_id(file_id, 0), passage_id(FileId(file_id + 1), 0))
        with self.reading() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM {_JOINED} WHERE p.id >= ? AND p.id < ? ORDER BY p.id", bounds)
            return tuple(map(_passage_row, rows))

    def openings(self, ids: Sequence[FileId]) -> dict[FileId, str]:
        """Return the first 300 characters of files' texts; files without text are left out."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT value, {_COLUMNS} FROM json_each(?), {_JOINED} WHERE p.id = (SELECT min(id) FROM passages"
                f" WHERE id >= value << {PASSAGE_BITS} AND id < (value + 1) << {PASSAGE_BITS} AND kind = 'text')",
                (json.dumps(ids),),
            )
            return {FileId(number): text[:_OPENING_CHARACTERS] for number, *_, text in rows}

    def with_words(
        self,
        terms: Sequence[str],
        limit: int,
        among: NDArray[np.int64] | None = None,
        effort: words.Effort = words.THOROUGH,
    ) -> WordsFound:
        """Return the passages that hold any of the terms, among some files or all; see `words.find`."""
        with self.reading() as db:
            return words.find(db, terms, limit, among, effort)

    def marked(self, terms: Sequence[str], passages: Sequence[PassageId]) -> dict[PassageId, str]:
        """Return the texts of those passages that hold any of the terms, with marks; see `words.marked`."""
        with self.reading() as db:
            return words.marked(db, terms, passages)


def _passage_row(row: tuple[int, str, str, str]) -> PassageRow:
    number, kind, place, text = row
    passage = PassageId(number)
    return PassageRow(passage, file_of(passage), ordinal_of(passage), PassageKind(kind), place, text)
