"""Months stand in a row, and what is chosen of them becomes a query."""

import pytest

from vexgui.core.looking import MonthCount
from vexgui.gui.looking.months import Dating, Months

COUNTS = (MonthCount(2021, 3, 4, 0), MonthCount(2024, 7, 2, 9), MonthCount(2024, 12, 1, 0))


def test_years_without_files_are_left_out() -> None:
    changed, taken = Months.of(COUNTS, Dating.MODIFIED), Months.of(COUNTS, Dating.TAKEN)
    assert (changed.years, changed.total, changed.most) == ((2021, 2024), 7, 4)
    assert (taken.years, taken.total) == ((2024,), 9)
    assert changed.month(changed.counts.index(2)) == (2024, 7)
    assert changed.files(23, 3) == 3


@pytest.mark.parametrize(
    ("first", "last", "query"),
    [
        (2, 2, "modified:2021-03"),
        (4, 2, "modified:2021-03..2021-05"),
        (0, 11, "modified:2021"),
        (23, 0, "modified:2021..2024"),
        (11, 12, "modified:2021-12..2024-01"),
    ],
)
def test_what_is_from_some_months_is_asked_for_in_the_shortest_way(first: int, last: int, query: str) -> None:
    assert Months.of(COUNTS, Dating.MODIFIED).query(first, last) == query
