"""The command ``vexgui`` with a window that tells what it shows, to whoever works with it from outside.

The window, the process of the engine, and all below them are the real ones; only models are none: see `SLOW`. What the
window shows lies as JSON in the file that the variable TOLD names, and is written anew whenever it changes.
"""

import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from vexgui.app import main, real_parts
from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.engine.api import EngineApi
from vexgui.engine.engine import Engine
from vexgui.gui.opening import Opening, Presenter
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.system.profile import Profile, recently_used_file
from vexgui.system.thumbnails import thumbnails_folder

TOLD, SLOW = "TOLD", "SLOW"
"""Variables: the file; what takes longer than anybody waits for, "texts" or "query", a colon, and how many such things
are done quickly before; "" for nothing."""
_LONG_S = 120.0


class SlowEmbedder(FakeEmbedder):
    """Takes very long for one kind of call; each that does leaves a line in a file beside TOLD, and closing ends it."""

    def __init__(self, slow: str, *, picture: bool) -> None:
        super().__init__(picture=picture)
        self._slow, _, quick = slow.partition(":")
        self._quick = int(quick or 0)
        self._ended = threading.Event()

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        self._wait("texts", len(texts))
        return super().embed_texts(space, texts)

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        self._wait("texts", len(pictures))
        return super().embed_pictures(space, pictures)

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        self._wait("query", 1)
        return super().embed_query(space, text)

    @override
    def close(self) -> None:
        self._ended.set()
        super().close()

    def _wait(self, what: str, things: int) -> None:
        if what != self._slow:
            return
        self._quick -= things
        if self._quick >= 0:
            return
        with begun_file().open("a") as file:
            file.write(f"{what}\n")
        if self._ended.wait(_LONG_S):
            raise ChildFailed("The model process has been stopped.")


def begun_file() -> Path:
    """Return the file with a line for each slow call that was begun."""
    return Path(os.environ[TOLD] + ".begun")


def open_engine(profile: Profile, *, writable: bool) -> EngineApi:
    def make(model: PictureModel | None, _former: Sequence[PictureModel], _cache: bytes) -> Embedder:
        return SlowEmbedder(os.environ.get(SLOW, ""), picture=model is not None)

    return Engine(
        profile,
        writable=writable,
        make_embedder=make,
        recently_used_file=recently_used_file(os.environb),
        thumbnails_folder=thumbnails_folder(os.environb),
        settle_s=0.2,
    )


def run_window(opening: Opening) -> int:
    def ready(presenter: Presenter) -> None:
        if opening.on_ready is not None:
            opening.on_ready(presenter)
        from tests.desktop.telling import tell_of_window  # Qt belongs to the window's process alone

        tell_of_window(Path(os.environ[TOLD]))

    return real_parts().run_window(replace(opening, on_ready=ready))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], replace(real_parts(), open_engine=open_engine, run_window=run_window)))
