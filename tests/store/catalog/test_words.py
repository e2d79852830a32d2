"""Passages are found by the stems of their words."""

import pytest

from tests.store.builders import a_file
from tests.store.catalog.keeping import keep, named
from vexgui.store.catalog import Catalog, edits


def worded(catalog: Catalog, *terms: str, limit: int = 100) -> dict[str, int]:
    hits = catalog.with_words(terms, limit).hits
    passages = catalog.passages([hit.passage_id for hit in hits])
    return {passages[hit.passage_id].text: len(hit.held) for hit in hits}


def test_words_are_found_by_their_stems_whatever_their_case_and_accents(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["Two runners were RUNNING near the Café"]))
    for term in ("run", "running", "runner", "cafe", "CAFÉ", "were"):
        assert len(worded(catalog, term)) == 1, term
    assert worded(catalog, "ru") == {}


def test_a_phrase_is_found_as_it_stands(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["a red house by the sea", "a house, red like the sea"]))
    assert worded(catalog, "red house") == {"a red house by the sea": 1}


def test_passages_say_how_many_of_the_terms_they_hold(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["apples", "apples and pears", "plums"]))
    assert worded(catalog, "apple", "pear") == {"apples and pears": 2, "apples": 1}


def test_the_best_passages_come_first_up_to_a_limit(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["apple pie", "apple apple", "bread and butter and jam and an apple"]))
    keep(catalog, a_file(b"/b", texts=["nothing of the kind"] * 9))
    hits = catalog.with_words(["apple"], 2).hits
    assert len(hits) == 2
    assert hits[0].closeness == 1 >= hits[1].closeness > 0


@pytest.mark.parametrize("term", ['"', "*", "a*", "NOT", "AND", "a OR b", "text:", "-", "(", "^a", "'", "日本"])
def test_no_term_is_taken_for_an_operator(catalog: Catalog, term: str) -> None:
    keep(catalog, a_file(b"/a", texts=["words of no interest"]))
    assert worded(catalog, term) == {}


def test_words_of_a_removed_file_are_found_no_more(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["unmistakable"]), a_file(b"/b", texts=["unmistakable too"]))
    with catalog.writing() as db:
        edits.delete_file(db, b"/a")
        db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
    assert worded(catalog, "unmistakable") == {"unmistakable too": 1}
    assert named(catalog, "a") == []


def test_text_with_a_nul_in_it_is_kept_and_removed_again(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a", texts=["before\0after"]))
    with catalog.writing() as db:
        edits.delete_file(db, b"/a")
        db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
    assert catalog.count_passages() == 0
