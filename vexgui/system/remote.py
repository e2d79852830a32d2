"""File systems that may never answer: they are asked by processes that may hang, one for each."""

import errno
import os
import threading
import time
from collections.abc import Callable, Sequence

from vexgui.core.errors import ChildFailed
from vexgui.core.files import FileStat
from vexgui.core.paths import folder_of, joined, name_of
from vexgui.core.told import told
from vexgui.system.child import Child
from vexgui.system.frames import Frame
from vexgui.system.mounts import Mount, Mounts

ANSWER_S = 20.0
"""A file system that takes longer for one answer counts as one that does not answer."""
_GLANCE_S = 2.0
_WAITING_S = 6.0
"""So long somebody waits at the screen for what they asked of one path."""
_REST_FIRST_S = 20.0
_REST_LAST_S = 1_200.0
_REST_WAITING_S = 5.0
"""Who tries again by hand is not told what was found a while ago."""
_DOUBLINGS = 10
_MOST_LINKS = 40
"""As many symbolic links as the kernel follows in one path (MAXSYMLINKS in its sources)."""


class NotResponding(OSError):
    """A file system does not answer.

    Attributes:
        mount: Which one.
    """

    def __init__(self, mount: Mount) -> None:
        super().__init__(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        self.mount = mount


class _Line:
    """A process that asks one file system, and how long that is left alone after it gave no answer."""

    def __init__(self, module: str, mount: Mount, longest_rest_s: float) -> None:
        self.child = Child(module, (), told("The process that looks at remote files"))
        self._mount = mount
        self._longest_rest_s = longest_rest_s
        self.failures = 0
        self.again_s = 0.0

    def ask(self, request: Frame, timeout_s: float) -> Frame:
        if time.monotonic() < self.again_s:
            raise NotResponding(self._mount)
        try:
            answer = self.child.call(request, timeout_s)
        except ChildFailed as error:
            self.failures += 1
            rest_s = min(_REST_FIRST_S * 2.0 ** min(self.failures - 1, _DOUBLINGS), self._longest_rest_s)
            self.again_s = time.monotonic() + rest_s
            raise NotResponding(self._mount) from error
        self.failures = 0
        return answer


class Remote:
    """Asks remote file systems; safe to use from any thread. None of its calls takes much longer than it says.

    Args:
        mounts: Tells what is remote.
        module: What the processes run; see `answered` for what it has to answer at least.
        answer_s: How long an answer may take.
    """

    def __init__(self, mounts: Mounts, module: str, answer_s: float = ANSWER_S) -> None:
        self._mounts = mounts
        self._module = module
        self._answer_s = answer_s
        self._lock = threading.Lock()
        self._lines: dict[tuple[int, bool], _Line] = {}
        self._closed = False

    def is_remote(self, path: bytes) -> bool:
        """Tell whether a path lies on a file system that may never answer; see `Mounts.mount_of`."""
        return self._mounts.is_remote(path)

    def ask(self, path: bytes, request: Frame, *, waiting: bool = False) -> Frame:
        """Ask the file system that a path lies on.

        Args:
            path: Without symbolic links on the way to it.
            request: What is asked.
            waiting: Whether somebody waits at the screen: then it is asked by a process of its own, which no walk
                keeps busy, and the answer comes within seconds.

        Raises:
            NotResponding: It gave no answer, now or a while ago.
        """
        answer_s = min(_WAITING_S, self._answer_s) if waiting else self._answer_s
        return self._line(path, waiting=waiting).ask(request, answer_s)

    def look(self, path: bytes, *, follow: bool = True) -> tuple[bytes, FileStat]:
        """Return the real path of what somebody named, and its stat.

        Args:
            path: Absolute; there may be symbolic links on the way to it.
            follow: Whether what a symbolic link leads to is meant, if the path is one, and not the link itself.

        Raises:
            NotResponding: What it leads to, or a folder on the way, lies on a file system that does not answer.
            OSError: There is nothing, or it may not be looked at.
        """
        where = self.led(path, follow=follow)
        if not self.is_remote(where):
            return where, FileStat.of(os.lstat(where))
        answer = self.ask(where, Frame({"do": "look", "follow": follow}, (where,)), waiting=True)
        return answer.blobs[0], _stat_in(answer, path)

    def led(self, path: bytes, *, follow: bool = True) -> bytes:
        """Return where a path leads as far as that is seen from here; links on remote file systems stay in it."""
        return led(path, self.is_remote, follow=follow)

    def lstat(self, path: bytes) -> FileStat:
        """Return the stat of a path, wherever it lies; one that is not remote is looked at here.

        Raises:
            OSError: There is nothing at the path, it may not be looked at, or nobody answered for two seconds.
        """
        if not self.is_remote(path):
            return FileStat.of(os.lstat(path))
        return _stat_in(self._line(path).ask(Frame({"do": "stat"}, (path,)), min(_GLANCE_S, self._answer_s)), path)

    def retry(self) -> None:
        """Ask file systems that did not answer again at once, whenever the next question comes."""
        with self._lock:
            for line in self._lines.values():
                line.again_s = 0.0

    def close(self) -> None:
        """End the processes, also while they are asked; those that hang are left behind, and none begins any more."""
        with self._lock:
            self._closed = True
            lines, self._lines = self._lines, {}
        for line in lines.values():
            line.child.close()

    def _line(self, path: bytes, *, waiting: bool = False) -> _Line:
        mount = self._mounts.mount_of(path)
        key = (mount.number, waiting)
        with self._lock:
            if self._closed:
                raise NotResponding(mount)
            if key in self._lines:
                return self._lines[key]
            there = self._mounts.numbers()
            left = [self._lines.pop(other) for other in list(self._lines) if other[0] not in there]
            line = self._lines[key] = _Line(self._module, mount, _REST_WAITING_S if waiting else _REST_LAST_S)
        for other in left:
            other.child.close()  # nobody asks for what is mounted no longer
        return line


def led(path: bytes, is_remote: Callable[[bytes], bool], *, follow: bool = True) -> bytes:
    """Return where an absolute path leads, as `os.path.realpath` does, without touching remote file systems.

    Args:
        path: It need not exist.
        is_remote: Tells of a path without symbolic links whether it lies on such a file system: what comes behind it is
            returned as it was given.
        follow: Whether the path itself is followed, too, if it is a symbolic link.
    """
    here, links = b"/", 0
    ahead = path.split(b"/")[::-1]
    while ahead:
        name = ahead.pop()
        if name in (b"", b"."):
            continue
        if name == b"..":
            here = folder_of(here)
            continue
        here = joined(here, name)
        if is_remote(here):
            return b"/".join([here, *filter(None, reversed(ahead))])
        target = _target(here) if links < _MOST_LINKS and (ahead or follow) else b""
        if target:
            links += 1
            here = b"/" if target.startswith(b"/") else folder_of(here)
            ahead += target.split(b"/")[::-1]
    return here


def _target(path: bytes) -> bytes:
    """Return what a symbolic link says; b"" where there is none."""
    try:
        return os.readlink(path)
    except OSError:
        return b""


def _stat_in(answer: Frame, path: bytes) -> FileStat:
    """Return the stat in an answer; raises the OSError that came in its place."""
    found = answer.header["stat"]
    if isinstance(found, int):
        raise OSError(found, os.strerror(found), path)
    return stat_of(found)


def answered(request: Frame) -> Frame:
    """Answer a question for a stat, or for the real path that has it, in the process that may hang."""
    (path,) = request.blobs
    if request.header["do"] == "look":
        above, name = folder_of(path), name_of(path)
        path = os.path.realpath(path) if request.header["follow"] else joined(os.path.realpath(above), name)
    try:
        return Frame({"stat": numbers(FileStat.of(os.lstat(path)))}, (path,))
    except OSError as error:
        return Frame({"stat": error.errno}, (path,))


def numbers(seen: FileStat) -> tuple[int, ...]:
    """Return a stat as a frame can carry it."""
    return seen.device, seen.inode, seen.size, seen.mtime_ns, seen.ctime_ns, seen.mode, seen.uid


def stat_of(numbers: Sequence[int]) -> FileStat:
    """Return the stat that a frame carries."""
    return FileStat(*numbers)
