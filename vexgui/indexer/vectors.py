"""A file on its way through the pipeline, and the vectors that there are of it already."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vexgui.core.files import RECIPE, Extraction, Passage, PassageKind
from vexgui.core.vectors import Modality, Source, Space, SpaceId
from vexgui.store.record import SpaceVectors, is_of, reading_of
from vexgui.store.record.keeper import RecordKeeper
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
        unseen: See `Read`.
        again: See `Read`.
        over_ns: See `Read`.
        vectors: What vectors it has by now.
        held: Spaces whose vectors are those the store has of the file, as they are, or fewer of them.
        embedded: Whether any had to be made.
        recorded: Whether the file's own record was looked at and describes this content.
        arrived: Whether the store did not know the file, which brought that record.
        cut: Whether some are lacking only because the work was ended.
        problem: Why its picture gets no vector in a space in force, or "".
        leader: A file of the same content that gets its vectors before it: they are this file's, too.
    """

    path: bytes
    extraction: Extraction
    picture_px: int
    unseen: bool
    again: bool
    over_ns: int | None = None
    vectors: dict[SpaceId, SpaceVectors] = field(default_factory=dict)
    held: set[SpaceId] = field(default_factory=set)
    embedded: bool = False
    recorded: bool = False
    arrived: bool = False
    cut: bool = False
    problem: str = ""
    leader: "Item | None" = None

    def missing(self, space: Space) -> list[Passage]:
        """Return the passages that have no vector in a space yet."""
        held = self.vectors.get(space.id)
        ordinals = set() if held is None else set(held.ordinals.tolist())
        return [passage for passage in self._passages(space) if passage.ordinal not in ordinals]

    def lacking(self, space: Space) -> list[Passage]:
        """Return the passages that have no vector in a space yet, and that one can be made of."""
        is_seen = bool(self.extraction.pictures) and self.picture_px >= space.picture_px
        if space.modality is Modality.PICTURE and not is_seen:  # read for a model that was chosen before, perhaps
            return []
        return self.missing(space)

    def is_whole(self, spaces: Sequence[Space], *, sparing: bool) -> bool:
        """Tell whether its pictures have been seen, and each passage, or sparing some in each space, has a vector."""
        if self.unseen and any(space.modality is Modality.PICTURE for space in spaces):
            return False
        return not any(self.missing(space) and not (sparing and space.id in self.vectors) for space in spaces)

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
    """Give a file the vectors there are of its passages: its own, those of a file of the same content, its record's.

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
    if own is not None:
        _take_from_store(item, own, every, store)
    if _lacks(item, spaces):
        twin = store.catalog.twin(extraction.content_hash, extraction.stat.size, RECIPE, item.path)
        if twin is not None:
            _take_from_store(item, twin, spaces, store)
    if _lacks(item, spaces):
        _take_from_record(item, every, keeper)
        item.arrived = own is None and item.recorded
    for space in former:
        if space.id in item.vectors:
            item.vectors[space.id] = replace(item.vectors[space.id], spare=True)


def take_from_leader(item: Item, spaces: Sequence[Space]) -> None:
    """Give a file the vectors that its leader has by now and it lacks."""
    leader = item.leader
    if leader is None:
        return
    places = _places(leader.extraction.passages, item.extraction.passages, same=True)
    for space in spaces:
        if (part := leader.vectors.get(space.id)) is not None:
            item.take(space, replace(_moved(part, places), source=Source.COPY))


def _lacks(item: Item, spaces: Sequence[Space]) -> bool:
    return any(item.missing(space) for space in spaces)


def _take_from_store(item: Item, row: FileRow, spaces: Sequence[Space], store: Store) -> None:
    """Take the sound vectors that a file has of passages which are this file's, too.

    What is embedded of a text is the text itself and the name of its file, by whichever recipe it was cut out: so a
    file that changed keeps the vectors of the passages that did not. Of its pictures that is only known while its
    content is the same.
    """
    extraction = item.extraction
    read = (extraction.content_hash, extraction.stat.size, RECIPE)
    places = _places(
        store.catalog.passages_of(row.id),
        extraction.passages,
        same=(row.content_hash, row.stat.size, row.recipe) == read,
    )
    if not places:
        return
    parts = {part.space: part for part in store.vectors_of(row.id)}
    for space in spaces:
        part = parts.get(space.id)
        if part is None:
            continue
        moved = _moved(part, places)
        if row.path != item.path:
            item.take(space, replace(moved, source=Source.COPY))
        else:
            item.take(space, moved)
            if moved is part or 0 < len(moved.ordinals) < len(part.ordinals):
                item.held.add(space.id)


def _take_from_record(item: Item, spaces: Sequence[Space], keeper: RecordKeeper) -> None:
    extraction = item.extraction
    if keeper.out_of_reach(item.path):
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
    item.recorded = True
    known = {space.id: space for space in spaces}
    for section in record.sections:
        space = known.get(section.space)
        if space is not None and space.dim == section.dim:
            item.take(space, section.taken())


def _places(old: Sequence[Passage] | Sequence[PassageRow], new: Sequence[Passage], *, same: bool) -> dict[int, int]:
    """Return which passages were there before: the ordinals they had, by those they have now, ascending.

    Args:
        old: The passages before.
        new: The passages now.
        same: Whether both are of one content. Then the ones on name and facts stand for each other whatever they say,
            and pictures of the same place are the same.
    """
    before = dict(_told_apart(old, same=same))
    return {ordinal: before[key] for key, ordinal in _told_apart(new, same=same) if key in before}


def _told_apart(
    passages: Sequence[Passage] | Sequence[PassageRow], *, same: bool
) -> Iterator[tuple[tuple[PassageKind, str, int], int]]:
    """Yield what tells each passage from the others, and its ordinal."""
    seen: Counter[tuple[PassageKind, str]] = Counter()
    for passage in passages:
        match passage.kind:
            case PassageKind.TEXT:
                says = passage.text
            case PassageKind.ABOUT:
                says = "" if same else passage.text
            case PassageKind.PICTURE if same:
                says = passage.place
            case _:
                continue
        key = (passage.kind, says)
        yield (*key, seen[key]), passage.ordinal
        seen[key] += 1


def _moved(part: SpaceVectors, places: Mapping[int, int]) -> SpaceVectors:
    """Return the vectors of the passages that are still there, by the ordinals they have now; the same if all are."""
    rows = {ordinal: row for row, ordinal in enumerate(part.ordinals.tolist())}
    found = [(now, rows[before]) for now, before in places.items() if before in rows]
    ordinals = np.array([now for now, _ in found], np.uint32)
    chosen = np.array([row for _, row in found], np.intp)
    if np.array_equal(ordinals, part.ordinals) and np.array_equal(chosen, np.arange(len(rows))):
        return part
    return replace(part, ordinals=ordinals, vectors=part.vectors[chosen])
