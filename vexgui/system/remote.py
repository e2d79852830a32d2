"""File systems that may never answer: they are asked by processes that may hang, one for each."""

import os
import threading
import time

from vexgui.core.errors import ChildFailed
from vexgui.core.files import FileStat
from vexgui.system.child import Child
from vexgui.system.frames import Frame
from vexgui.system.mounts import Mounts

ANSWER_S = 20.0
"""A file system that takes longer for one answer counts as one that does not answer."""
_GLANCE_S = 2.0
_REST_FIRST_S = 20.0
_REST_LAST_S = 1_200.0
_DOUBLINGS = 10


class NotResponding(OSError):
    """A file system does not answer."""


class _Line:
    """The process that asks one file system, and how long that is left alone after it gave no answer."""

    def __init__(self, module: str) -> None:
        self.child = Child(module, (), "The process that looks at remote files")
        self.failures = 0
        self.again_s = 0.0

    def ask(self, request: Frame, timeout_s: float) -> Frame:
        if time.monotonic() < self.again_s:
            raise NotResponding
        try:
            answer = self.child.call(request, timeout_s)
        except ChildFailed as error:
            self.failures += 1
            rest_s = min(_REST_FIRST_S * 2.0 ** min(self.failures - 1, _DOUBLINGS), _REST_LAST_S)
            self.again_s = time.monotonic() + rest_s
            raise NotResponding from error
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
        self._lines: dict[int, _Line] = {}
        self._closed = False

    def is_remote(self, path: bytes) -> bool:
        """Tell whether a path lies on a file system that may never answer; see `Mounts.mount_of`."""
        return self._mounts.is_remote(path)

    def ask(self, path: bytes, request: Frame) -> Frame:
        """Ask the file system that a path lies on.

        Raises:
            NotResponding: It gave no answer, now or a while ago.
        """
        return self._line(path).ask(request, self._answer_s)

    def lstat(self, path: bytes) -> FileStat:
        """Return the stat of a path, wherever it lies; one that is not remote is looked at here.

        Raises:
            OSError: There is nothing at the path, it may not be looked at, or nobody answered for two seconds.
        """
        if not self.is_remote(path):
            return FileStat.of(os.lstat(path))
        answer = self._line(path).ask(Frame({"do": "stat"}, (path,)), min(_GLANCE_S, self._answer_s)).header["stat"]
        if isinstance(answer, int):
            raise OSError(answer, os.strerror(answer), path)
        return FileStat(*answer)

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

    def _line(self, path: bytes) -> _Line:
        number = self._mounts.mount_of(path).number
        with self._lock:
            if self._closed:
                raise NotResponding
            if number in self._lines:
                return self._lines[number]
            left = [self._lines.pop(other) for other in self._lines.keys() - self._mounts.numbers()]
            line = self._lines[number] = _Line(self._module)
        for other in left:
            other.child.close()  # nobody asks for what is mounted no longer
        return line


def answered(request: Frame) -> Frame:
    """Answer the question for a stat, in the process that may hang."""
    try:
        seen = FileStat.of(os.lstat(request.blobs[0]))
    except OSError as error:
        return Frame({"stat": error.errno})
    numbers = (seen.device, seen.inode, seen.size, seen.mtime_ns, seen.ctime_ns, seen.mode, seen.uid)
    return Frame({"stat": numbers})
