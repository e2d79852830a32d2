"""The store's benchmark runs from end to end with little, and its figures mean what they say. No speed is asserted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.figures import by_name
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.bench.store import churn, inserting, opening, pages, records
from vexgui.bench.store.placements import Append, Buddy, FirstFit, Placement


def beginning(figures: dict[str, Figure], words: str) -> Figure:
    (found,) = (figure for what, figure in figures.items() if what.startswith(words))
    return found


@pytest.mark.model
def test_a_record_is_smaller_than_vectorvfs_attribute_and_both_are_measured(conditions: Conditions) -> None:
    figures = by_name(records.measure(conditions))
    size = figures["a file's record of one vector"]
    assert size.met
    assert 3_500 < size.peers["VectorVFS, 1024 components"] < 3_750
    assert size.peers["rclip, a row of its table"] > 2_048
    assert len(beginning(figures, "read a record").peers) == 3


def test_inserting_is_measured_beside_blobs(conditions: Conditions) -> None:
    figures = by_name(inserting.measure(conditions))
    assert {figure.aim for figure in figures.values()} == {50_000}
    assert all(len(figure.peers) == 1 for figure in figures.values())


def test_a_large_store_is_opened_weighed_and_its_links_followed(tmp_path: Path) -> None:
    conditions = Conditions(os.fsencode(tmp_path), lambda sentence: None, quick=True, vectors=2_005)
    figures = by_name(opening.measure(conditions))
    opened = beginning(figures, "open a store of 2,000 vectors")
    assert opened.aim is None, "the aim is for a million"
    assert beginning(figures, "a vector of 512 components").met
    assert beginning(figures, "the same in a store").value > 512
    assert sum(what.startswith("from a ") for what in figures) >= 5


def test_every_page_size_is_measured(conditions: Conditions) -> None:
    figures = by_name(pages.measure(conditions))
    assert len(figures) == 3
    assert all(len(figure.peers) == 3 for figure in figures.values())


def test_churn_is_measured_with_other_allocators_and_in_the_store(conditions: Conditions) -> None:
    figures = by_name(churn.measure(conditions))
    assert {"first fit", "append, compacted when 15 % is lost"} == set(
        beginning(figures, "slots lost to fragmentation").peers
    )
    assert beginning(figures, "slots lost after its compaction").met
    assert beginning(figures, "its columns, compacted").value > 0


@pytest.mark.parametrize("make", [Buddy, FirstFit, Append])
def test_a_placement_without_gaps_loses_nothing(make: Callable[[], Placement]) -> None:
    placement = make()
    placement.insert({1: 3, 2: 300, 3: 1})
    assert (placement.lost, placement.whole, placement.moved) == (0, 1, 0)
    placement.delete([1, 2, 3])
    assert placement.lost == 0


@pytest.mark.parametrize("make", [Buddy, FirstFit])
def test_a_placement_fills_gaps(make: Callable[[], Placement]) -> None:
    placement = make()
    placement.insert(dict.fromkeys(range(10), 8))
    placement.delete([2, 5])
    assert placement.lost == pytest.approx(16 / 80)
    placement.insert({20: 8, 21: 4, 22: 4})
    assert placement.lost == 0


def test_first_fit_joins_gaps_on_both_sides() -> None:
    placement = FirstFit()
    placement.insert({1: 2, 2: 2, 3: 2, 4: 2})
    for file in (1, 3, 2):
        placement.delete([file])
    placement.insert({5: 6})
    assert placement.lost == 0
    placement.delete([4])
    placement.insert({6: 1})
    assert placement.lost == 0


def test_appending_copies_what_is_live_when_too_much_is_lost() -> None:
    placement = Append()
    placement.insert(dict.fromkeys(range(100), 1))
    placement.delete(range(15))
    assert (placement.lost, placement.moved) == (0.15, 0)
    placement.delete([15])
    assert (placement.lost, placement.moved) == (0, 84)


def test_churn_is_the_same_every_time_and_keeps_the_number_of_files() -> None:
    once, again = list(churn.rounds(40)), list(churn.rounds(40))
    assert once == again
    here: set[int] = set()
    for one in once:
        assert here.issuperset(one.leaving)
        here -= set(one.leaving)
        assert here.isdisjoint(one.coming)
        here |= one.coming.keys()
        assert len(here) == 40
    assert len(once) == churn.ROUNDS + 1
