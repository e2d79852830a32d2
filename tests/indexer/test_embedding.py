"""A model is asked for as many passages at a time as it does in half a second."""

import pytest

from vexgui.indexer.embedding import Pace


@pytest.mark.parametrize(
    ("calls", "left", "asked"),
    [
        ([], 32, 4),
        ([], 3, 3),
        ([], 5, 3),
        ([(4, 0.1)], 32, 16),  # twenty at most, in two calls
        ([(4, 0.1)], 10, 10),
        ([(4, 0.001)], 96, 32),
        ([(4, 0.001)], 33, 17),
        ([(4, 0.1), (8, 2.0)], 32, 4),
        ([(4, 9.0), (4, 0.1)], 30, 15),  # the model was loaded during the first
        ([(4, 0.0)], 32, 32),
    ],
)
def test_calls_are_small_at_first_and_then_even_ones_of_half_a_second(
    calls: list[tuple[int, float]], left: int, asked: int
) -> None:
    pace = Pace()
    for passages, seconds in calls:
        pace.took(passages, seconds)
    assert pace.next_call(left) == asked
