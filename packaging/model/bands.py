"""What strong, maybe and weak mean for pictures: the pairs that marks are chosen from, and the pairs that judge them.

Names are halved by a hash. Marks are chosen from one half's queries and pictures, and judged by the other's. Queries
that no picture answers only judge: their cosines are lower than those of names, and would make the marks lenient.
"""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from calibrate import calibration, level
from captions import concept
from product import Judged
from splits import UNSEEN, order

from vexgui.core.vectors import Calibration
from vexgui.search.rank import MAYBE_FROM, STRONG_FROM, likeness_strength, query_strengths

_DOUBTFUL = 0.7
"""A picture whose name has such a cosine with the query, but another name, may fit or not: nobody can say."""

_QUESTIONS = Path(__file__).parents[2] / "resources" / "questions.toml"

_NO_PICTURE = Path(__file__).parent / "no_picture.txt"
"""Queries that people have for documents, a line each, and that no drawing of a thing answers."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Measured pairs: cosines, float64 [rows, pictures], not a number where nobody can judge; and which fit."""

    cosines: np.ndarray
    fits: np.ndarray


@dataclass(frozen=True, slots=True)
class Shares:
    """What bands say: shares of the rows whose best fitting, and best unfitting, picture is strong, or at least maybe.

    Of rows that nothing fits, the first two are not a number.
    """

    name: str
    rows: int
    right_strong: float
    right_maybe: float
    wrong_strong: float
    wrong_maybe: float


def calibrated(judged: Judged) -> dict[str, object]:
    """Return a calibration as the model's configuration has it, chosen from the first halves."""
    query, like = _names(judged, 0), _likeness(judged, 0)
    value, _ = calibration(query.cosines, query.fits, like.cosines, like.fits)
    return value


def shares(judged: Judged, marks: Calibration) -> list[Shares]:
    """Return what marks say of pairs they were not chosen from."""
    found = [
        _query_shares("names of held-out pictures", _names(judged, 1), marks),
        _query_shares("what no picture answers", _nothing_fits(judged), marks),
    ]
    for name, rows in judged.sets.items():
        if name.startswith("unseen style: "):
            names = [judged.entries[row].names[0] for row in rows]
            found.append(_query_shares(f"names, {name.rpartition(',')[0]}", _asked(judged, names, rows), marks))
    found.append(_like_shares("pictures of the same, in other styles", _likeness(judged, 1), marks))
    return found


def pairs(
    cosines: np.ndarray, asked: Sequence[Sequence[str]], shown: Sequence[Sequence[str]], near: np.ndarray
) -> Pairs:
    """Return measured pairs with those left out that nobody can judge.

    A pair fits if the first names mean the same words. Otherwise it is doubtful where the names share a word, or mean
    nearly the same.

    Args:
        cosines: Shape [rows, pictures].
        asked: Names of each row.
        shown: Names of each picture.
        near: Cosines of the rows' first names with the pictures', same shape.
    """
    wanted, seen = (np.array([concept(names[0]) for names in side]) for side in (asked, shown))
    fits = wanted[:, np.newaxis] == seen
    words = [_words(names) for names in shown]
    shared = np.array([[not own.isdisjoint(others) for others in words] for own in map(_words, asked)])
    return Pairs(np.where(~fits & (shared | (near > _DOUBTFUL)), np.nan, cosines.astype(np.float64)), fits)


def _words(names: Iterable[str]) -> set[str]:
    return {word for word in concept(" ".join(names)).split() if len(word) > 2}


def _names(judged: Judged, half: int) -> Pairs:
    """Return the names of half of the held-out pictures, each with all held-out pictures."""
    rows = _held_out(judged)
    return _asked(
        judged, [name for name in (judged.entries[row].names[0] for row in rows) if _half(name) == half], rows
    )


def _nothing_fits(judged: Judged) -> Pairs:
    """Return the queries that no picture answers, each with all held-out pictures."""
    questions = [each["text"] for each in tomllib.loads(_QUESTIONS.read_text("utf-8"))["question"]]
    texts = [*questions, *_NO_PICTURE.read_text("utf-8").splitlines()]
    found = _asked(judged, texts, _held_out(judged))
    return Pairs(found.cosines, np.zeros_like(found.fits))


def _asked(judged: Judged, texts: Sequence[str], rows: np.ndarray) -> Pairs:
    shown = [judged.entries[row].names for row in rows]
    vectors = judged.texts(texts)
    near = vectors @ judged.texts([names[0] for names in shown]).T
    return pairs(vectors @ judged.pictures(rows).T, [[text] for text in texts], shown, near)


def _likeness(judged: Judged, half: int) -> Pairs:
    """Return half of the held-out emoji in all styles, each with all the others."""
    sets = [judged.sets[name] for name in judged.sets if "emoji," in name or _is_emoji_style(name)]
    rows = np.array([row for row in np.concatenate(sets) if _half(judged.entries[row].names[0]) == half])
    names = [judged.entries[row].names for row in rows]
    vectors, texts = judged.pictures(rows), judged.texts([each[0] for each in names])
    found = pairs(vectors @ vectors.T, names, names, texts @ texts.T)
    np.fill_diagonal(found.cosines, np.nan)
    return found


def _is_emoji_style(name: str) -> bool:
    return any(name.startswith(f"unseen style and concept: {source}") for source in UNSEEN if source != "oxygen")


def _held_out(judged: Judged) -> np.ndarray:
    return next(iter(judged.sets.values()))


def _half(name: str) -> int:
    return order(f"half {concept(name)}") % 2


def _query_shares(name: str, measured: Pairs, marks: Calibration) -> Shares:
    levels = [level(cosines) for cosines in measured.cosines]
    return _shares(name, measured, lambda row, cosine: query_strengths(marks, (cosine,), levels[row])[0])


def _like_shares(name: str, measured: Pairs, marks: Calibration) -> Shares:
    return _shares(name, measured, lambda _, cosine: likeness_strength(marks, cosine))


def _shares(name: str, measured: Pairs, strength: Callable[[int, float], float]) -> Shares:
    """Return what bands say of pairs, with the strength of a row's best cosine: it rises with the cosine."""
    told: list[float] = []
    for fits in (measured.fits, ~measured.fits):
        best = np.where(fits, measured.cosines, np.nan)
        rows = np.flatnonzero((~np.isnan(best)).any(axis=1))
        strengths = np.array([strength(row, np.nanmax(best[row])) for row in rows])
        told += [float((strengths >= mark).mean()) if len(rows) else np.nan for mark in (STRONG_FROM, MAYBE_FROM)]
    return Shares(name, len(measured.fits), *told)
