"""A file's vectors: taken from its record or from a file of the same content, made where there are none."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction, Passage, PassageKind
from vexgui.core.vectors import Modality, Source, Space, SpaceId, Vectors
from vexgui.extract.about import embedded_text
from vexgui.extract.extractor import RECIPE
from vexgui.models.embedder import Embedder
from vexgui.store.record import SpaceVectors, is_of, reading_of
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import PassageRow
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


@dataclass(slots=True, eq=False)
class Item:
    """One file on its way through a batch.

    Attributes:
        path: The file.
        extraction: What was read out of it.
        vectors: What vectors it has by now.
        embedded: Whether any had to be made.
        recorded: Whether any were taken from the file's own record, which then describes this content.
    """

    path: bytes
    extraction: Extraction
    vectors: dict[SpaceId, SpaceVectors] = field(default_factory=dict)
    embedded: bool = False
    recorded: bool = False

    def wanted(self, space: Space) -> list[Passage]:
        """Return the passages that want a vector in a space."""
        if space.modality is Modality.TEXT:
            return [passage for passage in self.extraction.passages if passage.kind is not PassageKind.PICTURE]
        if self.extraction.picture is None:
            return []
        return [passage for passage in self.extraction.passages if passage.kind is PassageKind.PICTURE]


def take_existing(item: Item, spaces: Sequence[Space], store: Store, keeper: RecordKeeper) -> None:
    """Give a file the vectors that exist for its content: of a file in the store, else of its own record.

    The store comes first, because a record may hold only the most representative passages.
    """
    extraction = item.extraction
    active = {space.id for space in spaces}
    twin = store.catalog.file_with_content(extraction.content_hash, extraction.stat.size, RECIPE)
    if twin is not None and _contents(store.catalog.passages_of(twin.id)) == _contents(extraction.passages):
        parts = [part for part in store.vectors_of(twin.id) if part.space in active]
        if twin.path != item.path:
            parts = [replace(part, source=Source.COPY) for part in parts]
        item.vectors = {part.space: part for part in parts}
    if all(space.id in item.vectors or not item.wanted(space) for space in spaces):
        return
    try:
        descriptor = attributes.open_for_attributes(item.path)
    except AttributeRefused:
        return
    try:
        record = keeper.read(descriptor).record
    finally:
        os.close(descriptor)
    reading = reading_of(extraction.passages)
    if record is None or not is_of(record, extraction.stat, extraction.content_hash, RECIPE, reading):
        return
    dims = {space.id: space.dim for space in spaces}
    for section in record.sections:
        if section.space not in item.vectors and dims.get(section.space) == section.dim:
            item.vectors[section.space] = section.taken()
            item.recorded = True


def _contents(passages: Sequence[Passage] | Sequence[PassageRow]) -> list[tuple[int, PassageKind, str]]:
    """Return what passages are of, but for the name: under another suffix the same bytes may be read in another way."""
    return [(part.ordinal, part.kind, part.text) for part in passages if part.kind is not PassageKind.ABOUT]


def make_missing(items: Sequence[Item], spaces: Sequence[Space], embedder: Embedder) -> None:
    """Embed the passages of files that have no vectors in a space yet, all files of a space together.

    Raises:
        VexError: The model cannot be loaded, or its process died twice.
    """
    for space in spaces:
        wanting = [(item, item.wanted(space)) for item in items if space.id not in item.vectors]
        wanting = [(item, passages) for item, passages in wanting if passages]
        if not wanting:
            continue
        vectors = _embedded_patiently(wanting, space, embedder)
        start = 0
        for item, passages in wanting:
            ordinals = np.array([passage.ordinal for passage in passages], np.uint32)
            item.vectors[space.id] = SpaceVectors(space.id, ordinals, vectors[start : start + len(passages)])
            item.embedded = True
            start += len(passages)


def _embedded_patiently(wanting: Sequence[tuple[Item, list[Passage]]], space: Space, embedder: Embedder) -> Vectors:
    try:
        return _embedded(wanting, space, embedder)
    except ChildFailed:
        # The process starts afresh with the next call; killed for memory or by hand, it deserves one.
        return _embedded(wanting, space, embedder)


def _embedded(wanting: Sequence[tuple[Item, list[Passage]]], space: Space, embedder: Embedder) -> Vectors:
    if space.modality is Modality.PICTURE:
        pictures = [item.extraction.picture for item, _ in wanting]
        return embedder.embed_pictures(space.id, [picture for picture in pictures if picture is not None])
    texts = [embedded_text(item.path, passage) for item, passages in wanting for passage in passages]
    return embedder.embed_texts(space.id, texts)
