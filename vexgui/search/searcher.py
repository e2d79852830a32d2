"""The searcher: runs a query over meaning, words and names, and answers with files that are still what they were."""

import time
from collections.abc import Callable, Sequence

from vexgui.core.hits import Answer, Hit, Why
from vexgui.core.paths import name_of, shown
from vexgui.core.vectors import Space, SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.models.embedder import Embedder
from vexgui.search.asking import Asked, asked_of
from vexgui.search.examples import known_examples, new_examples
from vexgui.search.excerpt import excerpt, marked_name
from vexgui.search.freshness import Look, is_fresh, look_at
from vexgui.search.query import Query, normal_name, parse
from vexgui.search.rank import (
    Evidence,
    Ranked,
    band_of,
    calibration_of,
    faint_strength,
    fused,
    likeness_strength,
    name_strength,
    query_strength,
    rarity,
    words_strength,
)
from vexgui.store.columns.scan import Scan
from vexgui.store.record import SpaceVectors, representatives
from vexgui.store.rows import FileId, FileRow, PassageId, file_of
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

_LEAST_DEPTH = 100
_MOST_EXAMPLES = 16
"""Passages of a file that are looked for when files like it are wanted."""

_NO_QUERY = Query("", (), ())

WORDS = "words"
NAME = "name"


