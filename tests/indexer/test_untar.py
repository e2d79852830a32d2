"""Of an archive that is unpacked while the program runs, and is busy, not one file is missed."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.floods import make_archive
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.vectors import CodecName
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FakeEmbedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store


@contextmanager
def busy_threads(count: int) -> Iterator[None]:
    stop = threading.Event()

    def spin() -> None:
        while not stop.is_set():
            sum(range(1000))

    threads = [threading.Thread(target=spin) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            joined(thread)


@pytest.mark.parametrize("files", [600, pytest.param(30_000, marks=pytest.mark.slow)])
def test_no_file_of_an_archive_is_missed_that_is_unpacked_while_the_program_is_busy(tmp_path: Path, files: int) -> None:
    make_archive(tmp_path / "notes.tar", files)
    folder = tmp_path / "files"
    folder.mkdir()
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as store:
        pipeline = Pipeline(
            store, RecordKeeper(bytes(32), CodecName.INT8, enabled=False), FakeExtractor(), FakeEmbedder()
        )
        with closing(Indexer(store, pipeline, Rules(()), (), lambda _: None, settle_s=0.2)) as indexer:
            indexer.start([os.fsencode(folder)])
            with busy_threads(3):
                subprocess.run(["tar", "xf", tmp_path / "notes.tar", "-C", folder], check=True)
            until(lambda: store.catalog.count_files()[0] == files, "all files are known", PATIENCE_S + files / 50)
            until(lambda: indexer.watches == 1 + 1 + 30 + 300, "all folders are watched")
        known = {row.path for row in store.catalog.all_files()}
    assert known == {os.path.join(place, name) for place, _, names in os.walk(os.fsencode(folder)) for name in names}
