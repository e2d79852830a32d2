"""Processes share a profile: one owns it, the others use its engine."""

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vexgui
from tests.waiting import next_line, output_of, put_down
from vexgui.engine import client
from vexgui.system import sockets
from vexgui.system.profile import open_profile

ROOT = Path(vexgui.__file__).parents[1]


class Process:
    """One running vexgui with a fake engine."""

    def __init__(self, profile: Path, *argv: str, cwd: Path | None = None) -> None:
        command = [sys.executable, "-m", "tests.cli.fake_vexgui", "--profile", os.fspath(profile), *argv]
        self.popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
            cwd=cwd,
            bufsize=0,
        )
        self.heard = ""

    def wait_for(self, text: str) -> None:
        """Read standard error until a text has come."""
        while text not in self.heard:
            line = next_line(self.popen.stderr, f"{text!r} comes after {self.heard!r}")
            assert line, f"{text!r} was not among {self.heard!r}"
            self.heard += line

    def ask(self, line: str) -> str:
        """Write a line to standard input and return one of standard output."""
        assert self.popen.stdin is not None
        self.popen.stdin.write(f"{line}\n".encode())
        return next_line(self.popen.stdout, f"{line!r} is answered")

    def signal(self, number: signal.Signals) -> None:
        self.popen.send_signal(number)

    def end(self) -> tuple[int, str, str]:
        """Close standard input and return exit code, output and all that came on standard error."""
        out, err = output_of(self.popen, "it has ended")
        self.heard += err.decode()
        return self.popen.returncode, out.decode(), self.heard


