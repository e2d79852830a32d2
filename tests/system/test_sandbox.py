"""A process that gave up its rights can read and think, and nothing else."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from vexgui.system.sandbox import landlock_version

PRELUDE = """
import os, socket, sys, threading
from vexgui.system.sandbox import give_up_rights
path = sys.argv[1]
handle = open(path, "rb")
give_up_rights()
"""
filtered = pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no system call filter here")
landlocked = pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")


def attempt(path: Path, code: str) -> str:
    """Run code in a process without rights and return the name of what it raised, or "done"."""
    tail = f"try:\n    {code}\nexcept OSError as error:\n    print(type(error).__name__)\nelse:\n    print('done')\n"
    result = subprocess.run(
        [sys.executable, "-c", PRELUDE + tail, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    return result.stdout.strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_text("content")
    return path


@pytest.mark.parametrize(
    "code",
    [
        "assert handle.read() == b'content'",
        "assert open(path).read() == 'content'",
        "assert os.listdir(os.path.dirname(path))",
        "import PIL.Image, lxml.etree, pypdfium2",
        "t = threading.Thread(target=print, args=('',)); t.start(); t.join()",
    ],
)
def test_reading_and_thinking_stay_allowed(path: Path, code: str) -> None:
    assert attempt(path, code) == "done"


@landlocked
@pytest.mark.parametrize(
    "code",
    [
        "open(path, 'w')",
        "open(path, 'ab')",
        "open(path + '2', 'x')",
        "os.truncate(path, 0)",
        "os.unlink(path)",
        "os.mkdir(path + '2')",
        "os.symlink('/', path + '2')",
        "os.link(path, path + '2')",
        "os.rename(path, path + '2')",
        "os.mkfifo(path + '2')",
    ],
)
def test_files_and_folders_cannot_be_changed(path: Path, code: str) -> None:
    assert attempt(path, code) == "PermissionError"
    assert path.read_text() == "content"
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


@filtered
@pytest.mark.parametrize(
    "code",
    [
        "os.setxattr(path, 'user.x', b'1')",
        "os.setxattr(handle.fileno(), 'user.x', b'1')",
        "os.chmod(path, 0o777)",
        "os.fchmod(handle.fileno(), 0o777)",
        "os.chown(path, os.getuid(), os.getgid())",
        "os.utime(path, (0, 0))",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.kill(os.getppid(), 0)",
        "socket.socket()",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
    ],
)
def test_attributes_programs_processes_and_the_network_are_out_of_reach(path: Path, code: str) -> None:
    assert attempt(path, code) == "PermissionError"


@filtered
def test_giving_up_rights_twice_is_harmless(path: Path) -> None:
    assert attempt(path, "give_up_rights(); handle.read()") == "done"
