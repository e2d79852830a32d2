"""The owner's service withstands clients of every kind."""

import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.runner import Screen
from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import ChildFailed, PermissionProblem
from vexgui.engine import service as service_module
from vexgui.engine.client import Connection, connect
from vexgui.engine.service import Listener, Service
from vexgui.engine.terminal import Terminal
from vexgui.system import sockets
from vexgui.system.frames import Frame, write_frame
from vexgui.system.profile import Profile, open_profile


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return open_profile(os.fsencode(tmp_path), os.environb)


@pytest.fixture
def listener(profile: Profile) -> Iterator[Listener]:
    with Listener(profile) as opened:
        yield opened


def calling(profile: Profile) -> Connection:
    connection = connect(profile)
    assert connection is not None
    return connection


def echo(argv: Sequence[str], terminal: Terminal) -> int:
    terminal.err(f"{terminal.cwd!r} {terminal.bold} {terminal.columns}")
    for argument in argv:
        terminal.out(argument)
    return len(argv)


def test_output_and_exit_code_come_back(profile: Profile, listener: Listener) -> None:
    screen = Screen(cwd=b"/caf\xe9", bold=True, columns=7)
    with Service(listener, echo), calling(profile) as connection:
        assert connection.ask(["a", os.fsdecode(b"\xff")], screen.terminal) == 2
    assert os.fsencode(screen.out) == b"a\xff"
    assert screen.err == "b'/caf\\xe9' True 7"


def test_a_question_goes_to_the_client_and_what_is_typed_comes_back(profile: Profile, listener: Listener) -> None:
    def answer(_argv: Sequence[str], terminal: Terminal) -> int:
        assert terminal.ask is not None
        terminal.out(terminal.ask("Now? ") + terminal.ask("Sure? "))
        return 0

    screen = Screen(typed="yes")
    with Service(listener, answer), calling(profile) as connection:
        assert connection.ask([], screen.terminal) == 0
    assert (screen.out, screen.err) == ("yesyes", "Now? Sure? ")


def test_a_client_with_nobody_to_ask_says_so(profile: Profile, listener: Listener) -> None:
    with Service(listener, lambda _argv, terminal: int(terminal.ask is None)), calling(profile) as connection:
        assert connection.ask([], Screen().terminal) == 1


def test_a_question_to_a_client_that_hangs_up_is_answered_with_nothing(profile: Profile, listener: Listener) -> None:
    typed: list[str] = []
    ended = threading.Event()

    def answer(_argv: Sequence[str], terminal: Terminal) -> int:
        assert terminal.ask is not None
        typed.extend(terminal.ask(question) for question in ("Now? ", "Sure? "))
        ended.set()
        return 0

    with Service(listener, answer):
        channel = sockets.connect(profile.runtime, profile.socket_name)
        assert channel is not None
        with channel:
            request = {"argv": [], "cwd": "/", "bold": False, "columns": 0, "asks": True}
            write_frame(channel.fileno(), Frame(request))
        assert ended.wait(PATIENCE_S)
    assert typed == ["", ""]


def test_a_client_that_calls_before_the_engine_is_open_waits(profile: Profile, listener: Listener) -> None:
    codes: list[int | None] = []
    with calling(profile) as connection:
        asking = threading.Thread(target=lambda: codes.append(connection.ask(["a"], Screen().terminal)), daemon=True)
        asking.start()
        with Service(listener, echo):
            joined(asking)
    assert codes == [1]


def test_no_one_is_there_before_and_after(profile: Profile) -> None:
    assert connect(profile) is None
    with Listener(profile):
        calling(profile).__exit__()
    assert connect(profile) is None


def test_a_client_left_waiting_when_the_owner_ends_learns_that_no_one_took_its_command(profile: Profile) -> None:
    with Listener(profile):
        waiting = calling(profile)
    with waiting:
        assert waiting.ask(["a"], Screen().terminal) is None


@pytest.mark.parametrize("sent", [b"", b"\x05\0\0\0hello", b"\xff\xff\xff\xff", b'\x0e\0\0\0{"blobs": []} '])
def test_nonsense_is_hung_up_on_and_others_are_served(profile: Profile, listener: Listener, sent: bytes) -> None:
    with Service(listener, echo):
        channel = sockets.connect(profile.runtime, profile.socket_name)
        assert channel is not None
        with channel:
            channel.settimeout(PATIENCE_S)
            channel.sendall(sent)
            channel.shutdown(socket.SHUT_WR)
            assert channel.recv(1) == b""
        with calling(profile) as connection:
            assert connection.ask([], Screen().terminal) == 0


