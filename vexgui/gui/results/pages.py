"""The rows of one answer, held page by page: a few pages are kept, the others are asked for when they are looked at."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from vexgui.core.hits import Answer, Hit

PAGE = 100
"""Rows that are asked for at a time."""
_MOST_PAGES = 24
"""Pages kept: some 2,400 hits, a few megabytes."""


class HitPages:
    """Pages of hits, the least recently looked at forgotten first.

    Args:
        answer: The answer whose ranking they are of; its hits are the first pages.
        former: Pages of an earlier answer to the same question. Its hits are shown where new ones are still
            awaited, so that nothing flickers.
    """

    def __init__(self, answer: Answer, former: "HitPages | None" = None) -> None:
        self.token = answer.token
        self.total = max(answer.total, len(answer.hits))
        self._pages: OrderedDict[int, tuple[Hit, ...]] = OrderedDict()
        self._partial: dict[int, tuple[Hit, ...]] = {} if former is None else former.held()
        for start in range(0, len(answer.hits), PAGE):
            self._put(start // PAGE, answer.hits[start : start + PAGE])

    def hit(self, row: int) -> Hit | None:
        """Return the hit of a row, None where it is not here (yet)."""
        if not 0 <= row < self.total:
            return None
        number, at = divmod(row, PAGE)
        page = self._pages.get(number) or self._partial.get(number, ())
        return page[at] if at < len(page) else None

    def sure(self, row: int) -> Hit | None:
        """Return the hit of a row if it is of this answer, not one that stands in for it."""
        number, at = divmod(row, PAGE)
        page = self._pages.get(number, ())
        return page[at] if at < len(page) else None

    def held(self) -> dict[int, tuple[Hit, ...]]:
        """Return the pages that are here, by number."""
        return {**self._partial, **self._pages}

    def hits(self) -> Iterator[tuple[int, Hit]]:
        """Go through the rows that are here and belong to this answer, with their numbers."""
        for number in sorted(self._pages):
            yield from enumerate(self._pages[number], number * PAGE)

    def touch(self, rows: Iterable[int]) -> None:
        """Take that rows are looked at: their pages are forgotten last."""
        for number in {row // PAGE for row in rows}:
            if number in self._pages:
                self._pages.move_to_end(number)

    def missing(self, rows: range) -> int | None:
        """Return the first page that some rows need and that is not here, None if all are."""
        stop = min(rows.stop, self.total)
        for number in range(max(0, rows.start) // PAGE, -(-stop // PAGE)):
            if number not in self._pages:
                return number
        return None

    def stretch(self, number: int) -> tuple[int, int]:
        """Return the first row of a page and how many it has."""
        start = number * PAGE
        return start, min(PAGE, self.total - start)

    def take(self, number: int, hits: tuple[Hit, ...]) -> None:
        """Keep a page that has come."""
        self._pages[number] = hits
        self._partial.pop(number, None)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)

    def _put(self, number: int, hits: tuple[Hit, ...]) -> None:
        """Keep a page of the answer itself; one that was cut off is shown until it has come whole."""
        if len(hits) == self.stretch(number)[1]:
            self._pages[number] = hits
            self._partial.pop(number, None)
        else:
            self._partial[number] = hits
