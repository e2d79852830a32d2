"""Two things at once: what one call or change must not do to another."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from tests.engine.test_watch import eventually
from vexgui.core.events import Event, Trouble
from vexgui.core.reports import IndexReport
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId, Vectors
from vexgui.engine.engine import Engine
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.system.profile import open_profile

_PATIENCE_S = 30.0


class Slow(FakeEmbedder):
    """Embeds texts when it is let, and tells when it is asked."""

    def __init__(self, *, picture: bool) -> None:
        super().__init__(picture=picture)
        self.asked = threading.Event()
        self.let = threading.Event()

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        self.asked.set()
        assert self.let.wait(_PATIENCE_S)
        return super().embed_texts(space, texts)


class Busy:
    """An engine over some files whose embedder waits to be let."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self.root = os.fsencode(self.files)
        self.note = self.files / "note.txt"
        self.note.write_text("Fog over the water.")
        self.slow: list[Slow] = []
        self.events: list[Event] = []
        self.engine = Engine(open_profile(os.fsencode(folder / "profile"), {}), writable=True, make_embedder=self._make)
        self.engine.subscribe(self.events.append)

    @property
    def asked(self) -> threading.Event:
        return self.slow[-1].asked

    def let(self) -> None:
        for embedder in self.slow:
            embedder.let.set()

    def _make(self, model: PictureModel | None, _cache: bytes) -> Embedder:
        self.slow.append(Slow(picture=model is not None))
        return self.slow[-1]


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Busy]:
    made = Busy(tmp_path)
    yield made
    made.let()
    made.engine.close()


class Aside:
    """A call on another thread."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._call = call
        self.answer: object = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> object:
        self._thread.join(_PATIENCE_S)
        assert not self._thread.is_alive(), "it waits for ever"
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def _run(self) -> None:
        try:
            self.answer = self._call()
        except Exception as error:  # noqa: BLE001 - raised by `result`
            self.answer = error


def test_a_rebuild_waits_for_the_batch_in_hand_and_not_for_ever(busy: Busy) -> None:
    busy.engine.add_roots([busy.root])
    busy.engine.watch()
    assert busy.asked.wait(_PATIENCE_S)
    rebuilding = Aside(busy.engine.rebuild)
    time.sleep(0.2)
    busy.let()
    report = rebuilding.result()
    assert isinstance(report, IndexReport)
    assert report.files == 1
