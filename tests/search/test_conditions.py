"""Searching among the files that a filter lets through, listing them, and putting them in order."""

import os
from dataclasses import replace

import pytest

from tests.search.conftest import Shelf, asked
from vexgui.core.errors import UsageProblem
from vexgui.core.filters import Compare, Field, Filter, Matches, Not, Op, Or
from vexgui.core.hits import Band
from vexgui.core.query import Order, Query, SortBy

RED, BLUE = "#dc1414", "#1428dc"
TEXTS = Compare(Field.KIND, Op.EQ, "text")
PICTURES = Compare(Field.KIND, Op.EQ, "image")


def among(typed: str, where: Filter | None, *order: Order) -> Query:
    return replace(asked(typed), where=where, order=order)


@pytest.fixture
def things(shelf: Shelf) -> Shelf:
    shelf.index(
        red_txt="a red herring", blue_txt="the blue sea and the red sun", red_png=RED, blue_png=BLUE, note_md="of red"
    )
    return shelf


def test_names_words_and_meaning_are_looked_for_among_what_passes_alone(things: Shelf) -> None:
    assert things.found(among("red", PICTURES))[0] == "red.png"
    assert set(things.found(among("red", PICTURES))) <= {"red.png", "blue.png"}
    assert set(things.found(among("red", Not(PICTURES)))) == {"red.txt", "note.md", "blue.txt"}
    assert things.found(among("red", Matches(Field.NAME, "note"))) == ["note.md"]
    assert things.found(among("red", Matches(Field.NAME, "nothing"))) == []


@pytest.mark.parametrize("meaning", [True, False])
def test_what_passes_is_found_however_many_better_ones_do_not(shelf: Shelf, meaning: bool) -> None:
    shelf.index(**{f"soup{number}_txt": "soup" for number in range(130)}, soup_of_old_md="a long tale, then soup")
    assert shelf.found(among("soup", Matches(Field.NAME, "*.md")), meaning=meaning) == ["soup.of.old.md"]


def test_conditions_alone_list_files_the_newest_first(things: Shelf) -> None:
    for number, name in enumerate(("note.md", "red.txt", "blue.txt")):
        os.utime(things.path(name), ns=(number, 10**18 + number))
    things.index_files(*[things.path(name) for name in ("note.md", "red.txt", "blue.txt")])
    query = Query(where=Not(PICTURES))
    answer = things.search(query, meaning=False)
    assert things.names(answer) == ["blue.txt", "red.txt", "note.md"]
    assert answer.complete
    assert {(hit.band, hit.why) for hit in answer.hits} == {(Band.STRONG, ())}
    assert things.found(query, 2) == ["blue.txt", "red.txt"]


def test_an_empty_file_is_listed_too(shelf: Shelf) -> None:
    shelf.index(a_txt="", b_txt="")
    assert set(shelf.found(Query(where=Matches(Field.NAME, "*.txt")))) == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((Order(SortBy.NAME),), ["A.txt", "b.txt", "C.txt"]),
        ((Order(SortBy.NAME, descending=True),), ["C.txt", "b.txt", "A.txt"]),
        ((Order(SortBy.SIZE),), ["b.txt", "C.txt", "A.txt"]),
        ((Order(SortBy.KIND), Order(SortBy.SIZE, descending=True)), ["A.txt", "C.txt", "b.txt"]),
        ((Order(SortBy.RELEVANCE),), ["b.txt", "C.txt", "A.txt"]),
        ((Order(SortBy.TAKEN), Order(SortBy.NAME)), ["A.txt", "b.txt", "C.txt"]),
        ((Order(SortBy.RATING, descending=True), Order(SortBy.NAME)), ["A.txt", "b.txt", "C.txt"]),
    ],
)
def test_hits_come_in_the_order_that_was_asked_for(shelf: Shelf, order: tuple[Order, ...], expected: list[str]) -> None:
    paths = [shelf.write("A.txt", "soup and then much more than that"), shelf.write("b.txt", "soup")]
    paths.append(shelf.write("C.txt", "soup and more"))
    shelf.index_files(*paths)
    assert shelf.found(among("soup", None, *order), meaning=False) == expected
    if order[0].by is not SortBy.RELEVANCE:
        assert shelf.found(Query(where=TEXTS, order=order)) == expected


def test_weak_hits_come_after_all_others_whatever_the_order(things: Shelf) -> None:
    things.index(bees_txt="bees in a hive")
    hits = things.search(among("space:texts red", None, Order(SortBy.NAME))).hits
    weak = [hit.band is Band.WEAK for hit in hits]
    assert weak == sorted(weak)
    assert True in weak
    assert False in weak


def test_what_must_and_what_must_not_occur_is_a_condition(things: Shelf) -> None:
    assert set(things.found('"red sun"')) == {"blue.txt"}
    assert "blue.txt" not in things.found("red -sea")
    assert set(things.found("-type:image")) == {"red.txt", "blue.txt", "note.md"}


def test_a_filter_too_large_for_the_catalog_is_an_error_that_says_so(things: Shelf) -> None:
    with pytest.raises(UsageProblem, match="too many conditions"):
        things.search(Query(where=Or((TEXTS,) * 1000)))


def test_an_order_alone_lists_all_files(shelf: Shelf) -> None:
    shelf.index(b_txt="pea", a_txt="pea soup", c_png="#102030")
    assert shelf.found("sort:name") == ["a.txt", "b.txt", "c.png"]
    assert shelf.found("sort:name", meaning=False) == ["a.txt", "b.txt", "c.png"]
