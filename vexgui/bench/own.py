"""The user's own vectors: passages of the store, embedded anew so that nothing has been quantized yet."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from vexgui.bench.conditions import Conditions
from vexgui.core.errors import WorldProblem
from vexgui.core.files import Passage
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Modality, Space, Vectors
from vexgui.engine.models import EmbedderFactory
from vexgui.extract.about import embedded_text
from vexgui.models.embedder import Embedder
from vexgui.models.process import EmbedderProcesses
from vexgui.store.rows import PassageId
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
        queries: Of the first words of some of these, as somebody might ask for them, float32 [m, dim].
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
    with closing(make_embedder(None, profile.cache)) as embedder:
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
        openings = [" ".join(text.split()[:_QUERY_WORDS]) for text in texts[: min(_QUERIES, len(texts))]]
        return OwnVectors(space, vectors, np.stack([embedder.embed_query(space.id, text) for text in openings]))


def _sampled(profile: Profile, space: Space, most: int) -> list[str]:
    """Return texts that vectors of a space were made from, at random, none twice."""
    folder = joined(profile.data, b"store")
    if not os.path.isdir(folder):
        return []
    with closing(Store(folder, CodecName.INT8, writable=False)) as store:
        kept = next((kept for kept in store.spaces() if kept.space.id == space.id), None)
        if kept is None:
            return []
        _, owners = store.catalog.slots(kept.number)
        chosen = np.random.default_rng(17).permutation(owners)[:most]
        rows = store.catalog.passages([PassageId(owner) for owner in chosen.tolist()]).values()
        paths = store.catalog.paths([row.file_id for row in rows])
    known = [row for row in rows if row.file_id in paths]
    passages = [(paths[row.file_id], Passage(row.ordinal, row.kind, row.text, row.place)) for row in known]
    return list(dict.fromkeys(embedded_text(path, passage) for path, passage in passages))


def _embedded(texts: Sequence[str], embedder: Embedder, space: Space, conditions: Conditions) -> Vectors:
    parts: list[Vectors] = []
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        conditions.tell(f"Embedding your passages again: {start:,} of {len(texts):,}.")
        parts.append(embedder.embed_texts(space.id, texts[start : start + _TEXTS_AT_ONCE]))
    return np.concatenate(parts)
