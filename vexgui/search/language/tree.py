"""A query as a tree, and what it asks for: a filter, and questions, the alternatives of words to look for.

Words that are only looked for leave every file in, and rank; conditions leave files out. Where words stand beside
conditions under ``OR``, every file is one that may be meant, so the whole leaves every file in.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import TypeAlias

from vexgui.core.filters import And, Filter, Holds, Not, Or
from vexgui.core.query import Question, Term
from vexgui.search.language.values import any_of, together

MOST_ALTERNATIVES = 8
"""Each is embedded and searched by itself; of more, all words are one question."""

_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about an and any are as at be by can did do does for from had has have how i if in into is it its
        me my of on or our s show so some t that the their them there these they this those to was we were
        what when where which who why will with would you your""",
    )
)
_MOST_TERMS = 32
"""Enough for a long sentence; of a pasted page the first words are looked for, its meaning is that of all."""

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Looked:
    """A word or a quotation that is looked for.

    Attributes:
        text: As it was typed, without quotation marks and weight.
        is_quoted: It has to occur.
        weight: How much more than usual it counts.
    """

    text: str
    is_quoted: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field asks of a file."""

    filter: Filter


@dataclass(frozen=True, slots=True)
class All:
    """All of its parts are asked for."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of its parts is asked for."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Its part must not be."""

    part: "Node"


Node: TypeAlias = Looked | Condition | All | Any | Without

Alternative: TypeAlias = tuple[Looked, ...]


def filter_of(node: Node) -> Filter | None:
    """Return what files have to be like, None: anything."""
    match node:
        case Looked(text, is_quoted):
            return Holds(text) if is_quoted else None
        case Condition() | Without():
            return _strict(node)
        case All(parts):
            kept = [inner for inner in map(filter_of, parts) if inner is not None]
            return together(kept) if kept else None
        case Any(parts):
            sides = [inner for inner in map(filter_of, parts) if inner is not None]
            return any_of(sides) if len(sides) == len(parts) else None


def questions_of(node: Node) -> tuple[Question, ...]:
    """Return what is looked for, as alternatives in the order typed; all words as one where there are too many."""
    if _count(node) > MOST_ALTERNATIVES:
        return (_question(tuple(_words(node))),)
    return tuple(dict.fromkeys(_question(words) for words in _expanded(node) if words))


def _strict(node: Node) -> Filter:
    """Return the condition that a node is in every part, words included."""
    match node:
        case Looked(text):
            return Holds(text)
        case Condition(inner):
            return inner
        case Without(part):
            return _not(_strict(part))
        case All(parts):
            return together([_strict(part) for part in parts])
        case Any(parts):
            return any_of([_strict(part) for part in parts])


def _not(inner: Filter) -> Filter:
    """Return the opposite with every ``Not`` at a leaf, by De Morgan: SQLite's stack takes flat trees only."""
    match inner:
        case Not(part):
            return part
        case And(parts):
            return any_of([_not(part) for part in parts])
        case Or(parts):
            return together([_not(part) for part in parts])
        case _:
            return Not(inner)


def _count(node: Node) -> int:
    match node:
        case All(parts):
            return math.prod(map(_count, parts))
        case Any(parts):
            return sum(map(_count, parts))
        case _:
            return 1


def _expanded(node: Node) -> Sequence[Alternative]:
    match node:
        case Looked():
            return ((node,),)
        case All(parts):
            return [tuple(chain(*combination)) for combination in product(*map(_expanded, parts))]
        case Any(parts):
            return [words for part in parts for words in _expanded(part)]
        case _:
            return ((),)


def _words(node: Node) -> list[Looked]:
    match node:
        case Looked():
            return [node]
        case All(parts) | Any(parts):
            return list(dict.fromkeys(word for part in parts for word in _words(part)))
        case _:
            return []


def _question(looked: Alternative) -> Question:
    texts = [word.text.strip() for word in looked]
    text = " ".join(texts)
    parts = tuple(texts) if len(text) <= _LONGEST_NAME else ()
    return Question(text, _terms(looked), parts)


def _terms(looked: Alternative) -> tuple[Term, ...]:
    terms: list[Term] = []
    for word in looked:
        found = _WORD.findall(word.text)
        if word.is_quoted and found:
            terms.append(Term(" ".join(found), word.weight))
        elif not word.is_quoted:
            terms += [Term(one, word.weight) for one in found]
    meant = [term for term in terms if term.text.casefold() not in _STOP_WORDS]
    return tuple({term.text.casefold(): term for term in meant or terms}.values())[:_MOST_TERMS]
