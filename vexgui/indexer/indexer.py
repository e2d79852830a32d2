"""The indexer: scans when asked, and, once started, follows changes in a thread of its own."""

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from vexgui.core.errors import VexError
from vexgui.core.events import Activity, Event, IndexChanged, Progress, Trouble
from vexgui.core.paths import lies_in
from vexgui.core.reports import IndexReport
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, Overflow
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.indexer.scan import Scanner, Work
from vexgui.indexer.tally import Outcome, Tally
from vexgui.indexer.watch import Watcher
from vexgui.store.store import Store

_log = logging.getLogger(__name__)
_TELL_EVERY_S = 0.1


class Indexer:
    """Keeps the store true to the disk.

    Args:
        store: What is kept true.
        pipeline: Brings single files into it.
        rules: What is indexed.
        skip: Folders never entered: VexGUI's own.
        emit: Is told progress, changes and trouble, from any thread.
        settle_s: A file that changes is looked at when nothing has happened for so long.
    """

    def __init__(
        self,
        store: Store,
        pipeline: Pipeline,
        rules: Rules,
        skip: Collection[bytes],
        emit: Callable[[Event], None],
        *,
        settle_s: float = 1.0,
    ) -> None:
        self._store = store
        self._pipeline = pipeline
        self._rules = rules
        self._skip = skip
        self._settle_s = settle_s
        self._emit = emit
        self._scanner = Scanner(store.catalog, rules, skip)
        self._stop = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._tasks: queue.Queue[Callable[[], None]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._watcher: Watcher | None = None
        self._roots: tuple[bytes, ...] = ()
        self._told_s = 0.0
        self._active = 0
        self._active_lock = threading.Lock()
        self.progress = Progress(Activity.STOPPED)

    # Asked for

    def index(
        self, folders: Sequence[bytes], files: Sequence[bytes], stop: threading.Event, *, force: bool
    ) -> IndexReport:
        """Bring folders and single files up to date, in the calling thread.

        Raises:
            VexError: The store or a model failed.
        """
        tally = Tally()
        with self._busy():
            self._bring(folders, files, tally, stop, force=force, patient=False)
        return tally.report()

    # In the background

    def start(self, roots: Sequence[bytes]) -> None:
        """Bring roots up to date, then follow changes, until `close`.

        Raises:
            WorldProblem: inotify cannot be had.
        """
        if self._thread is not None:
            return
        self._watcher = Watcher(self._rules, self._follow, self._emit, skip=self._skip, settle_s=self._settle_s)
        self._thread = threading.Thread(target=self._work, name="vexgui-indexer", daemon=True)
        self.set_roots(roots)
        self._thread.start()

    def set_roots(self, roots: Sequence[bytes], *, scan: bool = True) -> None:
        """Follow these roots from now on; new ones are brought up to date, unless the caller does that."""
        if self._watcher is None:
            return
        watcher, old = self._watcher, self._roots
        self._roots = tuple(roots)
        for root in old:
            if root not in self._roots:
                watcher.remove(root)
        for root in self._roots:
            if root not in old:
                self._tasks.put(partial(self._take_up, root, scan=scan))

    def rescan(self) -> None:
        """Have all roots compared with the catalog in the background."""
        self._tasks.put(lambda: self._bring(self._roots, (), Tally(), self._stop, force=False, patient=True))

    def reconsider(self, paths: Sequence[bytes]) -> None:
        """Have files looked at again in the background, though nothing about them changed."""
        work = Work(files=list(paths))
        self._tasks.put(lambda: self._process(work, Tally(), self._stop, force=False, patient=True))

    def pause(self, *, paused: bool) -> None:
        """Hold the background work after the batch in hand, or let it go on."""
        if paused:
            self._running.clear()
            self._tell(replace(self.progress, activity=Activity.PAUSED))
        else:
            self._running.set()
            self._tell(replace(self.progress, activity=Activity.IDLE))

    @property
    def queue(self) -> int:
        """Files and tasks waiting."""
        return self._tasks.qsize() + max(0, self.progress.total - self.progress.done)

    @property
    def watches(self) -> int:
        """How many inotify watches are held."""
        return 0 if self._watcher is None else self._watcher.watches

    def stop(self) -> None:
        """Ask the background work to end after the batch in hand."""
        self._stop.set()
        self._running.set()

    def close(self) -> None:
        """Stop following, and wait until the background work has ended."""
        self.stop()
        if self._watcher is not None:
            self._watcher.close()
        if self._thread is not None:
            self._tasks.put(lambda: None)
            self._thread.join()

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if self._stop.is_set():
                return
            try:
                with self._busy():
                    task()
            except VexError as error:
                if self._stop.is_set():
                    return
                self._emit(Trouble(error.message, error.remedy))
            except Exception:  # noqa: BLE001 - the thread's edge: the mistake is ours, and following must go on
                _log.exception("The indexer failed on a task")
                self._emit(Trouble("Indexing was interrupted by a mistake in VexGUI.", "See the log for details."))

    def _take_up(self, root: bytes, *, scan: bool) -> None:
        """Watch a root, then scan it: what changes in between is seen twice, never missed."""
        watcher = self._watcher
        if watcher is None or root not in self._roots or not os.path.isdir(root):
            return
        watcher.add(root)
        if scan:
            self._bring([root], (), Tally(), self._stop, force=False, patient=True)

    def _follow(self, changes: Sequence[Change]) -> None:
        self._tasks.put(lambda: self._apply(changes))

    def _apply(self, changes: Sequence[Change]) -> None:
        """Do what changes ask for, in their order; neighbouring changes of single files go together."""
        files: list[bytes] = []
        for change in changes:
            if isinstance(change, FileChanged | FileGone):
                files.append(change.path)
                continue
            self._bring((), files, Tally(), self._stop, force=False, patient=True)
            files = []
            self._apply_folder(change)
        self._bring((), files, Tally(), self._stop, force=False, patient=True)

    def _apply_folder(self, change: FolderAppeared | FolderGone | Moved | Overflow) -> None:
        tally = Tally()
        if isinstance(change, Overflow):
            self._emit(Trouble("Too much changed at once to follow; everything is looked at again."))
            self._bring(self._roots, (), tally, self._stop, force=False, patient=True)
        elif isinstance(change, FolderAppeared):
            self._bring([change.path], (), tally, self._stop, force=False, patient=True)
        elif isinstance(change, FolderGone):
            # A root that vanishes was unplugged or moved as a whole; what is known of it stays until the user says so.
            if change.path not in self._roots:
                self._store.forget_folder(change.path)
                self._emit(IndexChanged(1))
        elif change.folder:
            self._store.rename(change.old, change.new, folder=True)
            self._bring([change.new], (), tally, self._stop, force=False, patient=True)
            self._emit(IndexChanged(1))
        else:
            self._store.rename(change.old, change.new, folder=False)
            self._bring((), [change.new], tally, self._stop, force=False, patient=True)
            self._emit(IndexChanged(1))

    # Both

    def _bring(
        self,
        folders: Sequence[bytes],
        files: Sequence[bytes],
        tally: Tally,
        stop: threading.Event,
        *,
        force: bool,
        patient: bool,
    ) -> None:
        work = Work()

        def looked(path: bytes) -> None:
            self._tell_sometimes(Progress(Activity.SCANNING, 0, len(work.files), path))

        for folder in folders:
            self._scanner.scan_folder(folder, work, tally, stop, looked, force=force)
        if folders and not force:
            self._add_lacking(folders, work, tally)
        self._scanner.look_at(files, work, tally, force=force)
        self._process(work, tally, stop, force=force, patient=patient)

    def _add_lacking(self, folders: Sequence[bytes], work: Work, tally: Tally) -> None:
        """Have unchanged files brought up to date that have no vectors in a newly chosen space."""
        planned = set(work.files).union(work.gone)
        lacking = [
            path
            for path in self._pipeline.lacking()
            if path not in planned and any(lies_in(path, folder) for folder in folders)
        ]
        work.files += lacking
        tally.count(Outcome.UNCHANGED, -len(lacking))

    def _process(self, work: Work, tally: Tally, stop: threading.Event, *, force: bool, patient: bool) -> None:
        tally.total = len(work.files)

        def between(path: bytes) -> None:
            self._tell_sometimes(tally.progress(path))
            if patient:
                self._running.wait()

        if work.files:
            between(work.files[0])
            self._pipeline.run(work.files, tally, stop, between, force=force)
        # Last, so that a file that was moved finds the vectors of its old path.
        if not stop.is_set():
            for folder in work.gone_folders:
                self._store.forget_folder(folder)
            if work.gone:
                self._store.forget(work.gone)
        if work.files or work.gone or work.gone_folders:
            self._tell(tally.progress(b""))
            self._emit(IndexChanged(len(work.files) + len(work.gone)))

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Tell that the indexer is idle when the last run has ended."""
        with self._active_lock:
            self._active += 1
        try:
            yield
        finally:
            with self._active_lock:
                self._active -= 1
                idle = not self._active
            if idle:
                self._tell(Progress(Activity.IDLE))

    def _tell_sometimes(self, progress: Progress) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_EVERY_S:
            self._told_s = now_s
            self._tell(progress)

    def _tell(self, progress: Progress) -> None:
        if not self._running.is_set():
            progress = replace(progress, activity=Activity.PAUSED)
        self.progress = progress
        self._emit(progress)
