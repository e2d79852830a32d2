"""A file may change or go between the two steps that bring it in, and during each of them."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.indexer.desk import Desk
from vexgui.core.vectors import CodecName
from vexgui.models.fake import FAKE_TEXT
from vexgui.store.record.keeper import RecordKeeper


@pytest.fixture
def desk(tmp_path: Path, stack: ExitStack) -> Desk:
    return Desk(tmp_path, stack)


def test_a_file_that_changes_between_the_steps_is_read_again(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    changed: list[bool] = []

    def change() -> None:
        if not changed:
            changed.append(True)
            desk.write("other.txt", "Rye bread, quite fresh.")

    desk.write("other.txt", "A violin.")
    desk.embedder.before = change
    lacking = desk.read(path, os.fsencode(desk.files / "other.txt"))
    desk.write("note.txt", "Rye bread.")
    assert desk.give(path) == [path]
    assert desk.vectors("note.txt") == {}
    assert len(lacking) == 2
    report = desk.index()
    assert report.failed == ()
    assert desk.words("note.txt")[-1] == "Rye bread."
    assert desk.words("other.txt")[-1] == "Rye bread, quite fresh."
    assert desk.pipeline.lacking() == []


def test_a_file_that_is_only_touched_between_the_steps_is_given_its_vectors(desk: Desk) -> None:
    """No event may tell of that: a new name of the file outside the roots moves its ctime, too."""
    path = desk.write("note.txt", "Fog over the water.")
    (lacking,) = desk.read(path)
    os.utime(path, ns=(0, 0))
    assert desk.give(lacking) == []
    assert desk.row("note.txt").stat.mtime_ns == 0
    assert desk.vectors("note.txt") == {FAKE_TEXT.id: 2}
    assert desk.index().unchanged == 1


@pytest.mark.parametrize("remote", [True, False])
def test_a_file_that_is_read_again_while_it_is_embedded_keeps_what_it_says_now(desk: Desk, *, remote: bool) -> None:
    keeper = RecordKeeper(bytes(32), CodecName.INT8, enabled=True, is_remote=lambda path: remote)
    desk.pipeline.use_keeper(keeper)
    path = desk.write("note.txt", "Fog over the water.")

    def change() -> None:
        desk.embedder.before = lambda: None
        desk.write("note.txt", "Rye bread.")
        desk.read(path)

    desk.read(path)
    desk.embedder.before = change
    assert desk.give(path) == [path]
    assert desk.words("note.txt")[-1] == "Rye bread."
    assert desk.vectors("note.txt") == {}
    assert desk.pipeline.lacking() == [path]


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_file_that_goes_while_it_is_embedded_does_not_come_back(desk: Desk, *, forgotten: bool) -> None:
    path, other = desk.write("note.txt", "Fog over the water."), desk.write("other.txt", "Rye bread.")

    def go() -> None:
        if os.path.exists(path):
            if forgotten:
                desk.store.forget([path])
            else:
                desk.store.rename(path, path + b".bak", folder=False)
            os.unlink(path)

    lacking = desk.read(path, other)
    desk.embedder.before = go
    desk.give(*lacking)
    assert desk.store.catalog.file(path) is None
    assert desk.vectors("other.txt") == {FAKE_TEXT.id: 2}


def test_a_file_that_vanishes_while_it_is_read_is_not_kept(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.extractor.after = os.unlink
    report = desk.index()
    assert desk.store.catalog.file(path) is None
    assert (report.files, report.failed) == (0, ())


def test_texts_on_file_systems_that_may_hang_are_embedded_without_touching_them(desk: Desk) -> None:
    desk.pipeline.use_keeper(RecordKeeper(bytes(32), CodecName.INT8, enabled=True, is_remote=lambda path: True))
    path = desk.write("note.txt", "Fog over the water.")
    assert desk.read(path) == [path]
    os.unlink(path)
    assert desk.give(path) == []
    assert desk.vectors("note.txt") == {FAKE_TEXT.id: 2}
    assert desk.read(path) == []
    assert desk.row("note.txt").path == path, "whether it is gone the scan will say"
