"""The last answers, kept until the store changes."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from vexgui.core.hits import Likeness
from vexgui.core.query import Query
from vexgui.core.vectors import SpaceId
from vexgui.search.rank import Ranked
from vexgui.store.rows import FileId

MOST = 64
LONGEST = 10_000
"""Files of an answer that is remembered; one of 10,000 takes some megabytes."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an answer depends on.

    Attributes:
        query: What was asked.
        depth: How deep was looked for it.
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
        ranked: The files, best first.
        note: One sentence on what could not be looked for, or "".
        exact: Whether nothing was left out by an approximate search.
        plan: How they were found, in sentences.
        likeness: How they are like the files that they were to be like, where they are more than related; None where
            they were to be like none.
    """

    ranked: tuple[Ranked, ...]
    note: str
    exact: bool
    plan: tuple[str, ...]
    likeness: Mapping[FileId, Likeness] | None = None


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
        """Remember what was found, and forget what was asked longest ago, or of an older state of the store.

        Very long answers are not remembered.
        """
        if len(found.ranked) > LONGEST:
            return
        with self._lock:
            for known in [known for known in self._kept if known.epoch < key.epoch]:
                del self._kept[known]
            self._kept[key] = found
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
