"""The status says what holds decoders, and why no vectors are made; hostile files are named with their reasons."""

import os

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
    assert desk.engine.status().model_note == ""
    monkeypatch.setattr(desk.embedders[-1], "ailing", lambda: "The model process ended again and again.")
    assert desk.engine.status().model_note == "The model process ended again and again."


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
