"""What a picture model's scores are worth: the marks for its configuration, chosen from measured cosines.

    .venv/bin/python packaging/model/calibrate.py MEASURED.npz

``MEASURED.npz`` holds ``query_cosines`` (float [queries, pictures]) and ``query_fits`` (bool, the same shape: whether
the picture answers the query), ``like_cosines`` (float [pictures, others]) and ``like_fits`` (bool: whether both show
the same). A cosine that is not a number is left out: that of a picture with itself, or of a pair that nobody can judge.
Queries that nothing fits are welcome. Printed is what belongs into ``open_clip_config.json`` as ``vexgui.calibration``,
and on standard error what the bands would have said of the measured pairs.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from vexgui.search.rank import deviations
from vexgui.store.columns.scan import level_of

Matrix = NDArray[np.float64]
"""Scores, a column for each kind of marks: cosines, and deviations if these are looked at."""

WRONG_STRONG = 0.02
"""Share of queries whose best unfitting picture may be called strong: one in 50."""

MAYBE_RIGHT = 0.9
"""Share of queries whose best fitting picture should be at least maybe."""

_MAYBE_WRONG = (0.1, 0.5)
"""For so many queries, and for so many at most, the best unfitting picture is at least maybe."""

_COMMON = 0.97
"""What one in 30 pictures that do not fit reaches is not worth naming."""

_SURE = 0.95
"""Share of the fitting pictures that are not quite as sure as can be."""

_WORTH_IT = 0.05
"""So much more of what fits must become strong before deviations are looked at: in a small folder, or in one full of
fitting pictures, they tell less than they do among the hundreds that were measured."""

_STEP = 0.001
"""Marks are multiples of it."""

_KINDS = ("cosines", "deviations")
_SETS = ([0], [1], [0, 1])
"""Which kinds of marks there can be: positions in `_KINDS`, what is preferred first."""


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """What was measured, a row a query.

    Attributes:
        right: Scores of the best fitting picture; queries that nothing fits have no row.
        wrong: Scores of the best unfitting one.
        common: What one in 30 unfitting pictures reaches, a score of each kind.
    """

    right: Matrix
    wrong: Matrix
    common: NDArray[np.float64]

    def of(self, kinds: Sequence[int]) -> "Best":
        """Return the same of some kinds of scores alone."""
        return Best(self.right[:, kinds], self.wrong[:, kinds], self.common[kinds])


@dataclass(frozen=True, slots=True)
class Shares:
    """What bands say of measured pairs: the share of queries whose best picture is at least so sure."""

    right_strong: float
    right_maybe: float
    wrong_strong: float
    wrong_maybe: float


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Marks [4, kinds] (nothing, maybe, strong, sure) and what they say of the pairs they were chosen from."""

    marks: Matrix
    shares: Shares


def calibration(
    query_cosines: Matrix, query_fits: NDArray[np.bool_], like_cosines: Matrix, like_fits: NDArray[np.bool_]
) -> tuple[dict[str, object], dict[str, Shares]]:
    """Return a calibration as the configuration file has it, and how each kind of marks would have done.

    Args:
        query_cosines: Of queries with pictures, shape [queries, pictures], not a number where a pair is left out.
        query_fits: Whether the picture answers the query, same shape.
        like_cosines: Of pictures with others, shape [pictures, others], not a number where a pair is left out.
        like_fits: Whether both show the same, same shape.

    Raises:
        ValueError: Nothing fits, or everything does.
    """
    spread = float(np.median([level(row).spread for row in query_cosines]))
    deviating = np.array([_deviations(row, spread) for row in query_cosines])
    measured = best(np.stack([query_cosines, deviating]), query_fits)
    found = {name_of(kinds): chosen(measured.of(kinds)) for kinds in _SETS}
    kinds = _SETS[0]
    for other in _SETS[1:]:
        if found[name_of(other)].shares.right_strong >= found[name_of(kinds)].shares.right_strong + _WORTH_IT:
            kinds = other
    query: dict[str, object] = {_KINDS[kind]: _told(found[name_of(kinds)].marks[:, n]) for n, kind in enumerate(kinds)}
    if "deviations" in query:
        query["spread"] = round(spread, 4)
    found["likeness"] = chosen(best(like_cosines[np.newaxis], like_fits))
    likeness = found["likeness"].marks[:, 0]
    likeness[3] = max(likeness[2] + _STEP, min(likeness[3], 1.0))  # a picture and its copy are as alike as can be
    value: dict[str, object] = {"query": query, "likeness": _told(likeness)}
    return value, {name: one.shares for name, one in found.items()}


