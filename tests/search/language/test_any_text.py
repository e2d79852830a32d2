"""Any text at all gives a query whose mistakes have their places, soon, and with limits."""

import time
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.search.language.asking import ANYTHING, HERE, asked, unquoted
from vexgui.core.filters import And, Compare, Filter, Holds, Matches, Not, OneOf, Or, Under
from vexgui.core.paths import quoted
from vexgui.core.query import Example, Query
from vexgui.search.language.fields import FIELDS, Spec
from vexgui.search.language.values import Unreadable
from vexgui.store.catalog.conditions import condition

PIECES = [
    *(f"{name}:" for name in FIELDS),
    *("AND", "OR", "NOT", "-", "(", ")", '"', "“", "”", "^", "^2", "^99", " ", "  "),
    *("..", ",", ">", ">=", "<", "=", "*", "foo:", "::", "//"),
    *("cat", "dog.jpg", "image", "pdf", "10MB", "20", "km", "2024", "2024-03-05", "last", "week", "3", "days", "ago"),
    *("/a/b", "~", "Vienna", "48.2,16.37", "\\", "🍰", "猫", "\0", "\ud800", "\udcff", "\n", "ﬁ", "İ"),
]  # fmt: skip
NEARLY = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def leaves(tree: Filter) -> list[Filter]:
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part):
            return leaves(part)
        case _:
            return [tree]


def depth(tree: Filter) -> int:
    """Return how many levels a tree has as the catalog counts them."""
    match tree:
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts), default=0)
        case Not(part):
            return 1 + depth(part)
        case _:
            return 0


def check(typed: str, query: Query) -> None:
    for mistake in query.mistakes:
        assert 0 <= mistake.start <= mistake.end <= len(typed)
        assert mistake.sentence.endswith(".")
        assert mistake.advice.endswith((".", "?"))
    assert all(left.start <= right.start for left, right in pairwise(query.mistakes))
    assert len(query.questions) <= 8
    for question in query.questions:
        question.text.encode()
        assert question.text.strip()
        assert "\0" not in question.text
        assert " ".join(question.parts) in (question.text, "")
        assert len({term.text.casefold() for term in question.terms}) == len(question.terms) <= 32
        assert all(0.1 <= term.weight <= 10 for term in question.terms)
    for example_ in query.examples:
        assert example_.path.startswith(b"/")
        assert b"\0" not in example_.path
        assert 0.1 <= abs(example_.weight) <= 10
    for found in leaves(query.where) if query.where else []:
        if isinstance(found, Holds | Matches):
            str(found).encode()
    assert query.where is None or depth(query.where) <= 15
    assert query.where is None or len(leaves(query.where)) <= 100 + len(HERE.offline) * 100


@settings(deadline=None)
@given(ANYTHING)
@example("(" * 3000)
@example(")" * 3000)
@example('"' * 3000)
@example("-" * 3000)
@example("NOT " * 900)
@example("(a OR b) " * 400)
@example("-(a (b OR -c) " * 200)
@example("a" * 10_000)
def test_any_text_gives_a_query(typed: str) -> None:
    check(typed, asked(typed))


@settings(deadline=None)
@given(NEARLY)
def test_what_is_nearly_a_query_gives_one(typed: str) -> None:
    check(typed, asked(typed))


@settings(deadline=None)
@given(NEARLY)
def test_every_keystroke_on_the_way_gives_a_query(typed: str) -> None:
    for length in range(0, len(typed), 7):
        check(typed[:length], asked(typed[:length]))


@settings(deadline=None)
@given(st.sampled_from(sorted(FIELDS)), ANYTHING)
def test_any_value_of_any_field_is_read_or_told(name: str, value: str) -> None:
    spec: Spec = FIELDS[name]
    typed = unquoted(value.replace("\0", " ").encode("utf-8", "replace").decode())
    if typed.text.strip():
        with suppress(Unreadable):
            spec.read(typed.stripped(), HERE)


@given(st.text(st.characters(codec="utf-8", exclude_characters='"“”„«»\0'), min_size=1))
def test_what_is_quoted_stands_as_it_is(text: str) -> None:
    query = asked(f'"{text}"')
    assert query.where == (Holds(text.strip()) if text.strip() else None)
    assert not query.mistakes


@given(st.sampled_from(["name", "camera", "title", "author"]), st.text(st.characters(codec="ascii"), min_size=1))
def test_a_quoted_value_stands_as_it_is(name: str, text: str) -> None:
    value = text.replace('"', "").replace("\0", "").strip()
    where = asked(f'{name}:"{value}"').where
    assert where == (Matches(FIELDS_OF[name], value) if value else None)


FIELDS_OF = {name: asked(f"{name}:x").where.field for name in ("name", "camera", "title", "author")}  # type: ignore[union-attr]


NAMES = st.binary(min_size=1, max_size=60).map(lambda name: name.replace(b"/", b"").replace(b"\0", b""))
PATHS = st.lists(NAMES.filter(lambda name: name not in {b"", b".", b".."}), min_size=1, max_size=6).map(
    lambda names: b"/" + b"/".join(names)
)


@given(PATHS)
@example(b'/a/5" disks')
@example("/a/“b” «c» d".encode())
@example(b"/a/caf\xe9 ")
@example(b"/a/b^2")
@example(b"/a/(b")
@example(b"/a/new\nline")
@example("/a/\u202egnp.exe".encode())
def test_any_path_comes_back_from_the_query_that_names_it(path: bytes) -> None:
    query = asked(f"red in:{quoted(path)} boat -like:{quoted(path)}^2")
    assert (query.where, query.examples, query.mistakes) == (Under(path), (Example(path, -2),), ())
    assert quoted(path).isprintable()


@given(st.integers(0, 10**6), st.sampled_from(["", "b", "kB", "MB", "GB", "TB", "KiB", "mib", "G"]))
def test_every_size_lies_within_what_is_about_it(number: int, unit: str) -> None:
    exact, about = asked(f"size:>={number}{unit}").where, asked(f"size:{number}{unit}").where
    assert isinstance(exact, Compare)
    if isinstance(about, And):
        low, high = (int(part.value) for part in about.parts if isinstance(part, Compare))
        assert low <= int(exact.value) < high
    else:
        assert isinstance(about, Compare)
        assert about.value == exact.value


@given(st.lists(st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), min_size=1, max_size=5))
def test_a_list_of_suffixes_is_each_of_them(suffixes: list[str]) -> None:
    where = asked("ext:" + ",".join(suffixes)).where
    assert where is not None
    assert [leaf.value for leaf in leaves(where) if isinstance(leaf, Compare)] == suffixes


@pytest.mark.parametrize(
    "piece", ["(", '"', "a ", "ab:c ", "near:q9x ", "near:Lisbbon ", "a OR ", "is: a ", "size:> ", "NOT "]
)
def test_two_thousand_characters_are_read_within_a_second_of_processor_time(piece: str) -> None:
    asked("near:Vienna")
    begun = time.process_time()
    asked((piece * 2000)[:2000])
    assert time.process_time() - begun < 1


def test_oneof_is_used_for_what_has_several_spellings() -> None:
    assert isinstance(asked("type:jpg").where, OneOf)


def test_the_deepest_brackets_make_no_deeper_tree_than_the_catalog_takes() -> None:
    inner = "-size:10MB"
    for _ in range(5):
        inner = f"(ext:a OR ext:b {inner})"
    where = asked(f"ext:a OR ext:b {inner}").where
    assert where is not None
    assert depth(where) == 14
    condition(where)
