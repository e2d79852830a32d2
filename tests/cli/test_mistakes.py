"""The place of a mistake stands below it, whatever the query is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.cli.mistakes import mistake_text
from vexgui.core.query import Mistake


def told(query: str, start: int, end: int) -> list[str]:
    return mistake_text(query, Mistake(start, end, "It is wrong.", "Mend it.")).splitlines()


@pytest.mark.parametrize(
    ("query", "start", "end", "line", "carets"),
    [
        ("sise:3 boat", 0, 4, "  sise:3 boat", "  ^^^^"),
        ("boat (", 5, 6, "  boat (", "       ^"),
        ("boat ", 5, 5, "  boat ", "       ^"),
        ("\u65e5\u672c x:1", 3, 4, "  \u65e5\u672c x:1", "       ^"),
        ("cafe\u0301 x:1", 6, 7, "  cafe\u0301 x:1", "       ^"),
        ("a\tb\nx:1", 4, 5, "  a b x:1", "      ^"),
        ("\x1b[31m x:1", 6, 7, "  \ufffd[31m x:1", "        ^"),
    ],
)
def test_carets_stand_below_the_mistake(query: str, start: int, end: int, line: str, carets: str) -> None:
    assert told(query, start, end) == ["It is wrong. Mend it.", line, carets]


def test_of_a_long_query_the_part_around_the_mistake_is_shown() -> None:
    _, line, carets = told("x" * 5000 + "WRONG" + "y" * 5000, 5000, 5005)
    assert len(line) < 100
    assert line[carets.index("^") : carets.rindex("^") + 1] == "WRONG"
    assert (line[2], line[-1]) == ("\u2026", "\u2026")


@given(st.text(st.characters()), st.integers(0, 50), st.integers(0, 5))
def test_any_query_can_be_told_on_three_lines(query: str, start: int, length: int) -> None:
    start = min(start, len(query))
    lines = mistake_text(query, Mistake(start, min(start + length, len(query)), "It is wrong.", "")).split("\n")
    assert len(lines) == 4
    assert "^" in lines[2]
