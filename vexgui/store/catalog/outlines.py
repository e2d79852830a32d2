"""What many files at once are like, in arrays: their kinds, and which of them are copies of each other."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import Kind
from vexgui.store.catalog.lending import LISTED, Reading, ids_in
from vexgui.store.catalog.ordering import Content, is_telling
from vexgui.system.fingerprint import UNKNOWN_HASH

KINDS = tuple(Kind)
"""The kinds by their numbers."""

_FEW = 10_000
"""So many files are looked up one by one: 1.2 µs each. Of more, what concerns them is taken from the indices of all
files: 0.3 µs for each that there is."""

_TWINS = (
    "SELECT f.id, g.first FROM (SELECT size, hash, min(id) AS first FROM files WHERE hash != ? AND size"
    " GROUP BY size, hash HAVING count(*) > 1) g CROSS JOIN files f ON f.size = g.size AND f.hash = g.hash"
)


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """What some files are like, in their order.

    Attributes:
        kinds: Places in `KINDS`, [n] uint8.
        twins: The same number, not 0, for files of one content, [n] int64; 0 where a file is nobody's copy.
    """

    kinds: NDArray[np.uint8]
    twins: NDArray[np.int64]


class Outlining(Reading):
    """Tells what many files are like."""

    def outlines(self, files: NDArray[np.int64]) -> Outlines:
        """Return what files are like; all of them are known."""
        return self._looked_up(files) if len(files) <= _FEW else self._taken(files)

    def _looked_up(self, files: NDArray[np.int64]) -> Outlines:
        numbers = {kind.value: number for number, kind in enumerate(KINDS)}
        kinds: dict[int, int] = {}
        twins: dict[int, int] = {}
        firsts: dict[Content, int] = {}
        with self.reading() as db:
            rows = db.execute(
                f"SELECT id, kind, size, hash FROM files WHERE id IN ({LISTED})", (json.dumps(files.tolist()),)
            )
            for file, kind, *content in rows:
                kinds[file] = numbers[kind]
                same = (content[0], content[1])
                twins[file] = firsts.setdefault(same, file) if is_telling(same) else 0
        asked = files.tolist()
        return Outlines(
            np.array([kinds[file] for file in asked], np.uint8), np.array([twins[file] for file in asked], np.int64)
        )

    def _taken(self, files: NDArray[np.int64]) -> Outlines:
        end = int(files.max()) + 1
        kinds, twins = np.zeros(end, np.uint8), np.zeros(end, np.int64)
        with self.reading() as db:
            for number, kind in enumerate(KINDS):
                kinds[ids_in(db, "SELECT id FROM files WHERE kind = ? AND id < ?", (kind.value, end))] = number
            for file, first in db.execute(_TWINS, (UNKNOWN_HASH,)):
                if file < end:
                    twins[file] = first
        return Outlines(kinds[files], twins[files])
