"""The embedder in force, and changing it while others hold on to it."""

from collections.abc import Callable, Sequence

from typing_extensions import override

from vexgui.core.files import Pixels
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Space, SpaceId, Vectors
from vexgui.models.embedder import Embedder

EmbedderFactory = Callable[[PictureModel | None, Sequence[PictureModel], bytes], Embedder]
"""Makes an embedder from the chosen picture model, those chosen before, and the profile's cache folder."""


class CurrentEmbedder(Embedder):
    """Passes every call on to the embedder in force.

    Args:
        first: The embedder to begin with.
    """

    def __init__(self, first: Embedder) -> None:
        self._current = first

    def replace(self, successor: Embedder) -> None:
        """Put another embedder in force; what the old one is doing ends with `ChildFailed`."""
        old, self._current = self._current, successor
        old.close()

    @override
    def spaces(self) -> tuple[Space, ...]:
        return self._current.spaces()

    @override
    def answering(self) -> tuple[Space, ...]:
        return self._current.answering()

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        return self._current.embed_texts(space, texts)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        return self._current.embed_pictures(space, pictures)

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        return self._current.embed_query(space, text)

    @override
    def unload_idle(self, idle_s: float) -> None:
        self._current.unload_idle(idle_s)

    @override
    def close(self) -> None:
        self._current.close()
