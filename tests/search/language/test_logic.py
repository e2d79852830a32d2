"""AND, OR, NOT and brackets mean what a plain reading of them says, checked on files that are sets of words."""

from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.search.language.asking import asked
from vexgui.core.filters import And, Compare, Filter, Holds, Not, Or

NAMES = ["ash", "birch", "cedar", "date", "elm"]
FILES = [
    frozenset(name for name, is_in in zip(NAMES, bits, strict=True) if is_in) for bits in product((0, 1), repeat=5)
]


@dataclass(frozen=True)
class Leaf:
    """A word: free, quoted, or as a suffix, which stands for a condition."""

    name: str
    form: str


@dataclass(frozen=True)
class Branch:
    """``AND``, ``OR`` or ``NOT``."""

    way: str
    parts: tuple["Tree", ...]


Tree: TypeAlias = Leaf | Branch

LEAVES = st.builds(Leaf, st.sampled_from(NAMES), st.sampled_from(["free", "quoted", "field"]))


def branches(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Branch, st.sampled_from(["AND", "OR"]), several) | st.builds(
        Branch, st.just("NOT"), st.tuples(inner)
    )


TREES = st.recursive(LEAVES, branches, max_leaves=7)


def printed(tree: Tree, level: int = 0) -> str:
    """Return a tree as somebody might type it; brackets stand where they must."""
    match tree:
        case Leaf(name, form):
            return {"free": name, "quoted": f'"{name}"', "field": f"ext:{name}"}[form]
        case Branch("NOT", (part,)):
            return f"NOT {printed(part, 2)}"
        case Branch(way, parts):
            strength = {"OR": 0, "AND": 1}[way]
            joined = {"OR": " OR ", "AND": " "}[way].join(printed(part, strength + 1) for part in parts)
            return joined if strength >= level else f"({joined})"
    raise AssertionError(tree)


def brackets(text: str) -> int:
    """Return how many brackets are open at a time."""
    deepest = opened = 0
    for sign in text:
        opened += (sign == "(") - (sign == ")")
        deepest = max(deepest, opened)
    return deepest


def strictly(tree: Tree, file: frozenset[str]) -> bool:
    """Tell whether a file is as a tree says where all of it has to hold."""
    match tree:
        case Leaf(name, _):
            return name in file
        case Branch("NOT", (part,)):
            return not strictly(part, file)
        case Branch(way, parts):
            return (all if way == "AND" else any)(strictly(part, file) for part in parts)
    raise AssertionError(tree)


def leaves_in(tree: Tree, file: frozenset[str]) -> bool | None:
    """Tell whether a file passes; None: the tree leaves every file in."""
    match tree:
        case Leaf(name, form):
            return None if form == "free" else name in file
        case Branch("NOT", (Branch("NOT", (part,)),)):
            return leaves_in(part, file)
        case Branch("NOT", (part,)):
            return not strictly(part, file)
        case Branch("AND", parts):
            said = [leaves_in(part, file) for part in parts]
            known = [one for one in said if one is not None]
            return all(known) if known else None
        case Branch(_, parts):
            said = [leaves_in(part, file) for part in parts]
            return None if None in said else any(said)
    raise AssertionError(tree)


def holds(tree: Filter, file: frozenset[str]) -> bool:
    """Evaluate a filter on a file."""
    match tree:
        case And(parts):
            return all(holds(part, file) for part in parts)
        case Or(parts):
            return any(holds(part, file) for part in parts)
        case Not(part):
            return not holds(part, file)
        case Holds(text):
            return text in file
        case Compare(_, _, value):
            return value in file
    raise AssertionError(tree)


def wordings(tree: Tree) -> list[tuple[str, ...]]:
    """Return every choice of a side at every OR, as the words that then are looked for."""
    match tree:
        case Leaf(name, form):
            return [(name,)] if form != "field" else [()]
        case Branch("NOT", (Branch("NOT", (part,)),)):
            return wordings(part)
        case Branch("NOT", _):
            return [()]
        case Branch("OR", parts):
            return [words for part in parts for words in wordings(part)]
        case Branch(_, parts):
            return [sum(choice, ()) for choice in product(*map(wordings, parts))]
    raise AssertionError(tree)


@settings(deadline=None)
@given(TREES)
def test_the_filter_passes_the_files_that_a_plain_reading_passes(tree: Tree) -> None:
    typed = printed(tree)
    assume(brackets(typed) <= 5)
    query = asked(typed)
    assert not query.mistakes
    for file in FILES:
        expected = leaves_in(tree, file)
        assert (True if query.where is None else holds(query.where, file)) is (expected is not False)
        assert (query.where is None) == (expected is None)


@settings(deadline=None)
@given(TREES)
def test_the_questions_are_the_choices_that_a_plain_reading_leaves(tree: Tree) -> None:
    typed = printed(tree)
    assume(brackets(typed) <= 5)
    found = [question.text for question in asked(typed).questions]
    expected = [" ".join(words) for words in wordings(tree)]
    if len(expected) <= 8:
        assert found == list(dict.fromkeys(text for text in expected if text))
    else:
        every_word = {word for text in expected for word in text.split()}
        assert [set(text.split()) for text in found] == [every_word] if every_word else not found


@settings(deadline=None)
@given(TREES)
def test_brackets_that_need_not_be_change_nothing(tree: Tree) -> None:
    typed = printed(tree)
    assume(brackets(typed) <= 3)
    assert asked(f"(({typed}))") == asked(typed)


@settings(deadline=None)
@given(TREES)
def test_and_may_be_left_out(tree: Tree) -> None:
    typed = printed(tree)
    assume(brackets(typed) <= 5)
    assert asked(typed.replace(") (", ") AND (").replace('" "', '" AND "')) == asked(typed)
