"""Decoders that files have taken over, and files that are none: neighbours are indexed, and nothing is changed."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.extract.hostile import REFUSED
from vexgui.core.files import FileState
from vexgui.core.reports import IndexReport
from vexgui.core.vectors import CodecName
from vexgui.extract.process import ExtractorProcess
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FAKE_TEXT, FakeEmbedder
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system.landlock import landlock_version
from vexgui.system.seccomp import seccomp_works

BREAKING = ("exit", "flood")
NEIGHBOURS = ("a.txt", "m.txt", "name\nof two lines.txt", "z.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in (*NEIGHBOURS, *(f"{act}.txt" for act in (*BREAKING, *REFUSED))):
        (folder / name).write_text(f"Fog over {name}.")
    os.mkfifo(folder / "pipe.txt")
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(1 << 40)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as opened:
        yield opened


@pytest.mark.skipif(
    not (landlock_version() and seccomp_works()), reason="this kernel confines no process as it ought to"
)
def test_neighbours_of_hostile_files_are_indexed_and_no_file_is_changed(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1] / "extract"))
    before = {entry.name: (entry.stat().st_mtime_ns, entry.stat().st_mode) for entry in folder.iterdir()}

    def row_of(name: str) -> FileState:
        row = store.catalog.file(os.fsencode(folder / name))
        assert row is not None, name
        return row.state

    with closing(ExtractorProcess(1 << 30, timeout_s=60, readers=2, worker="hostile")) as extractor:
        keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True)
        pipeline = Pipeline(store, keeper, extractor, FakeEmbedder())
        with closing(Indexer(store, pipeline, Rules(()), (), lambda _: None)) as indexer:

            def index() -> IndexReport:
                return indexer.index([os.fsencode(folder)], [], threading.Event(), force=False)

            first, again = index(), index()
    for name in (*NEIGHBOURS, *(f"{act}.txt" for act in REFUSED)):
        assert row_of(name) is FileState.INDEXED, name
    assert {os.path.basename(failure.path) for failure in first.failed} >= {b"exit.txt", b"flood.txt"}
    assert store.catalog.file(os.fsencode(folder / "pipe.txt")) is None
    assert store.count_files_in(FAKE_TEXT.id) == first.files
    assert (again.unchanged, again.failed) == (first.files, ())
    assert {entry.name: (entry.stat().st_mtime_ns, entry.stat().st_mode) for entry in folder.iterdir()} == before
