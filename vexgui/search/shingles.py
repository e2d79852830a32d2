"""How much of their text two files share, by runs of three words. Pure.

The resemblance of Andrei Broder ("On the resemblance and containment of documents", 1997): of all runs of words that
occur in either text, the share that occurs in both.
"""

import re
import unicodedata
from collections.abc import Iterable

_RUN = 3

_TORN = re.compile(r"(?<=\w)[-\u2010\u00ad][^\S\n]*\n\s*(?=\w)")
"""A word that a line end cut in two, as PDFs have it."""

_WORD = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"  # scripts that put no space between words
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)

Shingles = frozenset[tuple[str, ...]]
"""The runs of three words that occur in a text; of a shorter one all its words."""


def shingles(passages: Iterable[str]) -> Shingles:
    """Return the runs of words that occur in a text, given as its passages."""
    found: set[tuple[str, ...]] = set()
    for passage in passages:
        words = _words(passage)
        found.update(zip(words, words[1:], words[2:], strict=False) if len(words) >= _RUN else [tuple(words)])
    found.discard(())
    return frozenset(found)


def resemblance(one: Shingles, other: Shingles) -> float:
    """Return the share of the runs of words of two texts that they have in common, 0 to 1; 0 where there are none."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _words(text: str) -> list[str]:
    """Return a text's words, whatever their case, their ligatures, and where lines end."""
    return _WORD.findall(unicodedata.normalize("NFKC", _TORN.sub("", text)).replace("\u00ad", "").casefold())
