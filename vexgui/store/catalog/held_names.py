"""All names as they are held in memory: as they once were, and what has been another since."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vexgui.store.catalog.name_blob import NameBlob, TooManyLeapsError
from vexgui.store.catalog.patterns import TRIGRAM
from vexgui.store.rows import FileId

_AT_ONCE = 200

_Named = tuple[int, str, int]
"""Letters, name and file: what names are ordered by."""


class NameChanges:
    """The files that were added, renamed or removed since some moment, and the names that they got.

    One thread adds while others read. What is added for a commit that failed does no harm.
    """

    def __init__(self) -> None:
        self.files: set[int] = set()
        self._named: list[_Named] = []

    def __len__(self) -> int:
        return len(self._named) + len(self.files)

    def add(self, rows: Iterable[tuple[int, str | None]]) -> None:
        """Note files with the names they have from now on, folded; None for those that are gone."""
        for file_id, name in rows:
            self.files.add(file_id)
            if name is not None:
                self._named.append((len(name), name, file_id))

    def holding(self, parts: Sequence[str], allowed: bytes | None) -> set[_Named]:
        """Return the names noted that hold every part; see `NameBlob.holding`."""
        found = self._named.copy()
        for part in parts:
            found = [item for item in found if part in item[1]]
        return {item for item in found if allowed is None or (item[2] < len(allowed) and allowed[item[2]])}


@dataclass(frozen=True, slots=True)
class HeldNames:
    """Finds names in memory, for one who looks at a state of the catalog that is no older than them.

    Attributes:
        blob: The names as they once were.
        changes: All that changed between then and the state that is looked at, and maybe more.
    """

    blob: NameBlob
    changes: NameChanges

    def best(
        self,
        parts: Sequence[str],
        limit: int,
        allowed: bytes | None,
        names_now: Callable[[Sequence[int]], dict[int, str]],
    ) -> tuple[FileId, ...] | None:
        """Return the files whose names hold every part, best first, None where the trigram index is quicker.

        Args:
            parts: What is looked for, folded.
            limit: How many are wanted, at least 1.
            allowed: See `NameBlob.holding`.
            names_now: Returns the names that files have in the state that is looked at, folded.
        """
        try:
            sure, doubted = self._unchanged(parts, limit, allowed)
        except TooManyLeapsError:
            return None
        doubted |= self.changes.holding(parts, allowed)
        if len(sure) == limit:
            doubted = {item for item in doubted if item < sure[-1]}
        sure += _confirmed(sorted(doubted), limit, names_now)
        return tuple(FileId(file_id) for _, _, file_id in sorted(sure)[:limit])

    def _unchanged(self, parts: Sequence[str], limit: int, allowed: bytes | None) -> tuple[list[_Named], set[_Named]]:
        """Return as many names as are wanted that are as they were, and those on the way that may be others now."""
        sure: list[_Named] = []
        doubted: set[_Named] = set()
        for place in self.blob.holding(parts, allowed, bounded=any(len(part) >= TRIGRAM for part in parts)):
            name = self.blob.name(place)
            item = (len(name), name, self.blob.id(place))
            if item[2] in self.changes.files:
                doubted.add(item)
                continue
            sure.append(item)
            if len(sure) == limit:
                break
        return sure, doubted


def _confirmed(
    doubted: Sequence[_Named], limit: int, names_now: Callable[[Sequence[int]], dict[int, str]]
) -> list[_Named]:
    """Return the first of the names that files do have, as many as are wanted or a few more."""
    sure: list[_Named] = []
    for start in range(0, len(doubted), _AT_ONCE):
        if len(sure) >= limit:
            break
        some = doubted[start : start + _AT_ONCE]
        now = names_now([file_id for _, _, file_id in some])
        sure += [item for item in some if now.get(item[2]) == item[1]]
    return sure
