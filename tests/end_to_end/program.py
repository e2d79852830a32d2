"""The command ``vexgui`` with the embedder that needs no model; decoder, store, indexer and search are the real ones.

Each embedder that is made, and each call that computes vectors, leaves a line in the file that LEDGER names: the
process's id, what was asked, and how many passages it was asked for.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from typing_extensions import override

from vexgui.app import main, real_parts
from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.engine.api import EngineApi
from vexgui.engine.engine import Engine
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.system.profile import Profile


class CountedEmbedder(FakeEmbedder):
    """Writes down what is asked of it, before it answers."""

    def __init__(self, note: Callable[[str, int], None], *, picture: bool) -> None:
        super().__init__(picture=picture)
        self._note = note
        note("start", 0)

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        self._note("texts", len(texts))
        return super().embed_texts(space, texts)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        self._note("pictures", len(pictures))
        return super().embed_pictures(space, pictures)

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        self._note("query", 1)
        return super().embed_query(space, text)


def note(what: str, count: int) -> None:
    descriptor = os.open(os.environ["LEDGER"], os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC)
    os.write(descriptor, f"{os.getpid()} {what} {count}\n".encode())
    os.close(descriptor)


def open_engine(profile: Profile, *, writable: bool) -> EngineApi:
    def make(model: PictureModel | None, _former: Sequence[PictureModel], _cache: bytes) -> Embedder:
        return CountedEmbedder(note, picture=model is not None)

    return Engine(profile, writable=writable, make_embedder=make)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], replace(real_parts(), open_engine=open_engine)))
