"""Two things at once: what one call or change must not do to another."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from typing_extensions import override

from tests.engine.conftest import eventually
from tests.waiting import PATIENCE_S, joined
from vexgui.core.arrays import Vectors
from vexgui.core.errors import VexError
from vexgui.core.events import Activity, Event, Trouble
from vexgui.core.reports import IndexReport
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.engine.engine import Engine
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.system.profile import open_profile


class Slow(FakeEmbedder):
    """Embeds texts when it is let, and tells when it is asked."""

    def __init__(self, *, picture: bool) -> None:
        super().__init__(picture=picture)
        self.asked = threading.Event()
        self.let = threading.Event()

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        self.asked.set()
        assert self.let.wait(PATIENCE_S)
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

    def _make(self, model: PictureModel | None, _former: Sequence[PictureModel], _cache: bytes) -> Embedder:
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
        joined(self._thread)
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
    assert busy.asked.wait(PATIENCE_S)
    rebuilding = Aside(busy.engine.rebuild)
    time.sleep(0.2)
    busy.let()
    report = rebuilding.result()
    assert isinstance(report, IndexReport)
    assert report.files == 1


@pytest.mark.parametrize("watched", [True, False])
def test_files_of_a_root_removed_while_they_are_indexed_do_not_come_back(busy: Busy, *, watched: bool) -> None:
    busy.engine.add_roots([busy.root])
    indexing = Aside(busy.engine.watch if watched else lambda: busy.engine.index([]))
    assert busy.asked.wait(PATIENCE_S)
    busy.engine.remove_root(busy.root)
    busy.let()
    indexing.result()
    eventually(lambda: busy.engine.status().progress.activity is Activity.IDLE)
    assert busy.engine.status().files == 0
    assert "user.vexgui" not in os.listxattr(busy.note)


def test_files_left_out_while_they_are_indexed_do_not_come_back(busy: Busy) -> None:
    indexing = Aside(lambda: busy.engine.index([busy.root]))
    assert busy.asked.wait(PATIENCE_S)
    busy.engine.exclude(add=["note.*"])
    busy.let()
    indexing.result()
    assert busy.engine.status().files == 0
    assert "user.vexgui" not in os.listxattr(busy.note)


def test_a_change_that_is_told_after_its_root_was_removed_brings_nothing_back(busy: Busy) -> None:
    from vexgui.indexer.coalesce import FileChanged, FolderAppeared, Moved

    busy.let()
    busy.engine.watch()
    (busy.files / "other.txt").write_text("Fog over the hill.")
    indexer = busy.engine._parts.indexer
    note = os.fsencode(busy.note)
    indexer._follow([FileChanged(note), FolderAppeared(busy.root), Moved(b"/gone/note.txt", note, folder=False)])
    indexer.reconsider([note])
    eventually(lambda: indexer.queue == 0)
    indexer.close()
    assert busy.engine.status().files == 0


def test_a_removed_root_may_be_added_again(busy: Busy) -> None:
    busy.let()
    busy.engine.index([busy.root])
    busy.engine.remove_root(busy.root)
    assert busy.engine.index([busy.root]).files == 1
    assert busy.engine.status().files == 1


def test_closing_ends_a_run_under_way_before_the_store(busy: Busy) -> None:
    for number in range(300):
        (busy.files / f"note {number}.txt").write_text(f"Fog {number}.")
    stop = threading.Event()
    indexing = Aside(lambda: busy.engine.index([busy.root], stop=stop))
    assert busy.asked.wait(PATIENCE_S)
    rebuilding = Aside(busy.engine.rebuild)
    assert stop.wait(PATIENCE_S)
    busy.let()
    cut = indexing.result()
    assert isinstance(cut, IndexReport)
    rebuilt = rebuilding.result()
    assert isinstance(rebuilt, IndexReport)
    assert rebuilt.reused < 301, "not all had got their records"
    assert rebuilt.files == 301


def test_a_rebuild_starts_nothing_in_an_engine_that_is_closed_meanwhile(busy: Busy) -> None:
    busy.let()
    busy.engine.add_roots([busy.root])
    busy.engine.watch()
    eventually(lambda: "user.vexgui" in os.listxattr(busy.note))
    for embedder in busy.slow:
        embedder.let.clear()
        embedder.asked.clear()
    os.removexattr(busy.note, "user.vexgui")
    rebuilding = Aside(busy.engine.rebuild)
    assert busy.asked.wait(PATIENCE_S)
    closing = Aside(busy.engine.close)
    time.sleep(0.2)
    busy.let()
    closing.result()
    with contextlib.suppress(VexError):
        rebuilding.result()
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"watch", "vexgui-indexer", "vexgui-filling", "vexgui-reading", "vexgui-housekeeping"}


def test_a_model_chosen_during_a_run_is_no_trouble_to_it(busy: Busy) -> None:
    Image.new("RGB", (64, 64), "red").save(busy.files / "red.png")
    busy.engine._choice.put_to_use(PictureModel("a model"))
    busy.engine.add_roots([busy.root])
    busy.engine.watch()
    assert busy.asked.wait(PATIENCE_S)
    busy.engine._choice.put_to_use(None)
    busy.let()
    eventually(lambda: busy.engine.status().files == 2 and busy.engine.status().queue == 0)
    assert not [event for event in busy.events if isinstance(event, Trouble)]


def test_no_task_waits_for_an_indexer_that_never_starts(busy: Busy) -> None:
    busy.let()
    busy.engine._choice.put_to_use(None)
    assert busy.engine.status().queue == 0
