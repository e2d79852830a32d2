"""The scan: which of a space's vectors lie nearest to a query. Pure."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.store.codecs import Codec, sign_products
from vexgui.store.columns.rows import Rows
from vexgui.store.columns.scoring import Places, Score, Scores, highest, scored
from vexgui.store.rows import PassageId

_MOST = 2.0
"""No score of a unit vector comes near it; what does belongs to a damaged row and must not spoil the spread."""

_LEVEL_SAMPLE = 2048
"""At most so many scores tell the level of all: its middle is then right to some 3 % of its spread."""

_ROUGH_SAMPLE = 8192
"""At most so many rough scores tell what lies outside of the best."""

_ONE_DEVIATION = 0.1587
"""Share of a bell curve that lies more than one standard deviation below its middle."""

_MISSED = 0.005
"""An approximate search may miss so large a share of what is wanted; where more is to be expected it looks further."""

_FURTHER = 4
_NOT_WORTH_IT = 4
"""To score again a quarter of all vectors one by one takes as long as to score all."""


class Strategy(StrEnum):
    """How the nearest are found."""

    CODES = "codes"
    """All are compared by their codes: exact."""
    SIGNS = "signs"
    """All are compared by their signs, the best of them by their codes."""
    GRAPH = "graph"
    """Neighbours are followed in a graph to where the query lies."""


@dataclass(frozen=True, slots=True)
class Way:
    """A strategy with what it needs.

    Attributes:
        strategy: Which.
        threads: How many work.
        scattered: How many times as long fetching a row takes as scoring it where it lies; see `scored`.
        breadth: How many of the best by signs are compared by their codes at first.
    """

    strategy: Strategy = Strategy.CODES
    threads: int = 1
    scattered: float = 3.0
    breadth: int = 1000


ALL_CODES = Way()


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The best passages of one space for one query.

    Attributes:
        passages: Ids, best first.
        scores: Cosines, same order, float32.
        vectors: How many vectors the space has.
        passing: How many of them were searched: those that pass the filter.
        compared: How many of these were compared by their codes.
        middle: Median of the scores of a sample of all vectors, whether they pass or not: the level of what has nothing
            to do with the query, as long as most has not.
        spread: How far the lower half of these lies apart: what the standard deviation is to a bell curve.
        why: How it was done and why so, a sentence.
    """

    passages: tuple[PassageId, ...]
    scores: NDArray[np.float32]
    vectors: int
    passing: int
    compared: int
    middle: float
    spread: float
    why: str = ""

    @property
    def exact(self) -> bool:
        """Whether every vector that passes was compared by its codes."""
        return self.compared == self.passing


NOTHING = Scan((), np.empty(0, np.float32), 0, 0, 0, 0.0, 0.0, "There is nothing to be compared.")
"""The scan of a space without vectors."""


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """The vectors of a space in one state.

    Attributes:
        rows: All slots.
        live: The slots that hold vectors, ascending.
        codec: How they are kept.
    """

    rows: Rows
    live: NDArray[np.int64]
    codec: Codec


def scanned(
    of: Searched, slots: NDArray[np.int64], query: Vectors, count: int, way: Way = ALL_CODES, passing: int | None = None
) -> Scan:
    """Score slots' vectors against a query [dim] and return at most ``count`` of the best.

    They are scored from their codes; the best are scored again with the unquantized query. Rows that do not fit their
    checksums are left out.

    Args:
        of: The vectors.
        slots: Those to search, live ones, ascending.
        query: A unit vector.
        count: How many are wanted.
        way: How; a graph was followed before, and ``slots`` are what was found by it.
        passing: How many pass the filter, where that is not the number of ``slots``.
    """
    if not len(of.live) or count < 1:
        return NOTHING
    passing = len(slots) if passing is None else passing
    narrowed = _by_signs(of, slots, query, count, way) if way.strategy is Strategy.SIGNS else None
    wanted = 2 * count  # some may be damaged
    if narrowed is None:
        scores, best = scored(slots, _codes_score(of, query), wanted, way.threads, way.scattered)
    else:
        slots, scores = narrowed.slots, narrowed.scores
        best = highest(scores, wanted)
    passages, cosines = _finished(of, slots[best], query, count)
    of_all = scores[:: _step(len(scores), _LEVEL_SAMPLE)] if len(slots) == len(of.live) else _sample_scores(of, query)
    return Scan(passages, cosines, len(of.live), passing, len(slots), *level_of(of_all))


