"""From evidence to an order: how strong each reason is, and how reasons for one file add up. Pure.

Reciprocal ranks are not used: fused so, three weak lists outvote one strong one, and an exact name sinks. Every reason
is instead brought to one scale from 0 to 1 on which the bands have fixed places.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from vexgui.core.hits import Band
from vexgui.core.vectors import Calibration, Marks, Modality, Space

STRONG_FROM = 0.7
MAYBE_FROM = 0.4
EXACT = 1.0
_NEARLY_EXACT = 0.99
_SECOND_COUNTS = 0.42
_FAINT = 0.1
"""Where the marks of a calibration begin."""

_WORDS_ALL = 0.4
_WORDS_CLOSENESS = 0.05
_WORDS_POWER = 5
"""All words of a query in one passage may stand there by chance: what they say is strong where the meaning agrees.

A part of them says little: words of everyday questions stand in the wrong files. With 0.72 and without the power the
right one comes lower than by meaning alone (docs/decisions/0025-how-much-words-count.md).
"""

_OWN_WORDS = 0.72
_OWN_CLOSENESS = 0.1
"""The same with a word that hardly another file holds: a name, a number, a term that the meaning knows nothing of."""

_NAME_WORDS = 0.85
_NAME_PARTS = 0.61
_NAME_LETTERS = 0.59
_NAME_SHARE = 0.05
_FEW_LETTERS = 2
"""Three weak reasons together come to less than 0.585, so a name that holds the query never stands below them."""


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


USUAL = {
    Modality.TEXT: Calibration(cosines=Marks(0.15, 0.20, 0.40, 0.75), likeness=Marks(0.28, 0.38, 0.58, 0.95)),
    Modality.PICTURE: Calibration(
        deviations=Marks(1.8, 2.6, 3.8, 7.0), spread=0.04, likeness=Marks(0.55, 0.70, 0.82, 0.98)
    ),
}
"""What scores are worth in a space that does not say so itself.

Texts: all-MiniLM-L6-v2. Of the right files for 145 questions about small collections 83 % reach 0.40, and the best of
5,000 passages that have nothing to do with a question reaches it in 2 % of cases. Among 41,940 passages of manual pages
(docs/QUALITY.md) 99 % of the right ones for descriptions and 95 % of those for everyday questions reach 0.20. Passages
of two files: recipes for different dishes 0.38 to 0.55, a lease and a letter to the landlord 0.59; what is most like a
file that is alone of its kind comes to 0.27 to 0.37.

Pictures: open_clip's models. A text and a picture have a low cosine even where they fit, at a level that differs from
query to query; what tells is by how many deviations a picture stands out over the others.
"""

_SURE, _BEYOND_SURE = 0.97, 0.01
"""What a score at its highest mark is worth, and at most so much more beyond it."""

_USUAL_WEIGHT = 10
"""A few pictures do not tell how far apart unfitting ones lie: the usual spread counts like so many pictures more."""


_FEW = 2000
"""Among so many passages the marks for cosines hold as they are; the best of more is higher by luck alone."""


def calibration_of(space: Space) -> Calibration:
    """Return what a space's scores are worth: what it says itself, or what is usual for its modality."""
    return space.calibration or USUAL[space.modality]


def strength_at(score: float, marks: Marks) -> float:
    """Return a score's place between 0 and 1, linear between the marks; 0 below the first.

    Beyond the last it still rises a little, so that what fits better stands first.
    """
    places = ((marks.nothing, _FAINT), (marks.maybe, MAYBE_FROM), (marks.strong, STRONG_FROM), (marks.sure, _SURE))
    if score < marks.nothing:
        return 0.0
    for (low, low_strength), (high, high_strength) in pairwise(places):
        if score < high:
            return low_strength + (score - low) / (high - low) * (high_strength - low_strength)
    return _SURE + _BEYOND_SURE * (score - marks.sure) / score


def deviations(score: float, level: Level, usual_spread: float) -> float:
    """Return by how many deviations a score stands out over the others of its scan."""
    squares = level.vectors * level.spread**2 + _USUAL_WEIGHT * usual_spread**2
    return (score - level.middle) / math.sqrt(squares / (level.vectors + _USUAL_WEIGHT))


