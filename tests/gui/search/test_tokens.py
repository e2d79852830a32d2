"""Conditions become chips where that changes nothing of what a query means."""

from datetime import UTC, datetime

import pytest

from vexgui.core.query import Mistake
from vexgui.gui.search.tokens import Draft, Token, mended, taken
from vexgui.search.language.reading import reading
from vexgui.search.language.surroundings import Surroundings

AROUND = Surroundings(datetime(2026, 3, 5, 12, tzinfo=UTC))


def read(draft: Draft, *, finished: bool = False) -> Draft:
    return taken(draft, reading(draft.whole.rstrip(), AROUND), finished=finished)


def at_end(typed: str, *tokens: Token) -> Draft:
    return Draft(tokens, typed, len(typed))


IMAGE = Token("type:image", "type", "image")
NEAR = Token("near:Lisbon", "near", "Lisbon")


@pytest.mark.parametrize(
    ("typed", "chips", "left"),
    [
        ("type:image ", ["type:image"], ""),
        ("cat type:image ", ["type:image"], "cat "),
        ("-type:image cat NOT type:pdf x", ["-type:image", "NOT type:pdf"], "cat x"),
        ('like:"/a b/c.jpg"^2 x', ['like:"/a b/c.jpg"^2'], "x"),
        ("near:Lisbon 10km ", ["near:Lisbon 10km"], ""),
        ("modified:last week cat", ["modified:last week"], "cat"),
    ],
)
def test_a_condition_with_something_behind_it_becomes_a_chip(typed: str, chips: list[str], left: str) -> None:
    after = read(at_end(typed))
    assert ([token.text for token in after.tokens], after.typed) == (chips, left)
    assert after.cursor == len(left)


@pytest.mark.parametrize(
    "typed",
    [
        "type:image",
        "type:imgae ",
        "modified:last ",
        "tram OR type:image ",
        "(tram type:image ) ",
        "tram AND type:image ",
        '"type:image" ',
        "outer space: the last frontier",
    ],
)
def test_what_is_unfinished_mistaken_or_joined_to_something_stays_text(typed: str) -> None:
    assert read(at_end(typed)) == at_end(typed)


def test_what_was_entered_or_pasted_is_complete_at_its_end_too() -> None:
    assert read(at_end("cat type:image"), finished=True) == at_end("cat ", IMAGE)


def test_the_condition_that_the_cursor_stands_in_is_still_being_typed() -> None:
    draft = Draft((), "type:image cat", 7)
    assert read(draft) == draft


def test_the_cursor_stays_where_it_was_among_the_words() -> None:
    after = read(Draft((), "cat type:image dog", 2))
    assert (after.typed, after.cursor) == ("cat dog", 2)
    after = read(Draft((), "cat type:image dog", 17))
    assert (after.typed, after.cursor) == ("cat dog", 6)


def test_a_chip_takes_what_is_typed_behind_it_where_both_are_one_condition() -> None:
    after = read(at_end("10km tram", NEAR))
    assert ([token.text for token in after.tokens], after.typed) == (["near:Lisbon 10km"], "tram")


def test_chips_hold_for_all_alternatives_that_are_typed() -> None:
    draft = at_end("tram OR bus", IMAGE)
    assert draft.whole == "type:image (tram OR bus)"
    assert draft.whole[draft.offset :].startswith("tram")
    assert read(draft) == draft


def test_an_alternative_that_is_not_there_yet_is_no_mistake() -> None:
    mistakes = reading(at_end("tram OR", IMAGE).whole, AROUND).mistakes
    assert all(mistake.unfinished for mistake in mistakes)


def test_an_alternative_in_brackets_needs_no_more_of_them() -> None:
    assert at_end("(tram OR bus) red", IMAGE).whole == "type:image (tram OR bus) red"
    assert at_end('"a OR b"', IMAGE).whole == 'type:image "a OR b"'


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("type:imgae cat", "type:image cat"),
        ("modifed:2024 cat", "modified:2024 cat"),
        ("cat is:photo", "cat type:photo"),
        ("-lang:germn", "-lang:german"),
        ("size:big", None),
    ],
)
def test_what_was_probably_meant_takes_the_place_of_a_mistake(query: str, better: str | None) -> None:
    (mistake,) = reading(query, AROUND).mistakes
    assert mended(query, mistake) == better


def test_a_mistake_without_a_suggestion_cannot_be_mended() -> None:
    assert mended("cat )", Mistake(4, 5, "This bracket closes none.", "Leave it out.")) is None
