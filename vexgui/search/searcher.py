"""The searcher: runs a query over meaning, words and names, and answers with files that are still what they were."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from vexgui.core.errors import VexError
from vexgui.core.files import PassageKind
from vexgui.core.hits import Answer, Hit, Why
from vexgui.core.paths import name_of, shown
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.models.embedder import Embedder
from vexgui.search.excerpt import excerpt
from vexgui.search.freshness import is_fresh
from vexgui.search.query import Query, normal_name, parse
from vexgui.search.rank import (
    Evidence,
    Ranked,
    band_of,
    fused,
    likeness_strength,
    name_strength,
    query_strength,
    words_strength,
)
from vexgui.store.record import SpaceVectors, representatives
from vexgui.store.rows import FileId, FileRow, PassageId, PassageRow
from vexgui.store.store import Store

_LEAST_DEPTH = 100
_MOST_EXAMPLES = 16
"""Passages of a file that are looked for when files like it are wanted."""

WORDS = "words"
NAME = "name"


class Searcher:
    """Answers queries over one store.

    Args:
        store: What is searched.
        embedder: Turns queries into vectors.
        extractor: Reads a file that is not indexed when files like it are wanted.
        stale: Is told the paths of files that were found to be gone or changed.
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
        so and holds what names and words find.
        """
        started_s = time.monotonic()
        query = parse(typed)
        if not query.parts:
            return Answer(())
        depth = max(_LEAST_DEPTH, 2 * limit)
        evidence = self._by_name(query, depth) + self._by_words(query, depth)
        note = ""
        if meaning:
            try:
                evidence += self._by_meaning(query, depth)
            except VexError as error:
                note = f"Only names and words were searched. {error}"
        hits = self._hits(fused(evidence), limit, query.terms)
        return Answer(hits, meaning, note, time.monotonic() - started_s)

    def similar(self, path: bytes, limit: int) -> Answer:
        """Answer with files like one file, which is read anew when the store does not know it as it is.

        Raises:
            OSError: The file cannot be read.
            VexError: A model is needed and cannot be had.
        """
        started_s = time.monotonic()
        row = self._store.catalog.file(path)
        fresh = row if row is not None and is_fresh(row) else None
        examples = self._new_examples(path) if fresh is None else self._known_examples(fresh)
        depth = max(_LEAST_DEPTH, 2 * limit)
        evidence: list[Evidence] = []
        for space in self._embedder.spaces():
            for part in examples:
                if part.space == space.id:
                    evidence += self._like(space, part, depth)
        ranked = [item for item in fused(evidence) if row is None or item.file != row.id]
        return Answer(self._hits(ranked, limit, ()), seconds=time.monotonic() - started_s)

    # Evidence

    def _by_name(self, query: Query, depth: int) -> list[Evidence]:
        ids = self._store.catalog.with_names(query.parts, depth)
        wanted = normal_name(query.text)
        evidence: list[Evidence] = []
        for row in self._store.catalog.files(ids).values():
            name = shown(name_of(row.path))
            stem = name.rpartition(".")[0] or name
            strength = name_strength(normal_name(name), normal_name(stem), wanted, query.parts)
            evidence.append(Evidence(row.id, NAME, strength, 0))
        return evidence

    def _by_words(self, query: Query, depth: int) -> list[Evidence]:
        if not query.terms:
            return []
        found = self._store.catalog.with_words(query.terms, depth)
        passages = self._store.catalog.passages([hit.passage_id for hit in found])
        return [
            Evidence(
                passages[hit.passage_id].file_id,
                WORDS,
                words_strength(hit.terms, len(query.terms), hit.bm25, found[0].bm25),
                hit.passage_id,
            )
            for hit in found
            if hit.passage_id in passages
        ]

    def _by_meaning(self, query: Query, depth: int) -> list[Evidence]:
        evidence: list[Evidence] = []
        for space in self._embedder.spaces():
            if not self._store.count_vectors(space.id):
                continue
            scan = self._store.scan(space.id, self._embedder.embed_query(space.id, query.text), depth)
            strengths = [
                query_strength(space.modality, float(score), scan.mean, scan.deviation) for score in scan.scores
            ]
            evidence += self._of_passages(space.id, scan.passages, strengths)
        return evidence

    def _like(self, space: Space, part: SpaceVectors, depth: int) -> list[Evidence]:
        evidence: list[Evidence] = []
        for vector in part.vectors[representatives(part.vectors, _MOST_EXAMPLES)]:
            scan = self._store.scan(space.id, vector, depth)
            strengths = [likeness_strength(space.modality, float(score)) for score in scan.scores]
            evidence += self._of_passages(space.id, scan.passages, strengths)
        return evidence

    def _of_passages(self, space: SpaceId, ids: Sequence[PassageId], strengths: Sequence[float]) -> list[Evidence]:
        passages = self._store.catalog.passages(ids)
        return [
            Evidence(passages[number].file_id, space, strength, number)
            for number, strength in zip(ids, strengths, strict=True)
            if number in passages
        ]

    def _known_examples(self, row: FileRow) -> tuple[SpaceVectors, ...]:
        kinds = {passage.ordinal: passage.kind for passage in self._store.catalog.passages_of(row.id)}
        return _telling(self._store.vectors_of(row.id), kinds)

    def _new_examples(self, path: bytes) -> tuple[SpaceVectors, ...]:
        spaces = self._embedder.spaces()
        extraction = self._extractor.extract(path, max(space.picture_px for space in spaces))
        parts: list[SpaceVectors] = []
        for space in spaces:
            if space.modality is Modality.PICTURE:
                chosen = [item for item in extraction.passages if item.kind is PassageKind.PICTURE]
                if extraction.picture is None or not chosen:
                    continue
                vectors = self._embedder.embed_pictures(space.id, [extraction.picture])
            else:
                chosen = [item for item in extraction.passages if item.kind is not PassageKind.PICTURE]
                vectors = self._embedder.embed_texts(space.id, [item.text for item in chosen])
            ordinals = np.array([item.ordinal for item in chosen], np.uint32)
            parts.append(SpaceVectors(space.id, ordinals, vectors))
        return _telling(parts, {item.ordinal: item.kind for item in extraction.passages})

    # Hits

    def _hits(self, ranked: Sequence[Ranked], limit: int, terms: Sequence[str]) -> tuple[Hit, ...]:
        """Turn the best files into hits, leaving out those that are gone or changed since they were indexed."""
        hits: list[Hit] = []
        stale: list[bytes] = []
        for start in range(0, len(ranked), max(limit, 1)):
            chunk = ranked[start : start + limit]
            rows = self._store.catalog.files([FileId(item.file) for item in chunk])
            fresh = []
            for item in chunk:
                row = rows.get(FileId(item.file))
                if row is not None and is_fresh(row):
                    fresh.append((item, row))
                elif row is not None:
                    stale.append(row.path)
            hits += self._told(fresh[: limit - len(hits)], terms)
            if len(hits) >= limit:
                break
        if stale:
            self._stale(stale)
        return tuple(hits)

    def _told(self, found: Sequence[tuple[Ranked, FileRow]], terms: Sequence[str]) -> list[Hit]:
        keys = [PassageId(reason.key) for item, _ in found for reason in item.reasons if reason.key]
        passages = self._store.catalog.passages(keys)
        return [
            Hit(
                path=row.path,
                score=item.score,
                band=band_of(item.score),
                why=tuple(_why(reason, row, passages.get(PassageId(reason.key)), terms) for reason in item.reasons),
                kind=row.kind,
                size=row.stat.size,
                mtime_ns=row.stat.mtime_ns,
            )
            for item, row in found
        ]


def _why(reason: Evidence, row: FileRow, passage: PassageRow | None, terms: Sequence[str]) -> Why:
    if passage is None:
        return Why(reason.source, 0, excerpt(shown(name_of(row.path)), terms), "", reason.strength)
    return Why(reason.source, passage.ordinal, excerpt(passage.text, terms), passage.place, reason.strength)


def _telling(parts: Sequence[SpaceVectors], kinds: dict[int, PassageKind]) -> tuple[SpaceVectors, ...]:
    """Keep the vectors that tell what a file holds: those of its contents if it has any, else what its name says."""
    content = {ordinal for ordinal, kind in kinds.items() if kind is not PassageKind.ABOUT}
    kept: list[SpaceVectors] = []
    for part in parts:
        rows = [row for row, ordinal in enumerate(part.ordinals.tolist()) if ordinal in content]
        if rows:
            kept.append(SpaceVectors(part.space, part.ordinals[rows], part.vectors[rows]))
    return tuple(kept) or tuple(parts)
