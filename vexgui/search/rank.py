"""From evidence to an order: how strong each reason is, and how reasons for one file add up. Pure.

Reciprocal ranks are not used: fused so, three weak lists outvote one strong one, and an exact name sinks. Every reason
is instead brought to one scale from 0 to 1 on which the bands have fixed places.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from vexgui.core.hits import Band
from vexgui.core.vectors import Modality

STRONG_FROM = 0.7
MAYBE_FROM = 0.4
EXACT = 1.0
_NEARLY_EXACT = 0.99
_SECOND_COUNTS = 0.3

_WORDS_ALL = 0.72
_WORDS_CLOSENESS = 0.1
"""All words of a query in one passage are a strong reason, but no certainty: they may stand there by chance."""

_NAME_WORDS = 0.85
_NAME_PARTS = 0.6
_NAME_LETTERS = 0.55
_NAME_SHARE = 0.05
_FEW_LETTERS = 2
"""Three weak reasons together come to 0.54 at most, so a name that holds the query never stands below them."""


class Level(Protocol):
    """What scores come to that have nothing to do with a query; a `Scan` tells it."""

    @property
    def vectors(self) -> int:
        """How many scores there are."""
        ...

    @property
    def middle(self) -> float:
        """The level they lie around."""
        ...

    @property
    def spread(self) -> float:
        """How far they lie apart, a standard deviation."""
        ...


@dataclass(frozen=True, slots=True)
class Scale:
    """Scores at which a passage is worth nothing, is weak, maybe, strong, and as sure as can be; ascending."""

    nothing: float
    maybe: float
    strong: float
    sure: float

    def strength(self, score: float) -> float:
        """Return a score's place between 0 and 1, linear between the marks; 0 below the first."""
        marks = ((self.nothing, 0.1), (self.maybe, MAYBE_FROM), (self.strong, STRONG_FROM), (self.sure, 0.97))
        if score < self.nothing:
            return 0.0
        for (low, low_strength), (high, high_strength) in pairwise(marks):
            if score < high:
                return low_strength + (score - low) / (high - low) * (high_strength - low_strength)
        return marks[-1][1]


TEXT_QUERY = Scale(0.17, 0.26, 0.40, 0.75)
"""Cosines of all-MiniLM-L6-v2 between a query and a passage.

Measured on 145 questions with known answers: of the right files all reach 0.26 and 83 % reach 0.40. The best of 5,000
passages that have nothing to do with a question reaches 0.26 for 39 % of the questions and 0.40 for 2 %.
"""

TEXT_LIKENESS = Scale(0.28, 0.38, 0.58, 0.95)
"""Cosines between passages of two files: of recipes for different dishes 0.38 to 0.55, of a lease and a letter to the
landlord 0.59. What is most like a file that is alone of its kind comes to 0.27 to 0.37."""

PICTURE_LIKENESS = Scale(0.55, 0.70, 0.82, 0.98)
PICTURE_DEVIATIONS = Scale(1.8, 2.6, 3.8, 7.0)
"""A text and a picture have a low cosine even where they fit, at a level that differs from query to query; what tells
is by how many deviations a picture stands out over the others."""

_USUAL_SPREAD = 0.04
_USUAL_WEIGHT = 10
"""A few pictures do not tell how far apart unfitting ones lie: the usual spread counts like so many pictures more."""


def query_strength(modality: Modality, score: float, level: Level) -> float:
    """Return how strongly a passage's cosine with a query speaks for it, among those of all passages of its space."""
    if modality is Modality.TEXT:
        return TEXT_QUERY.strength(score)
    squares = level.vectors * level.spread**2 + _USUAL_WEIGHT * _USUAL_SPREAD**2
    deviation = (squares / (level.vectors + _USUAL_WEIGHT)) ** 0.5
    return PICTURE_DEVIATIONS.strength((score - level.middle) / deviation)


def likeness_strength(modality: Modality, score: float) -> float:
    """Return how strongly the cosine of two passages speaks for their files being alike."""
    return (TEXT_LIKENESS if modality is Modality.TEXT else PICTURE_LIKENESS).strength(score)


def rarity(holding: int, passages: int) -> float:
    """Return how much it tells that a passage holds a term: the square of its inverse document frequency.

    Squared because most questions are made of common words: where a question has a rare one, that one decides.

    Args:
        holding: Passages that hold the term.
        passages: All passages.
    """
    return math.log1p(passages / max(holding, 0.5)) ** 2


def words_strength(share: float, closeness: float) -> float:
    """Return how strongly a passage's words speak for it.

    Args:
        share: Sum of the rarities of the terms it holds over that of all terms, 0 to 1.
        closeness: How well it fits among the passages found, by BM25, 0 to 1.
    """
    return min(share, 1.0) * (_WORDS_ALL + _WORDS_CLOSENESS * closeness)


def name_strength(name: str, stem: str, query: str, parts: Sequence[str]) -> float:
    """Return how strongly a name speaks for its file.

    Args:
        name: The file's name, as `normal_name` gives it.
        stem: The same without suffix.
        query: The query, as `normal_name` gives it.
        parts: The query's parts, all of which the name is known to hold.
    """
    if query in (name, stem):
        return EXACT
    if f" {query} " in f" {name} ":
        return _NAME_WORDS + (_NEARLY_EXACT - _NAME_WORDS) * len(query) / max(len(name), 1)
    base = _NAME_PARTS if max(map(len, parts)) > _FEW_LETTERS else _NAME_LETTERS
    return base + _NAME_SHARE * min(len(query) / max(len(name), 1), 1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for one file: ``source`` is a space id, "words" or "name"; ``key`` finds the passage again."""

    file: int
    source: str
    strength: float
    key: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file with its score and its best reason of each source, strongest first."""

    file: int
    score: float
    reasons: tuple[Evidence, ...]


def fused(evidence: Iterable[Evidence]) -> list[Ranked]:
    """Order files by all that speaks for them.

    A file's best reason counts whole; the others close a part of what is missing to certainty, so that agreement helps
    but never outweighs one clear reason. Only an exact name reaches 1. Ties keep the order of file ids.
    """
    best: dict[int, dict[str, Evidence]] = defaultdict(dict)
    for item in evidence:
        known = best[item.file].get(item.source)
        if item.strength > 0 and (known is None or item.strength > known.strength):
            best[item.file][item.source] = item
    ranked: list[Ranked] = []
    for file, by_source in best.items():
        reasons = sorted(by_source.values(), key=lambda item: (-item.strength, item.source))
        if reasons:
            ranked.append(Ranked(file, _together([reason.strength for reason in reasons]), tuple(reasons)))
    ranked.sort(key=lambda item: (-item.score, item.file))
    return ranked


def band_of(score: float) -> Band:
    """Return the band of a fused score."""
    if score >= STRONG_FROM:
        return Band.STRONG
    return Band.MAYBE if score >= MAYBE_FROM else Band.WEAK


def _together(strengths: Sequence[float]) -> float:
    score = strengths[0]
    if score >= EXACT:
        return EXACT
    for strength in strengths[1:]:
        score += (1 - score) * _SECOND_COUNTS * strength
    return min(score, _NEARLY_EXACT)
