"""How well what was found answers what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asked import Asked, Kind

DEPTH = 10
_RECALL_DEPTH = 5

Found = Mapping[str, Sequence[str]]
"""The keys of the pages found for each query's text, best first."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well queries of a kind are answered, on an average.

    Attributes:
        queries: How many there are.
        mrr_at_10: 1 / the place of the first right page among ten, 0 where there is none.
        recall_at_5: Which share of the right pages stand among the first five; of five where there are more.
    """

    queries: int
    mrr_at_10: float
    recall_at_5: float


@dataclass(frozen=True, slots=True)
class Banded:
    """How answers of a kind are judged by the product itself, as shares of the queries.

    Attributes:
        queries: How many there are.
        strong: The best right page is strong; where there is none, any page is.
        not_weak: The same, strong or maybe.
        none: Nothing strong or maybe is shown at all.
    """

    queries: int
    strong: float
    not_weak: float
    none: float


def scored(asked: Sequence[Asked], found: Found, kind: Kind) -> Score:
    """Return how well a system answers the queries of a kind."""
    queries = [each for each in asked if each.kind is kind]
    ranks = [_first_right(found[each.text][:DEPTH], each.right) for each in queries]
    recalls = [
        len(each.right.intersection(found[each.text][:_RECALL_DEPTH])) / min(len(each.right), _RECALL_DEPTH)
        for each in queries
    ]
    count = max(len(queries), 1)
    return Score(len(queries), sum(1 / rank for rank in ranks if rank) / count, sum(recalls) / count)


def banded(asked: Sequence[Asked], judged: Mapping[str, Mapping[str, str]], kind: Kind) -> Banded:
    """Return how the product judges its own answers.

    Args:
        asked: All queries.
        judged: For each query's text the band of each page found.
        kind: The kind of query.
    """
    queries = [each for each in asked if each.kind is kind]
    best: list[set[str]] = []
    nothing = 0
    for each in queries:
        bands = judged[each.text]
        best.append({band for page, band in bands.items() if page in each.right or not each.right})
        nothing += not {"strong", "maybe"} & set(bands.values())
    count = max(len(queries), 1)
    strong = sum("strong" in bands for bands in best)
    not_weak = sum(bool({"strong", "maybe"} & bands) for bands in best)
    return Banded(len(queries), strong / count, not_weak / count, nothing / count)


def _first_right(found: Sequence[str], right: frozenset[str]) -> int:
    """Return the place of the first right page, from 1; 0 where there is none."""
    return next((place for place, key in enumerate(found, 1) if key in right), 0)
