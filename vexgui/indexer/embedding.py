"""The embedding stage: files get the vectors that there are not yet, many at once, each content once."""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed, VexError
from vexgui.core.files import Passage
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.extract.about import embedded_text
from vexgui.indexer.vectors import Item, take_from_leader
from vexgui.models.embedder import Embedder
from vexgui.store.record import SpaceVectors
from vexgui.store.record.value import are_units
from vexgui.system.fingerprint import UNKNOWN_HASH

_MOST_A_CALL, _FEWEST_A_CALL = 32, 4
_CALL_S = 0.5
"""A model is asked for as many passages at a time as it does in so long: what is to end or to rest waits for these.

With half of it photographs are read a tenth slower: between two calls the model waits.
"""

_Content = tuple[bytes, int, bytes]
"""Hash and size; and the path, where the hash is not known."""


class Embedding:
    """Embeds files, batch after batch, in one thread.

    Args:
        embedder: Makes the vectors.
        spaces: The spaces that files get vectors in.
        go_on: Asked before each call of a model, with a file it is about and how many passages of the batch have been
            embedded; it may wait. When it says no, files that still lack vectors are cut.
        sparing: Leave files that have some vectors in a space with these.

    Attributes:
        begun: Whether a model has been asked for anything.
    """

    def __init__(
        self, embedder: Embedder, spaces: Sequence[Space], go_on: Callable[[bytes, int], bool], *, sparing: bool
    ) -> None:
        self._embedder = embedder
        self._spaces = spaces
        self._go_on = go_on
        self._sparing = sparing
        self.begun = False
        self._paces: dict[SpaceId, Pace] = defaultdict(Pace)
        self._leading: dict[_Content, Item] = {}

    def line_up(self, items: Sequence[Item]) -> None:
        """Put files behind those of the same content whose vectors are not in the store yet; from any thread.

        After this it is looked for what the store has: so that nothing is missed between both.
        """
        for item in items:
            leader = self._leading.setdefault(_content_of(item), item)
            item.leader = None if leader is item else leader

    def embed(self, items: Sequence[Item]) -> bool:
        """Make the vectors that files lack; return False when other spaces have come into force meanwhile.

        Raises:
            VexError: The model cannot be loaded, or its process died twice.
        """
        followers = [item for item in items if item.leader is not None]
        try:
            self._make_missing([item for item in items if item.leader is None])
            for item in followers:
                take_from_leader(item, self._spaces)
            self._make_missing(followers)
        except VexError:
            if self._embedder.spaces() == self._spaces:
                raise
            return False
        return True

    def settled(self, items: Sequence[Item]) -> None:
        """Note, from any thread, that the vectors of files are in the store."""
        for item in items:
            self._leading.pop(_content_of(item), None)

    def _make_missing(self, items: Sequence[Item]) -> None:
        """Embed the passages of files that have no vectors in a space yet, all files of a space together."""
        for space in self._spaces:
            wants = [
                _Want(item, passage)
                for item in items
                if not (self._sparing and space.id in item.vectors)
                for passage in item.lacking(space)
            ]
            wants.sort(key=lambda want: len(want.passage.text))  # so that little is padded
            made: dict[Item, list[tuple[int, Vectors]]] = defaultdict(list)
            done = 0
            while done < len(wants) and self._go_on(wants[done].item.path, done):
                self.begun = True
                some = wants[done : done + self._paces[space.id].next_call(len(wants) - done)]
                for want, vector in zip(some, self._embedded_in_time(some, space), strict=True):
                    made[want.item].append((want.passage.ordinal, vector))
                done += len(some)
            for item, _ in wants[done:]:
                item.cut = True
            for item, found in made.items():
                _give(item, space, found)

    def _embedded_in_time(self, wants: Sequence["_Want"], space: Space) -> Vectors:
        """Return the vectors of passages, and ask for more or fewer at a time by how long it took."""
        began_s = time.monotonic()
        vectors = self._embedded_patiently(wants, space)
        self._paces[space.id].took(len(wants), time.monotonic() - began_s)
        return vectors

    def _embedded_patiently(self, wants: Sequence["_Want"], space: Space) -> Vectors:
        try:
            return self._embedded(wants, space)
        except ChildFailed:
            # The process starts afresh with the next call; killed for memory or by hand, it deserves one.
            return self._embedded(wants, space)

    def _embedded(self, wants: Sequence["_Want"], space: Space) -> Vectors:
        if space.modality is Modality.PICTURE:
            pictures = [item.extraction.pixels_of(passage) for item, passage in wants]
            return self._embedder.embed_pictures(space.id, [picture for picture in pictures if picture is not None])
        return self._embedder.embed_texts(space.id, [embedded_text(item.path, passage) for item, passage in wants])


class Pace:
    """How many passages a model is asked for at a time; few, as long as nobody knows how quick it is."""

    def __init__(self) -> None:
        self._most = _FEWEST_A_CALL

    def next_call(self, left: int) -> int:
        """Return how many of those left, at least one, to ask for: the last call has as many as the others."""
        calls = math.ceil(left / self._most)
        return math.ceil(left / calls)

    def took(self, passages: int, seconds: float) -> None:
        """Learn from a call."""
        enough = int(passages * _CALL_S / max(seconds, 1e-9))
        self._most = max(_FEWEST_A_CALL, min(enough, _MOST_A_CALL))


class _Want(NamedTuple):
    """A passage that is to get a vector."""

    item: Item
    passage: Passage


def _give(item: Item, space: Space, found: list[tuple[int, Vectors]]) -> None:
    """Give a file the vectors [dim] that were made of its passages, each with the passage's ordinal.

    A picture that a model fails at is a problem of its file; of a text, one passage more or less is none.
    """
    found.sort(key=lambda each: each[0])
    ordinals = np.array([ordinal for ordinal, _ in found], np.uint32)
    vectors = np.stack([vector for _, vector in found])
    usable = are_units(vectors)
    item.take(space, SpaceVectors(space.id, ordinals[usable], vectors[usable]))
    item.embedded |= bool(usable.any())
    if space.modality is Modality.PICTURE and not usable.all():
        item.problem = space.failure


def _content_of(item: Item) -> _Content:
    """Return what files of the same content have in common."""
    extraction = item.extraction
    known = extraction.content_hash != UNKNOWN_HASH
    return extraction.content_hash, extraction.stat.size, b"" if known else item.path
