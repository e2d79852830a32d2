"""A mistake in a query as text, with the place where it is."""

import unicodedata

from vexgui.cli.render import as_is, clean
from vexgui.core.query import Mistake

_BEFORE, _BEHIND = 50, 25
"""So much of a long query is shown around a mistake, characters."""


def mistake_text(query: str, mistake: Mistake) -> str:
    """Return what is wrong with a query and what to do, then the query, then carets below what is wrong."""
    first = max(0, mistake.start - _BEFORE)
    end = max(mistake.end, mistake.start + 1)
    last = min(len(query), max(end, first + _BEFORE) + _BEHIND)
    lead, tail = "…" * (first > 0), "…" * (last < len(query))
    line = f"{lead}{as_is(query[first:last])}{tail}"
    blanks = " " * (len(lead) + _columns(query[first : mistake.start]))
    carets = "^" * max(1, _columns(query[mistake.start : min(end, last)]))
    return f"{clean(f'{mistake.sentence} {mistake.advice}')}\n  {line}\n  {blanks}{carets}\n"


def _columns(text: str) -> int:
    """Return how wide a terminal shows a text."""
    return sum(_width(sign) for sign in as_is(text))


def _width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
