"""The vectors that stand for a file when files like it are wanted, or unlike it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vexgui.core.arrays import Vectors
from vexgui.core.errors import VexError
from vexgui.core.files import Extraction, FileFacts, Kind, Passage, PassageKind
from vexgui.core.query import Example
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.extract.about import embedded_text
from vexgui.extract.extractor import Extractor
from vexgui.extract.looks import LOOKS, LOOKS_PX
from vexgui.models.embedder import Embedder
from vexgui.search.freshness import is_fresh
from vexgui.search.likeness import Sample
from vexgui.store.catalog import CatalogView
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileRow
from vexgui.store.store import Store


@dataclass(frozen=True, slots=True)
class Examples:
    """What other files are compared with.

    Attributes:
        parts: The file's vectors, one entry a space; of its contents if it has any, else of what its name says.
        note: One sentence on what could not be embedded, or "".
    """

    parts: tuple[SpaceVectors, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Likened:
    """A file that others are compared with.

    Attributes:
        asked: What was asked for.
        row: What the store knows of it, as it is or as it was; None where it knows nothing.
        examples: What others are compared with by what they mean.
        sample: What others are compared with by what is in them.
    """

    asked: Example
    row: FileRow | None
    examples: Examples
    sample: Sample


def likened(
    asked: Example, store: Store, extractor: Extractor, embedder: Embedder, spaces: Mapping[SpaceId, Space]
) -> Likened:
    """Return what files are compared with that are to be like one; it is read where it is not known as it is now.

    Raises:
        OSError: The file cannot be read; the error names it.
        VexError: No model that it needs can be had.
    """
    row = store.catalog.file(asked.path)
    fresh = row if row is not None and is_fresh(row) else None
    known = None if fresh is None else known_examples(store, fresh, spaces)
    try:
        if fresh is not None and known is not None:
            return Likened(asked, row, known, known_sample(store.catalog, fresh, extractor))
        extraction = extractor.extract(asked.path, max([LOOKS_PX, *(space.picture_px for space in spaces.values())]))
    except OSError as error:
        raise OSError(error.errno, error.strerror, asked.path) from error
    return Likened(asked, row, new_examples(asked.path, extraction, embedder, spaces), new_sample(extraction))


def known_sample(catalog: CatalogView, row: FileRow, extractor: Extractor) -> Sample:
    """Return what the catalog holds of a file; a picture that nobody has looked at is looked at."""
    looks = (row.facts.extra or {}).get(LOOKS)
    if looks is None:
        looks = looks_at(row.path, extractor) if row.kind is Kind.IMAGE else ""
    texts = (passage.text for passage in catalog.passages_of(row.id) if passage.kind is PassageKind.TEXT)
    return Sample((row.stat.size, row.content_hash), str(looks), tuple(texts))


def new_sample(extraction: Extraction) -> Sample:
    """Return what was read out of a file, for others to be compared with."""
    texts = (passage.text for passage in extraction.passages if passage.kind is PassageKind.TEXT)
    return Sample((extraction.stat.size, extraction.content_hash), looks_told(extraction.facts), tuple(texts))


def looks_at(path: bytes, extractor: Extractor) -> str:
    """Return what a picture looks like; "" where it cannot be read."""
    try:
        return looks_told(extractor.extract(path, LOOKS_PX).facts)
    except (OSError, VexError):
        return ""


def looks_told(facts: FileFacts) -> str:
    """Return what a file's facts say that it looks like, or ""."""
    return str((facts.extra or {}).get(LOOKS, ""))


def known_examples(store: Store, row: FileRow, spaces: Mapping[SpaceId, Space]) -> Examples | None:
    """Return what the store holds of a file in some spaces.

    None where that is nothing, or where a picture has no vector in any of the picture spaces, because the model is
    newer than the vectors: then the file has to be read.
    """
    parts = [part for part in store.vectors_of(row.id) if part.space in spaces]
    kinds = {passage.ordinal: passage.kind for passage in store.catalog.passages_of(row.id)}
    shown = {space.id for space in spaces.values() if space.modality is Modality.PICTURE}
    lacks_picture = PassageKind.PICTURE in kinds.values() and shown.isdisjoint(part.space for part in parts)
    if not parts or (shown and lacks_picture):
        return None
    return Examples(_telling(parts, kinds))


def new_examples(path: bytes, extraction: Extraction, embedder: Embedder, spaces: Mapping[SpaceId, Space]) -> Examples:
    """Embed what was read out of a file in all spaces; those whose model cannot be had are left out with a note.

    Raises:
        VexError: No model that it needs can be had.
    """
    parts: list[SpaceVectors] = []
    failed: list[VexError] = []
    for space in spaces.values():
        chosen = _passages_for(space, extraction)
        if not chosen:
            continue
        try:
            vectors = _embedded(path, space, extraction, chosen, embedder)
        except VexError as error:
            failed.append(error)
            continue
        parts.append(SpaceVectors(space.id, np.array([item.ordinal for item in chosen], np.uint32), vectors))
    if failed and not parts:
        raise failed[0]
    note = f"Not everything in the file was compared. {failed[0]}" if failed else ""
    return Examples(_telling(parts, {item.ordinal: item.kind for item in extraction.passages}), note)


def _passages_for(space: Space, extraction: Extraction) -> list[Passage]:
    if space.modality is Modality.TEXT:
        return [item for item in extraction.passages if item.kind is not PassageKind.PICTURE]
    if not extraction.pictures:
        return []
    return [item for item in extraction.passages if item.kind is PassageKind.PICTURE]


def _embedded(
    path: bytes, space: Space, extraction: Extraction, chosen: Sequence[Passage], embedder: Embedder
) -> Vectors:
    if space.modality is Modality.TEXT:
        return embedder.embed_texts(space.id, [embedded_text(path, item) for item in chosen])
    return embedder.embed_pictures(space.id, extraction.pictures)


def _telling(parts: Sequence[SpaceVectors], kinds: Mapping[int, PassageKind]) -> tuple[SpaceVectors, ...]:
    """Keep the vectors that tell what a file holds: those of its contents if it has any, else what its name says."""
    content = {ordinal for ordinal, kind in kinds.items() if kind is not PassageKind.ABOUT}
    kept: list[SpaceVectors] = []
    for part in parts:
        rows = [row for row, ordinal in enumerate(part.ordinals.tolist()) if ordinal in content]
        if rows:
            kept.append(SpaceVectors(part.space, part.ordinals[rows], part.vectors[rows]))
    return tuple(kept) or tuple(parts)
