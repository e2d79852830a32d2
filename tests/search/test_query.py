"""What a person typed, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.search.query import Query, normal_name, parse

ANYTHING = st.text(st.characters())


@pytest.mark.parametrize(
    ("typed", "text", "terms", "parts"),
    [
        ("", "", (), ()),
        ("   \t\n", "", (), ()),
        ("lentil soup", "lentil soup", ("lentil", "soup"), ("lentil", "soup")),
        ("  Lentil   SOUP ", "Lentil SOUP", ("Lentil", "SOUP"), ("Lentil", "SOUP")),
        ("what is the lease", "what is the lease", ("lease",), ("what", "is", "the", "lease")),
        ("soup, soup and Soup", "soup, soup and Soup", ("Soup",), ("soup,", "soup", "and", "Soup")),
        ("ring_buffer.c", "ring_buffer.c", ("ring_buffer", "c"), ("ring_buffer.c",)),
        ("don't panic", "don't panic", ("don", "panic"), ("don't", "panic")),
        ("Äpfel in Wien", "Äpfel in Wien", ("Äpfel", "Wien"), ("Äpfel", "in", "Wien")),
    ],
)
def test_a_query_is_taken_apart(typed: str, text: str, terms: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert parse(typed) == Query(text, terms, parts)


@pytest.mark.parametrize(
    ("typed", "terms", "parts"),
    [
        ('"to be or not"', ("to be or not",), ("to be or not",)),
        ('the "red house" there', ("red house",), ("the", "red house", "there")),
        ('"red, house!"', ("red house",), ("red, house!",)),
        ('unclosed "red house', ("unclosed", "red", "house"), ("unclosed", "red", "house")),
        ('"', (), ()),
        ('""', (), ()),
        ('"  "', (), ()),
        ('"""', (), ()),
        ('"!"', (), ("!",)),
    ],
)
def test_quoted_words_stay_together(typed: str, terms: tuple[str, ...], parts: tuple[str, ...]) -> None:
    query = parse(typed)
    assert (query.terms, query.parts) == (terms, parts)


@pytest.mark.parametrize(
    ("typed", "text", "spaces"),
    [
        ("space:pictures a red boat", "a red boat", ("pictures",)),
        ("a red boat space:pictures", "a red boat", ("pictures",)),
        ("a SPACE:ViT-B red boat", "a red boat", ("ViT-B",)),
        ("space:texts boat space:pictures space:Texts", "boat", ("Texts", "pictures")),
        ('space:"two words" boat', "boat", ("two words",)),
        ('space:"two words boat', "words boat", ("two",)),
        ("outer space: the last frontier", "outer space: the last frontier", ()),
        ('space:"" boat', "boat", ()),
        ("space:pictures", "", ("pictures",)),
        ('"space:pictures" boat', "space:pictures boat", ()),
        ('"a space:pictures b"', "a space:pictures b", ()),
        ("outer-space:boat", "outer-space:boat", ()),
        ("space boat", "space boat", ()),
    ],
)
def test_a_query_names_the_spaces_to_search(typed: str, text: str, spaces: tuple[str, ...]) -> None:
    query = parse(typed)
    assert (query.text, query.spaces) == (text, spaces)


def test_the_name_of_a_space_is_not_looked_for() -> None:
    assert parse("space:pictures boat") == Query("boat", ("boat",), ("boat",), ("pictures",))


def test_a_query_of_stop_words_only_looks_for_these() -> None:
    assert parse("what is this").terms == ("what", "is", "this")


def test_signs_that_are_no_words_are_looked_for_in_names_and_by_meaning() -> None:
    assert parse("🍰") == Query("🍰", (), ("🍰",))
    assert parse("🍰 cake") == Query("🍰 cake", ("cake",), ("🍰", "cake"))


def test_what_sqlite_cannot_read_is_replaced() -> None:
    assert parse("a\0pear").terms == ("pear",)
    assert parse("pear\ud800") == Query("pear?", ("pear",), ("pear?",))


def test_a_long_text_is_cut() -> None:
    query = parse("word" + "".join(f" a{number}" for number in range(10_000)))
    assert len(query.text) <= 2000
    assert query.terms[:2] == ("word", "a0")
    assert len(query.terms) == 32


def test_no_name_is_looked_for_that_no_file_can_have() -> None:
    assert parse("x" * 255).parts == ("x" * 255,)
    assert parse("x" * 256).parts == ()


@given(ANYTHING)
def test_any_text_gives_a_query(typed: str) -> None:
    query = parse(typed)
    assert "\0" not in query.text.encode().decode()
    assert " ".join(query.parts) in (query.text, "")
    assert all(part == part.strip() for part in query.parts)
    assert len({term.casefold() for term in query.terms}) == len(query.terms) <= 32
    assert bool(query.text) or not query.terms


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lentil_Soup-2.md", "lentil soup 2 md"),
        ("  Danke, Jürgen (copy)", "danke jurgen copy"),
        ("Danke\u0301", "danke"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("...", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_separators(name: str, expected: str) -> None:
    assert normal_name(name) == expected


@given(ANYTHING)
def test_a_normal_name_is_its_own(name: str) -> None:
    assert normal_name(normal_name(name)) == normal_name(name)
