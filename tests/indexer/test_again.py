"""What failed in the background is tried again when the reason may be gone."""

import os
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from typing_extensions import override

from tests.waiting import PATIENCE_S
from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.events import Activity, Event, Progress, Trouble
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FAKE_TEXT, FakeEmbedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store


class Broken(FakeEmbedder):
    """Fails until it is mended."""

    def __init__(self) -> None:
        super().__init__()
        self.mended, self.tried_again = threading.Event(), threading.Event()
        self._tries = 0

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        if not self.mended.is_set():
            self._tries += 1
            if self._tries > 2:  # each time a batch is given two chances
                self.tried_again.set()
            raise ChildFailed("The model process died.")
        return super().embed_texts(space, texts)


def test_background_work_that_failed_is_done_when_it_can_be(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "note.txt").write_text("Fog over the water.")
    troubles: list[Trouble] = []
    idle = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, Trouble):
            troubles.append(event)
        if event == Progress(Activity.IDLE) and embedder.texts_embedded:
            idle.set()

    embedder = Broken()
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as store:
        keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True)
        pipeline = Pipeline(store, keeper, FakeExtractor(), embedder)
        with closing(Indexer(store, pipeline, Rules(()), (), hear, again_s=0.02)) as indexer:
            indexer.start([os.fsencode(folder)])
            assert embedder.tried_again.wait(PATIENCE_S)
            assert store.catalog.count_files() == (1, 0), "its words need no model"
            assert store.count_files_in(FAKE_TEXT.id) == 0
            embedder.mended.set()
            assert idle.wait(PATIENCE_S)
            assert store.count_files_in(FAKE_TEXT.id) == 1
    assert [trouble.message for trouble in troubles] == ["The model process died."]