class Searcher:
    """Answers queries over one store.

    Args:
        store: What is searched.
        embedder: Turns queries into vectors.
        extractor: Reads a file that is not indexed when files like it are wanted.
        stale: Is told the paths of files that are not as they were when they were indexed.
    """

    def __init__(
        self, store: Store, embedder: Embedder, extractor: Extractor, stale: Callable[[Sequence[bytes]], None]
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._extractor = extractor
        self._stale = stale

    def search(self, typed: str, limit: int, *, meaning: bool) -> Answer:
        """Answer a query.

        Without ``meaning`` no model is used and the answer is incomplete. Where a model cannot be had the answer says
        so and holds what the rest finds. A query that names spaces is answered by these alone.

        Raises:
            UsageProblem: With ``meaning``: the query names a space that is not there.
        """
        started_s = time.monotonic()
        query = parse(typed)
        if not query.text:
            return Answer(())
        depth = max(_LEAST_DEPTH, 2 * limit)
        asked = asked_of(self._embedder, query, self._has_vectors) if meaning else Asked()
        with self._store.snapshot() as snapshot:
            evidence = self._by_meaning(snapshot, asked, depth, named=bool(query.spaces))
            if not query.spaces:
                evidence += self._by_name(snapshot, query, depth) + self._by_words(snapshot, query, depth)
            hits = self._hits(snapshot, fused(evidence), limit, query)
        return Answer(hits, meaning, asked.note, time.monotonic() - started_s)

    def similar(self, path: bytes, limit: int) -> Answer:
        """Answer with files like one file, which is read anew when the store does not know it as it is.

        Raises:
            OSError: The file cannot be read.
            VexError: No model that is needed can be had.
        """
        started_s = time.monotonic()
        spaces = {space.id: space for space in self._embedder.answering()}
        row = self._store.catalog.file(path)
        examples = None if row is None or not is_fresh(row) else known_examples(self._store, row, spaces)
        examples = examples or new_examples(path, self._extractor, self._embedder, spaces)
        depth = max(_LEAST_DEPTH, 2 * limit)
        evidence: list[Evidence] = []
        with self._store.snapshot() as snapshot:
            for part in examples.parts:
                evidence += self._like(snapshot, spaces[part.space], part, depth)
            ranked = [item for item in fused(evidence) if row is None or item.file != row.id]
            hits = self._hits(snapshot, ranked, limit, _NO_QUERY)
        return Answer(hits, note=examples.note, seconds=time.monotonic() - started_s)

    # Evidence

    def _by_name(self, snapshot: Snapshot, query: Query, depth: int) -> list[Evidence]:
        ids = snapshot.catalog.with_names(query.parts, depth)
        wanted = normal_name(query.text)
        evidence: list[Evidence] = []
        for file, path in snapshot.catalog.paths(ids).items():
            name = shown(name_of(path))
            stem = name.rpartition(".")[0] or name
            strength = name_strength(normal_name(name), normal_name(stem), wanted, query.parts)
            evidence.append(Evidence(file, NAME, NAME, strength, 0))
        return evidence

    def _by_words(self, snapshot: Snapshot, query: Query, depth: int) -> list[Evidence]:
        found = snapshot.catalog.with_words(query.terms, depth)
        rarities = [rarity(count, found.passages) for count in found.counts]
        return [
            Evidence(
                hit.file_id,
                WORDS,
                WORDS,
                words_strength(sum(rarities[term] for term in hit.held) / sum(rarities), hit.closeness),
                hit.passage_id,
            )
            for hit in found.hits
        ]

    def _by_meaning(self, snapshot: Snapshot, asked: Asked, depth: int, *, named: bool) -> list[Evidence]:
        """Return what speaks for files by meaning; where spaces were named also what hardly does."""
        evidence: list[Evidence] = []
        for space, vector in asked.vectors:
            scan = snapshot.scan(space.id, vector, depth)
            calibration = calibration_of(space)
            strengths = [
                max(query_strength(calibration, float(score), scan), faint_strength(float(score)) if named else 0.0)
                for score in scan.scores
            ]
            evidence += _of_passages(space, scan, strengths)
        return evidence

    def _like(self, snapshot: Snapshot, space: Space, part: SpaceVectors, depth: int) -> list[Evidence]:
        evidence: list[Evidence] = []
        calibration = calibration_of(space)
        for vector in part.vectors[representatives(part.vectors, _MOST_EXAMPLES)]:
            scan = snapshot.scan(space.id, vector, depth)
            strengths = [likeness_strength(calibration, float(score)) for score in scan.scores]
            evidence += _of_passages(space, scan, strengths)
        return evidence

    def _has_vectors(self, space: SpaceId) -> bool:
        return self._store.count_vectors(space) > 0

    # Hits

    def _hits(self, snapshot: Snapshot, ranked: Sequence[Ranked], limit: int, query: Query) -> tuple[Hit, ...]:
        """Turn the best files into hits, leaving out those that are gone or changed since they were indexed."""
        hits: list[Hit] = []
        moved: list[bytes] = []
        for start in range(0, len(ranked), max(limit, 1)):
            if len(hits) >= limit:
                break
            chunk = ranked[start : start + limit]
            rows = snapshot.catalog.files([FileId(item.file) for item in chunk])
            found = [(item, rows[FileId(item.file)]) for item in chunk if item.file in rows]
            looks = [look_at(row) for _, row in found]
            moved += [row.path for (_, row), look in zip(found, looks, strict=True) if look is not Look.SAME]
            fresh = [pair for pair, look in zip(found, looks, strict=True) if look is not Look.CHANGED]
            hits += self._told(snapshot, fresh[: limit - len(hits)], query)
        if moved:
            self._stale(moved)
        return tuple(hits)

    def _told(self, snapshot: Snapshot, found: Sequence[tuple[Ranked, FileRow]], query: Query) -> list[Hit]:
        keys = [PassageId(reason.key) for item, _ in found for reason in item.reasons if reason.key]
        passages = snapshot.catalog.passages(keys)
        marked = snapshot.catalog.marked(query.terms, keys)
        openings = snapshot.catalog.openings([row.id for _, row in found])

        def why(reason: Evidence, row: FileRow) -> Why:
            passage = passages.get(PassageId(reason.key))
            if passage is None:
                return Why(reason.source, 0, marked_name(shown(name_of(row.path)), query.parts), "", reason.strength)
            text = excerpt(marked.get(passage.id, passage.text))
            return Why(reason.source, passage.ordinal, text, passage.place, reason.strength)

        return [
            Hit(
                path=row.path,
                score=item.score,
                band=band_of(item.score),
                why=tuple(why(reason, row) for reason in item.reasons),
                kind=row.kind,
                size=row.stat.size,
                mtime_ns=row.stat.mtime_ns,
                opening=openings.get(row.id, ""),
            )
            for item, row in found
        ]


def _of_passages(space: Space, scan: Scan, strengths: Sequence[float]) -> list[Evidence]:
    return [
        Evidence(file_of(passage), space.modality, space.id, strength, passage)
        for passage, strength in zip(scan.passages, strengths, strict=True)
    ]
