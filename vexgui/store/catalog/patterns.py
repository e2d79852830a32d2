"""Patterns with wildcards, on texts without the differences of case, accents and composition."""

import re
from functools import lru_cache

from vexgui.core.paths import decoded
from vexgui.store.catalog.paths import folded

_WILD = re.compile(r"([*?])")
_RUN = re.compile(r"[^*?\[\]]+")
TRIGRAM = 3
"""Letters that the index of names looks up together."""


def fits(value: str | bytes | float | None, pattern: str) -> bool:
    """Tell whether a text or path holds a pattern; see `vexgui.core.filters.Matches`."""
    if not isinstance(value, str | bytes):
        return False
    return _compiled(pattern).fullmatch(folded(decoded(value) if isinstance(value, bytes) else value)) is not None


def glob(pattern: str) -> str:
    """Return a pattern as SQLite's GLOB wants it, for texts that are folded already."""
    return "".join(part if _WILD.fullmatch(part) else literal(folded(part)) for part in _parts(pattern))


def literal(text: str) -> str:
    """Return the pattern of GLOB that fits a text alone."""
    return re.sub(r"([*?\[])", r"[\1]", text)


def is_indexed(pattern: str) -> bool:
    """Tell whether SQLite's index of trigrams can look for a pattern of GLOB.

    It counts bytes where it means characters: of one or two that take three bytes it finds nothing, or crashes.
    """
    return all(len(run) >= TRIGRAM or len(run.encode()) < TRIGRAM for run in _RUN.findall(pattern))


@lru_cache(64)
def _compiled(pattern: str) -> re.Pattern[str]:
    between = [""]
    for part in _parts(pattern):
        if part == "*":
            between.append("")
        else:
            between[-1] += "." if part == "?" else re.escape(folded(part))
    if len(between) == 1:
        return re.compile(between[0], re.DOTALL)
    first, *others, last = between
    # As in `fnmatch`: a star is followed by the nearest place where the next part fits, and no other is tried. To try
    # them all takes time without end where many stars meet a text that repeats itself.
    return re.compile(f"{first}{''.join(f'(?>.*?{part})' for part in others)}.*{last}", re.DOTALL)


def _parts(pattern: str) -> list[str]:
    """Return wildcards and what is between them; folded as a whole, other letters could become wildcards."""
    if _WILD.search(pattern):
        return _WILD.split(re.sub(r"\*+", "*", pattern))
    return ["*", pattern, "*"]
