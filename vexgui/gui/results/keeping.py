"""What of a selection is carried from one answer to the next: files, not rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vexgui.core.hits import Hit


@dataclass(frozen=True, slots=True)
class Kept:
    """What was selected.

    Attributes:
        paths: The files that are known to have been selected.
        current: The file the keyboard was on, b"" for none.
        all: Whether everything was selected, more than is known by path.
    """

    paths: frozenset[bytes] = frozenset()
    current: bytes = b""
    all: bool = False

    @classmethod
    def of(cls, picked: Sequence[Hit], current: Hit | None, *, everything: bool) -> "Kept":
        """Return what is to be carried of a selection."""
        return cls(frozenset(hit.path for hit in picked), b"" if current is None else current.path, everything)

    def found(self, hits: Iterable[Hit | None], start: int) -> list[range]:
        """Return the rows, counted from ``start``, of hits that were selected."""
        if not self.paths:
            return []
        rows = (row for row, hit in enumerate(hits, start) if hit is not None and hit.path in self.paths)
        return [range(row, row + 1) for row in rows]
