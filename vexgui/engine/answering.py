"""What is answered to queries, and while one is typed."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vexgui.core.errors import VexError
from vexgui.core.files import Kind
from vexgui.core.hits import Answer, Hit
from vexgui.core.query import Order, Reading, SortBy, Suggestions
from vexgui.core.reports import FailedFile
from vexgui.engine import questions
from vexgui.engine.desk import Desk
from vexgui.engine.upkeep import UNFINISHED
from vexgui.models.embedder import Embedder
from vexgui.search.language import Surroundings, completions, local_zone, reading
from vexgui.store.catalog import CatalogView
from vexgui.system.remote import Remote


@dataclass(frozen=True, slots=True)
class Shape:
    """How an answer is wanted: in an order where the query has none, and of one kind of file alone, or any."""

    order: Order | None
    kind: Kind | None

    @property
    def orders(self) -> tuple[Order, ...]:
        """What hits are ordered by; none: by relevance, which is how they come."""
        by_relevance = self.order is None or self.order == Order(SortBy.RELEVANCE)
        return () if self.order is None or by_relevance else (self.order,)


class Answering:
    """Answers the calls of `EngineApi` about queries.

    Args:
        desk: Where settings and store are.
        embedder: Knows which spaces are asked.
        remote: Looks at files where their file system may never answer.
        nudge: Is called when models are asked: they will be idle some day.
    """

    def __init__(self, desk: Desk, embedder: Embedder, remote: Remote, nudge: Callable[[], None]) -> None:
        self._desk = desk
        self._embedder = embedder
        self._remote = remote
        self._nudge = nudge

    def search(
        self, typed: str, limit: int, folder: bytes, shape: Shape, stop: threading.Event | None, *,
        meaning: bool, strict: bool,
    ) -> Answer:  # fmt: skip
        """See `EngineApi.search`."""
        parts = self._desk.parts()
        self._nudge()
        roots = self._desk.settings().roots
        query = questions.read(typed, folder, roots, parts.store.catalog, self._remote, strict=strict)
        if not (query.order or query.is_empty):
            query = replace(query, order=shape.orders)
        answer = questions.answered(
            lambda: parts.searcher.search(query, limit, meaning=meaning, kind=shape.kind, stop=stop)
        )
        return replace(answer, note=answer.note or UNFINISHED) if parts.store.rebuilding else answer

    def similar(self, paths: Sequence[bytes], limit: int, shape: Shape, stop: threading.Event | None) -> Answer:
        """See `EngineApi.similar`."""
        searcher = self._desk.parts().searcher
        self._nudge()
        return questions.answered_for(
            paths,
            self._remote,
            lambda files: searcher.similar(files, limit, order=shape.orders, kind=shape.kind, stop=stop),
        )

    def hits_of(self, token: int, start: int, count: int) -> tuple[Hit, ...]:
        """See `EngineApi.hits_of`."""
        return self._desk.parts().searcher.hits_of(token, start, count)

    def paths_of(self, token: int, stretches: Sequence[range]) -> tuple[bytes, ...]:
        """See `EngineApi.paths_of`."""
        return self._desk.parts().searcher.paths_of(token, stretches)

    def hits_for(self, paths: Sequence[bytes], limit: int, shape: Shape) -> Answer:
        """See `EngineApi.hits_for`."""
        return self._desk.parts().searcher.listing(paths, limit, order=shape.orders, kind=shape.kind)

    def suggest(self, text: str, cursor: int) -> Suggestions:
        """See `EngineApi.suggest`."""
        known = _Known(self._desk.parts().store.catalog, self._embedder, self._desk.settings().roots)
        return completions(text, cursor, _surroundings(), known)

    def read(self, text: str) -> Reading:
        """See `EngineApi.read`."""
        return reading(text, _surroundings())

    def failures(self, limit: int) -> tuple[FailedFile, ...]:
        """See `EngineApi.failures`."""
        return self._desk.parts().store.catalog.failures(limit)


@dataclass(frozen=True, slots=True)
class _Known:
    """The values that known files have, see `Vocabulary`."""

    catalog: CatalogView
    embedder: Embedder
    roots: Sequence[bytes]

    def tags(self) -> Sequence[tuple[str, int]]:
        return tuple(self.catalog.tag_counts().items())

    def cameras(self) -> Sequence[tuple[str, int]]:
        return tuple(self.catalog.camera_counts().items())

    def folders(self) -> Sequence[bytes]:
        return tuple({*self.roots, *self.catalog.folders_under(b"/")})

    def spaces(self) -> Sequence[str]:
        try:
            return tuple(space.model for space in self.embedder.answering())
        except VexError:  # no model is in use
            return ()


def _surroundings() -> Surroundings:
    home = os.path.expanduser(b"~")
    return Surroundings(datetime.now(local_zone()), home, home)