def query_strengths(
    calibration: Calibration, scores: Iterable[float], level: Level, best: float | None = None
) -> list[float]:
    """Return how strongly passages' cosines with a query speak for them, among those of all passages of their space.

    Args:
        calibration: What cosines are worth.
        scores: The cosines.
        level: That of all passages.
        best: The highest of them; None where it does not count.
    """
    marks, standing_out = calibration.cosines, calibration.deviations
    if marks is not None:
        marks = _lifted(marks, level)
        if best is not None and standing_out is None:  # deviations tell for each query what stands out
            marks = _below(marks, best)

    def strength(score: float) -> float:
        strengths = [] if marks is None else [strength_at(score, marks)]
        if standing_out is not None:
            strengths.append(strength_at(deviations(score, level, calibration.spread), standing_out))
        return min(strengths, default=0.0)

    return [strength(score) for score in scores]


def _lifted(marks: Marks, level: Level) -> Marks:
    """Return marks with what counts as strong raised to what this query takes over this collection.

    The highest of n normal values lies about √(2 ln n) deviations over their mean (Cramér, Mathematical Methods of
    Statistics, 1946, 28.6).
    """
    if level.vectors <= _FEW:
        return marks
    luck = level.spread * (math.sqrt(2 * math.log(level.vectors)) - math.sqrt(2 * math.log(_FEW)))
    return replace(marks, strong=marks.strong + luck, sure=marks.sure + luck)


def _below(marks: Marks, best: float) -> Marks:
    """Return marks with what counts as maybe raised by as much as the best is higher than strong.

    Where something fits that well, what lies far below it does not; what is strong by itself stays so.
    """
    return replace(marks, maybe=min(marks.maybe + max(0.0, best - marks.strong), marks.strong))


def faint_strength(score: float) -> float:
    """Return what the lowest cosines are worth where a space was named, and shows what comes nearest however far it is.

    They keep their order below everything that a calibration calls worth naming.
    """
    return _FAINT * (1 + score) / 2


def likeness_strength(calibration: Calibration, score: float) -> float:
    """Return how strongly the cosine of two passages speaks for their files being alike."""
    return strength_at(score, calibration.likeness)


def rarity(holding: int, passages: int) -> float:
    """Return how much it tells that a passage holds a term: the square of its inverse document frequency.

    Squared because most questions are made of common words: where a question has a rare one, that one decides.

    Args:
        holding: Passages that hold the term.
        passages: All passages.
    """
    return math.log1p(passages / max(holding, 0.5)) ** 2


def words_strength(share: float, closeness: float, *, own: bool = False) -> float:
    """Return how strongly a passage's words speak for it.

    Args:
        share: Sum of the rarities of the terms it holds over that of all terms, 0 to 1.
        closeness: How well it fits among the passages found, by BM25, 0 to 1.
        own: Whether it holds a term that hardly another file holds.
    """
    share = min(share, 1.0)
    if own:
        return share * (_OWN_WORDS + _OWN_CLOSENESS * closeness)
    return share**_WORDS_POWER * (_WORDS_ALL + _WORDS_CLOSENESS * closeness)


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
    """One reason for one file.

    Attributes:
        file: The file's id.
        witness: Whose word it is. Reasons of one witness say the same again, and only the best of them counts: two
            models that look at the same picture are no two witnesses.
        source: A space id, "words" or "name".
        strength: 0 to 1.
        key: Finds the passage again; 0 for a name.
    """

    file: int
    witness: str
    source: str
    strength: float
    key: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file with its score and its best reason of each witness, strongest first."""

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
        known = best[item.file].get(item.witness)
        if item.strength > 0 and (known is None or item.strength > known.strength):
            best[item.file][item.witness] = item
    ranked: list[Ranked] = []
    for file, by_witness in best.items():
        reasons = sorted(by_witness.values(), key=lambda item: (-item.strength, item.source))
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
