"""What a person typed, taken apart for the text index and for names. Pure."""

import re
from dataclasses import dataclass

from vexgui.store.catalog import folded

_TERM = re.compile(r'(?<!\S)space:(?P<space>"[^"]*"|\S+)|"(?P<quoted>[^"]*)"|(?P<plain>\S+)', re.IGNORECASE)
_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about an and any are as at be by can did do does for from had has have how i if in into is it its
        me my of on or our s show so some t that the their them there these they this those to was we were
        what when where which who why will with would you your""",
    )
)
_MOST_CHARACTERS = 2000
_MOST_TERMS = 32
"""Enough for a long sentence; of a pasted page the first words are looked for, its meaning is that of all."""

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Query:
    """A query in its parts.

    Attributes:
        text: What is embedded: all of it, without quotation marks.
        terms: What the text index looks for: words that carry meaning, and quoted phrases.
        parts: What a name must hold, all of it: the stretches between blanks; none where no name can be so long.
        spaces: The spaces of vectors that ``space:NAME`` names, as they were typed: only their meaning is searched, no
            names and no words. Where there are none everything is searched.
    """

    text: str
    terms: tuple[str, ...]
    parts: tuple[str, ...]
    spaces: tuple[str, ...] = ()


def parse(typed: str) -> Query:
    """Take a query apart; any text gives a query, the empty one included."""
    # SQLite ends a text at a NUL, and a lone surrogate cannot be written to it.
    clean = typed.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")[:_MOST_CHARACTERS]
    terms: list[str] = []
    parts: list[str] = []
    spaces: list[str] = []
    for match in _TERM.finditer(clean):
        if space := (match["space"] or "").strip('"').strip():
            spaces.append(space)
        quoted, plain = match["quoted"] or "", match["plain"] or ""
        found = _WORD.findall(quoted or plain)
        if quoted and found:
            terms.append(" ".join(found))
        elif not quoted:
            terms += found
        if quoted.strip() or plain.strip('"'):
            parts.append((quoted or plain.strip('"')).strip())
    meant = [term for term in terms if term.casefold() not in _STOP_WORDS]
    text = " ".join(parts)
    return Query(
        text,
        _distinct(meant or terms)[:_MOST_TERMS],
        tuple(parts) if len(text) <= _LONGEST_NAME else (),
        _distinct(spaces),
    )


def normal_name(name: str) -> str:
    """Return a name as it is compared: case and accents away, separators as single spaces."""
    return " ".join(re.split(r"[\s_\-.,()\[\]+]+", folded(name))).strip()


def _distinct(terms: list[str]) -> tuple[str, ...]:
    return tuple({term.casefold(): term for term in terms}.values())
