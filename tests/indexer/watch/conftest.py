"""A folder that is watched, and a log of what is reported."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.indexer.watch.watching import RULES, Log
from vexgui.indexer.watch import Watcher


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def watcher(log: Log) -> Iterator[Watcher]:
    with closing(Watcher(RULES, log.take, log.tell, settle_s=0.05)) as made:
        yield made
