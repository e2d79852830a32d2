"""Several spaces side by side: one question for all, one answer a file."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from typing_extensions import override

from tests.search.conftest import Shelf
from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed, UsageProblem
from vexgui.core.hits import Band
from vexgui.core.vectors import Calibration, Marks, Space, SpaceId
from vexgui.models.fake import FAKE_EMBEDDED, FAKE_PICTURE, FAKE_TEXT, FakeEmbedder
from vexgui.search.gathering import NAME, WORDS

RED, BLUE, GREEN, BLACK, WHITE, YELLOW = "#dc1414", "#1428dc", "#14a014", "#000000", "#ffffff", "#f0e614"

BY_COSINE = Calibration(cosines=Marks(0.3, 0.4, 0.5, 0.9), likeness=Marks(0.6, 0.7, 0.8, 0.9))
EMBEDDED = replace(FAKE_EMBEDDED, calibration=BY_COSINE)
"""Searched with the queries of the text space, and judged by cosines like it."""


class Counting(FakeEmbedder):
    """An embedder that counts queries, and whose models can break.

    Attributes:
        asked: The space of each query that was encoded.
        broken: Spaces whose models cannot be used.
    """

    def __init__(self, *, picture: Space, former: Sequence[Space] = ()) -> None:
        super().__init__(picture=picture, former=former)
        self.asked: list[SpaceId] = []
        self.broken: set[SpaceId] = set()

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        self.asked.append(space)
        self._insist(space)
        return super().embed_query(space, text)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[object]) -> Vectors:
        self._insist(space)
        return super().embed_pictures(space, pictures)

    def _insist(self, space: SpaceId) -> None:
        if space in self.broken:
            raise ChildFailed("The model process died.")


class Everything(FakeEmbedder):
    """An embedder that gives a picture vectors of both models."""

    @override
    def spaces(self) -> tuple[Space, ...]:
        return (FAKE_TEXT, FAKE_PICTURE, EMBEDDED)

    @override
    def answering(self) -> tuple[Space, ...]:
        return self.spaces()


@pytest.fixture
def switching(shelf: Shelf) -> Counting:
    """Index pictures with one model, with another, and one with both, as in the midst of a change; return both."""
    others = {f"other{number}_png": colour for number, colour in enumerate((BLUE, GREEN, BLACK, WHITE, YELLOW))}
    shelf.embedder = FakeEmbedder(picture=FAKE_PICTURE)
    shelf.index(old_png=RED, **others)
    shelf.embedder = FakeEmbedder(picture=EMBEDDED)
    shelf.index(new_png=RED, wood_png=GREEN, red_txt="a red herring")
    shelf.embedder = Everything()
    shelf.index(both_png=RED)
    shelf.embedder = embedder = Counting(picture=EMBEDDED, former=[FAKE_PICTURE])
    return embedder


def reasons(shelf: Shelf, typed: str, name: str) -> list[str]:
    return [why.space for why in shelf.hit(typed, name).why]


# All that answer


def test_pictures_of_both_models_are_found(shelf: Shelf, switching: Counting) -> None:
    assert {"old.png", "both.png", "new.png"} <= set(shelf.found("red")[:4])


def test_a_query_is_encoded_once_for_all_spaces_that_share_it(shelf: Shelf, switching: Counting) -> None:
    shelf.search("red")
    assert switching.asked == [FAKE_TEXT.id, FAKE_PICTURE.id]


def test_a_picture_with_vectors_of_two_models_has_one_reason_and_no_higher_score(
    shelf: Shelf, switching: Counting
) -> None:
    row = shelf.store.catalog.file(shelf.path("both.png"))
    assert row is not None
    assert {FAKE_PICTURE.id, EMBEDDED.id} <= {part.space for part in shelf.store.vectors_of(row.id)}
    pictured = [space for space in reasons(shelf, "red", "both.png") if space in (FAKE_PICTURE.id, EMBEDDED.id)]
    assert len(pictured) == 1
    best = max(shelf.hit("red", name).score for name in ("old.png", "new.png"))
    assert shelf.hit("red", "both.png").score <= best + 1e-6


def test_a_space_that_no_model_answers_for_is_not_searched(shelf: Shelf, switching: Counting) -> None:
    shelf.embedder = FakeEmbedder(picture=EMBEDDED)
    assert "old.png" not in shelf.found("red")
    assert "new.png" in shelf.found("red")


def test_a_space_is_judged_by_its_own_calibration(shelf: Shelf) -> None:
    def band(marks: Marks) -> Band:
        calibration = Calibration(cosines=marks, likeness=marks)
        shelf.embedder = FakeEmbedder(picture=replace(EMBEDDED, calibration=calibration))
        return shelf.hit("space:pictures red", "one.png").band

    shelf.embedder = FakeEmbedder(picture=EMBEDDED)
    shelf.index(one_png=RED, two_png=BLUE)
    assert band(Marks(0.1, 0.2, 0.3, 0.4)) is Band.STRONG
    assert band(Marks(0.1, 0.2, 3.0, 4.0)) is Band.MAYBE
    assert band(Marks(0.1, 2.0, 3.0, 4.0)) is Band.WEAK


# Those that are named


def test_what_comes_nearest_in_a_named_space_is_shown_however_far_it_is(shelf: Shelf) -> None:
    far = Marks(1.1, 1.2, 1.3, 1.4)
    shelf.embedder = FakeEmbedder(picture=replace(EMBEDDED, calibration=Calibration(cosines=far, likeness=far)))
    shelf.index(one_png=RED, two_png=BLUE)
    answer = shelf.search("space:pictures red")
    assert shelf.names(answer) == ["one.png", "two.png"]
    assert {hit.band for hit in answer.hits} == {Band.WEAK}


def test_a_named_space_is_searched_alone_without_names_and_words(shelf: Shelf, switching: Counting) -> None:
    shelf.index(red_png=BLUE)
    answer = shelf.search("space:pictures red")
    assert set(shelf.names(answer)[:3]) == {"old.png", "both.png", "new.png"}
    assert "red.txt" not in shelf.names(answer)
    assert shelf.hit("space:pictures red", "red.png").band is Band.WEAK
    assert {why.space for hit in answer.hits for why in hit.why} <= {FAKE_PICTURE.id, EMBEDDED.id}
    assert answer.note == ""


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("space:texts", {"red.txt"}),
        ("space:Pictures", {"old.png", "both.png", "new.png"}),
        ('space:"fake emb"', {"both.png", "new.png"}),
        ('space:"FAKE PIC"', {"old.png", "both.png"}),
        ('space:texts space:"fake emb"', {"red.txt", "both.png", "new.png"}),
        ("space:fake", {"red.txt", "old.png", "both.png", "new.png"}),
    ],
)
def test_spaces_are_named_by_the_beginning_of_their_model_or_by_what_they_hold(
    shelf: Shelf, switching: Counting, term: str, found: set[str]
) -> None:
    answer = shelf.search(f"{term} red")
    maybe = {name for name, hit in zip(shelf.names(answer), answer.hits, strict=True) if hit.band is not Band.WEAK}
    assert maybe == found


def test_only_the_models_of_named_spaces_are_asked(shelf: Shelf, switching: Counting) -> None:
    shelf.search('space:"fake picture" red')
    assert switching.asked == [FAKE_PICTURE.id]


def test_an_unknown_space_is_an_error_that_says_which_there_are(shelf: Shelf, switching: Counting) -> None:
    with pytest.raises(UsageProblem) as caught:
        shelf.search("space:pictures space:sounds red")
    assert str(caught.value) == (
        "There is no space called sounds. There are: fake text, texts, fake embedded, pictures, fake picture."
    )


@pytest.mark.parametrize("name", ["pictures", "Pic"])
def test_pictures_without_a_picture_model_are_told_to_need_one(shelf: Shelf, name: str) -> None:
    shelf.embedder = FakeEmbedder()
    with pytest.raises(UsageProblem) as caught:
        shelf.search(f"space:{name} red")
    assert caught.value.message == "Pictures are not searched by what they show: no picture model is in use."
    assert "vexgui models" in caught.value.remedy


def test_while_a_named_space_is_not_asked_yet_nothing_is_found(shelf: Shelf, switching: Counting) -> None:
    answer = shelf.search("space:pictures red", meaning=False)
    assert (answer.hits, answer.complete) == ((), False)
    assert shelf.search("space:sounds red", meaning=False).hits == ()


def test_a_quoted_term_is_looked_for_like_any_other_words(shelf: Shelf, switching: Counting) -> None:
    shelf.index(a_txt="the field space:pictures of the form")
    assert set(reasons(shelf, '"space:pictures"', "a.txt")) >= {WORDS}
    shelf.index_files(shelf.write("space:red.txt", "nothing"))
    assert NAME in reasons(shelf, '"space:red"', "space:red.txt")


# Broken models


def test_where_one_of_two_picture_models_is_broken_the_other_answers(shelf: Shelf, switching: Counting) -> None:
    switching.broken = {FAKE_PICTURE.id}
    answer = shelf.search("red")
    assert "new.png" in shelf.names(answer)
    assert "old.png" not in shelf.names(answer)
    assert answer.note == "Not all pictures were searched by what they show. The model process died."


def test_where_the_text_model_is_broken_so_are_the_pictures_searched_with_its_queries(
    shelf: Shelf, switching: Counting
) -> None:
    switching.broken = {FAKE_TEXT.id}
    answer = shelf.search("red")
    assert "old.png" in shelf.names(answer)
    assert "new.png" not in shelf.names(answer)
    assert answer.note == "Texts were not searched by what they mean. The model process died."
    assert switching.asked == [FAKE_TEXT.id, FAKE_PICTURE.id]


def test_where_a_named_space_cannot_be_asked_nothing_is_found(shelf: Shelf, switching: Counting) -> None:
    switching.broken = {FAKE_PICTURE.id}
    answer = shelf.search('space:"fake picture" red')
    assert (answer.hits, answer.note) == ((), "Nothing was searched. The model process died.")


# Files like a file


def like(shelf: Shelf, name: str) -> list[str]:
    return shelf.names(shelf.searcher.similar([shelf.path(name)], 10))


def test_pictures_like_one_that_has_vectors_of_both_models_are_found_in_both(shelf: Shelf, switching: Counting) -> None:
    shelf.extractor.read.clear()
    assert set(like(shelf, "both.png")) == {"old.png", "new.png"}
    assert shelf.extractor.read == []


def test_pictures_like_one_that_is_not_indexed_are_found_in_both(shelf: Shelf, switching: Counting) -> None:
    shelf.write("fresh.png", RED)
    assert set(like(shelf, "fresh.png")) == {"old.png", "both.png", "new.png"}


def test_a_picture_without_a_vector_in_any_answering_space_is_read(shelf: Shelf) -> None:
    shelf.embedder = FakeEmbedder()
    shelf.index(one_png=RED)
    shelf.embedder = FakeEmbedder(picture=EMBEDDED)
    shelf.index(two_png=RED, sea_png=BLUE)
    shelf.extractor.read.clear()
    assert like(shelf, "one.png") == ["two.png"]
    assert shelf.extractor.read == [shelf.path("one.png")]


def test_without_a_picture_model_a_picture_is_compared_by_its_name(shelf: Shelf) -> None:
    shelf.embedder = FakeEmbedder()
    shelf.index(**{"red boat_png": RED, "my red boat_png": BLUE, "bees_png": RED})
    shelf.extractor.read.clear()
    assert like(shelf, "red boat.png")[0] == "my red boat.png"
    assert shelf.extractor.read == [shelf.path("red boat.png")]  # for what it looks like
    assert shelf.embedder.pictures_embedded == 0


def test_what_a_broken_model_would_have_found_is_left_out_with_a_note(shelf: Shelf, switching: Counting) -> None:
    switching.broken = {FAKE_PICTURE.id}
    shelf.write("fresh.png", f"{RED}   ")  # no copy of another
    answer = shelf.searcher.similar([shelf.path("fresh.png")], 10)
    assert set(shelf.names(answer)) == {"both.png", "new.png"}
    assert answer.note == "Not everything in the file was compared. The model process died."
