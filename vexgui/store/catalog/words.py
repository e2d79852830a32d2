"""The text index: which passages hold searched words, and where in them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from vexgui.store.catalog.among import IS_AMONG, marks
from vexgui.store.catalog.lending import LISTED
from vexgui.store.format import PASSAGE_BITS, TOKENIZER
from vexgui.store.rows import FileId, PassageId, file_of

_OF_ALLOWED = IS_AMONG.format(file=f"(rowid >> {PASSAGE_BITS})")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a search for words does at most.

    Attributes:
        counted: Passages of a term that are counted; of one that is in more, a common one, it is estimated how many
            there are, and where passages are compared with each other it does not weigh: SQLite would go through all.
        ranked: Passages that are compared with each other, the newest: SQLite takes 1 to 2 µs for each.
        newest: Passages of each term, the newest, among which those that hold all are looked for where all are common.
    """

    counted: int
    ranked: int
    newest: int


THOROUGH = Effort(counted=50_000, ranked=5_000, newest=10_000)
QUICK = Effort(counted=10_000, ranked=500, newest=2_000)
"""For an answer to every keystroke."""


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
    db: sqlite3.Connection,
    terms: Sequence[str],
    limit: int,
    among: NDArray[np.int64] | None = None,
    effort: Effort = THOROUGH,
) -> WordsFound:
    """Look for passages that hold terms: words, which are compared by their stems, or phrases with spaces.

    Where fewer than wanted hold every term that occurs, those that hold the rarest ones are looked at too: a word that
    is everywhere takes longer than all others together and tells nothing.

    Args:
        db: The catalog.
        terms: What is looked for.
        limit: How many passages are wanted.
        among: The only files whose passages may be found, ascending; None: any. Counts are of all passages still.
        effort: How much is done at most.
    """
    (passages,) = db.execute("SELECT count(*) FROM passages").fetchone()
    known = [
        _Term(number, expression, *_count(db, expression, passages, effort))
        for number, expression in enumerate(map(phrase, terms))
    ]
    counts = tuple(term.count for term in known)
    occurring = sorted((term for term in known if term.count), key=lambda term: term.count)
    if not occurring:
        return WordsFound(passages, counts, ())
    allowed = None if among is None else marks(among)
    found = _ranked(db, " AND ", occurring, limit, allowed, effort)
    held = dict.fromkeys(found, tuple(sorted(term.number for term in occurring)))
    if len(found) < limit and len(occurring) > 1:
        rarest = _rarest(occurring, effort)
        others = _ranked(db, " OR ", rarest, limit, allowed, effort)
        more = [passage for passage in others if passage not in found][: limit - len(found)]
        found |= {passage: others[passage] for passage in more}
        held |= _held(db, occurring, rarest, more)
    hits = (
        WordHit(PassageId(passage), file_of(PassageId(passage)), held[passage], closeness)
        for passage, closeness in found.items()
    )
    return WordsFound(passages, counts, tuple(hits))


def marked(db: sqlite3.Connection, terms: Sequence[str], passages: Sequence[PassageId]) -> dict[PassageId, str]:
    r"""Return the texts of those passages that hold any of the terms, each place between \x02 and \x03.

    They are indexed once more on their own: among all passages, SQLite would go through each that holds a term.
    """
    if not terms or not passages:
        return {}
    texts = db.execute(f"SELECT id, text FROM passage_texts WHERE id IN ({LISTED})", (json.dumps(passages),))
    with closing(sqlite3.connect(":memory:")) as apart:
        apart.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, tokenize = '{TOKENIZER}')")
        apart.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", texts)
        rows = apart.execute(
            "SELECT rowid, highlight(words, 0, char(2), char(3)) FROM words WHERE words MATCH ?",
            (" OR ".join(map(phrase, terms)),),
        )
        return {PassageId(passage): text for passage, text in rows}


def phrase(text: str) -> str:
    """Return text as FTS5 reads it literally."""
    return '"' + text.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class _Term:
    """A term that is looked for.

    Attributes:
        number: Its place among the terms.
        expression: What FTS5 looks for.
        count: How many passages hold it.
        common: Whether these are too many to be counted.
    """

    number: int
    expression: str
    count: int
    common: bool


