"""Alternatives, weights, and what others are to be like or unlike."""

import os
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import Shelf, asked
from vexgui.core.errors import ChildFailed
from vexgui.core.hits import Likeness
from vexgui.core.query import Example, Query, Question, Term
from vexgui.models.fake import FAKE_TEXT
from vexgui.search.asking import asked_of
from vexgui.search.combining import best_of, lowered
from vexgui.search.rank import EXACT, Evidence, Ranked, fused

RED, BLUE = "#dc1414", "#1428dc"

STRENGTHS = st.floats(0.01, 0.97)
EVIDENCE = st.builds(
    lambda file, witness, strength: Evidence(file, witness, witness, strength, 1),
    st.integers(1, 6),
    st.sampled_from(["words", "text", "picture"]),
    STRENGTHS,
)
GATHERED = st.lists(EVIDENCE, max_size=12)


def scores(ranked: Sequence[Ranked]) -> dict[int, float]:
    return {item.file: item.score for item in ranked}


# Laws


@given(GATHERED, EVIDENCE)
def test_more_evidence_never_lowers_a_file(evidence: list[Evidence], more: Evidence) -> None:
    before, after = scores(fused(evidence)), scores(fused([*evidence, more]))
    assert after[more.file] >= before.get(more.file, 0)
    assert all(after[file] == score for file, score in before.items() if file != more.file)


@given(GATHERED, st.randoms())
def test_the_order_in_which_evidence_comes_does_not_matter(evidence: list[Evidence], random: object) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert scores(fused(shuffled)) == pytest.approx(scores(fused(evidence)))


@given(st.lists(GATHERED, max_size=3))
def test_a_file_answers_alternatives_as_well_as_the_one_it_answers_best(found: list[list[Evidence]]) -> None:
    alternatives = [fused(evidence) for evidence in found]
    best = best_of(alternatives)
    every = [scores(ranked) for ranked in alternatives]
    assert scores(best) == {file: max(one.get(file, 0) for one in every) for one in every for file in one}
    assert best == sorted(best, key=lambda item: (-item.score, item.file))


@given(GATHERED, GATHERED)
def test_what_speaks_against_files_raises_none_and_keeps_equal_ones_in_order(
    evidence: list[Evidence], against: list[Evidence]
) -> None:
    before = fused(evidence)
    after = lowered(before, against)
    untouched = {item.file for item in before} - {item.file for item in against}
    assert all(scores(after)[item.file] <= item.score for item in before if item.file in scores(after))
    assert [item for item in after if item.file in untouched] == [item for item in before if item.file in untouched]
    assert lowered(before, []) == before


@given(GATHERED, st.integers(1, 6))
def test_an_exact_name_stands_above_whatever_else_is_said(evidence: list[Evidence], file: int) -> None:
    ranked = best_of([fused([*evidence, Evidence(file, "name", "name", EXACT, 0)]), fused(evidence)])
    assert (ranked[0].file, ranked[0].score) == (file, EXACT)


# Questions


def test_each_alternative_is_looked_for(shelf: Shelf) -> None:
    shelf.index(cat_txt="the cat sleeps", dog_txt="the dog barks", red_png=RED, bird_txt="a bird")
    assert set(shelf.found("cat OR dog")) >= {"cat.txt", "dog.txt"}
    assert {hit.score for hit in shelf.search("cat OR dog").hits[:2]} == {EXACT}
    assert set(shelf.found("sleeps OR red")[:2]) == {"cat.txt", "red.png"}


def test_words_that_weigh_more_count_more(shelf: Shelf) -> None:
    shelf.index(a_txt="apples", b_txt="pears")
    for first, second in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        heavy = "apples" if first == "a.txt" else "pears"
        light = "pears" if first == "a.txt" else "apples"
        assert shelf.found(f"{heavy}^4 {light}") == [first, second]
        assert shelf.found(f"{heavy} {light}^0.2", meaning=False) == [first, second]