def level_of(scores: Scores) -> tuple[float, float]:
    """Return the middle and the spread of scores, shape [n], as a `Scan` tells them."""
    ascending = np.sort(scores)
    last = len(ascending) - 1
    middle = float(ascending[last // 2])
    return middle, middle - float(ascending[int(_ONE_DEVIATION * last)])


def missed(rough: Scores, best: Places, fine: Scores, count: int) -> float:
    """Return how many of the ``count`` highest fine scores lie outside of the best by rough scores, to be expected.

    What a rough score tells of the fine one is a line with an error around it, both taken from the best: choosing by
    the rough score does not change them. A vector outside is as good as the last one wanted where its error is at least
    z standard deviations, for which the probability is at most 2 φ(z) / (z + √(z² + 8/π)) (Pollak, "A remark on
    'Elementary inequalities for Mills' ratio'", 1956).

    Args:
        rough: All rough scores, [n].
        best: The places of the highest among them, [k].
        fine: The fine scores of these, [k].
        count: How many are wanted, at most k.
    """
    inside = rough[best].astype(np.float64)
    centred = inside - inside.mean()
    squares = float(centred @ centred)
    slope = max(0.0, float(centred @ fine) / squares) if squares > 0 else 0.0
    level = float(fine.mean())
    error = max(float(np.std(fine - slope * centred)), 1e-9)
    last_wanted = float(np.partition(fine, len(fine) - count)[len(fine) - count])
    step = _step(len(rough), _ROUGH_SAMPLE)
    outside = rough[::step]
    outside = outside[outside <= inside.min()]
    lacking = np.maximum((last_wanted - level - slope * (outside - inside.mean())) / error, 0)
    bell = np.exp(-0.5 * lacking * lacking) / math.sqrt(2 * math.pi)
    return float(step * (2 * bell / (lacking + np.sqrt(lacking * lacking + 8 / math.pi))).sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Narrowed:
    """Slots, ascending, and their scores by codes."""

    slots: NDArray[np.int64]
    scores: Scores


def _by_signs(of: Searched, slots: NDArray[np.int64], query: Vectors, count: int, way: Way) -> _Narrowed | None:
    """Return the slots among which nearly surely the best are, None where the signs do not tell enough."""

    def score(index: slice | NDArray[np.int64]) -> Scores:
        return sign_products(of.rows.signs[index], query)

    breadth = max(way.breadth, 2 * count)
    if breadth * _NOT_WORTH_IT > len(slots):
        return None
    rough, best = scored(slots, score, breadth, way.threads, way.scattered)
    fine_score = _codes_score(of, query)
    while True:
        best.sort()
        fine = fine_score(slots[best])
        if missed(rough, best, fine, count) <= _MISSED * count:
            return _Narrowed(slots[best], fine)
        breadth *= _FURTHER
        if breadth * _NOT_WORTH_IT > len(slots):
            return None
        best = highest(rough, breadth)


def _codes_score(of: Searched, query: Vectors) -> Score:
    def score(index: slice | NDArray[np.int64]) -> Scores:
        with np.errstate(invalid="ignore", over="ignore"):
            scores = of.codec.scores(of.rows.codes[index], of.rows.scale[index], query)
            bounded: Scores = np.fmin(np.fmax(scores, -_MOST), _MOST)  # the bound too where a score is not a number
        return bounded

    return score


def _finished(
    of: Searched, chosen: NDArray[np.int64], query: Vectors, count: int
) -> tuple[tuple[PassageId, ...], Scores]:
    """Return passages and cosines of the best of some slots, best first, without those that are damaged."""
    best = of.rows.at(chosen)
    with np.errstate(invalid="ignore", over="ignore"):
        # Not a BLAS product: for so few rows its threads cost more than they do, and they slow down what follows.
        exact = np.einsum("nd,d->n", of.codec.decode(best.codes, best.scale, len(query)), query)
    order = np.lexsort((best.owner, -exact))
    order = order[best.intact()[order]][:count]
    return tuple(PassageId(owner) for owner in best.owner[order].tolist()), exact[order].astype(np.float32)


def _sample_scores(of: Searched, query: Vectors) -> Scores:
    return _codes_score(of, query)(of.live[:: _step(len(of.live), _LEVEL_SAMPLE)])


def _step(count: int, sample: int) -> int:
    return 1 + count // sample
