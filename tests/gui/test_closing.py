"""The window is closed in the middle of something: nothing keeps running, and nothing is lost."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desktop.session import Home, Session, wait_until

FREE_S = 60.0
"""So soon all has ended on a computer that is busy with other things, too: half of what a slow call takes, which so
nobody has waited for."""
FILES = 100
RECORD = "user.vexgui"
Open = Callable[..., Session]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for number in range(FILES):
        home.write(f"note {number:03}.txt", f"Fog over harbour number {number}.\n")
    return home


@pytest.fixture
def opened(home: Home) -> Iterator[Open]:
    """Return a function that opens the window, as `Session` does."""
    sessions: list[Session] = []

    def open_window(**given: object) -> Session:
        sessions.append(Session(home, **given))  # type: ignore[arg-type]
        return sessions[-1]

    yield open_window
    for session in sessions:
        session.end()


def close(session: Session) -> None:
    """Close the window, and see that all ends in good order."""
    began_s = time.monotonic()
    session.process.send_signal(signal.SIGTERM)
    assert session.ended() == 0
    assert session.home.is_free()
    assert session.home.processes() == []
    assert time.monotonic() - began_s < FREE_S
    assert " ERROR " not in session.home.log


def recorded(home: Home) -> int:
    """Return how many files have a record."""
    return sum(RECORD in os.listxattr(path) for path in home.files.iterdir())


def see_that_nothing_is_lost(home: Home, open_window: Open) -> None:
    """Open the window again, and see that it goes on until all is indexed."""
    again = open_window()
    again.until("the rest is indexed", busy="IDLE", settled=True, opened=True)
    wait_until(lambda: recorded(home) == FILES, "each file has its record")
    close(again)
    assert home.run("verify", "--json")["problems"] == []
    status = home.run("status", "--json")
    assert [status["files"], status["spaces"][0]["files"]] == [FILES, FILES]


def test_while_files_are_indexed(home: Home, opened: Open) -> None:
    session = opened(slow="texts:100")  # each file has two, and they are told of after no more than 96
    wait_until(lambda: home.slow_calls > 0 and recorded(home) > 0, "some files have their vectors, and others get them")
    close(session)
    assert recorded(home) < FILES
    see_that_nothing_is_lost(home, opened)


def test_while_an_answer_is_awaited(home: Home, opened: Open) -> None:
    session = opened(argv=("--query", "fog"), slow="query")
    wait_until(lambda: home.slow_calls > 0, "the question is asked")
    close(session)


def test_while_a_model_is_loaded(home: Home, opened: Open) -> None:
    session = opened(module="vexgui")
    wait_until(lambda: any("vexgui.models.worker" in each for each in home.processes()), "a model is loaded")
    close(session)


def test_the_engine_ends_with_a_window_that_is_killed(home: Home, opened: Open) -> None:
    session = opened(slow="texts")
    wait_until(lambda: home.slow_calls > 0, "vectors are made")
    session.process.kill()
    wait_until(home.is_free, "the profile is free", FREE_S)
    wait_until(lambda: home.processes() == [], "no process is left", FREE_S)