def name_of(kinds: Sequence[int]) -> str:
    """Return what some kinds of marks are called in the report."""
    return " and ".join(_KINDS[kind] for kind in kinds)


def best(scores: NDArray[np.float64], fits: NDArray[np.bool_]) -> Best:
    """Return the scores of the best picture that fits a query, and of the best that does not.

    Args:
        scores: Shape [kinds, queries, pictures]; all kinds order the pictures of a query alike.
        fits: Shape [queries, pictures].

    Raises:
        ValueError: Nothing fits, or everything does.
    """
    right: list[NDArray[np.float64]] = []
    wrong: list[NDArray[np.float64]] = []
    common: list[NDArray[np.float64]] = []
    for row, fit in zip(scores.swapaxes(0, 1), fits, strict=True):
        known = ~np.isnan(row[0])
        if (known & fit).any():
            right.append(row[:, known & fit].max(axis=1))
        if (known & ~fit).any():
            wrong.append(row[:, known & ~fit].max(axis=1))
            common.append(np.quantile(row[:, known & ~fit], _COMMON, axis=1))
    if not right or not wrong:
        raise ValueError("some pictures must fit and some must not")
    return Best(np.array(right), np.array(wrong), np.median(common, axis=0))


def chosen(measured: Best) -> Chosen:
    """Return the marks that keep unfitting pictures from being strong, and let as much as can be of what fits be maybe.

    Marks of several kinds lie at the same quantile of the best unfitting scores, and a picture must reach all of them.
    """
    least, most = (1 - share for share in reversed(_MAYBE_WRONG))
    quantiles = np.linspace(least, 1, 501)
    # Rounded up, so that a mark lies above the score it was taken from.
    marks = np.floor(np.quantile(measured.wrong, quantiles, axis=0) / _STEP + 1) * _STEP
    strong = next(mark for mark in marks if _share(measured.wrong, mark) <= WRONG_STRONG)
    low = [mark for mark, quantile in zip(marks, quantiles, strict=True) if quantile <= most]
    maybe = next((mark for mark in reversed(low) if _share(measured.right, mark) >= MAYBE_RIGHT), low[0])
    maybe = np.minimum(maybe, strong - _STEP)
    nothing = np.minimum(measured.common, maybe - _STEP)
    sure = np.maximum(np.quantile(measured.right, _SURE, axis=0), 2 * strong - maybe)
    shares = starmap(_share, ((seen, mark) for seen in (measured.right, measured.wrong) for mark in (strong, maybe)))
    return Chosen(np.stack([nothing, maybe, strong, sure]), Shares(*shares))


@dataclass(frozen=True, slots=True)
class Level:
    """At what height a query's cosines lie, as a search tells it: how many, their middle, and how far they spread."""

    vectors: int
    middle: float
    spread: float


def level(cosines: NDArray[np.float64]) -> Level:
    """Return the level of a query's cosines, shape [pictures]; those that are not a number are left out."""
    known = cosines[~np.isnan(cosines)].astype(np.float32)
    return Level(len(known), *level_of(known))


def _deviations(cosines: NDArray[np.float64], spread: float) -> NDArray[np.float64]:
    around = level(cosines)
    return np.array([deviations(score, around, spread) for score in cosines.tolist()])


def _share(scores: Matrix, marks: NDArray[np.float64]) -> float:
    """Return the share of rows that reach all marks."""
    return float((scores >= marks).all(axis=1).mean())


def _told(marks: NDArray[np.float64]) -> list[float]:
    return [round(mark, 3) for mark in marks.tolist()]


def main() -> None:
    """Print the calibration that the measured cosines in a file come to."""
    with np.load(sys.argv[1]) as measured:
        value, shares = calibration(
            *(measured[f"{of}_{what}"] for of in ("query", "like") for what in ("cosines", "fits"))
        )
    print(json.dumps(value))
    for name, found in shares.items():
        print(
            f"{name:24} strong: {found.right_strong:4.0%} of what fits, {found.wrong_strong:4.0%} of what does not; "
            f"maybe: {found.right_maybe:4.0%} and {found.wrong_maybe:4.0%}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
