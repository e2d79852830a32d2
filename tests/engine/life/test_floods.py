"""When more happens at once than anybody can follow, nothing is missed, and that it is current is said no sooner."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.life import tree
from tests.engine.life.engines import Plan, Running
from tests.floods import make_archive


@pytest.mark.parametrize(
    ("files", "queue"),
    [
        pytest.param(1_500, 0, id="some"),
        pytest.param(30_000, 0, id="many", marks=pytest.mark.slow),
        pytest.param(
            30_000,
            256,
            id="with-a-short-queue",
            marks=[
                pytest.mark.slow,
                pytest.mark.skipif(os.geteuid() != 0, reason="only root may shorten the kernel's queue"),
            ],
        ),
    ],
)
def test_of_an_archive_that_is_unpacked_nothing_is_missed(
    open_engine: Callable[[Plan], Running], tmp_path: Path, files: int, queue: int
) -> None:
    make_archive(tmp_path / "notes.tar", files)
    folder, told = tmp_path / "files", tmp_path / "told"
    folder.mkdir()
    root = os.fsencode(folder)
    engine = open_engine(Plan(os.fspath(tmp_path / "profile"), (root.hex(),), os.fspath(told), queue=queue))
    engine.await_current(0)
    subprocess.run(["tar", "xf", tmp_path / "notes.tar", "-C", folder], check=True)
    engine.await_current(time.time_ns())
    known = engine.known()
    assert {path: file.content for path, file in known.items()} == {
        path: seen.digest for path, seen in tree.indexable(root).items()
    }
    assert len(known) == files
    (found,) = engine.found([f"{files - 1}"])
    assert [os.path.basename(path) for path in found] == [b"%d.txt" % (files - 1)]
    engine.close()
    assert ("Too much changed at once" in told.read_text()) == bool(queue)
