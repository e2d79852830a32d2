"""A log of what a watcher reports, a mirror that follows it, and a kernel that hands on what it is told to."""

import itertools
import os
import random
import shutil
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from inotify_simple import Event, INotify, flags

from tests.waiting import PATIENCE_S, until
from vexgui.core.events import Trouble
from vexgui.core.paths import joined, lies_in
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, Overflow
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import walk
from vexgui.indexer.watch import Watcher

RULES = Rules((".*", "*~"))


class Log:
    """Keeps what a watcher reports, and lets a test wait for it."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.troubles: list[Trouble] = []
        self._more = threading.Condition()

    def take(self, changes: Sequence[Change]) -> None:
        with self._more:
            self.changes += changes
            self._more.notify_all()

    def tell(self, trouble: Trouble) -> None:
        with self._more:
            self.troubles.append(trouble)
            self._more.notify_all()

    def wait(self, is_so: Callable[[], bool]) -> None:
        with self._more:
            assert self._more.wait_for(is_so, PATIENCE_S), self.changes[-20:]

    def wait_for(self, *changes: Change) -> None:
        self.wait(lambda: set(changes) <= set(self.changes))

    def clear(self) -> None:
        with self._more:
            self.changes = []


_numbers = itertools.count()


def sentinel(root: Path, log: Log) -> None:
    """Wait until everything that happened before is reported."""
    mark = root / f"sentinel{next(_numbers)}"
    mark.touch()
    log.wait_for(changed(mark))


def changed(path: Path) -> FileChanged:
    return FileChanged(os.fsencode(path))


def gone(path: Path) -> FileGone:
    return FileGone(os.fsencode(path))


def appeared(path: Path) -> FolderAppeared:
    return FolderAppeared(os.fsencode(path))


def folder_gone(path: Path) -> FolderGone:
    return FolderGone(os.fsencode(path))


def moved(old: Path, new: Path, *, folder: bool = False) -> Moved:
    return Moved(os.fsencode(old), os.fsencode(new), folder=folder)


def add(watcher: Watcher, root: Path) -> int:
    return watcher.add(os.fsencode(root))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that nothing announces."""
    until(is_so, "the watcher had come to that")


class Short:
    """Tells what happened when it is asked to, and only so much of it, as a kernel with a short queue does."""

    def __init__(self) -> None:
        self._kernel = INotify()
        self._here, self._there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def fileno(self) -> int:
        return self._there.fileno()

    def add_watch(self, path: bytes, mask: int) -> int:
        return int(self._kernel.add_watch(path, mask))

    def rm_watch(self, wd: int) -> None:
        self._kernel.rm_watch(wd)

    def close(self) -> None:
        for opened in (self._kernel, self._here, self._there):
            opened.close()

    def deliver(self, most: int | None = None) -> None:
        """Hand on what happened so far; if a number is given so many events only, and that the others are lost."""
        happened = [*self._kernel.read(timeout=0)][:most]
        if most is not None:
            happened.append(Event(-1, int(flags.Q_OVERFLOW), 0, ""))
        for wd, mask, cookie, name in happened:
            told = os.fsencode(name) + b"\0"
            self._here.send(struct.pack("iIII", wd, mask, cookie, len(told)) + told)


class Mirror:
    """Knows what lies in a folder from a watcher's changes and from looking where they point."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root)
        self.known: dict[bytes, tuple[int, int]] = {}
        self.overflows = 0

    def truth(self) -> dict[bytes, tuple[int, int]]:
        return self._seen(self._root)

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case FileChanged(path) | FileGone(path):
                    self._look_at(path)
                case FolderAppeared(path) | FolderGone(path):
                    self._compare(path)
                case Moved(_, new, True):
                    self._rename(change)
                    self._compare(new)
                case Moved(_, new, False):
                    self._rename(change)
                    self._look_at(new)
                case Overflow():
                    self.overflows += 1
                    self._compare(self._root)

    def _rename(self, change: Moved) -> None:
        """Take what was known along, as a catalog would; the look that follows corrects it."""
        old, new = change.old, change.new
        for path in [path for path in self.known if path == old or (change.folder and lies_in(path, old))]:
            self.known[new + path[len(old) :]] = self.known.pop(path)

    def _look_at(self, path: bytes) -> None:
        self.known.pop(path, None)
        folder = walk(os.path.dirname(path), RULES)
        for entry in next(folder).files:
            if joined(os.path.dirname(path), entry.name) == path:
                self.known[path] = (entry.stat.inode, entry.stat.mtime_ns)

    def _compare(self, path: bytes) -> None:
        self.known = {known: stat for known, stat in self.known.items() if not lies_in(known, path)}
        self.known |= self._seen(path)
        self._look_at(path)  # it may be a file again

    def _seen(self, top: bytes) -> dict[bytes, tuple[int, int]]:
        return {
            joined(folder.path, entry.name): (entry.stat.inode, entry.stat.mtime_ns)
            for folder in walk(top, RULES)
            for entry in folder.files
        }


def agree(mirror: Mirror) -> None:
    wait_until(lambda: mirror.known == mirror.truth())


def run_wild(root: Path, dice: random.Random) -> None:
    names = ["a", "b", "c", "d", ".h"]

    def any_path() -> Path:
        top = root if dice.random() < 0.9 else root.parent / "outside"
        return top.joinpath(*(dice.choice(names) for _ in range(dice.randint(1, 3))))

    for _ in range(300):
        path, other = any_path(), any_path()
        try:
            match dice.randrange(8):
                case 0 | 1:
                    path.mkdir(parents=dice.random() < 0.5)
                case 2:
                    path.write_text(str(dice.random()))
                case 3 | 4 | 5:
                    path.rename(other)
                case 6:
                    path.unlink()
                case 7 if dice.random() < 0.5:
                    shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue  # it does not exist, or not any more, or is of the wrong kind
