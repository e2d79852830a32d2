"""Whether a question is asked in other words than a page's: which stems they share."""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about after again all along am an and another any anything are around as at be been before behind but
        by can come could did do does doing don done else even ever every everything few first for from get go
        goes going gone good had has have he her here him his how i if in instead into is it its just last let
        like ll made make many may me more most much must my need never no nobody not nothing now of off on one
        only onto or other our out over own per put re s same see shall she should since so some somebody
        someone something soon still such t take than that the their them then there these they thing things
        this those through to too two up us ve very want was way we were what when where which while who why
        will with without would you your""",
    )
)
"""Words that a text needs whatever it is about."""

_INDEX = "CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
_VOCABULARY = "CREATE VIRTUAL TABLE word USING fts5vocab(texts, instance)"


def stems(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the stems of each text's words, function words left out."""
    db = sqlite3.connect(":memory:")
    db.execute(_INDEX)
    db.execute(_VOCABULARY)
    names = list(texts)
    db.executemany(
        "INSERT INTO texts(rowid, text) VALUES (?, ?)", ((row, texts[name]) for row, name in enumerate(names))
    )
    db.execute("INSERT INTO texts(rowid, text) VALUES (-1, ?)", (" ".join(FUNCTION_WORDS),))
    found: dict[int, set[str]] = {row: set() for row in range(-1, len(names))}
    for row, stem in db.execute("SELECT DISTINCT doc, term FROM word"):
        found[row].add(stem)
    db.close()
    return {name: frozenset(found[row] - found[-1]) for row, name in enumerate(names)}


def shared(question: str, pages: Iterable[str], known: Mapping[str, frozenset[str]]) -> Sequence[float]:
    """Return for each page the share of a question's stems that stand in it.

    Args:
        question: The question's text.
        pages: Keys of the pages.
        known: Stems by question and by key.
    """
    asked = known[question]
    return [len(asked & known[page]) / max(len(asked), 1) for page in pages]
