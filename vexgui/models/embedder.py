"""What turns passages and queries into vectors."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import ModelUnavailable
from vexgui.core.vectors import Modality, Space, SpaceId


class Embedder(Protocol):
    """Computes vectors of one text space and, when a picture model is chosen, of its space.

    Models chosen before it answer too: their vectors are searched until the chosen one's are complete. All methods may
    be called from any thread. Each may raise `ModelUnavailable`, `CheckpointProblem` or `ChildFailed`.

    A passage that the model itself fails at, however often it is tried, hinders no other: its row is not a number.
    """

    def spaces(self) -> tuple[Space, ...]:
        """Return the spaces that new passages get vectors in: text first, then pictures if there is one.

        Costs at most the hashing of a weights file the first time; loads no model.
        """
        ...

    def answering(self) -> tuple[Space, ...]:
        """Return the spaces that can be asked: those of `spaces`, then those of models chosen before, latest first.

        A model chosen before that is broken or gone by now is left out.
        """
        ...

    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape [len(texts), dim], unit rows."""
        ...

    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        """Return the vectors of pictures in any answering picture space, shape [len(pictures), dim], unit rows."""
        ...

    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        """Return the vector of a query in any answering space, shape [dim], unit length.

        Never waits for bulk embedding. Where a space is searched with another's queries (`Space.queries`), it is the
        vector that the other one gives: who asks both needs to ask only once.
        """
        ...

    def ailing(self) -> str:
        """Return why vectors are not made at the moment though the models are there, a sentence, or ""."""
        return ""

    def unload_idle(self, idle_s: float) -> bool:
        """End helper processes that were not used for so many seconds, and tell whether there are some still.

        The next call starts them again.
        """
        ...

    def close(self) -> None:
        """End helper processes, also under a running call."""
        ...


def space_among(spaces: Iterable[Space], space: SpaceId, modality: Modality | None = None) -> Space:
    """Return the space of an id among those that answer; with a modality only one of that.

    Raises:
        ModelUnavailable: There is none.
    """
    for found in spaces:
        if found.id == space and modality in (None, found.modality):
            return found
    raise ModelUnavailable(f"No model computes vectors for the space {space}.")
