"""What stands behind a field's colon: how it is typed, compared, and made a condition.

Comparisons and ranges are ``>10MB``, ``<=2024``, ``10MB..20MB``, ``2019..``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from vexgui.core.filters import LARGEST, And, Compare, Field, Filter, Op, Or, Value

MASK = "\0"
"""Stands for a character that was quoted: what has a meaning of its own has none there."""

_OPERATORS = {
    ">=": Op.GE,
    "=>": Op.GE,
    "≥": Op.GE,
    "<=": Op.LE,
    "=<": Op.LE,
    "≤": Op.LE,
    "==": Op.EQ,
    ">": Op.GT,
    "<": Op.LT,
    "=": Op.EQ,
}

T = TypeVar("T", int, str)


class Unreadable(Exception):
    """A value that a field cannot read.

    Args:
        sentence: What is wrong.
        remedy: What to do, or "".
        meant: What was probably meant, with its field, or "".
        grows: It may become right when more is typed.
    """

    def __init__(self, sentence: str, remedy: str, *, meant: str = "", grows: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.meant = meant
        self.grows = grows


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as it was typed.

    Attributes:
        text: Without quotation marks.
        bare: The same with `MASK` for each character that was quoted.
        raw: The same as `text`, with the lone surrogates that stand for bytes of a path.
    """

    text: str
    bare: str
    raw: str

    def __getitem__(self, part: slice) -> "Typed":
        return Typed(self.text[part], self.bare[part], self.raw[part])

    def stripped(self) -> "Typed":
        """Return it without the blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def compared(self) -> tuple[Op | None, "Typed"]:
        """Return how it asks to be compared, None where it does not say, and what with."""
        for sign, op in _OPERATORS.items():
            if self.bare.startswith(sign):
                return op, self[len(sign) :].stripped()
        return None, self

    def listed(self, separators: str = ",;") -> tuple["Typed", ...]:
        """Return its parts between separators, the empty ones left out.

        Raises:
            Unreadable: There are none.
        """
        cuts = [-1, *(at for at, sign in enumerate(self.bare) if sign in separators), len(self.bare)]
        parts = (self[left + 1 : right].stripped() for left, right in pairwise(cuts))
        found = tuple(part for part in parts if part.text)
        if not found:
            raise Unreadable("There is nothing between the separators.", "Leave them out.", grows=True)
        return found


def between(field: Field, low: Value | None, high: Value | None) -> Filter:
    """Return the condition that a field lies from one value up to, not including, another; None: however far."""
    if isinstance(low, int) and isinstance(high, int) and high - low == 1 and abs(low) <= LARGEST:
        return Compare(field, Op.EQ, low)
    ends = [(op, _countable(end)) for op, end in ((Op.GE, low), (Op.LT, high)) if end is not None]
    return together([Compare(field, op, end) for op, end in ends])


def _countable(value: Value) -> Value:
    return max(-LARGEST, min(value, LARGEST)) if isinstance(value, int) else value


def together(parts: list[Filter]) -> Filter:
    """Return the condition that all parts hold, without a tree around a single one or trees in a tree."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: list[Filter]) -> Filter:
    """Return the condition that one of the parts holds, as `together` does."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """All from one value up to, not including, another; None: however far."""

    low: T | None
    high: T | None


def read_range(
    value: Typed, one: Callable[[Typed], Range[T]], example: str, about: Callable[[Typed], Range[T]] | None = None
) -> Range[T]:
    """Read a value, a comparison with one, or two with ``..`` between them, of which one may be left out.

    A value is itself a range: ``2024`` is a year, so that ``>2024`` begins with 2025 and ``<=2024`` ends with it.

    Args:
        value: What was typed.
        one: Reads a single value.
        example: What is shown to somebody who has only typed the sign.
        about: Reads a single value that is not compared, where that means something else.

    Raises:
        Unreadable: It cannot be read.
    """
    op, rest = value.compared()
    ends = _ends(rest)
    if not rest.text or (ends and not any(end.text for end in ends)):
        raise Unreadable("There is nothing to compare with.", f"Write it like this: {example}.", grows=True)
    if op is None and ends:
        return _spanned(*(one(end) if end.text else None for end in ends))
    meant = (about or one)(rest) if op is None else one(rest)
    match op:
        case Op.GT:
            return Range(meant.high, None)
        case Op.GE:
            return Range(meant.low, None)
        case Op.LT:
            return Range(None, meant.low)
        case Op.LE:
            return Range(None, meant.high)
        case _:
            return meant


def _ends(value: Typed) -> tuple[Typed, Typed] | None:
    at = value.bare.find("..")
    if at < 0:
        return None
    # A third dot belongs to the sign: people write three.
    after = at + 3 if value.bare.startswith("...", at) else at + 2
    return value[:at].stripped(), value[after:].stripped()


def _spanned(first: Range[T] | None, last: Range[T] | None) -> Range[T]:
    """Return all from one to another, whichever was named first."""
    if first is None or last is None:
        return Range(first.low if first else None, last.high if last else None)
    if first.low is not None and last.low is not None and last.low < first.low:
        first, last = last, first
    return Range(first.low, last.high)
