"""Rules decide by whole names, in characters, and never fail on a name or a pattern."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.settings import Settings
from vexgui.indexer.rules import Rules


@pytest.mark.parametrize(
    ("pattern", "name", "allowed"),
    [
        (".*", b".git", False),
        (".*", b"a.git", True),
        ("*~", b"letter.txt~", False),
        ("*~", b"letter.txt", True),
        ("*.o", b"main.o", False),
        ("*.o", b"main.odt", True),
        ("*.o", b"o", True),
        ("node_modules", b"node_modules", False),
        ("node_modules", b"node_modules2", True),
        ("node_modules", b"NODE_MODULES", True),
        ("build/", b"build", False),
        ("?.txt", "é.txt".encode(), False),
        ("?.txt", b"\xff.txt", False),
        ("?.txt", b"ab.txt", True),
        ("[a-c]*", b"banana", False),
        ("[!a-c]*", b"banana", True),
        ("*.txt", b"two\nlines.txt", False),
        ("[", b"[", False),
        ("a+b", b"a+b", False),
        ("a+b", b"aab", True),
    ],
)
def test_a_pattern_is_for_the_whole_name(pattern: str, name: bytes, allowed: bool) -> None:
    assert Rules((pattern,)).allows(b"/home/" + name, folder=True) is allowed


def test_without_patterns_everything_is_allowed() -> None:
    assert Rules().allows(b"/home/.hidden", folder=True)
    assert Rules().allows(b"/home/x", folder=False)


@pytest.mark.parametrize("name", [b".ssh", b"a.pyc", b"x~", b"film.part", b"__pycache__", b"lost+found"])
def test_the_default_settings_leave_out_hidden_passing_and_machine_made_names(name: bytes) -> None:
    assert not Rules(Settings().exclude).allows(b"/home/" + name, folder=True)


@pytest.mark.parametrize("name", ["letter.odt", "Übung 3.pdf", "README", "node_modules.md"])
def test_the_default_settings_allow_what_people_make(name: str) -> None:
    assert Rules(Settings().exclude).allows(b"/home/" + os.fsencode(name), folder=False)


@given(st.lists(st.text(max_size=8), max_size=4), st.binary(max_size=12))
def test_no_pattern_and_no_name_is_an_error(patterns: list[str], name: bytes) -> None:
    Rules(tuple(patterns)).allows(b"/home/" + name, folder=True)


@given(st.binary(min_size=1, max_size=12))
def test_a_star_excludes_every_name(name: bytes) -> None:
    assert not Rules(("*",)).allows(b"/home/" + name, folder=True)


def test_rules_of_the_same_patterns_are_equal() -> None:
    assert Rules(("a", "b")) == Rules(("a", "b"))
