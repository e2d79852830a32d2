"""A figure knows whether it is as good as was aimed for."""

import pytest

from vexgui.bench.figure import Figure, median_s, taken_s


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("search", 9.0, "ms", aim=10.0), True),
        (Figure("search", 10.0, "ms", aim=10.0), True),
        (Figure("search", 10.1, "ms", aim=10.0), False),
        (Figure("recall", 0.98, "", aim=0.98, more_is_better=True), True),
        (Figure("recall", 0.97, "", aim=0.98, more_is_better=True), False),
        (Figure("insert", 1.0, "files/s", more_is_better=True), None),
    ],
)
def test_an_aim_is_met_from_the_better_side(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


@pytest.mark.parametrize(
    ("figure", "peer", "times"),
    [
        (Figure("search", 2.0, "ms"), 8.0, 4.0),
        (Figure("search", 8.0, "ms"), 2.0, 0.25),
        (Figure("insert", 8.0, "files/s", more_is_better=True), 2.0, 4.0),
    ],
)
def test_a_peer_is_compared_in_the_direction_that_is_better(figure: Figure, peer: float, times: float) -> None:
    assert figure.times_better(peer) == times


def test_an_action_is_timed_once_or_so_many_times_after_one_that_does_not_count() -> None:
    calls: list[int] = []
    assert taken_s(lambda: calls.append(1)) >= 0
    assert median_s(lambda: calls.append(2), 3) >= 0
    assert calls == [1, 2, 2, 2, 2]