def test_a_weight_draws_the_vector_towards_its_term(shelf: Shelf) -> None:
    def vector(weight: float) -> object:
        question = Question("apples pears", (Term("apples", weight), Term("pears")), ())
        (vectors,) = asked_of(shelf.embedder, Query((question,)), lambda space: space == FAKE_TEXT.id).vectors
        return vectors[0]

    apples = shelf.embedder.embed_query(FAKE_TEXT.id, "apples")
    plain, heavy, light = (np.asarray(vector(weight)) for weight in (1.0, 3.0, 0.3))
    assert heavy @ apples > plain @ apples > light @ apples
    assert np.linalg.norm(heavy) == pytest.approx(1)
    assert np.array_equal(plain, shelf.embedder.embed_query(FAKE_TEXT.id, "apples pears"))


# Examples


@pytest.fixture
def album(shelf: Shelf) -> Shelf:
    shelf.index(
        one_png=RED,
        two_png=RED,
        three_png=BLUE,
        boil_txt="boil the lentil soup",
        stir_txt="stir the lentil soup",
        bees_txt="bees in a hive",
    )
    return shelf


def like(shelf: Shelf, *names: str) -> tuple[Example, ...]:
    return tuple(Example(shelf.path(name.lstrip("-")), -1.0 if name.startswith("-") else 1.0) for name in names)


def test_files_like_any_of_several_are_found_and_none_of_these(album: Shelf) -> None:
    found = album.found(Query(examples=like(album, "one.png", "boil.txt")))
    assert set(found) == {"two.png", "stir.txt"}


def test_an_example_and_words_agree_on_what_is_best(album: Shelf) -> None:
    query = Query(asked("stir").questions, examples=like(album, "boil.txt"))
    assert album.found(query)[0] == "stir.txt"


def test_an_example_is_compared_among_what_passes_alone(album: Shelf) -> None:
    query = Query(where=asked("type:text").where, examples=like(album, "one.png", "boil.txt"))
    assert album.found(query) == ["stir.txt"]


def test_what_is_like_an_unwanted_file_sinks(album: Shelf) -> None:
    plain = album.search("lentil soup").hits
    unlike = album.search(Query(asked("lentil soup").questions, examples=like(album, "-boil.txt"))).hits
    assert album.path("boil.txt") not in {hit.path for hit in unlike}
    before = next(hit.score for hit in plain if hit.path == album.path("stir.txt"))
    assert next(hit.score for hit in unlike if hit.path == album.path("stir.txt")) < before


def test_unwanted_files_alone_list_all_that_is_not_like_them(album: Shelf) -> None:
    found = album.found(Query(examples=like(album, "-one.png")))
    assert set(found) == {"two.png", "three.png", "boil.txt", "stir.txt", "bees.txt"}
    assert found[-1] == "two.png"


def test_a_heavier_example_counts_more(album: Shelf) -> None:
    def score(weight: float) -> float:
        query = Query(examples=(Example(album.path("boil.txt"), weight),))
        return next(hit.score for hit in album.search(query).hits if hit.path == album.path("stir.txt"))

    assert score(2.0) > score(1.0) > score(0.5)


def test_likeness_is_told_where_files_were_to_be_like_one(album: Shelf) -> None:
    album.index_files(album.write("again.txt", "boil the lentil soup" + "\n\n" * 3))
    hits = album.search(Query(examples=like(album, "boil.txt"))).hits
    assert {os.path.basename(hit.path): hit.likeness for hit in hits} == {
        b"again.txt": Likeness.SAME,
        b"stir.txt": Likeness.RELATED,
    }
    assert {hit.likeness for hit in album.search("soup").hits} == {None}


def test_without_models_nothing_is_found_by_example_and_the_answer_is_incomplete(album: Shelf) -> None:
    answer = album.search(Query(examples=like(album, "one.png")), meaning=False)
    assert (answer.hits, answer.complete) == ((), False)


def test_an_example_that_is_gone_is_an_error_that_names_it(album: Shelf) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        album.search(Query(examples=like(album, "missing.png")))
    assert caught.value.filename == album.path("missing.png")


def test_an_example_that_no_model_can_look_at_is_an_error(album: Shelf) -> None:
    album.write("new.txt", "soup")
    album.embedder.close()
    with pytest.raises(ChildFailed):
        album.search(Query(examples=like(album, "new.txt")))
