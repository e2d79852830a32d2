"""What turns passages and queries into vectors."""

from collections.abc import Sequence
from typing import Protocol

from vexgui.core.files import Pixels
from vexgui.core.vectors import Space, SpaceId, Vectors


class Embedder(Protocol):
    """Computes vectors of one text space and, when one is chosen, one picture space.

    All methods may be called from any thread. Each may raise `ModelUnavailable`, `CheckpointProblem` or `ChildFailed`.
    """

    def spaces(self) -> tuple[Space, ...]:
        """Return the spaces that new passages get vectors in: text first, then pictures if there is one.

        Costs at most the hashing of a weights file the first time; loads no model.
        """
        ...

    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape [len(texts), dim], unit rows."""
        ...

    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        """Return the vectors of pictures, shape [len(pictures), dim], unit rows."""
        ...

    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        """Return the vector of a query, shape [dim], unit length. Never waits for bulk embedding."""
        ...

    def unload_idle(self, idle_s: float) -> None:
        """End helper processes that were not used for so many seconds; the next call starts them again."""
        ...

    def close(self) -> None:
        """End helper processes, also under a running call."""
        ...
