"""When folders are scanned again."""

import pytest

from vexgui.indexer.schedule import Keeping, Visit, calm_s, due_s

HOUR_S = 3600


@pytest.mark.parametrize(
    ("visit", "keeping", "on_battery", "wait_s"),
    [
        (Visit(100), Keeping.WATCHED, False, HOUR_S),
        (Visit(100), Keeping.WATCHED, True, 6 * HOUR_S),
        (Visit(100, took_s=1), Keeping.REMOTE, False, 600),
        (Visit(100, took_s=20), Keeping.REMOTE, False, 1000),
        (Visit(100, took_s=1000), Keeping.REMOTE, False, HOUR_S),
        (Visit(100, took_s=1), Keeping.REMOTE, True, HOUR_S),
        (Visit(100, failures=1), Keeping.REMOTE, False, 30),
        (Visit(100, failures=3), Keeping.REMOTE, True, 120),
        (Visit(100, failures=5000), Keeping.REMOTE, False, 1800),
    ],
)
def test_a_folder_is_scanned_hourly_a_remote_one_by_its_cost_and_a_silent_one_less_and_less_often(
    visit: Visit, keeping: Keeping, on_battery: bool, wait_s: float
) -> None:
    assert due_s(visit, keeping, 0.5, on_battery=on_battery) == 100 + wait_s


def test_a_strange_drive_is_judged_when_nothing_came_into_it_for_a_while_and_a_large_one_by_its_cost() -> None:
    assert calm_s(Visit(100, took_s=0.01), 101) == 111
    assert calm_s(Visit(100, took_s=1), 101) == 1100


def test_jitter_moves_a_scan_by_a_tenth_at_most_either_way() -> None:
    first, last = (due_s(Visit(0), Keeping.WATCHED, jitter, on_battery=False) for jitter in (0.0, 1.0))
    assert (first, last) == (0.9 * HOUR_S, 1.1 * HOUR_S)
