"""The status says what holds decoders, and why no vectors are made; hostile files are named with their reasons."""

import errno
import os
import shutil

import pytest

from tests.engine.conftest import Desk
from tests.extract.builders import huge_png
from vexgui.core.files import FileState
from vexgui.system.sandbox import confinement


def test_the_status_says_what_holds_decoders_and_what_is_lacking(desk: Desk) -> None:
    status = desk.engine.status()
    assert (status.confinement, status.unconfined) == (confinement().in_force, confinement().lacking)
    assert len(status.confinement) + len(status.unconfined) == 3


def test_the_status_says_why_a_model_makes_no_vectors(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    well = desk.engine.status()
    assert (well.model_note, well.model_rests) == ("", False)
    monkeypatch.setattr(desk.embedders[-1], "ailing", lambda: "The model process ended again and again.")
    ill = desk.engine.status()
    assert (ill.model_note, ill.model_rests) == ("The model process ended again and again.", True)


def test_the_status_says_how_much_room_the_disk_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.engine.status().room_bytes == pytest.approx(shutil.disk_usage(desk.files).free, rel=0.5)

    def fail(_path: object) -> object:
        raise OSError(errno.EIO, "the disk fails")

    monkeypatch.setattr(shutil, "disk_usage", fail)
    assert desk.engine.status().room_bytes is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into everything")
def test_a_folder_that_may_not_be_looked_into_is_told_from_one_that_is_away(desk: Desk) -> None:
    desk.write("closed/note.txt", "Fog over the harbour.")
    closed = desk.path("closed")
    desk.engine.add_roots([closed])
    assert desk.engine.roots()[0].readable
    os.chmod(closed, 0)
    try:
        assert not desk.engine.roots()[0].readable
    finally:
        os.chmod(closed, 0o700)
    os.rename(closed, desk.path("gone"))
    assert desk.engine.roots()[0].readable


def test_a_file_that_cannot_be_decoded_is_not_read_again_until_it_changes(desk: Desk) -> None:
    bomb = desk.write("bomb.png", huge_png(60_000, 60_000))
    desk.write("note.txt", "Fog over the harbour.")
    report = desk.engine.index([os.fsencode(desk.files)])
    assert [failure.path for failure in report.failed] == [bomb]
    assert desk.engine.inspect(bomb).state is FileState.FAILED
    again = desk.engine.index([])
    assert (again.unchanged, again.failed) == (2, ())
    desk.write("bomb.png", huge_png(60_000, 60_001))
    assert [failure.path for failure in desk.engine.index([]).failed] == [bomb]
    assert desk.found("harbour") == ["note.txt"]
