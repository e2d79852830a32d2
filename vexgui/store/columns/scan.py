"""The scan: which of a space's vectors lie nearest to a query. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import Vectors
from vexgui.store.codecs import Codec
from vexgui.store.columns.rows import Rows
from vexgui.store.rows import PassageId

_MOST = 2.0
"""No score of a unit vector comes near it; what does belongs to a damaged row and must not spoil the spread."""

_SAMPLE = 10_000
"""So many scores are enough to tell the level of all."""

_ONE_DEVIATION = 0.1587
"""Share of a bell curve that lies more than one standard deviation below its middle."""

_SCATTERED = 8
"""Scoring rows that must be gathered first costs some eight times as much as scoring them where they lie."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The best passages of one space for one query.

    Attributes:
        passages: Ids, best first.
        scores: Cosines, same order, float32.
        vectors: How many vectors were scored: all there are, the answer is exact over the codes.
        middle: Median of all scores: the level of what has nothing to do with the query, as long as most has not.
        spread: How far the lower half of the scores lies apart: what the standard deviation is to a bell curve.
    """

    passages: tuple[PassageId, ...]
    scores: NDArray[np.float32]
    vectors: int
    middle: float
    spread: float


NOTHING = Scan((), np.empty(0, np.float32), 0, 0.0, 0.0)
"""The scan of a space without vectors."""


def scanned(rows: Rows, live: NDArray[np.int64], codec: Codec, query: Vectors, count: int) -> Scan:
    """Score some slots' vectors against a query [dim] and return at most ``count`` of the best.

    All are scored from their codes; the best are scored again with the unquantized query. Rows that do not fit their
    checksums are left out.

    Args:
        rows: All slots.
        live: The slots to score, ascending.
        codec: How they are kept.
        query: A unit vector.
        count: How many are wanted.
    """
    if not len(live) or count < 1:
        return NOTHING
    with np.errstate(invalid="ignore", over="ignore"):
        scores = _scores(rows, live, codec, query)
        # fmax and fmin take the bound where a score is not a number.
        scores = np.fmin(np.fmax(scores, -_MOST), _MOST)
        wanted = min(2 * count, len(scores))  # some may turn out to be damaged
        best = rows.at(live[np.argpartition(scores, len(scores) - wanted)[-wanted:]])
        # Not a BLAS product: for so few rows its threads cost more than they do, and they slow down what follows.
        exact = np.einsum("nd,d->n", codec.decode(best.codes, best.scale, len(query)), query)
    order = np.lexsort((best.owner, -exact))
    order = order[best.intact()[order]][:count]
    return Scan(
        tuple(PassageId(owner) for owner in best.owner[order].tolist()),
        exact[order].astype(np.float32),
        len(scores),
        *level_of(scores),
    )


def _scores(rows: Rows, live: NDArray[np.int64], codec: Codec, query: Vectors) -> NDArray[np.float32]:
    first, end = int(live[0]), int(live[-1]) + 1
    if len(live) * _SCATTERED < end - first:
        return codec.scores(rows.codes[live], rows.scale[live], query)
    scores = codec.scores(rows.codes[first:end], rows.scale[first:end], query)
    return scores if len(live) == end - first else scores[live - first]


def level_of(scores: NDArray[np.float32]) -> tuple[float, float]:
    """Return the middle and the spread of scores, shape [n], as a `Scan` tells them."""
    ascending = np.sort(scores[:: 1 + len(scores) // _SAMPLE])
    last = len(ascending) - 1
    middle = float(ascending[last // 2])
    return middle, middle - float(ascending[int(_ONE_DEVIATION * last)])