def test_a_client_that_does_not_read_is_given_up(
    profile: Profile, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "_SEND_TIMEOUT_S", 1)
    outcome: list[bool] = []
    ended = threading.Event()

    def flood(_argv: Sequence[str], terminal: Terminal) -> int:
        try:
            for _ in range(1000):
                terminal.out("x" * 100_000)
        except BrokenPipeError:
            terminal.err("this goes nowhere and harms nobody")
            outcome.append(terminal.stop.is_set())
        ended.set()
        return 0

    with Service(listener, flood):
        channel = sockets.connect(profile.runtime, profile.socket_name)
        assert channel is not None
        with channel:
            write_frame(channel.fileno(), Frame({"argv": [], "cwd": "/", "bold": False, "columns": 0}))
            assert ended.wait(PATIENCE_S)
    assert outcome == [True]


def test_closing_stops_what_runs_and_its_client_may_ask_someone_else(profile: Profile, listener: Listener) -> None:
    answer, begun = stubborn(out="")
    service = Service(listener, answer)
    with asked(profile, begun) as codes:
        service.close()
    assert codes == [None]


def test_half_an_answer_is_an_error(profile: Profile, listener: Listener) -> None:
    answer, begun = stubborn(out="half")
    service = Service(listener, answer)
    with calling(profile) as connection:
        closing = threading.Thread(target=lambda: begun.wait(PATIENCE_S) and service.close(), daemon=True)
        closing.start()
        with pytest.raises(ChildFailed, match="in the middle of its answer"):
            connection.ask([], Screen().terminal)
        joined(closing)


@contextmanager
def asked(profile: Profile, begun: threading.Event) -> Iterator[list[int | None]]:
    """Have a client ask, once its command has begun; at the end the list holds what came back."""
    codes: list[int | None] = []
    with calling(profile) as connection:
        asking = threading.Thread(target=lambda: codes.append(connection.ask([], Screen().terminal)), daemon=True)
        asking.start()
        assert begun.wait(PATIENCE_S)
        yield codes
        joined(asking)


def stubborn(out: str) -> tuple[Callable[[Sequence[str], Terminal], int], threading.Event]:
    """Return a command that runs until it is stopped, and a flag that tells that it runs."""
    begun = threading.Event()

    def answer(_argv: Sequence[str], terminal: Terminal) -> int:
        if out:
            terminal.out(out)
        begun.set()
        assert terminal.stop.wait(PATIENCE_S)
        return 0

    return answer, begun


def test_a_command_gets_a_moment_to_finish_when_the_owner_ends(
    profile: Profile, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "_PATIENCE_S", PATIENCE_S)
    begun, may_end = threading.Event(), threading.Event()

    def answer(_argv: Sequence[str], _terminal: Terminal) -> int:
        begun.set()
        assert may_end.wait(PATIENCE_S)
        return 7

    service = Service(listener, answer)
    with asked(profile, begun) as codes:
        may_end.set()
        service.close()
    assert codes == [7]


def test_a_command_that_fails_unforeseen_is_logged_and_hung_up_on(
    profile: Profile, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(_argv: Sequence[str], _terminal: Terminal) -> int:
        raise RuntimeError("unforeseen")

    with Service(listener, answer), calling(profile) as connection:
        assert connection.ask([], Screen().terminal) is None
    assert "unforeseen" in caplog.text


def test_a_client_for_which_there_is_no_thread_is_hung_up_on_and_others_are_served(
    profile: Profile, listener: Listener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start, failures = threading.Thread.start, [RuntimeError("can't start new thread")]

    def started(thread: threading.Thread) -> None:
        if thread.name == "vexgui-client" and failures:
            raise failures.pop()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", started)
    with Service(listener, echo):
        with calling(profile) as connection:
            assert connection.ask([], Screen().terminal) is None
        with calling(profile) as connection:
            assert connection.ask([], Screen().terminal) == 0
    assert "could not be answered" in caplog.text


def test_a_socket_that_cannot_be_made_is_told(profile: Profile) -> None:
    os.mkdir(os.path.join(profile.runtime, profile.socket_name))
    with pytest.raises(PermissionProblem, match="cannot be made"):
        Listener(profile)
