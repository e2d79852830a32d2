"""The peer that keeps vectors in SQLite blobs does what it is measured for."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from vexgui.bench.blobs import blobs
from vexgui.bench.made_up import clustered
from vexgui.core.errors import DiskFull


def test_it_finds_the_nearest_of_what_was_inserted(tmp_path: Path) -> None:
    vectors = clustered(np.random.default_rng(1), 100)
    with blobs(os.fsencode(tmp_path / "blobs.db")) as rows:
        rows.insert(vectors[:60])
        rows.insert(vectors[60:])
        assert rows.best(vectors[70], 5)[0] == 70
        assert len(rows.best(vectors[70], 5)) == 5


def test_what_was_inserted_is_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "blobs.db"
    with blobs(os.fsencode(path)) as rows:
        rows.insert(clustered(np.random.default_rng(1), 10))
        with closing(sqlite3.connect(path)) as beside:
            assert beside.execute("SELECT count(*) FROM images").fetchone() == (10,)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    def fill() -> None:
        with blobs(os.fsencode(tmp_path / "blobs.db")) as rows:
            rows._database.execute("PRAGMA max_page_count = 4")  # SQLite says the same as on a full disk
            rows.insert(clustered(np.random.default_rng(1), 100))

    with pytest.raises(DiskFull):
        fill()
