"""The text index under the searcher: what holds searched words, and where."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import Shelf, new_shelf
from vexgui.store.catalog.words import QUICK, THOROUGH, Effort, WordHit, WordsFound


def find(shelf: Shelf, *terms: str, limit: int = 100, effort: Effort = THOROUGH) -> WordsFound:
    return shelf.store.catalog.with_words(terms, limit, effort=effort)


def marked(shelf: Shelf, *terms: str) -> set[str]:
    every = [
        passage.id for row in shelf.store.catalog.all_files() for passage in shelf.store.catalog.passages_of(row.id)
    ]
    return {text.strip() for text in shelf.store.catalog.marked(terms, every).values()}


def texts(shelf: Shelf, hits: tuple[WordHit, ...]) -> list[str]:
    passages = shelf.store.catalog.passages([hit.passage_id for hit in hits])
    return [passages[hit.passage_id].text.strip() for hit in hits]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with new_shelf(tmp_path_factory.mktemp("books")) as shelf:
        shelf.index(
            one_txt="apples and pears\n\nonly apples\n\nApple trees in a garden",
            two_txt="pears\n\na garden with a pond",
            three_txt="nothing of the kind\n\nthe and of\n\ncafé at the corner",
        )
        yield shelf


def test_passages_that_hold_every_word_come_first(books: Shelf) -> None:
    found = find(books, "apple", "pear")
    assert texts(books, found.hits)[0] == "apples and pears"
    assert [hit.held for hit in found.hits] == [(0, 1), (1,), (0,), (0,)]


def test_it_says_how_many_passages_hold_each_word(books: Shelf) -> None:
    found = find(books, "apple", "pear", "plum", "garden", "the")
    assert found.counts == (3, 2, 0, 2, 3)
    assert found.passages == books.store.catalog.count_passages()


def test_a_word_that_occurs_nowhere_does_not_keep_the_others_from_being_found(books: Shelf) -> None:
    found = find(books, "plum", "pond")
    assert texts(books, found.hits) == ["a garden with a pond"]
    assert found.hits[0].held == (1,)


def test_hits_name_their_file_and_how_close_they_come(books: Shelf) -> None:
    found = find(books, "garden")
    rows = books.store.catalog.files([hit.file_id for hit in found.hits])
    assert {row.path for row in rows.values()} == {books.path("one.txt"), books.path("two.txt")}
    assert found.hits[0].closeness == 1
    assert all(0 < hit.closeness <= 1 for hit in found.hits)


def test_no_words_find_nothing(books: Shelf) -> None:
    assert find(books).hits == find(books, "plum").hits == find(books, "___").hits == ()
    assert marked(books) == set()


def test_no_more_are_found_than_wanted(books: Shelf) -> None:
    assert len(find(books, "apple", "pear", "garden", limit=2).hits) == 2
    assert find(books, "apple", limit=0).hits == ()


def test_common_words_are_left_out_where_ranking_them_would_take_long(books: Shelf) -> None:
    found = find(books, "apple", "pond", effort=Effort(100, ranked=2, newest=100))
    assert found.counts == (3, 1)
    assert texts(books, found.hits) == ["a garden with a pond"]


def test_of_a_single_common_word_the_newest_passages_are_found(books: Shelf) -> None:
    for effort in (Effort(100, ranked=1, newest=100), Effort(1, ranked=100, newest=100)):
        assert texts(books, find(books, "apple", limit=1, effort=effort).hits) == ["Apple trees in a garden"]


@pytest.mark.parametrize("counted", [1, 2, 100])
def test_passages_that_hold_every_word_come_first_however_common_the_words_are(books: Shelf, counted: int) -> None:
    found = find(books, "apple", "pear", effort=Effort(counted, ranked=100, newest=100))
    assert texts(books, found.hits)[0] == "apples and pears"
    assert found.hits[0].held == (0, 1)


def test_how_many_passages_hold_a_common_word_is_estimated(books: Shelf) -> None:
    found = find(books, "apple", "pond", "plum", effort=Effort(1, ranked=100, newest=100))
    assert 2 <= found.counts[0] <= found.passages
    assert found.counts[1:] == (1, 0)


def test_every_place_that_matches_is_marked_by_its_stem(books: Shelf) -> None:
    assert marked(books, "apple", "tree") == {
        "\x02apples\x03 and pears",
        "only \x02apples\x03",
        "\x02Apple\x03 \x02trees\x03 in a garden",
    }
    assert marked(books, "cafe") == {"\x02café\x03 at the corner"}


def test_a_phrase_is_marked_as_a_whole(books: Shelf) -> None:
    assert marked(books, "garden with") == {"a \x02garden with\x03 a pond"}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=4))
def test_any_terms_can_be_looked_for(books: Shelf, terms: list[str]) -> None:
    found = find(books, *terms)
    quick = find(books, *terms, effort=QUICK)
    assert (quick.counts, set(quick.hits)) == (found.counts, set(found.hits))
    assert len(found.counts) == len(terms)
    for hit in found.hits:
        assert hit.held
        assert all(found.counts[term] for term in hit.held)
    assert bool(marked(books, *terms)) == bool(found.hits)
    assert not any(re.search("\x02\x03", text) for text in marked(books, *terms))
