"""A decoder for tests that breaks in the way a file's name asks for, and else works like the real one."""

import ctypes
import errno
import os
import sys
import time
from collections.abc import Callable
from unittest.mock import patch

from vexgui.extract import worker
from vexgui.extract.contents import Contents
from vexgui.extract.decode import OUT_OF_MEMORY
from vexgui.extract.worker import handle
from vexgui.system.child import serve
from vexgui.system.frames import Frame

MUCH = 100


def misbehave(request: Frame) -> Frame:
    name = os.path.basename(request.blobs[0])
    if request.header["do"] == "describe" and not name.startswith(b"always-"):
        return handle(request)
    return MANNERS.get(name.removeprefix(b"always-"), handle)(request)


def segfault(_: Frame) -> Frame:
    ctypes.string_at(0)
    return Frame({})


def end(_: Frame) -> Frame:
    os._exit(3)


def stall(_: Frame) -> Frame:
    time.sleep(600)
    return Frame({})


def meeting(mode: str) -> Callable[[Frame], Frame]:
    """Return what waits at a pipe until somebody has opened its other end."""

    def meet(request: Frame) -> Frame:
        open(os.path.join(os.path.dirname(request.blobs[0]), b"meeting"), mode).close()
        return handle(request)

    return meet


def when_idle(act: Callable[[Frame], Frame]) -> Callable[[Frame], Frame]:
    """Return what misbehaves at the first attempt only: the second is made by a process at normal priority."""
    return act if sys.argv[3] == "idle" else handle


def run_short(request: Frame) -> Frame:
    answer = handle(request)
    return Frame({**answer.header, "problem": OUT_OF_MEMORY}, answer.blobs)


def change(request: Frame) -> Frame:
    """Answer a request about a file that grows while it is read."""

    def grow(*_: object) -> Contents:
        with open(request.blobs[0], "ab") as file:
            file.write(b"x" * MUCH)
        return Contents()

    with patch.object(worker, "contents_of", grow):
        return handle(request)


def change_once(request: Frame) -> Frame:
    return change(request) if os.path.getsize(request.blobs[0]) < MUCH else handle(request)


def change_unsaid(request: Frame) -> Frame:
    """Answer as if a file had not changed that grew while it was read."""
    answer = handle(request)
    with open(request.blobs[0], "ab") as file:
        file.write(b"x" * MUCH)
    return answer


MANNERS: dict[bytes, Callable[[Frame], Frame]] = {
    b"segfault.txt": segfault,
    b"exit.txt": end,
    b"stall.txt": stall,
    b"starves.txt": when_idle(stall),
    b"dies-once.txt": when_idle(end),
    b"hungry.txt": when_idle(run_short),
    b"meet-hears.txt": meeting("rb"),
    b"meet-says.txt": meeting("wb"),
    b"changes-once.txt": change_once,
    b"never-rests.txt": change,
    b"changes-unsaid.txt": change_unsaid,
    b"denies.txt": lambda _: Frame({"errno": errno.ENOENT}),
    b"lies.txt": lambda _: Frame({"kind": "a lie"}, (b"", b"")),
    b"lies.png": lambda _: Frame({}, (b"GIF89a",)),
}


if __name__ == "__main__":
    assert sys.argv[3] in ("idle", "normal")
    serve(misbehave)
