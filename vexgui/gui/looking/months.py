"""Months in a row, and the queries that find what is from them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vexgui.core.looking import MonthCount

_MONTHS = 12


class Dating(StrEnum):
    """What a file's month is told by; the value is the field of a query."""

    TAKEN = "taken"
    MODIFIED = "modified"


@dataclass(frozen=True, slots=True)
class Months:
    """All months of the years that any file is from; years without files are left out.

    Attributes:
        dating: What the months are told by.
        years: Ascending.
        counts: How many files are from each month, twelve a year.
    """

    dating: Dating
    years: tuple[int, ...]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, months: Sequence[MonthCount], dating: Dating) -> "Months":
        """Return counted months in a row."""
        counts = {(one.year, one.month): one.pictures if dating is Dating.TAKEN else one.files for one in months}
        years = tuple(sorted({year for (year, _), count in counts.items() if count}))
        return cls(dating, years, tuple(_in_years(counts, years)))

    @property
    def most(self) -> int:
        """How many files the month has that has the most."""
        return max(self.counts, default=0)

    @property
    def total(self) -> int:
        """How many files there are."""
        return sum(self.counts)

    def month(self, place: int) -> tuple[int, int]:
        """Return year and month at a place in the row."""
        return self.years[place // _MONTHS], place % _MONTHS + 1

    def files(self, first: int, last: int) -> int:
        """Return how many files are from some months."""
        return sum(self.counts[min(first, last) : max(first, last) + 1])

    def query(self, first: int, last: int) -> str:
        """Return the query for what is from some months."""
        first, last = min(first, last), max(first, last)
        (year, month), (last_year, last_month) = self.month(first), self.month(last)
        if (month, last_month) == (1, _MONTHS):
            span = f"{year:04}" if year == last_year else f"{year:04}..{last_year:04}"
        elif first == last:
            span = f"{year:04}-{month:02}"
        else:
            span = f"{year:04}-{month:02}..{last_year:04}-{last_month:02}"
        return f"{self.dating.value}:{span}"


def _in_years(counts: Mapping[tuple[int, int], int], years: Sequence[int]) -> list[int]:
    return [counts.get((year, month), 0) for year in years for month in range(1, _MONTHS + 1)]
