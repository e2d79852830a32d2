"""A process that gave up its rights can read and think, and nothing else."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from vexgui.system.landlock import landlock_version
from vexgui.system.sandbox import confinement

PRELUDE = """
import os, resource, socket, sys, threading
from vexgui.system.sandbox import give_up_network, give_up_rights, program_files
path = sys.argv[1]
handle = open(path, "rb")
"""
NO_RIGHTS = "give_up_rights()"
NO_FILES = "give_up_rights(program_files())"
NO_NETWORK = "give_up_network()"
filtered = pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no system call filter here")
guarded = pytest.mark.skipif(landlock_version() < 3, reason="this kernel's Landlock does not know of truncating")
landlocked = pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")


def attempt(path: Path, code: str, without: str = NO_RIGHTS) -> str:
    """Run code in a process that gave something up and return the name of what it raised, or "done"."""
    tail = f"try:\n    {code}\nexcept OSError as error:\n    print(type(error).__name__)\nelse:\n    print('done')\n"
    result = subprocess.run(
        [sys.executable, "-P", "-c", f"{PRELUDE}{without}\n{tail}", str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
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


@pytest.mark.parametrize(
    "code",
    [
        "assert handle.read() == b'content'",
        "import numpy, PIL.Image, lxml.etree, pypdfium2",
        "from vexgui.extract import worker, decode",
        "from vexgui.system.resources import resource; assert open(resource('places', 'README.md')).read()",
        "os.urandom(8); open('/dev/null').close()",
        "import zoneinfo, locale, encodings.idna, multiprocessing",
        "assert open('/proc/self/status').read()",
        "t = threading.Thread(target=print, args=('',)); t.start(); t.join()",
        "assert os.stat(path).st_size",
    ],
)
def test_what_is_open_and_the_libraries_can_be_read_when_no_other_files_can(path: Path, code: str) -> None:
    assert attempt(path, code, NO_FILES) == "done"


@landlocked
@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "open(f'/proc/self/fd/{handle.fileno()}')",
        "open('/proc/self/root' + path)",
        "open('/etc/passwd')",
        "os.listdir(os.path.dirname(path))",
        "os.listdir(os.path.expanduser('~'))",
        "os.listdir('/')",
        "os.chdir('/proc/self/cwd'); open(path)",
        "open(f'/proc/{os.getppid()}/environ')",
        "open(path, 'w')",
        "open('/dev/tty')",
    ],
)
def test_no_file_of_the_user_or_of_the_system_can_be_opened(path: Path, code: str) -> None:
    assert attempt(path, code, NO_FILES) == "PermissionError"


def test_a_process_without_a_home_is_confined_like_any_other(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    without = "import pwd; pwd.getpwuid = lambda _: {}['nobody']; " + NO_FILES
    assert attempt(path, "import PIL.Image", without) == "done"


@landlocked
def test_the_folder_that_the_program_is_started_in_is_not_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    monkeypatch.chdir(tmp_path)
    assert attempt(secret, "open(path)", NO_FILES) == "PermissionError"


NO_LANDLOCK = f"from vexgui.system import landlock; landlock.landlock_version = lambda: 0; {NO_RIGHTS}"
NO_FILTER = f"from vexgui.system import seccomp; seccomp.seccomp_works = lambda: False; {NO_RIGHTS}"


@pytest.mark.parametrize("without", [pytest.param(NO_LANDLOCK, marks=filtered), pytest.param(NO_FILTER, marks=guarded)])
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
def test_files_and_folders_cannot_be_changed_whatever_of_both_the_kernel_has(
    path: Path, code: str, without: str
) -> None:
    assert attempt(path, code, without) == "PermissionError"
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
        "os.fork()",
        "__import__('subprocess').run(['true'])",
        "os.truncate(path, 0)",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
        "os.kill(os.getppid(), 0)",
        "socket.socket()",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
    ],
)
def test_attributes_programs_processes_and_the_network_are_out_of_reach(path: Path, code: str) -> None:
    assert attempt(path, code) == "PermissionError"


@filtered
@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("socket.socket()", "PermissionError"),
        ("socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)", "PermissionError"),
        ("socket.create_connection(('127.0.0.1', 1))", "PermissionError"),
        ("socket.socket(socket.AF_UNIX).close()", "done"),
        ("os.posix_spawn('/bin/true', ['true'], {})", "done"),
        ("open(path, 'a').write('x')", "done"),
    ],
)
def test_without_the_network_all_else_goes_on(path: Path, code: str, end: str) -> None:
    assert attempt(path, code, NO_NETWORK) == end


def test_what_holds_decoders_is_told_and_what_is_lacking() -> None:
    everything = confinement(landlock=7, seccomp=True)
    assert (len(everything.in_force), everything.lacking) == (3, ())
    bare = confinement(landlock=0, seccomp=False)
    assert bare.in_force == everything.in_force[:1]
    assert [sentence.split(":")[0] for sentence in bare.lacking] == [
        "The kernel has no Landlock",
        "System calls are not filtered on this machine",
    ]


def with_version(version: int) -> str:
    """Return what gives up files where the kernel has an older Landlock."""
    return f"from vexgui.system import landlock; landlock.landlock_version = lambda: {version}; {NO_FILES}"


@pytest.mark.parametrize("version", range(1, landlock_version() + 1))
def test_an_older_landlock_does_what_it_can(path: Path, version: int) -> None:
    assert attempt(path, "open(path)", with_version(version)) == "PermissionError"
    assert attempt(path, "open(path, 'w')", with_version(version)) == "PermissionError"
    assert attempt(path, "import PIL.Image", with_version(version)) == "done"


@filtered
def test_without_landlock_the_rest_is_held_to(path: Path) -> None:
    assert attempt(path, "open(path).close()", with_version(0)) == "done"
    assert attempt(path, "os.fork()", with_version(0)) == "PermissionError"


@filtered
def test_no_file_is_emptied_by_opening_it_to_read_where_landlock_knows_nothing_of_that(path: Path) -> None:
    assert attempt(path, "os.open(path, os.O_RDONLY | os.O_TRUNC)", NO_LANDLOCK) == "PermissionError"
    assert path.read_text() == "content"


@filtered
def test_only_its_own_threads_get_signals_from_it(path: Path) -> None:
    number = {"x86_64": 234, "aarch64": 131}[platform.machine()]
    send = f"import ctypes; sent = ctypes.CDLL(None).syscall({number}, os.{{0}}(), os.{{0}}(), 0)"
    assert attempt(path, send.format("getppid") + "; assert sent == -1", with_version(0)) == "done"
    assert attempt(path, send.format("getpid") + "; assert sent == 0", with_version(0)) == "done"


@filtered
def test_giving_up_rights_twice_is_harmless(path: Path) -> None:
    assert attempt(path, "give_up_rights(); handle.read()") == "done"
