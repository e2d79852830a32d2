"""The text index: which passages hold searched words, and where in them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from vexgui.store.catalog.among import IS_AMONG, marks
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import FileId, PassageId, file_of

_LISTED = "SELECT value FROM json_each(?)"
_OF_ALLOWED = IS_AMONG.format(file=f"(rowid >> {PASSAGE_BITS})")
_MOST_RANKED = 20_000
"""Passages that are compared with each other for one query: SQLite takes 1 to 2 µs for each."""


@dataclass(frozen=True, slots=True)
class WordHit:
    """A passage that holds searched words.

    Attributes:
        passage_id: The passage.
        file_id: Its file.
        held: Which of the terms it holds, as positions among them, ascending.
        closeness: How well it fits, by BM25, as a share of the best fit; above 0, at most 1.
    """

    passage_id: PassageId
    file_id: FileId
    held: tuple[int, ...]
    closeness: float


@dataclass(frozen=True, slots=True)
class WordsFound:
    """What a search for words gives.

    Attributes:
        passages: How many passages there are in all.
        counts: How many of them hold each term.
        hits: Passages that hold any: first those that hold every term that occurs at all, then others; best first.
    """

    passages: int
    counts: tuple[int, ...]
    hits: tuple[WordHit, ...]


def find(
    db: sqlite3.Connection, terms: Sequence[str], limit: int, among: NDArray[np.int64] | None = None
) -> WordsFound:
    """Look for passages that hold terms: words, which are compared by their stems, or phrases with spaces.

    Where fewer than wanted hold every term that occurs, those that hold the rarest ones are looked at too: a word that
    is everywhere takes longer than all others together and tells nothing.

    Args:
        db: The catalog.
        terms: What is looked for.
        limit: How many passages are wanted.
        among: The only files whose passages may be found, ascending; None: any. Counts are of all passages still.
    """
    (passages,) = db.execute("SELECT count(*) FROM passages").fetchone()
    expressions = [phrase(term) for term in terms]
    counts = tuple(_count(db, expression) for expression in expressions)
    occurring = sorted((term for term, count in enumerate(counts) if count), key=lambda term: counts[term])
    if not occurring:
        return WordsFound(passages, counts, ())
    allowed = None if among is None else marks(among)
    found = _ranked(db, " AND ".join(expressions[term] for term in occurring), limit, allowed)
    if len(found) < limit and len(occurring) > 1:
        others = _ranked(db, " OR ".join(expressions[term] for term in _rarest(occurring, counts)), limit, allowed)
        found |= {passage: closeness for passage, closeness in others.items() if passage not in found}
    listed = json.dumps(list(found)[:limit])
    held = _held(db, [(term, expressions[term]) for term in sorted(occurring)], listed)
    hits = (
        WordHit(PassageId(passage), file_of(PassageId(passage)), tuple(held[passage]), closeness)
        for passage, closeness in found.items()
        if passage in held
    )
    return WordsFound(passages, counts, tuple(hits))


def marked(db: sqlite3.Connection, terms: Sequence[str], passages: Sequence[PassageId]) -> dict[PassageId, str]:
    r"""Return the texts of those passages that hold any of the terms, each place between \x02 and \x03."""
    if not terms:
        return {}
    rows = db.execute(
        f"SELECT rowid, highlight(words, 0, char(2), char(3)) FROM words WHERE words MATCH ? AND +rowid IN ({_LISTED})",
        (" OR ".join(map(phrase, terms)), json.dumps(passages)),
    )
    return {PassageId(passage): text for passage, text in rows}


def phrase(text: str) -> str:
    """Return text as FTS5 reads it literally."""
    return '"' + text.replace('"', '""') + '"'


def _count(db: sqlite3.Connection, expression: str) -> int:
    return int(db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (expression,)).fetchone()[0])


def _rarest(occurring: Sequence[int], counts: Sequence[int]) -> Sequence[int]:
    """Return as many terms, given from the rarest on, as can be ranked together, and at least one."""
    room = accumulate(counts[term] for term in occurring)
    return occurring[: max(1, sum(total <= _MOST_RANKED for total in room))]


def _ranked(db: sqlite3.Connection, expression: str, limit: int, allowed: bytes | None) -> dict[int, float]:
    """Return the best passages for an expression and how close they come to the best, best first.

    Where very many match, the newest of them are ranked.
    """
    narrowed = "" if allowed is None else f" AND {_OF_ALLOWED}"
    rows = db.execute(
        "SELECT passage, bm25 FROM (SELECT rowid AS passage, bm25(words) AS bm25 FROM words WHERE words MATCH ?"
        f"{narrowed} ORDER BY rowid DESC LIMIT ?) ORDER BY bm25, passage LIMIT ?",
        (expression, *(() if allowed is None else (allowed,)), _MOST_RANKED, limit),
    ).fetchall()
    return {passage: bm25 / rows[0][1] for passage, bm25 in rows}


def _held(db: sqlite3.Connection, terms: Sequence[tuple[int, str]], listed: str) -> dict[int, list[int]]:
    """Return which terms each of some passages holds."""
    held: dict[int, list[int]] = defaultdict(list)
    for term, expression in terms:
        # The + has SQLite go through the term's passages once; it would look it up anew for each passage in the list.
        for (passage,) in db.execute(
            f"SELECT rowid FROM words WHERE words MATCH ? AND +rowid IN ({_LISTED})", (expression, listed)
        ):
            held[passage].append(term)
    return held
