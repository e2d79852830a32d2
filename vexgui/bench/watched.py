"""An embedder that is watched at work: when it began and ended, and how much of that time it computed."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from typing_extensions import override

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.vectors import Space, SpaceId
from vexgui.models.embedder import Embedder


class WatchedEmbedder(Embedder):
    """Has another embedder do the work.

    Args:
        embedder: Does it.
        before: Called before the first passages after `begin` are embedded.

    Attributes:
        first_s: When the first passages after `begin` came, by `time.perf_counter`.
        last_s: When the last ones were done.
        busy_s: How many seconds it worked between.
    """

    def __init__(self, embedder: Embedder, before: Callable[[], object] = lambda: None) -> None:
        self._embedder = embedder
        self._before = before
        self.begin()

    def begin(self) -> None:
        """Forget what was done so far."""
        self.first_s = self.last_s = self.busy_s = 0.0

    @property
    def busy(self) -> float:
        """Share of the time from the first passages to the last that it worked, 0 to 1."""
        return self.busy_s / max(self.last_s - self.first_s, 1e-9)

    @override
    def spaces(self) -> tuple[Space, ...]:
        return self._embedder.spaces()

    @override
    def answering(self) -> tuple[Space, ...]:
        return self._embedder.answering()

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        with self._working():
            return self._embedder.embed_texts(space, texts)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        with self._working():
            return self._embedder.embed_pictures(space, pictures)

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        return self._embedder.embed_query(space, text)

    @override
    def ailing(self) -> str:
        return self._embedder.ailing()

    @override
    def unload_idle(self, idle_s: float) -> bool:
        return self._embedder.unload_idle(idle_s)

    @override
    def close(self) -> None:
        self._embedder.close()

    @contextmanager
    def _working(self) -> Iterator[None]:
        began_s = time.perf_counter()
        if not self.first_s:
            self.first_s = began_s
            self._before()
            began_s = time.perf_counter()
        yield
        self.last_s = time.perf_counter()
        self.busy_s += self.last_s - began_s
