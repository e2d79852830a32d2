"""An answer is gone through row by row, further down than its first hits, and says how much of what it holds."""

import os
import re

import pytest

from tests.search.conftest import Shelf, asked
from vexgui.core.errors import UsageProblem
from vexgui.core.files import Kind
from vexgui.core.filters import Under
from vexgui.core.hits import Answer, Band, Hit
from vexgui.core.query import Order, Query, SortBy
from vexgui.search.rankings import MOST
from vexgui.search.searcher import Searcher

RED, BLUE = "#dc1414", "#1428dc"
BY_NAME = (Order(SortBy.NAME),)


@pytest.fixture
def searcher(shelf: Shelf) -> Searcher:
    """A searcher over ten notes that are found by the word soup, and two pictures that are not."""
    shelf.index(**{f"n{number}_txt": f"soup number {number}" for number in range(10)}, a_png=RED, b_png=BLUE)
    return shelf.searcher


def ask(searcher: Searcher, typed: str, limit: int = 3, **how: Kind) -> Answer:
    return searcher.search(asked(typed), limit, meaning=True, **how)


def rest(searcher: Searcher, answer: Answer) -> tuple[Hit, ...]:
    return searcher.hits_of(answer.token, 0, answer.total + 5)


# Counts


def test_a_listing_knows_how_many_files_there_are_and_of_which_kinds(searcher: Searcher) -> None:
    answer = ask(searcher, "sort:name")
    assert (len(answer.hits), answer.total) == (3, 12)
    assert answer.kinds == ((Kind.TEXT, 10), (Kind.IMAGE, 2))
    assert answer.bands == ()


def test_an_answer_by_relevance_says_how_many_files_are_in_each_band(searcher: Searcher) -> None:
    answer = ask(searcher, "n3 soup")
    told = [hit.band for hit in rest(searcher, answer)]
    assert answer.total == len(told) >= 10
    assert answer.bands == tuple((band, told.count(band)) for band in Band if band in told)
    assert ask(searcher, "soup sort:name").bands == ()
    assert ask(searcher, "soup sort:relevance").bands != ()


def test_one_kind_is_counted_among_all_and_told_of_alone(searcher: Searcher) -> None:
    answer = ask(searcher, "sort:name", 10, kind=Kind.IMAGE)
    assert [hit.kind for hit in answer.hits] == [Kind.IMAGE, Kind.IMAGE]
    assert answer.total == 2
    assert answer.kinds == ask(searcher, "sort:name").kinds


def test_what_is_asked_of_no_file_has_nothing_to_go_through(searcher: Searcher) -> None:
    answer = ask(searcher, "")
    assert (answer.total, answer.kinds, answer.bands) == (0, (), ())
    with pytest.raises(UsageProblem):
        searcher.hits_of(answer.token, 0, 1)


def test_files_like_others_are_narrowed_and_ordered_as_answers_are(shelf: Shelf, searcher: Searcher) -> None:
    answer = searcher.similar([shelf.path("n3.txt")], 20, order=BY_NAME, kind=Kind.TEXT)
    placed = [(hit.band is Band.WEAK, hit.path) for hit in answer.hits]
    assert placed == sorted(placed) != []
    assert {hit.kind for hit in answer.hits} == {Kind.TEXT}
    assert rest(searcher, answer) == answer.hits


# Rows


@pytest.mark.parametrize("typed", ["soup", "sort:name", "type:text", "soup sort:-name", "like:n3.txt"])
def test_the_first_rows_are_the_hits_and_the_others_follow(shelf: Shelf, searcher: Searcher, typed: str) -> None:
    typed = typed.replace("like:", f"like:{os.fsdecode(shelf.folder)}/")
    answer = ask(searcher, typed)
    assert searcher.hits_of(answer.token, 0, 3) == answer.hits
    pages = [hit for start in range(0, answer.total, 4) for hit in searcher.hits_of(answer.token, start, 4)]
    assert tuple(pages) == rest(searcher, answer) == ask(searcher, typed, answer.total).hits
    assert searcher.hits_of(answer.token, answer.total, 4) == ()


def test_copies_are_one_row_wherever_it_stands(shelf: Shelf) -> None:
    paths = [shelf.write(f"{name}{copy}.txt", f"soup {name}") for name in "abcd" for copy in range(3)]
    shelf.index_files(*paths)
    searcher = shelf.searcher
    answer = ask(searcher, "sort:name", 2)
    assert answer.total == 4
    rows = rest(searcher, answer)
    assert [re.sub(r".*/", "", os.fsdecode(hit.path)) for hit in rows] == ["a0.txt", "b0.txt", "c0.txt", "d0.txt"]
    assert [len(hit.copies) for hit in rows] == [2, 2, 2, 2]


def test_rows_stay_where_they_are_whatever_is_indexed_meanwhile(shelf: Shelf, searcher: Searcher) -> None:
    answer = ask(searcher, "sort:name")
    before = rest(searcher, answer)
    shelf.index(aaa_txt="soup that comes first")
    assert rest(searcher, answer) == before
    assert ask(searcher, "sort:name").total == answer.total + 1


