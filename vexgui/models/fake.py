"""An embedder without a model, for tests: equal words and equal colours lie near each other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.embedder import Embedder, space_among

FAKE_TEXT = Space(SpaceId("fa4e000000000001"), "fake text", Modality.TEXT, 64)
FAKE_PICTURE = Space(SpaceId("fa4e000000000002"), "fake picture", Modality.PICTURE, 48, picture_px=32)
FAKE_EMBEDDED = replace(
    FAKE_PICTURE, id=SpaceId("fa4e000000000003"), model="fake embedded", dim=64, queries=FAKE_TEXT.id
)
"""Pictures that are searched with the queries of the text space."""

_COLOURS = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "grey": (128, 128, 128),
    "red": (220, 20, 20),
    "green": (20, 160, 20),
    "blue": (20, 40, 220),
    "yellow": (240, 230, 20),
    "orange": (250, 140, 10),
    "purple": (130, 20, 150),
    "pink": (250, 150, 190),
    "brown": (120, 70, 20),
    "cyan": (20, 210, 220),
}
_COMMON = frozenset(("a", "an", "and", "at", "in", "is", "of", "on", "or", "the", "to", "with"))
"""Words that make no two texts alike."""

_WORD = re.compile(r"\w+")


class FakeEmbedder(Embedder):
    """Hashes words, and the names of a picture's colours, to fixed directions and adds them up.

    Texts that share words are near each other; the query "red" is near pictures that are mostly red.

    Args:
        picture: Whether there is a picture space beside the text space, or which.
        former: Picture spaces of models chosen before, latest first.

    Attributes:
        texts_embedded: Passages embedded so far; queries do not count.
        pictures_embedded: Pictures embedded so far.
    """

    def __init__(self, *, picture: bool | Space = False, former: Sequence[Space] = ()) -> None:
        chosen = picture if isinstance(picture, Space) else FAKE_PICTURE
        self._spaces = (FAKE_TEXT, chosen) if picture else (FAKE_TEXT,)
        self._former = tuple(former)
        self._closed = False
        self.texts_embedded = 0
        self.pictures_embedded = 0

    @override
    def spaces(self) -> tuple[Space, ...]:
        return self._spaces

    @override
    def answering(self) -> tuple[Space, ...]:
        return self._spaces + self._former

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        found = self._open(space, Modality.TEXT)
        self.texts_embedded += len(texts)
        return _stacked([_of_words(text, found.dim) for text in texts], found.dim)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        found = self._open(space, Modality.PICTURE)
        self.pictures_embedded += len(pictures)
        return _stacked([_of_colours(picture, found.dim) for picture in pictures], found.dim)

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        return _of_words(text, self._open(space).dim)

    @override
    def unload_idle(self, idle_s: float) -> bool:
        return False

    @override
    def close(self) -> None:
        self._closed = True

    def _open(self, space: SpaceId, modality: Modality | None = None) -> Space:
        if self._closed:
            raise ChildFailed("The model process has been stopped.")
        return space_among(self.answering(), space, modality)


def fake_picture_space(model: PictureModel) -> Space:
    """Return the space that a picture model's name has in tests: the embedded one's, or one of its own."""
    if model == EMBEDDED:
        return FAKE_EMBEDDED
    name = f"{model.architecture} {model.pretrained} {model.digest}".strip()
    return replace(
        FAKE_PICTURE, id=SpaceId(blake2b(name.encode(), digest_size=8).hexdigest()), model=model.architecture
    )


def fake_embedder(chosen: PictureModel | None, former: Sequence[PictureModel], _cache: bytes) -> FakeEmbedder:
    """Return an embedder with a space for each model, as `EmbedderProcesses` has."""
    picture = False if chosen is None else fake_picture_space(chosen)
    return FakeEmbedder(picture=picture, former=[fake_picture_space(model) for model in former])


@lru_cache(maxsize=10_000)
def _direction(word: str, dim: int) -> Vectors:
    """Return a fixed direction for a word, shape [dim], dim at most 64, unit length."""
    digest = blake2b(word.encode("utf-8", "replace")).digest()
    return _unit(np.frombuffer(digest, np.uint8)[:dim] - np.float32(127.5))


def _of_words(text: str, dim: int) -> Vectors:
    words = set(_WORD.findall(text.casefold())) or {text}
    telling = sorted(words - _COMMON) or sorted(words)
    return _unit(sum((_direction(word, dim) for word in telling), np.zeros(dim, np.float32)))


def _of_colours(picture: Pixels, dim: int) -> Vectors:
    """Return the directions of the colours' names, weighted with how often each is the nearest to a pixel."""
    sample = picture[:: max(1, len(picture) // 16), :: max(1, picture.shape[1] // 16)].reshape(-1, 1, 3)
    distances = np.square(sample - np.array(list(_COLOURS.values()), np.float32)).sum(axis=2)
    counts = np.bincount(distances.argmin(axis=1), minlength=len(_COLOURS))
    return _unit(counts.astype(np.float32) @ np.stack([_direction(name, dim) for name in _COLOURS]))


def _stacked(rows: list[Vectors], dim: int) -> Vectors:
    return np.stack(rows) if rows else np.empty((0, dim), np.float32)


def _unit(vector: NDArray[np.float32]) -> Vectors:
    return (vector / np.linalg.norm(vector)).astype(np.float32)
