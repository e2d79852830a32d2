"""A file's vectors: taken from the store or from its record as far as they are there, made where they are not."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vexgui.core.errors import ChildFailed
from vexgui.core.files import RECIPE, Extraction, Passage, PassageKind
from vexgui.core.vectors import Modality, Source, Space, SpaceId, Vectors
from vexgui.extract.about import embedded_text
from vexgui.models.embedder import Embedder
from vexgui.store.record import SpaceVectors, is_of, reading_of
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.record.value import are_units
from vexgui.store.rows import FileRow, PassageRow
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


@dataclass(slots=True, eq=False)
class Item:
    """One file on its way through a batch.

    Attributes:
        path: The file.
        extraction: What was read out of it.
        picture_px: See `Read`.
        vectors: What vectors it has by now.
        held: Spaces whose vectors are those the store has of the file, as they are.
        embedded: Whether any had to be made.
        recorded: Whether the file's own record was looked at and describes this content.
        arrived: Whether the store did not know the file, which brought a record of this content.
        problem: Why its picture gets no vector in a space in force, or "".
    """

    path: bytes
    extraction: Extraction
    picture_px: int
    vectors: dict[SpaceId, SpaceVectors] = field(default_factory=dict)
    held: set[SpaceId] = field(default_factory=set)
    embedded: bool = False
    recorded: bool = False
    arrived: bool = False
    problem: str = ""

    def lacking(self, space: Space) -> list[Passage]:
        """Return the passages that have no vector in a space yet, and that one can be made of."""
        is_seen = bool(self.extraction.pictures) and self.picture_px >= space.picture_px
        if space.modality is Modality.PICTURE and not is_seen:  # read for a model that was chosen before, perhaps
            return []
        held = self.vectors.get(space.id)
        ordinals = set() if held is None else set(held.ordinals.tolist())
        return [passage for passage in self._passages(space) if passage.ordinal not in ordinals]

    def take(self, space: Space, part: SpaceVectors) -> None:
        """Add vectors of passages that have none in a space yet."""
        held = self.vectors.get(space.id)
        new = np.isin(part.ordinals, [passage.ordinal for passage in self._passages(space)])
        if held is not None:
            new &= ~np.isin(part.ordinals, held.ordinals)
        if not new.any():
            return
        self.held.discard(space.id)
        part = replace(part, ordinals=part.ordinals[new], vectors=part.vectors[new])
        self.vectors[space.id] = part if held is None else _joined(held, part)

    def _passages(self, space: Space) -> list[Passage]:
        """Return the passages of a space's modality."""
        pictured = space.modality is Modality.PICTURE
        return [passage for passage in self.extraction.passages if (passage.kind is PassageKind.PICTURE) == pictured]


def _joined(held: SpaceVectors, part: SpaceVectors) -> SpaceVectors:
    """Return the vectors of two sets of passages as one, which is as sure as the less sure one and comes from there."""
    least = min(held, part, key=lambda each: (each.confidence, each.source is Source.EMBEDDED))
    ordinals = np.concatenate([held.ordinals, part.ordinals])
    order = np.argsort(ordinals)
    return replace(least, ordinals=ordinals[order], vectors=np.concatenate([held.vectors, part.vectors])[order])


def take_existing(
    item: Item, spaces: Sequence[Space], former: Sequence[Space], store: Store, keeper: RecordKeeper
) -> None:
    """Give a file the vectors there are for its content: its own, those of a file of the same content, its record's.

    The record comes last, because it may hold only the most representative passages; each gives what is still lacking.

    Args:
        item: The file.
        spaces: The spaces in force; while nothing is lacking in them, nothing further is looked at.
        former: Spaces that are only kept: what the file itself has of them stays with it.
        store: What is known.
        keeper: Reads the record.
    """
    extraction = item.extraction
    every = (*spaces, *former)
    own = store.catalog.file(item.path)
    if own is not None and _describes(own, extraction):
        made = set(item.vectors)
        _take_from_store(item, own, every, store)
        item.held.update(item.vectors.keys() - made)
    if _lacks(item, spaces):
        twin = store.catalog.file_with_content(extraction.content_hash, extraction.stat.size, RECIPE)
        if twin is not None and twin.path != item.path:
            _take_from_store(item, twin, spaces, store)
    if _lacks(item, spaces):
        _take_from_record(item, every, keeper)
        item.arrived = own is None and item.recorded
    for space in former:
        if space.id in item.vectors:
            item.vectors[space.id] = replace(item.vectors[space.id], spare=True)