class Processes:
    """Starts processes on one profile, and ends those that are left."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self._started: list[Process] = []

    def start(self, *argv: str, cwd: Path | None = None) -> Process:
        process = Process(self.profile, *argv, cwd=cwd)
        self._started.append(process)
        return process

    def run(self, *argv: str, cwd: Path | None = None) -> tuple[int, str, str]:
        return self.start(*argv, cwd=cwd).end()

    def owner(self, *argv: str) -> Process:
        """Start a process and wait until it owns the profile and is at work."""
        process = self.start(*argv)
        process.wait_for({"watch": "Watching", "index": "indexing", "gui": "window open"}[argv[0]])
        return process

    def close(self) -> None:
        put_down(process.popen for process in self._started)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    started = Processes(tmp_path / "profile")
    yield started
    started.close()


def test_a_second_process_uses_the_engine_of_the_first(processes: Processes) -> None:
    owner = processes.owner("watch")
    code, out, err = processes.run("search", "boat", "--json")
    assert (code, len(json.loads(out)), err) == (0, 2, "")
    owner.wait_for("search boat")


def test_errors_and_exit_codes_come_back_from_the_owner(processes: Processes) -> None:
    processes.owner("watch")
    assert processes.run("inspect", "missing") == (2, "", "vexgui: There is no such file.\n")
    code, _, err = processes.run("search", "broken")
    assert (code, "Something went wrong" in err) == (3, True)
    assert "unforeseen" in (processes.profile / "data" / "vexgui.log").read_text()


def test_paths_start_from_the_clients_folder_and_keep_their_bytes(processes: Processes, tmp_path: Path) -> None:
    processes.owner("watch")
    _, out, _ = processes.run("inspect", "--json", os.fsdecode(b"caf\xe9"), cwd=tmp_path)
    assert base64.b64decode(json.loads(out)["path_b64"]) == os.fsencode(tmp_path) + b"/caf\xe9"


def test_a_second_watch_says_that_the_profile_is_watched(processes: Processes) -> None:
    processes.owner("watch")
    code, out, err = processes.run("watch")
    assert (code, out) == (3, "")
    assert err == "vexgui: This profile is already being watched by another vexgui. End that one first.\n"


def test_a_window_takes_over_from_a_watch(processes: Processes) -> None:
    watching = processes.owner("watch")
    window = processes.start("gui")
    code, _, err = watching.end()
    assert (code, "A window takes over." in err) == (0, True)
    window.wait_for("window open")
    assert processes.run("watch")[0] == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_watch_ends_in_good_order_on_a_signal(processes: Processes, number: signal.Signals) -> None:
    owner = processes.owner("watch")
    owner.signal(number)
    code, _, err = owner.end()
    assert code == 0
    assert err.endswith("closed\n")


def test_an_index_run_stops_at_the_first_interrupt_and_tells_what_was_done(processes: Processes) -> None:
    owner = processes.owner("index", "endless")
    owner.signal(signal.SIGINT)
    code, out, err = owner.end()
    assert code == 1
    assert out.startswith("6 files")
    assert "Stopped before the end" in err


def test_an_interrupt_of_a_client_stops_its_command_and_leaves_the_owner(processes: Processes) -> None:
    owner = processes.owner("watch")
    client = processes.start("index", "endless")
    owner.wait_for("indexing")
    client.signal(signal.SIGINT)
    code, out, err = client.end()
    assert code == 1
    assert out.startswith("6 files")
    assert "Stopped before the end" in err
    assert processes.run("search", "boat")[0] == 0
    assert owner.popen.poll() is None


def test_a_client_that_is_gone_has_its_command_stopped(processes: Processes) -> None:
    owner = processes.owner("watch")
    client = processes.start("index", "endless")
    owner.wait_for("indexing")
    client.signal(signal.SIGKILL)
    owner.wait_for("stopped")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_when_the_owner_goes_a_client_does_the_work_itself(processes: Processes, number: signal.Signals) -> None:
    owner = processes.owner("watch")
    client = processes.start("index", "endless")
    owner.wait_for("indexing")
    owner.signal(number)
    client.wait_for("opened\nindexing")
    client.signal(signal.SIGINT)
    code, out, _ = client.end()
    assert (code, out.count("6 files")) == (1, 1)


def test_a_killed_owner_leaves_nothing_that_hinders_the_next(processes: Processes) -> None:
    owner = processes.owner("watch")
    owner.signal(signal.SIGKILL)
    owner.end()
    assert processes.run("search", "boat")[0] == 0
    assert processes.run("roots", "add", "/a")[0] == 0


def test_questions_on_standard_input_outlive_the_owner(processes: Processes) -> None:
    owner = processes.owner("watch")
    asking = processes.start("search", "-", "-n", "1")
    assert len(json.loads(asking.ask("first boat"))) == 1
    owner.wait_for("search first boat")
    owner.signal(signal.SIGTERM)
    assert owner.end()[0] == 0
    assert len(json.loads(asking.ask("second boat"))) == 1
    code, _, err = asking.end()
    assert code == 0
    assert "opened\nsearch second boat" in err


def test_a_second_gui_raises_the_first_ones_window(processes: Processes) -> None:
    owner = processes.owner("gui")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_ACTIVATION_TOKEN", "clicked")
        assert processes.run("gui", "--query", "boat", "--similar", "/a")[0] == 0
    owner.wait_for("presenting 'boat' b'/a' 'clicked'")
    assert processes.run()[0] == 0
    owner.wait_for("presenting '' b''")
    assert processes.run("watch")[0] == 3
    code, _, err = processes.run("gui", "--screenshot", "w.png")
    assert (code, "open already" in err) == (3, True)
    assert owner.end()[0] == 0


def test_a_window_closes_at_once_and_leaves_the_work_to_its_client(processes: Processes) -> None:
    owner = processes.owner("gui")
    client = processes.start("index", "endless")
    owner.wait_for("indexing")
    code, _, err = owner.end()
    assert code == 0
    assert err.index("stopped") < err.index("closed")
    client.wait_for("opened\nindexing")


def test_no_window_opens_beside_a_command_that_owns_the_profile(processes: Processes) -> None:
    processes.owner("index", "endless")
    code, _, err = processes.run("gui")
    assert (code, "at work on this profile" in err) == (3, True)


def test_a_profile_may_lie_deeper_than_a_socket_address_is_long(tmp_path: Path) -> None:
    processes = Processes(tmp_path / ("d" * 200))
    try:
        processes.owner("watch")
        assert processes.run("search", "boat")[0] == 0
    finally:
        processes.close()


def test_a_socket_of_another_user_is_not_spoken_to(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    processes.owner("watch")
    profile = open_profile(os.fsencode(processes.profile), os.environb)
    line = client.connect(profile)
    assert line is not None
    with line:
        pass
    monkeypatch.setattr(sockets.os, "getuid", lambda: 12345)
    assert client.connect(profile) is None
