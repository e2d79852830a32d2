"""What a command fails at is a sentence with its remedy, and the profile is let go."""

import os
from pathlib import Path

import pytest

from tests.cli.runner import Runner
from vexgui import app
from vexgui.core.errors import ProfileBusy, StoreDamaged, StoreTooNew
from vexgui.gui.opening import Opening
from vexgui.system.lock import WriterLock


def test_an_error_is_a_sentence_with_its_remedy(vexgui: Runner) -> None:
    assert vexgui("roots", "add", "/missing") == 2
    assert vexgui.screen.err == "vexgui: There is no such folder. Check the spelling.\n"


def test_what_the_command_line_cannot_mean_is_told_without_an_engine(vexgui: Runner) -> None:
    assert vexgui("frobnicate") == 2
    assert vexgui.screen.err.startswith("vexgui: ")
    assert not vexgui.engines


def test_an_engine_that_cannot_be_opened_is_told(vexgui: Runner) -> None:
    vexgui.problem = StoreTooNew("The store is of a newer VexGUI.", "Install that one.")
    assert vexgui("status") == 3
    assert vexgui("index") == 3
    assert vexgui.screen.err == "vexgui: The store is of a newer VexGUI. Install that one.\n" * 2


def test_our_own_mistake_is_one_sentence_and_a_traceback_in_the_log(vexgui: Runner) -> None:
    assert vexgui("search", "broken") == 3
    log = vexgui.profile / "data" / "vexgui.log"
    assert vexgui.screen.err == f"vexgui: Something went wrong inside VexGUI. {log} has the details.\n"
    assert "RuntimeError: unforeseen" in log.read_text()


def test_a_profile_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    vexgui = Runner(tmp_path / "file")
    assert vexgui("status") == 2
    assert "a file lies in its place" in vexgui.screen.err


def test_help_needs_no_profile(vexgui: Runner) -> None:
    assert vexgui("search", "--help") == 0
    assert vexgui.screen.out.startswith("usage: vexgui search")
    assert not vexgui.profile.exists()


def test_without_a_command_the_window_opens_and_the_engine_watches(vexgui: Runner) -> None:
    assert vexgui() == 0
    assert vexgui("gui", "--query", "boat") == 0
    assert [shown.query for shown in vexgui.shown] == ["", "boat"]
    assert [(engine.watching, engine.writable, engine.closed) for engine in vexgui.engines] == [(True, True, 1)] * 2


def test_an_owner_that_does_not_answer_hinders_only_those_that_write(
    vexgui: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_LOCK_TRIES", 1)
    assert vexgui("roots") == 0
    with WriterLock(os.fsencode(vexgui.profile / "data" / "lock")) as lock:
        assert lock.acquire()
        assert vexgui("roots", "add", "/a") == 3
        assert "does not answer" in vexgui.screen.err
        assert vexgui("roots") == 0


def test_a_window_whose_engine_does_not_open_lets_go_of_the_profile_until_it_tries_again(vexgui: Runner) -> None:
    problem = StoreDamaged("The store is damaged.", "Run vexgui rebuild.")

    def run_window(opening: Opening) -> int:
        vexgui.problem = problem
        with pytest.raises(StoreDamaged):
            opening.open_engine()
        vexgui.problem = None
        assert vexgui("rebuild") == 0
        with WriterLock(os.fsencode(vexgui.profile / "data" / "lock")) as lock:
            assert lock.acquire()
            with pytest.raises(ProfileBusy):
                opening.open_engine()
        engine = opening.open_engine()
        assert engine.roots()
        engine.close()
        return 5

    vexgui.run_window = run_window  # type: ignore[method-assign]
    assert vexgui("gui") == 5
    assert [engine.closed for engine in vexgui.engines] == [1, 1]
