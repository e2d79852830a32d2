"""The user's own vectors: passages of the store, embedded anew so that nothing has been quantized yet."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from vexgui.bench.conditions import Conditions
from vexgui.core.arrays import Vectors
from vexgui.core.errors import WorldProblem
from vexgui.core.files import Passage
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Modality, Space
from vexgui.engine.models import EmbedderFactory
from vexgui.extract.about import embedded_text
from vexgui.models.embedder import Embedder
from vexgui.models.process import EmbedderProcesses
from vexgui.store.catalog import CatalogView
from vexgui.store.rows import FileId, PassageId, passage_id
from vexgui.store.store import Store
from vexgui.system.profile import Profile

_QUERIES = 200
_QUERY_WORDS = 8
_LEAST = 20
_TEXTS_AT_ONCE = 256


@dataclass(frozen=True, slots=True, eq=False)
class OwnVectors:
    """Vectors as the user's model gives them.

    Attributes:
        space: Their space.
        vectors: Of passages, float32 [n, dim].
        queries: Of a few words out of some of these, as somebody might ask for them, float32 [m, dim].
    """

    space: Space
    vectors: Vectors
    queries: Vectors


def own_vectors(
    profile: Profile, conditions: Conditions, make_embedder: EmbedderFactory = EmbedderProcesses
) -> OwnVectors:
    """Return vectors of a random sample of a profile's text passages; its store is only read.

    Raises:
        WorldProblem: Too little is indexed, or the text model cannot be loaded.
    """
    with closing(make_embedder(None, (), profile.cache)) as embedder:
        space = next(space for space in embedder.spaces() if space.modality is Modality.TEXT)
        texts = _sampled(profile, space, conditions.passages)
        if len(texts) < _LEAST:
            raise WorldProblem(
                f"Only {len(texts)} passages of your files are indexed, too few to measure codecs with."
                if texts
                else "None of your files are indexed yet, and codecs are measured with the vectors of your own files.",
                "Index a folder first: vexgui index DIR.",
            )
        vectors = _embedded(texts, embedder, space, conditions)
        conditions.tell("Embedding queries.")
        queries = [embedder.embed_query(space.id, _asked(text)) for text in texts[:_QUERIES]]
        return OwnVectors(space, vectors, np.stack(queries))


def _sampled(profile: Profile, space: Space, most: int) -> list[str]:
    """Return texts that vectors of a space were made from, at random, none twice."""
    folder = joined(profile.data, b"store")
    if not os.path.isdir(folder):
        return []
    random = np.random.default_rng(17)
    with closing(Store(folder, CodecName.INT8, writable=False)) as store, store.catalog.pinned() as catalog:
        kept = catalog.space(space.id)
        if kept is None:
            return []
        rows = list(catalog.passages(_passages(catalog, kept.number, most, random)).values())
        paths = catalog.paths([row.file_id for row in rows])
    passages = [(paths[row.file_id], Passage(row.ordinal, row.kind, row.text, row.place)) for row in rows if row.text]
    texts = list(dict.fromkeys(embedded_text(path, passage) for path, passage in passages))
    return [texts[number] for number in random.permutation(len(texts))]


def _passages(catalog: CatalogView, space: int, most: int, random: np.random.Generator) -> list[PassageId]:
    """Return passages of a space, each as likely as any other, by file."""
    runs = catalog.extents_in(space)
    ends = np.cumsum(runs.count)
    chosen = random.permutation(int(runs.count.sum()))[:most]
    run = np.searchsorted(ends, chosen, side="right")
    slots = set((runs.first[run] + chosen - (ends - runs.count)[run]).tolist())
    files = [FileId(file) for file in np.unique(runs.file[run]).tolist()]
    return [
        passage_id(extent.file, ordinal)
        for extent in catalog.extents_of(files)
        if extent.space == space
        for slot, ordinal in enumerate(extent.ordinals.tolist(), extent.first)
        if slot in slots
    ]


def _asked(text: str) -> str:
    """Return a few words out of the middle of a passage: what somebody might ask who remembers it."""
    words = text.split()
    start = max(0, len(words) - _QUERY_WORDS) // 2
    return " ".join(words[start : start + _QUERY_WORDS])


def _embedded(texts: Sequence[str], embedder: Embedder, space: Space, conditions: Conditions) -> Vectors:
    parts: list[Vectors] = []
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        conditions.tell(f"Embedding your passages again: {start:,} of {len(texts):,}.")
        parts.append(embedder.embed_texts(space.id, texts[start : start + _TEXTS_AT_ONCE]))
    return np.concatenate(parts)
