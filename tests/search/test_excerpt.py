"""What is shown of a reason."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.search.excerpt import LONGEST, excerpt, marked_name

ANYTHING = st.text(st.characters())
MARKED = st.lists(st.sampled_from(["\x02", "\x03", " ", "\n", ". ", "word", "W" * 300, "é"]), max_size=60).map("".join)


def without_marks(text: str) -> str:
    return re.sub("[\x02\x03]", "", text)


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("", ""),
        (" \n ", ""),
        ("# Soup\n\nCook it.  Eat\tit.", "# Soup Cook it. Eat it."),
        ("First. Then \x02soup\x03.", "Then \x02soup\x03."),
        ("One \x02soup\x03. A \x02soup\x03 of \x02lentils\x03! End.", "A \x02soup\x03 of \x02lentils\x03! End."),
        ("A \x02soup\x03, \x02Soup\x03! Two \x02soups\x03.", "A \x02soup\x03, \x02Soup\x03! Two \x02soups\x03."),
        ("a\nb \x02c\x03\nd", "b \x02c\x03 d"),
    ],
)
def test_a_passage_is_shown_from_the_sentence_that_matches_best(passage: str, shown: str) -> None:
    assert excerpt(passage) == shown


def test_a_long_passage_is_cut_between_words() -> None:
    shown = excerpt("word " * 100)
    assert shown == "word " * 47 + "word…"
    assert len(shown) == LONGEST


def test_a_long_word_is_cut() -> None:
    assert excerpt("\x02" + "x" * 500 + "\x03 y") == "x" * LONGEST + "…"


def test_a_mark_that_is_cut_is_closed() -> None:
    assert excerpt("\x02" + "phrase " * 50 + "\x03") == "\x02" + "phrase " * 33 + "phrase\x03…"


@given(ANYTHING | MARKED)
def test_any_text_gives_a_short_line_with_marks_in_pairs(text: str) -> None:
    shown = excerpt(text)
    bare = without_marks(shown)
    assert len(bare) <= LONGEST + 1
    assert not re.search(r"[\n\t]", bare)
    assert re.fullmatch("([^\x02\x03]*\x02[^\x02\x03]*\x03)*[^\x02\x03]*", shown)
    assert "".join(bare.removesuffix("…").split()) in "".join(without_marks(text).split())


@pytest.mark.parametrize(
    ("name", "parts", "shown"),
    [
        ("Lentil soup.md", ("soup",), "Lentil \x02soup\x03.md"),
        ("Lentil soup.md", ("SOUP", "len"), "\x02Len\x03til \x02soup\x03.md"),
        ("Lentil soup.md", ("ntil", "entil"), "L\x02entil\x03 soup.md"),
        ("anagram.rs", ("a",), "\x02a\x03n\x02a\x03gr\x02a\x03m.rs"),
        ("aaa", ("aa",), "\x02aaa\x03"),
        ("Danke, Jürgen.txt", ("jurgen",), "Danke, \x02Jürgen\x03.txt"),
        ("Danke, Ju\u0308rgen.txt", ("jürgen",), "Danke, \x02Ju\u0308rgen\x03.txt"),
        ("Straße", ("asse",), "Str\x02aße\x03"),
        ("none", ("x", ""), "none"),
        ("a\x02b", ("b",), "a\x02b\x03"),
        ("", ("a",), ""),
    ],
)
def test_a_name_is_marked_where_it_matches(name: str, parts: tuple[str, ...], shown: str) -> None:
    assert marked_name(name, parts) == shown


@given(ANYTHING, st.lists(ANYTHING, max_size=3))
def test_marks_change_nothing_else_about_a_name(name: str, parts: list[str]) -> None:
    shown = marked_name(name, parts)
    assert without_marks(shown) == without_marks(name)
    assert re.fullmatch("([^\x02\x03]*\x02[^\x02\x03]+\x03)*[^\x02\x03]*", shown)
