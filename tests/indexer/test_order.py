"""The newest and most looked-at files come first."""

from collections.abc import Mapping

import pytest

from vexgui.indexer.order import by_interest
from vexgui.system.recent import Look

DAY_S = 24 * 3600.0
NOW_S = 2_000_000_000.0


def changed(days_ago: float) -> int:
    return int((NOW_S - days_ago * DAY_S) * 1e9)


def looked(count: int, days_ago: float) -> Look:
    return Look(count, NOW_S - days_ago * DAY_S)


CASES: dict[str, tuple[Mapping[bytes, int], Mapping[bytes, Look], list[bytes]]] = {
    "nothing": ({}, {b"/a": looked(3, 0)}, []),
    "newest first": (
        {b"/old": changed(900), b"/new": changed(1), b"/mid": changed(30)},
        {},
        [b"/new", b"/mid", b"/old"],
    ),
    "looked at before new": (
        {b"/new": changed(0), b"/seen": changed(900)},
        {b"/seen": looked(2, 1)},
        [b"/seen", b"/new"],
    ),
    "most looked-at first": (
        {b"/once": changed(90), b"/often": changed(90)},
        {b"/once": looked(1, 1), b"/often": looked(9, 1)},
        [b"/often", b"/once"],
    ),
    "long ago counts less": (
        {b"/then": changed(900), b"/now": changed(900)},
        {b"/then": looked(10, 300), b"/now": looked(1, 1)},
        [b"/now", b"/then"],
    ),
    "never looked at, very old": ({b"/a": changed(30_000), b"/b": changed(20_000)}, {}, [b"/b", b"/a"]),
    "a clock that was wrong": ({b"/future": changed(-4000), b"/new": changed(1)}, {}, [b"/future", b"/new"]),
    "a look without a time": ({b"/seen": changed(5), b"/new": changed(1)}, {b"/seen": Look(1, 0)}, [b"/new", b"/seen"]),
    "others' looks": ({b"/a": changed(2), b"/b": changed(1)}, {b"/c": looked(99, 0)}, [b"/b", b"/a"]),
}


@pytest.mark.parametrize("case", CASES)
def test_files_come_in_the_order_of_interest(case: str) -> None:
    files, looks, expected = CASES[case]
    assert by_interest(files, looks, NOW_S) == expected
