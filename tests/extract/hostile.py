"""A decoder for tests, confined like the real one, that attempts what a file's name says.

What it cannot do it tells as the file's text; what it ought not to be able to do, too.
"""

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from vexgui.extract.decoder import confined
from vexgui.system.child import serve
from vexgui.system.frames import Frame

DONE = "it was done"
SECRET = "secret.txt"


def beside(path: bytes) -> bytes:
    return os.path.join(os.path.dirname(path), SECRET.encode())


def read(path: bytes | str) -> None:
    open(path, "rb").close()


def change(path: bytes) -> None:
    open(path, "ab").close()


def connect(family: int, address: object) -> None:
    with socket.socket(family) as channel:
        channel.connect(address)  # type: ignore[arg-type]


def allocate(_: bytes) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(1 << 26))


def start_threads(_: bytes) -> None:
    while True:
        threading.Thread(target=time.sleep, args=(600,)).start()


def recurse(_: bytes) -> None:
    sys.setrecursionlimit(1 << 30)

    def deeper(depth: int) -> int:
        return deeper(depth + 1) + min([1, 2], key=lambda each: each)

    deeper(0)


def flood(_: bytes) -> None:
    while True:
        os.write(0, b"\xff" * 65536)


def compute(_: bytes) -> None:
    while True:
        pass


REFUSED: dict[str, Callable[[bytes], object]] = {
    "read-passwd": lambda _: read("/etc/passwd"),
    "read-beside": lambda path: read(beside(path)),
    "read-itself-by-name": read,
    "read-through-proc": lambda path: read(b"/proc/self/root" + beside(path)),
    "list-folder": lambda path: os.listdir(os.path.dirname(path)),
    "list-home": lambda _: os.listdir(os.path.expanduser("~")),
    "read-memory-of-parent": lambda _: read(f"/proc/{os.getppid()}/maps"),
    "change-itself": change,
    "write-beside": lambda path: change(beside(path)),
    "remove-beside": lambda path: os.unlink(beside(path)),
    "rename-itself": lambda path: os.rename(path, path + b"2"),
    "link-itself": lambda path: os.link(path, path + b"2"),
    "make-folder": lambda path: os.mkdir(path + b"2"),
    "make-temporary": lambda _: change(b"/tmp/vexgui-hostile"),
    "set-attribute": lambda path: os.setxattr(path, "user.x", b"1"),
    "set-mode": lambda path: os.chmod(path, 0o777),
    "set-times": lambda path: os.utime(path, (0, 0)),
    "truncate": lambda path: os.truncate(path, 0),
    "connect": lambda _: connect(socket.AF_INET, ("127.0.0.1", 1)),
    "connect-locally": lambda _: connect(socket.AF_UNIX, "/run/dbus/system_bus_socket"),
    "run": lambda _: subprocess.run(["true"], check=True),
    "replace-itself": lambda _: os.execv("/bin/true", ["true"]),
    "fork": lambda _: os.fork(),
    "kill-parent": lambda _: os.kill(os.getppid(), 9),
    "slow-parent": lambda _: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
    "starve-parent": lambda _: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (0, 0)),
    "open-many": lambda _: [os.open("/dev/null", os.O_RDONLY) for _ in range(10_000)],
}
"""What has to fail with an error of the system."""

BREAKING: dict[str, Callable[[bytes], object]] = {
    "exit": lambda _: os._exit(0),
    "allocate": allocate,
    "start-threads": start_threads,
    "recurse": recurse,
    "flood": flood,
    "compute": compute,
    "stall": lambda _: time.sleep(600),
}
"""What ends the process, or has it ended."""


def attempt(request: Frame) -> Frame:
    from unittest.mock import patch

    from vexgui.extract import worker
    from vexgui.extract.contents import Contents, Section

    act = {**REFUSED, **BREAKING}.get(os.path.basename(request.blobs[0]).decode().removesuffix(".txt"))
    if act is None or request.header["do"] == "describe":
        return worker.handle(request)

    def contents(*_: object) -> Contents:
        try:
            act(request.blobs[0])
        except OSError as error:
            return Contents(sections=(Section(type(error).__name__),))
        return Contents(sections=(Section(DONE),))

    with patch.object(worker, "contents_of", contents):
        return worker.handle(request)


if __name__ == "__main__":
    sys.argv[3] = "normal"  # on a busy computer an idle one waits for minutes
    serve(confined(attempt))
