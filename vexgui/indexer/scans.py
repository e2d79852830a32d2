"""The scans of roots in the indexer's thread: what brings one about, and what follows from it."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from vexgui.core.errors import VexError
from vexgui.core.told import told
from vexgui.indexer.bringing import Bringer
from vexgui.indexer.drives import Drives
from vexgui.indexer.polling import POLL_EVERY_S
from vexgui.indexer.roots import Roots, Watching
from vexgui.indexer.runs import Run
from vexgui.indexer.scan import Outlook
from vexgui.indexer.standing import Standing
from vexgui.indexer.tasks import Tasks
from vexgui.system.clock import Clock


class Polling(Watching, Protocol):
    """The part of a `Watcher` that is used."""

    @property
    def limited(self) -> bool: ...  # noqa: D102

    def poll(self) -> None: ...  # noqa: D102

    def pending(self, root: bytes) -> bool: ...  # noqa: D102


class Scans:
    """Has roots scanned when they are due.

    Args:
        roots: Know when that is.
        standing: Keeps the books on what is certain of each.
        drives: Tells on which drive a folder lies.
        bringer: Brings folders into the store.
        tasks: Take in what is to be done.
        clock: Notices sleep.
        begin: Begins a run.

    Attributes:
        watcher: Watches the roots, once there is one.
    """

    def __init__(
        self,
        roots: Roots,
        standing: Standing,
        drives: Drives,
        bringer: Bringer,
        tasks: Tasks,
        clock: Clock,
        begin: Callable[[], Run],
    ) -> None:
        self._roots = roots
        self._standing = standing
        self._drives = drives
        self._bringer = bringer
        self._tasks = tasks
        self._clock = clock
        self._begin = begin
        self._polled_s = 0.0  # when folders that are not watched were looked at last
        self.watcher: Polling | None = None

    def next_s(self) -> float:
        """Return when to look around though nobody asks for anything."""
        is_polling = self.watcher is not None and self.watcher.limited
        return min(self._roots.next_s(), self._polled_s + POLL_EVERY_S if is_polling else math.inf)

    def look_around(self) -> None:
        """See what the system told meanwhile, and put what is due among the tasks."""
        if self._clock.jumped():
            self._drives.remote.retry()
            self._roots.hasten(None, told("the computer slept, or its clock was set"))
        self._roots.look()
        if self._roots.next_s() <= time.monotonic():
            self._tasks.put(self.scan_due)
        if self.watcher is not None and self.watcher.limited and time.monotonic() >= self._polled_s + POLL_EVERY_S:
            self._polled_s = time.monotonic()
            self._tasks.put(self.watcher.poll)

    def scan_due(self) -> None:
        """Watch the roots that are due, then scan them: what changes in between is seen twice, never missed.

        Raises:
            VexError: The store or a model failed.
        """
        watcher, run = self.watcher, self._begin()
        if watcher is None:
            return
        due = self._roots.take_due(watcher.pending)
        there = [root for root in due if self._roots.take_up(root, watcher)]
        for root in due.keys() - there:
            self._roots.lose(root)
        if there:
            self._scan(there, (), replace(run, why=due[there[0]]))

    def scan(self, folders: Sequence[bytes], files: Sequence[bytes], run: Run) -> None:
        """Bring folders and files up to date, in the calling thread, and have roots that fail be scanned once more.

        Raises:
            VexError: The store or a model failed.
        """
        try:
            self._scan(folders, files, run)
        except VexError:
            self._roots.visited(dict.fromkeys(self._taken_up(folders), Outlook.PARTIAL), run.tally.looking_s)
            raise
        finally:
            if self.watcher is not None:  # the thread that sleeps does not know when these are due
                self._tasks.put(self.look_around)

    def _scan(self, folders: Sequence[bytes], files: Sequence[bytes], run: Run) -> None:
        """Bring folders and files up to date, and note of the roots among them up to when they are certain."""
        roots = self._taken_up(folders)
        with self._standing.scanning(roots) as incomplete:
            outlooks = self._bringer.bring(folders, files, run)
            incomplete.update(self._roots.visited({root: outlooks[root] for root in roots}, run.tally.looking_s))

    def _taken_up(self, folders: Sequence[bytes]) -> list[bytes]:
        return [folder for folder in folders if self._roots.is_taken_up(folder)]
