"""The real command line: its streams, and what it loads."""

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import vexgui
from tests.waiting import PATIENCE_S
from vexgui.cli.console import answered

ROOT = Path(vexgui.__file__).parents[1]


def shell(script: str, profile: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in which $VEXGUI is the command with a fake engine."""
    command = f"{sys.executable} -m tests.cli.fake_vexgui --profile {profile}"
    environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "VEXGUI": command}
    return subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )


def test_an_output_that_no_one_reads_ends_the_command_quietly(tmp_path: Path) -> None:
    done = shell("$VEXGUI search boat | true; echo ${PIPESTATUS[0]}", tmp_path)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = shell("$VEXGUI search boat > /dev/full", tmp_path)
    assert done.returncode == 3
    assert "could not be written" in done.stderr


def test_closed_streams_do_no_harm(tmp_path: Path) -> None:
    done = shell("$VEXGUI search boat >&- 2>&- <&-", tmp_path)
    assert done.returncode == 0


def test_text_is_utf_8_in_any_locale(tmp_path: Path) -> None:
    done = shell("LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 $VEXGUI search boat", tmp_path)
    assert done.returncode == 0
    assert "boat \ufffd.jpg" in done.stdout


def test_a_folder_that_is_gone_is_no_place_to_start_from_but_no_mishap(tmp_path: Path) -> None:
    done = shell(f"mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir {tmp_path}/gone; $VEXGUI search boat", tmp_path)
    assert done.returncode == 0


@pytest.mark.parametrize("argv", [["--help"], ["search", "--help"], ["--version"]])
def test_help_loads_neither_qt_nor_anything_heavy(argv: list[str]) -> None:
    script = (
        "import sys; from vexgui import app; code = app.main(sys.argv[1:]);"
        "heavy = {'PySide6', 'numpy', 'sqlite3', 'torch', 'onnxruntime', 'PIL', 'lxml'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *argv],
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "vexgui" in done.stdout


@pytest.mark.parametrize(("typed", "line"), [(b"yes\n", "yes"), (b"\xff\n", "\ufffd"), (b"\x04", "")])
def test_a_question_on_a_terminal_is_answered_by_a_line(typed: bytes, line: str) -> None:
    user, terminal = pty.openpty()
    try:
        os.write(user, typed)
        assert answered(terminal, threading.Event()) == line
    finally:
        os.close(user)
        os.close(terminal)


def test_a_question_is_answered_with_nothing_when_the_command_is_stopped() -> None:
    reading, writing = os.pipe()
    stop = threading.Event()
    stop.set()
    try:
        assert answered(reading, stop) == ""
    finally:
        os.close(reading)
        os.close(writing)
