"""Wide and tall pictures have square parts that overlap and leave nothing out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import MAX_SHOWN
from vexgui.extract.tiles import box_of, parts_of


@pytest.mark.parametrize(
    ("size", "parts"),
    [
        ((4000, 3000), ()),
        ((4000, 2000), ()),
        ((4001, 2000), ("left", "middle", "right")),
        ((2000, 4001), ("top", "middle", "bottom")),
        ((3000, 1000), ("left", "middle left", "middle right", "right")),
        ((1000, 4000), ("top", "upper middle", "middle", "lower middle", "bottom")),
        ((4500, 1000), tuple(f"part {number} of 6" for number in range(1, 7))),
        ((600, 63), ()),
        ((0, 0), ()),
    ],
)
def test_parts_are_named_from_the_left_or_the_top(size: tuple[int, int], parts: tuple[str, ...]) -> None:
    assert parts_of(*size) == parts


@given(st.integers(64, 3000), st.integers(64, 3000), st.integers(1, 8))
def test_parts_are_squares_that_overlap_by_a_quarter_and_reach_both_ends(width: int, height: int, shrunk: int) -> None:
    count = len(parts_of(width, height))
    if not count:
        assert max(width, height) <= 2 * min(width, height)
        return
    small = max(1, width // shrunk), max(1, height // shrunk)
    boxes = [box_of(number, count, *small) for number in range(count)]
    side = min(small)
    assert all((right - left, bottom - top) == (side, side) for left, top, right, bottom in boxes)
    assert boxes[0][:2] == (0, 0)
    assert boxes[-1][2:] == small
    if count < MAX_SHOWN - 1 and shrunk == 1:
        steps = [sum(after[:2]) - sum(before[:2]) for before, after in pairwise(boxes)]
        assert max(steps) <= 0.75 * side + 1


def test_there_is_an_end_to_the_parts() -> None:
    assert len(parts_of(100_000, 100)) == MAX_SHOWN - 1
