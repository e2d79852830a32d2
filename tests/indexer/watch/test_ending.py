"""A watcher that fails or is closed lets go of everything."""

import os
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from tests.descriptors import open_files
from tests.indexer.watch.watching import RULES, Log, Short, add
from tests.waiting import joined
from vexgui.indexer.watch import Watcher


class Broken(Short):
    """Cannot be read."""

    @override
    def fileno(self) -> int:
        return self._folder

    def __init__(self) -> None:
        super().__init__()
        self._folder = os.open("/", os.O_RDONLY)

    @override
    def close(self) -> None:
        super().close()
        os.close(self._folder)


def test_a_watcher_that_fails_says_so_and_can_be_closed(root: Path, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05, open_notifier=Broken)) as watcher:
        log.wait(lambda: bool(log.troubles))
        assert watcher.polled(os.fsencode(root))
    assert "no longer noticed" in log.troubles[0].message
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_closing_ends_the_thread_and_gives_everything_back(root: Path, log: Log) -> None:
    threads, descriptors = set(threading.enumerate()), open_files()
    watcher = Watcher(RULES, log.take, log.tell, settle_s=3600)
    add(watcher, root)
    (root / "a").touch()
    started_s = time.monotonic()
    watcher.close()
    assert time.monotonic() - started_s < 30
    watcher.close()
    watcher.remove(os.fsencode(root))
    assert add(watcher, root) == 0
    assert set(threading.enumerate()) <= threads
    assert open_files() <= descriptors


def test_closing_while_a_root_is_being_added_stops_that(root: Path, log: Log) -> None:
    for number in range(500):
        (root / f"{number}").mkdir()
    watcher = Watcher(RULES, log.take, log.tell)
    adding = threading.Thread(target=lambda: [add(watcher, root) for _ in range(20)])
    adding.start()
    watcher.close()
    joined(adding)
