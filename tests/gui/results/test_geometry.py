"""Places of cells are arithmetic: sections, columns, keys, rubber bands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.hits import Band
from vexgui.gui.results.geometry import Box, Geometry, Measures

GRID = Measures(columns=3, cell_width=100, cell_height=50, header_height=30, bottom=10)
BANDS = ((Band.STRONG, 4), (Band.MAYBE, 3), (Band.WEAK, 1))
"""Lines: 0 1 2 / 3 - - (strong), 4 5 6 (maybe), 7 (weak)."""


def test_sections_lie_under_each_other_with_their_headers() -> None:
    laid = Geometry(8, BANDS, GRID)
    assert [(section.band, section.first, section.count, section.top) for section in laid.sections] == [
        (Band.STRONG, 0, 4, 0),
        (Band.MAYBE, 4, 3, 130),
        (Band.WEAK, 7, 1, 210),
    ]
    assert laid.height == 300
    assert laid.box(3) == Box(0, 80, 100, 50)
    assert laid.box(5) == Box(100, 160, 100, 50)
    assert laid.header(laid.sections[1]) == Box(0, 130, 300, 30)


def test_rows_beyond_the_bands_have_no_header_and_bands_beyond_the_rows_are_cut() -> None:
    beyond = Geometry(6, ((Band.STRONG, 2),), GRID)
    assert [(section.band, section.count) for section in beyond.sections] == [(Band.STRONG, 2), (None, 4)]
    cut = Geometry(3, BANDS, GRID)
    assert [(section.band, section.count) for section in cut.sections] == [(Band.STRONG, 3)]


def test_no_rows_have_no_height() -> None:
    empty = Geometry(0, (), GRID)
    assert empty.height == 0
    assert list(empty.rows_between(0, 1000)) == []
    assert empty.row_at(5, 5) == -1


@given(
    total=st.integers(1, 300),
    counts=st.lists(st.integers(0, 90), max_size=3),
    columns=st.integers(1, 7),
    data=st.data(),
)
def test_a_point_in_a_rows_cell_is_that_row(total: int, counts: list[int], columns: int, data: st.DataObject) -> None:
    laid = Geometry(total, tuple(zip(Band, counts, strict=False)), Measures(columns, 40, 30, 20))
    row = data.draw(st.integers(0, total - 1))
    box = laid.box(row)
    assert laid.row_at(box.left, box.top) == row
    assert laid.row_at(box.left + box.width - 1, box.top + box.height - 1) == row
    assert row in laid.rows_between(box.top + 3, box.top + 4)
    assert sum(section.count for section in laid.sections) == total


@pytest.mark.parametrize(
    ("row", "lines", "expected"),
    [(0, 1, 3), (1, 1, 3), (3, 1, 4), (5, 1, 7), (7, 1, 7), (7, -1, 4), (4, -1, 3), (6, -1, 3), (2, -1, 0), (1, 9, 7)],
)
def test_up_and_down_keep_the_column_across_sections(row: int, lines: int, expected: int) -> None:
    assert Geometry(8, BANDS, GRID).below(row, lines) == expected


def test_a_rubber_band_holds_the_cells_it_touches() -> None:
    laid = Geometry(8, BANDS, GRID)
    assert [list(rows) for rows in laid.rows_within(120, 40, 220, 170)] == [[1, 2], [5, 6]]
    assert [list(rows) for rows in laid.rows_within(0, 0, 10, 20)] == []
    assert [list(rows) for rows in laid.rows_within(0, 40, 299, 300)] == [[0, 1, 2, 3], [4, 5, 6], [7]]


def test_of_100_000_rows_only_those_in_sight_are_told() -> None:
    laid = Geometry(100_000, ((Band.STRONG, 10), (Band.WEAK, 99_990)), GRID)
    assert len(laid.rows_between(800_000, 800_700)) == 45
    assert laid.box(99_999).top < laid.height


def test_headers_in_sight_are_told() -> None:
    laid = Geometry(8, BANDS, GRID)
    assert [section.band for section in laid.headers_between(140, 215)] == [Band.MAYBE, Band.WEAK]


@pytest.mark.parametrize(
    ("height", "band"), [(0, Band.STRONG), (129, Band.STRONG), (130, Band.MAYBE), (289, Band.WEAK), (290, None)]
)
def test_a_height_is_covered_by_one_section(height: int, band: Band | None) -> None:
    section = Geometry(8, BANDS, GRID).section_over(height)
    assert (section and section.band) == band


def test_only_the_first_line_has_nothing_above_it() -> None:
    laid = Geometry(8, BANDS, GRID)
    assert [row for row in range(8) if laid.is_on_first_line(row)] == [0, 1, 2]