def test_a_token_names_nothing_of_another_store(shelf: Shelf, searcher: Searcher) -> None:
    answer = ask(searcher, "sort:name")
    made_anew = shelf.searcher
    for _ in range(MOST):
        ask(made_anew, "soup")
    with pytest.raises(UsageProblem, match="not kept any more"):
        made_anew.hits_of(answer.token, 0, 1)


# What has become of the files


def test_a_file_that_is_gone_keeps_its_row_and_says_so(shelf: Shelf, searcher: Searcher) -> None:
    answer = ask(searcher, "sort:name")
    gone = shelf.path("n5.txt")
    os.unlink(gone)
    rows = rest(searcher, answer)
    assert [hit.path for hit in rows if hit.gone] == [gone]
    assert (len(rows), shelf.stale) == (answer.total, [gone])
    shelf.store.forget([gone])
    (row,) = [hit for hit in rest(searcher, answer) if hit.gone]
    assert (row.path, row.kind) == (b"", Kind.TEXT)
    assert rest(searcher, answer).index(row) == [hit.gone for hit in rows].index(True)


def test_a_copy_stands_in_for_a_file_that_is_gone(shelf: Shelf) -> None:
    paths = [shelf.write(name, "lentil soup") for name in ("a.txt", "b.txt")]
    shelf.index_files(*paths)
    searcher = shelf.searcher
    answer = ask(searcher, "sort:name")
    os.unlink(paths[0])
    (row,) = rest(searcher, answer)
    assert (row.path, row.gone, row.copies) == (paths[1], False, ())


def test_a_file_that_has_changed_since_is_stale_and_no_answer_any_more(shelf: Shelf, searcher: Searcher) -> None:
    answer = ask(searcher, "sort:name")
    changed = shelf.write("n5.txt", "something that is much longer than it was before")
    assert [hit.path for hit in rest(searcher, answer) if hit.stale] == [changed]
    again = ask(searcher, "sort:name", 20)
    assert again.total == answer.total - 1
    assert changed not in [hit.path for hit in again.hits]


def test_files_on_a_drive_that_is_away_are_marked(shelf: Shelf) -> None:
    drive = shelf.path("drive")
    shelf.store.set_roots([drive])
    shelf.index_files(*[shelf.write(f"drive/{number}.txt", f"soup {number}") for number in range(5)])
    shelf.index(near_txt="soup nearby")
    searcher = shelf.searcher
    before = ask(searcher, "sort:name")
    os.rename(drive, shelf.path("elsewhere"))
    assert [hit.offline for hit in rest(searcher, before)] == [True] * 5 + [False]
    asked_for = searcher.search(Query(where=Under(drive), order=BY_NAME), 3, meaning=True)
    assert [hit.offline for hit in (*asked_for.hits, *rest(searcher, asked_for))] == [True] * 8
    assert not any(hit.stale or hit.gone for hit in asked_for.hits)


def test_a_drive_that_is_away_and_was_not_asked_for_is_not_counted(shelf: Shelf) -> None:
    drive = shelf.path("drive")
    shelf.store.set_roots([drive])
    shelf.index_files(*[shelf.write(f"drive/{number}.txt", f"soup {number}") for number in range(30)])
    shelf.index(a_txt="soup", z_txt="more soup")
    os.rename(drive, shelf.path("elsewhere"))
    searcher = shelf.searcher
    for typed in ("sort:-name", "soup"):
        answer = ask(searcher, typed, 2)
        assert (answer.total, answer.kinds) == (2, ((Kind.TEXT, 2),)), typed


# How long


def test_the_last_answers_are_kept(searcher: Searcher) -> None:
    first = ask(searcher, "soup")
    for _ in range(MOST - 1):
        ask(searcher, "sort:name")
    assert rest(searcher, first)
    ask(searcher, "sort:name")
    with pytest.raises(UsageProblem, match=re.escape("That answer is not kept any more.")):
        rest(searcher, first)


def test_the_paths_of_rows_are_told_without_a_look_at_the_files(searcher: Searcher) -> None:
    answer = ask(searcher, "soup sort:name")
    told = [hit.path for hit in rest(searcher, answer)]
    os.unlink(told[2])
    assert searcher.paths_of(answer.token, [range(1, 3), range(8, 50)]) == (*told[1:3], *told[8:])
    assert searcher.paths_of(answer.token, []) == ()


def test_the_paths_of_files_that_are_not_known_any_more_are_left_out(shelf: Shelf, searcher: Searcher) -> None:
    answer = ask(searcher, "soup sort:name")
    told = [hit.path for hit in rest(searcher, answer)]
    shelf.store.forget([told[0]])
    assert searcher.paths_of(answer.token, [range(10)]) == tuple(told[1:])


def test_the_paths_of_an_answer_that_is_not_kept_cannot_be_told(searcher: Searcher) -> None:
    with pytest.raises(UsageProblem, match="not kept"):
        searcher.paths_of(10**9, [range(3)])
