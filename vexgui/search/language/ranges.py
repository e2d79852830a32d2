"""Comparisons and ranges: ``>10MB``, ``<=2024``, ``10MB..20MB``, ``2019..``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from vexgui.core.filters import Op
from vexgui.search.language.values import Typed, Unreadable

T = TypeVar("T", int, str)


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