def _lacks(item: Item, spaces: Sequence[Space]) -> bool:
    return any(item.lacking(space) for space in spaces)


def _describes(row: FileRow, extraction: Extraction) -> bool:
    """Tell whether what is known of a file is of the content that was read, however it has to be read again."""
    return (row.content_hash, row.stat.size, row.recipe) == (extraction.content_hash, extraction.stat.size, RECIPE)


def _take_from_store(item: Item, row: FileRow, spaces: Sequence[Space], store: Store) -> None:
    """Take the sound vectors of a file of the same content, if it has the same passages."""
    if _contents(store.catalog.passages_of(row.id)) != _contents(item.extraction.passages):
        return
    parts = {part.space: part for part in store.vectors_of(row.id)}
    for space in spaces:
        part = parts.get(space.id)
        if part is not None:
            item.take(space, part if row.path == item.path else replace(part, source=Source.COPY))


def _take_from_record(item: Item, spaces: Sequence[Space], keeper: RecordKeeper) -> None:
    extraction = item.extraction
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
    item.recorded = True
    known = {space.id: space for space in spaces}
    for section in record.sections:
        space = known.get(section.space)
        if space is not None and space.dim == section.dim:
            item.take(space, section.taken())


def _contents(passages: Sequence[Passage] | Sequence[PassageRow]) -> list[tuple[int, PassageKind, str]]:
    """Return what passages are of, but for the name: under another suffix the same bytes may be read in another way."""
    return [(part.ordinal, part.kind, "" if part.kind is PassageKind.ABOUT else part.text) for part in passages]


def make_missing(items: Sequence[Item], spaces: Sequence[Space], embedder: Embedder, *, sparing: bool = False) -> None:
    """Embed the passages of files that have no vectors in a space yet, all files of a space together.

    A picture that a model fails at is a problem of its file; of a text, one passage more or less is none.

    Args:
        items: The files.
        spaces: The spaces.
        embedder: Makes the vectors.
        sparing: Leave files that have some vectors in a space with these; files that have only now arrived, with a
            record, are left so in any case: what it lacks is made when they are looked at the next time.

    Raises:
        VexError: The model cannot be loaded, or its process died twice.
    """
    for space in spaces:
        spared = [(sparing or item.arrived) and space.id in item.vectors for item in items]
        wanting = [(item, item.lacking(space)) for item, left in zip(items, spared, strict=True) if not left]
        wanting = [(item, passages) for item, passages in wanting if passages]
        if not wanting:
            continue
        vectors = _embedded_patiently(wanting, space, embedder)
        start = 0
        for item, passages in wanting:
            ordinals = np.array([passage.ordinal for passage in passages], np.uint32)
            made = vectors[start : start + len(passages)]
            usable = are_units(made)
            item.take(space, SpaceVectors(space.id, ordinals[usable], made[usable]))
            item.embedded |= bool(usable.any())
            if space.modality is Modality.PICTURE and not usable.all():
                item.problem = space.failure
            start += len(passages)


def _embedded_patiently(wanting: Sequence[tuple[Item, list[Passage]]], space: Space, embedder: Embedder) -> Vectors:
    try:
        return _embedded(wanting, space, embedder)
    except ChildFailed:
        # The process starts afresh with the next call; killed for memory or by hand, it deserves one.
        return _embedded(wanting, space, embedder)


def _embedded(wanting: Sequence[tuple[Item, list[Passage]]], space: Space, embedder: Embedder) -> Vectors:
    if space.modality is Modality.PICTURE:
        pictures = [item.extraction.pixels_of(passage) for item, passages in wanting for passage in passages]
        return embedder.embed_pictures(space.id, [picture for picture in pictures if picture is not None])
    texts = [embedded_text(item.path, passage) for item, passages in wanting for passage in passages]
    return embedder.embed_texts(space.id, texts)
