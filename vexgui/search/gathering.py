"""What speaks for files: their names, their words, what they mean, and what they are like."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event as Flag

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.filters import Filter
from vexgui.core.paths import decoded, name_of
from vexgui.core.query import Question
from vexgui.core.vectors import Space, SpaceId
from vexgui.search.examples import Likened
from vexgui.search.names import normal_name
from vexgui.search.plan import Plan
from vexgui.search.rank import (
    Evidence,
    calibration_of,
    faint_strength,
    likeness_strength,
    name_strength,
    query_strengths,
    rarity,
    words_strength,
)
from vexgui.search.stopping import go_on
from vexgui.store.catalog.words import THOROUGH, Effort, WordsFound
from vexgui.store.columns.scan import Scan
from vexgui.store.record import representatives
from vexgui.store.rows import FileId, file_of
from vexgui.store.snapshot import Snapshot

WORDS = "words"
NAME = "name"

_LEAST_MEANT = 300
"""So many passages are looked at for their meaning at least: a hundred are those of 45 files or so, and an everyday
question's right one is often further down (docs/decisions/0025-how-much-words-count.md)."""

_FEW_FILES = 2
"""A word that no more files hold tells them from all others: a file, and a copy or an older version of it."""

_MOST_EXAMPLES = 16
"""Passages of a file that are looked for when files like it are wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathering:
    """Gathers evidence from one state of the store, for files that a filter lets through alone.

    Attributes:
        snapshot: Where it is gathered.
        where: What files must be like, None: anything.
        among: The files that are like that, ascending; None: all.
        depth: At most so much is gathered from each source; by meaning, some more where it is little.
        effort: How much is done for words.
        plan: Is told what is done, and why.
        stop: Ends it between two steps.
    """

    snapshot: Snapshot
    where: Filter | None
    among: NDArray[np.int64] | None
    depth: int
    effort: Effort = THOROUGH
    plan: Plan = field(default_factory=Plan)
    stop: Flag | None = None

    def by_name(self, question: Question) -> list[Evidence]:
        """Return what names say."""
        go_on(self.stop)
        catalog = self.snapshot.catalog
        wanted = normal_name(question.text)
        evidence: list[Evidence] = []
        for file, path in catalog.paths(catalog.with_names(question.parts, self.depth, self.among)).items():
            name = decoded(name_of(path))
            stem = name.rpartition(".")[0] or name
            strength = name_strength(normal_name(name), normal_name(stem), wanted, question.parts)
            evidence.append(Evidence(file, NAME, NAME, strength, 0))
        self.plan.tell_names(question, len(evidence), self.depth)
        return evidence

    def by_words(self, question: Question) -> list[Evidence]:
        """Return what passages say that hold the words."""
        go_on(self.stop)
        terms = [term.text for term in question.terms]
        found = self.snapshot.catalog.with_words(terms, self.depth, self.among, self.effort)
        weights = [
            term.weight * rarity(count, found.passages)
            for term, count in zip(question.terms, found.counts, strict=True)
        ]
        whole = sum(weights)
        own = _own_terms(found)
        self.plan.tell_words(terms, found.counts, found.passages)
        return [
            Evidence(
                hit.file_id,
                WORDS,
                WORDS,
                words_strength(
                    sum(weights[term] for term in hit.held) / whole,
                    hit.closeness,
                    own=not own.isdisjoint(hit.held),
                ),
                hit.passage_id,
            )
            for hit in found.hits
        ]

    def by_meaning(self, vectors: Sequence[tuple[Space, Vectors]], *, named: bool) -> list[Evidence]:
        """Return what passages mean, and where spaces were named also what hardly speaks for them.

        Args:
            vectors: Spaces, each with the vector [dim] that it is searched with.
            named: Whether spaces were named.
        """
        evidence: list[Evidence] = []
        for space, vector in vectors:
            scan = self._scan(space, vector, max(self.depth, _LEAST_MEANT))
            scores = scan.scores.tolist()
            strengths = query_strengths(calibration_of(space), scores, scan, max(scores, default=None))
            if named:
                strengths = [max(pair) for pair in zip(strengths, map(faint_strength, scores), strict=True)]
            evidence += _of_passages(space, space.modality, scan, strengths)
        return evidence

    def by_likeness(self, file: Likened, number: int, spaces: dict[SpaceId, Space]) -> list[Evidence]:
        """Return what files are like a file; a witness of its own for each file that others are to be like.

        Args:
            file: What they are compared with.
            number: Its number among the examples.
            spaces: The spaces that its vectors are of.
        """
        evidence: list[Evidence] = []
        weight = abs(file.asked.weight)
        for part in file.examples.parts:
            space = spaces[part.space]
            calibration = calibration_of(space)
            witness = f"{space.modality} like {number}"
            for vector in part.vectors[representatives(part.vectors, _MOST_EXAMPLES)]:
                scan = self._scan(space, vector, self.depth)
                strengths = [_weighted(likeness_strength(calibration, float(score)), weight) for score in scan.scores]
                evidence += _of_passages(space, witness, scan, strengths)
        return evidence

    def _scan(self, space: Space, vector: Vectors, count: int) -> Scan:
        go_on(self.stop)
        scan = self.snapshot.scan(space.id, vector, count, self.where)
        self.plan.tell_scan(space, scan)
        return scan


def _own_terms(found: WordsFound) -> frozenset[int]:
    """Return the terms that a few files alone hold, all of whose passages were found."""
    passages: Counter[int] = Counter()
    files: dict[int, set[FileId]] = defaultdict(set)
    for hit in found.hits:
        passages.update(hit.held)
        for term in hit.held:
            files[term].add(hit.file_id)
    return frozenset(
        term for term, held_by in files.items() if len(held_by) <= _FEW_FILES and passages[term] == found.counts[term]
    )


def _weighted(strength: float, weight: float) -> float:
    """Return a strength as if it were said so many times, by witnesses that know nothing of each other."""
    return float(1 - (1 - strength) ** weight)


def _of_passages(space: Space, witness: str, scan: Scan, strengths: Sequence[float]) -> list[Evidence]:
    return [
        Evidence(file_of(passage), witness, space.id, strength, passage)
        for passage, strength in zip(scan.passages, strengths, strict=True)
    ]
