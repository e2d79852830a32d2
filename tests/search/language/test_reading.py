"""How a query is read is told stretch by stretch: each part has its place, and the mistakes are those of the query."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.query import Part, Role
from vexgui.search.language import Surroundings, parse, reading

AROUND = Surroundings(datetime(2026, 10, 14, 12, tzinfo=UTC), b"/home/ann", b"/home/ann")


def told(typed: str) -> list[tuple[str, str, str, str]]:
    """Return of each part what was typed, its role, its field and its label."""
    return [(typed[part.start : part.end], part.role, part.field, part.label) for part in reading(typed, AROUND).parts]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("", []),
        ("red  boat", [("red  boat", "words", "", "red  boat")]),
        ('red "old map" boat', [("red", "words", "", "red"), ('"old map"', "phrase", "", "old map"), ("boat",) * 1]),
        ("kind:Image boat", [("kind:Image", "field", "type", "Image"), ("boat",)]),
        ('tag:"long walk"', [('tag:"long walk"', "field", "tag", "long walk")]),
        ("type: image", [("type: image", "field", "type", "image")]),
        ("since:2020", [("since:2020", "field", "since", "2020")]),
        ("size>3MB", [("size>3MB", "field", "size", ">3MB")]),
        ("a OR (b)", [("a",), ("OR", "operator", "", "OR"), ("(", "operator", "", "("), ("b",), (")",)]),
        ("in:~/a boat", [("in:~/a", "field", "in", "~/a"), ("boat",)]),
        ('in:"file:///a/%22b%FF" boat', [('in:"file:///a/%22b%FF"', "field", "in", '/a/"b\ufffd'), ("boat",)]),
        ("title:file:///a", [("title:file:///a", "field", "title", "file:///a")]),
        ("C++ d:e", [("C++ d:e", "words", "", "C++ d:e")]),
    ],
)
def test_a_query_is_told_part_by_part(typed: str, parts: list[tuple[str, ...]]) -> None:
    found = told(typed)
    assert [part[: len(wanted)] for part, wanted in zip(found, parts, strict=True)] == parts


def test_what_says_no_belongs_to_what_stands_behind_it() -> None:
    typed = "-tag:x NOT boat -(red) -"
    parts = reading(typed, AROUND).parts
    assert [(typed[part.start : part.end], part.role, part.negated) for part in parts] == [
        ("-tag:x", Role.FIELD, True),
        ("NOT boat", Role.WORDS, True),
        ("-", Role.OPERATOR, False),
        ("(", Role.OPERATOR, False),
        ("red", Role.WORDS, False),
        (")", Role.OPERATOR, False),
        ("-", Role.WORDS, False),
    ]


def test_weights_are_told_and_words_that_weigh_more_stand_by_themselves() -> None:
    parts = reading('red boat^2 at sea like:"a b.jpg"^0.5', AROUND).parts
    assert [(part.label, part.weight) for part in parts] == [
        ("red", 1),
        ("boat", 2),
        ("at sea", 1),
        ("a b.jpg", 0.5),
    ]


def test_a_field_that_waits_for_its_value_is_told_as_unfinished() -> None:
    assert reading("boat kind:", AROUND).parts == (
        Part(0, 4, Role.WORDS, "", "boat"),
        Part(5, 10, Role.FIELD, "type", "", unfinished=True),
    )


def test_the_mistakes_are_those_of_the_query() -> None:
    for typed in ("sise:3 boat", "type:imgae", "boat type:", "(a", "rating:9"):
        mistakes = reading(typed, AROUND).mistakes
        assert mistakes == parse(typed, AROUND).mistakes != ()


@given(st.text(st.sampled_from('ab "()-:^2,OR'), max_size=30) | st.text(max_size=30))
def test_parts_follow_each_other_and_lie_within_what_was_typed(typed: str) -> None:
    parts = reading(typed, AROUND).parts
    ends = [0, *(part.end for part in parts)]
    assert all(0 <= before <= part.start < part.end for before, part in zip(ends, parts, strict=False))
    assert ends[-1] <= len(typed)