def _count(db: sqlite3.Connection, expression: str, passages: int, effort: Effort) -> tuple[int, bool]:
    """Return how many passages an expression finds, and whether that is estimated.

    Where they are many, those that are not counted are taken to lie as close to each other as those that are.
    """
    count = _counted(db, expression, effort.counted + 1)
    if count <= effort.counted:
        return count, False
    last, reached = db.execute(
        "SELECT (SELECT max(id) FROM passages),"
        " (SELECT max(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?))",
        (expression, count),
    ).fetchone()
    return min(passages, count * last // reached), True


def _counted(db: sqlite3.Connection, expression: str, most: int) -> int:
    """Return how many passages an expression finds, at most so many."""
    (count,) = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (expression, most)
    ).fetchone()
    return int(count)


def _rarest(occurring: Sequence[_Term], effort: Effort) -> Sequence[_Term]:
    """Return as many terms, given from the rarest on, as can be ranked together, and at least one."""
    room = accumulate(term.count for term in occurring)
    return occurring[: max(1, sum(total <= effort.ranked for total in room))]


def _ranked(
    db: sqlite3.Connection, joint: str, terms: Sequence[_Term], limit: int, allowed: bytes | None, effort: Effort
) -> dict[int, float]:
    """Return the best passages that hold all or any of some terms and how close they come to the best, best first.

    Where very many match, the newest of them are ranked. BM25 goes by the terms that are not common.
    """
    if all(term.common for term in terms):
        return dict.fromkeys(_newest(db, terms, limit, allowed, effort), 1.0)
    matching, values = _matching(allowed)
    found: tuple[str | bytes, ...] = (joint.join(term.expression for term in terms), *values)
    ranked = "SELECT rowid AS passage, bm25(words) AS bm25 "
    if any(term.common for term in terms):
        ranked += f"FROM words WHERE words MATCH ? AND +rowid IN (SELECT rowid {matching})"
        found = (joint.join(term.expression for term in terms if not term.common), *found)
    else:
        ranked += matching
    rows = db.execute(
        f"SELECT passage, bm25 FROM ({ranked}) ORDER BY bm25, passage LIMIT ?", (*found, effort.ranked, limit)
    ).fetchall()
    return {passage: bm25 / rows[0][1] for passage, bm25 in rows}


def _newest(
    db: sqlite3.Connection, terms: Sequence[_Term], limit: int, allowed: bytes | None, effort: Effort
) -> list[int]:
    """Return the newest passages that hold all of some common terms; none is better than another."""
    matching, values = _matching(allowed)
    most = limit if len(terms) == 1 else effort.newest
    holding = [db.execute(f"SELECT rowid {matching}", (term.expression, *values, most)).fetchall() for term in terms]
    common = set(holding[0]).intersection(*holding[1:])
    return sorted((passage for (passage,) in common), reverse=True)[:limit]


def _matching(allowed: bytes | None) -> tuple[str, tuple[bytes, ...]]:
    """Return SQL for the newest passages that an expression finds among some files; None: all.

    Its parameters are the expression, the values that are returned with it, and how many are wanted.
    """
    narrowed, values = ("", ()) if allowed is None else (f" AND {_OF_ALLOWED}", (allowed,))
    return f"FROM words WHERE words MATCH ?{narrowed} ORDER BY rowid DESC LIMIT ?", values


def _held(
    db: sqlite3.Connection, terms: Sequence[_Term], found_by: Sequence[_Term], passages: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Return which terms each of some passages holds that were found by any of a few.

    What is common is looked for together with these, so that not all that hold it are gone through; among passages that
    were found by a common term it is not looked for.
    """
    if all(term.common for term in found_by):
        return dict.fromkeys(passages, tuple(term.number for term in found_by))
    any_of = " OR ".join(term.expression for term in found_by)
    held: dict[int, list[int]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: term.number):
        expression = term.expression if term in found_by else f"({any_of}) AND {term.expression}"
        rows = db.execute(
            f"SELECT rowid FROM words WHERE words MATCH ? AND +rowid IN ({LISTED})", (expression, json.dumps(passages))
        )
        for (passage,) in rows:
            held[passage].append(term.number)
    return {passage: tuple(numbers) for passage, numbers in held.items()}
