"""The last answers, kept until the store changes."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from vexgui.core.hits import Likeness
from vexgui.core.query import Query
from vexgui.core.vectors import SpaceId
from vexgui.search.ranking import Ranking
from vexgui.store.catalog.outlines import Outlines
from vexgui.store.rows import FileId

MOST = 64
MOST_FILES = 1_000_000
"""Files in all of them; each takes 17 bytes, and 17 for each reason."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an answer depends on.

    Attributes:
        query: What was asked.
        depth: How deep was looked for it; 0 where all files were looked at.
        meaning: Whether models were asked.
        spaces: The spaces whose meaning was asked; none where meaning was not.
        epoch: The state of the store.
    """

    query: Query
    depth: int
    meaning: bool
    spaces: tuple[SpaceId, ...]
    epoch: int


@dataclass(frozen=True, slots=True)
class Found:
    """Which files answer a query, and how they were found.

    They may have changed on the disk since: each is looked at anew whenever they are told of.

    Attributes:
        ranking: The files in order, copies of each other among them.
        outlines: What they are like, in this order.
        note: One sentence on what could not be looked for, or "".
        exact: Whether nothing was left out by an approximate search.
        plan: How they were found, in sentences.
        likeness: How they are like the files that they were to be like, where they are more than related; None where
            they were to be like none.
        unlisted: Files that are never told of, not even as copies: what others are to be like.
    """

    ranking: Ranking
    outlines: Outlines
    note: str
    exact: bool
    plan: tuple[str, ...]
    likeness: Mapping[FileId, Likeness] | None = None
    unlisted: frozenset[FileId] = frozenset()


class Answers:
    """Remembers what was found last; safe to use from any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Found] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Found | None:
        """Return what was found when just the same was asked of the same store."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, found: Found) -> None:
        """Remember what was found, and forget what was asked longest ago, or of an older state of the store."""
        with self._lock:
            for known in [known for known in self._kept if known.epoch < key.epoch]:
                del self._kept[known]
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > self._most or sum(len(kept.ranking) for kept in self._kept.values()) > MOST_FILES:
                self._kept.popitem(last=False)
