"""The indexer: scans when asked, and, once started, follows changes in a thread of its own, and embeds in another."""

import logging
import random
import select
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from vexgui.core.errors import StoreDamaged, VexError
from vexgui.core.events import Event, IndexChanged, Progress, Trouble
from vexgui.core.paths import beneath, lies_in
from vexgui.core.reports import IndexReport, RebuildReport
from vexgui.core.told import told
from vexgui.indexer.applying import Applier
from vexgui.indexer.bringing import Bringer
from vexgui.indexer.coalesce import Change, Overflow
from vexgui.indexer.drives import Drives, Skipped
from vexgui.indexer.filling import Filling
from vexgui.indexer.forgetting import Forgetter, count, left_out
from vexgui.indexer.manners import Manners
from vexgui.indexer.memory import set_out
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.remote_walk import why_not_remotely
from vexgui.indexer.roots import Roots
from vexgui.indexer.rules import Rules
from vexgui.indexer.runs import Run, Runs, Withdrawals
from vexgui.indexer.scan import Work
from vexgui.indexer.scans import Scans
from vexgui.indexer.standing import Stand, Standing
from vexgui.indexer.tally import Tally
from vexgui.indexer.tasks import Task, Tasks
from vexgui.indexer.telling import Teller
from vexgui.indexer.turns import Turns
from vexgui.indexer.watch import Watcher
from vexgui.indexer.why_not import why_not
from vexgui.store.store import Store
from vexgui.system.clock import Clock
from vexgui.system.priority import read_last
from vexgui.system.thumbnails import ThumbnailCache

_log = logging.getLogger(__name__)


class Indexer:
    """Keeps the store true to the disk.

    Args:
        store: What is kept true.
        pipeline: Brings single files into it.
        rules: What is indexed.
        skip: Folders never entered: VexGUI's own.
        emit: Is told progress, changes and trouble, from any thread.
        manners: Knows when the work in the background rests; None where nothing but a pause stops it.
        drives: Tells on which drive a folder lies; None where nothing is known of that.
        thumbnails: The desktop's, from which those of forgotten files go; None where there are none.
        on_battery: Tells whether the computer runs on its battery: folders are scanned rarely then.
        settle_s: A file that changes is looked at when nothing has happened for so long.
        again_s: When background work failed (a full disk, a model process that died), all is scanned again after so
            long: what it was about is known to nobody else.

    Attributes:
        drives: As given.
    """

    def __init__(  # noqa: PLR0913 - what it reaches beyond itself is given to it
        self,
        store: Store,
        pipeline: Pipeline,
        rules: Rules,
        skip: Collection[bytes],
        emit: Callable[[Event], None],
        *,
        manners: Manners | None = None,
        drives: Drives | None = None,
        thumbnails: ThumbnailCache | None = None,
        on_battery: Callable[[], bool] = lambda: False,
        settle_s: float = 2.0,
        again_s: float = 300.0,
    ) -> None:
        self._store = store
        self._pipeline = pipeline
        self._rules = rules
        self.drives = drives or Drives()
        self._own = tuple(skip)
        mounts = self.drives.mounts
        self._skip = Skipped(skip, mounts, lambda: store.roots)
        self._settle_s = settle_s
        self._again_s = again_s
        self._teller = Teller(emit, manners or Manners())
        self._stop = threading.Event()
        self._clock = Clock()
        self._tasks = Tasks((mounts, select.POLLPRI), (self._clock, select.POLLIN))
        self._thread: threading.Thread | None = None
        self._watcher: Watcher | None = None
        self._standing = Standing()
        self._roots = Roots(self.drives, self._standing, on_battery, random.random)
        self._filling = Filling(pipeline)
        self._forgetter = Forgetter(store, lambda: pipeline.keeper, thumbnails)
        self._bringer = Bringer(
            store, pipeline, rules, self._skip, self._teller, self._filling, self.drives, forgetter=self._forgetter
        )
        self._scans = Scans(
            self._roots, self._standing, self.drives, self._bringer, self._tasks, self._clock, self._background
        )
        self._applier = Applier(
            store, self._bringer, self._forgetter, self._teller, self._roots, self._scans.scan_due, self.drives
        )
        self._runs = Runs(self._ended)
        self._turns = Turns(
            self._filling,
            self._teller,
            self._runs,
            lambda: bool(self._tasks),
            self._begin_filling,
            # What lacks vectors is known from the store.
            lambda turn: self._attempt(partial(self._do, turn), doubtful=False),
        )
        self._withdrawals = Withdrawals()
        self._doubtful: set[bytes] = set()
        self._doubting = threading.Lock()
        self._judged: tuple[bytes, ...] = ()  # the roots when the rules were changed last

    # Asked for

    def index(
        self, folders: Sequence[bytes], files: Sequence[bytes], stop: threading.Event, *, force: bool
    ) -> IndexReport:
        """Bring folders and single files up to date, in the calling thread.

        Raises:
            VexError: The store or a model failed.
        """
        set_out(self.drives.memory, self._store)
        run = self._run(stop, force=force)
        with self._runs.under_way(stop):
            self._scans.scan(folders, files, run)
        return run.tally.report()

    def rebuild(self, folders: Sequence[bytes], files: Sequence[bytes], stop: threading.Event) -> RebuildReport:
        """Fill a store that is made anew, in the calling thread: by the records on files, then by the files.

        Raises:
            VexError: The store or a model failed.
        """
        set_out(self.drives.memory, self._store)
        run = replace(self._run(stop), sparing=True)
        with self._runs.under_way(stop):
            restored = self._bringer.restore(folders, run)
            restoring_s = run.tally.seconds
            self._bringer.bring(folders, files, run)
            if not stop.is_set():
                self._store.set_rebuilding(rebuilding=False)
        return run.tally.rebuilt(restored, restoring_s)

    # In the background

    def start(self, roots: Sequence[bytes]) -> None:
        """Bring roots up to date, then follow changes, until `close`.

        Raises:
            WorldProblem: inotify cannot be had.
        """
        if self._thread is not None:
            return
        set_out(self.drives.memory, self._store)
        self._watcher = Watcher(
            self._rules,
            self._follow,
            self._teller.emit,
            skip=self._skip,
            hidden=self.drives.mounts.is_remote,
            settle_s=self._settle_s,
        )
        self._scans.watcher = self._watcher
        self._thread = threading.Thread(target=self._work, name="vexgui-indexer", daemon=True)
        is_rebuilding = self._store.rebuilding
        if is_rebuilding:
            self._tasks.put(partial(self._restore_again, tuple(roots)))
        self.set_roots(roots)
        if is_rebuilding:
            self._tasks.put(partial(self._store.set_rebuilding, rebuilding=False))
        self._thread.start()
        self._turns.start()

    def set_roots(self, roots: Sequence[bytes], *, scan: bool = True) -> None:
        """Follow these roots from now on; new ones are brought up to date, unless the caller does that."""
        self.drives.memory.keep(roots)
        if self._watcher is None:
            return
        new = self._roots.keep(roots, self._watcher)
        if scan:
            self._roots.hasten(new, told("new folders"))
            self._tasks.put(self._scans.scan_due)
        else:
            for root in new:
                self._roots.take_up(root, self._watcher)

    def rescan(self) -> None:
        """Have all roots compared with the catalog in the background."""
        if self._thread is not None:
            self._tasks.put(self._scan_all)

    def stand(self, root: bytes) -> Stand:
        """Tell how a root is kept, and up to when all changes in it are certain to be in the store."""
        return self._standing.of(root, self._watcher)

    def reconsider(self, paths: Sequence[bytes]) -> None:
        """Have known files looked at again in the background, though nothing about them changed."""
        with self._doubting:
            is_asked = bool(self._doubtful)
            self._doubtful.update(paths)
        if not is_asked:
            self._tasks.put(self._look_at_doubtful)

    def withdraw(self, folder: bytes) -> None:
        """Have what is under way bring nothing of a folder, but for roots in it, into the store from now on."""
        with self._pipeline.settling:
            self._withdrawals.add(folder, beneath(folder, self._store.roots))

    def exclude(self, patterns: Sequence[str], roots: Sequence[bytes]) -> int:
        """Have other patterns of the user hold, and forget what they leave out; return how many files that were.

        What they take in again comes with the next look, which begins at once in the background if there is one.
        """
        with self._pipeline.settling:
            self._rules.change(patterns)
            self._judged = tuple(roots)
        before, _ = self._store.catalog.count_files()
        self._forgetter.forget(self._left_out(self._rules, roots), self._stop)
        after, _ = self._store.catalog.count_files()
        if self._thread is not None:
            self._tasks.put(self._judge_anew)
        self._teller.emit(IndexChanged(before - after))
        return before - after

    def would_forget(self, patterns: Sequence[str], roots: Sequence[bytes]) -> int:
        """Return how many files `exclude` would forget."""
        return count(self._left_out(self._rules.with_others(patterns), roots), self._store.catalog)

    def _left_out(self, rules: Rules, roots: Sequence[bytes]) -> Work:
        near = [root for root in roots if not self._pipeline.keeper.out_of_reach(root)]
        return left_out(self._store.catalog, rules, near)  # the others at their next scan

    def why_not(self, path: bytes, roots: Sequence[bytes], *, folder: bool) -> str:
        """Return why a path is not indexed, a sentence; "" where nothing is against it."""
        remote = self.drives.remote
        ask = partial(why_not_remotely, remote) if remote.is_remote(remote.led(path)) else why_not
        return ask(path, roots, self._rules, self._own, folder=folder)

    def pause(self, until_s: float) -> None:
        """Hold the background work until a time, seconds since the epoch; infinity for until it is resumed."""
        self._teller.pause(until_s)

    def resume(self) -> None:
        """Let the background work go on, also where it rested for another reason than a pause."""
        self._teller.resume()

    @property
    def progress(self) -> Progress:
        """Where it stands."""
        return self._teller.progress

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do, and no pause."""
        is_busy = self._runs.any or self._filling.pending
        return not self._tasks and not is_busy and not self._teller.paused

    @property
    def queue(self) -> int:
        """Files and tasks waiting."""
        progress = self.progress
        return len(self._tasks) + max(progress.total - progress.done, int(self._filling.pending))

    @property
    def watches(self) -> int:
        """How many inotify watches are held."""
        return 0 if self._watcher is None else self._watcher.watches

    @property
    def watch_note(self) -> str:
        """Why not all folders are watched, and the remedy; "" when they are, or nobody watches."""
        return "" if self._watcher is None else self._watcher.note

    def stop(self) -> None:
        """Ask all work to end after the batch in hand."""
        self._stop.set()
        self._turns.stop()
        self._teller.release()
        self._runs.stop()

    def close(self) -> None:
        """Stop following, and wait until all work has ended."""
        self.stop()
        if self._watcher is not None:
            self._watcher.close()
        if self._thread is not None:
            self._tasks.put(lambda: None)
            self._thread.join()
        self._turns.wait()
        self._runs.wait()
        self.drives.memory.end()
        self._tasks.close()
        self._clock.close()

    def _ended(self, others: int) -> None:
        self._turns.ended(others)

    def _begin_filling(self) -> Run:
        run = self._background()
        return replace(run, wanted=lambda path: run.wanted(path) and not self._is_given_up(path))

    def _is_given_up(self, path: bytes) -> bool:
        return self._withdrawals.includes(path) and not any(lies_in(path, root) for root in self._roots.kept)

    def _work(self) -> None:
        read_last()
        while not self._stop.is_set():
            task = self._tasks.next(self._scans.next_s())
            if not self._stop.is_set():
                self._attempt(self._scans.look_around if task is None else partial(self._do, task), doubtful=True)

    def _do(self, task: Task) -> None:
        with self._runs.under_way(self._stop):
            task()

    def _attempt(self, deed: Task, *, doubtful: bool) -> None:
        """Do something in the background; if it fails, have all scanned later, and the roots in doubt until then."""
        try:
            deed()
        except VexError as error:
            if self._stop.is_set():
                return
            if not isinstance(error, StoreDamaged):  # which no second attempt mends
                self._try_again(doubtful=doubtful)
            self._teller.trouble(error)
        except Exception:  # noqa: BLE001 - a thread's edge: the mistake is ours, and following must go on
            self._try_again(doubtful=doubtful)
            _log.exception("The indexer failed on a task")
            self._teller.emit(Trouble("Indexing was interrupted by a mistake in VexGUI.", "See the log for details."))

    def _try_again(self, *, doubtful: bool) -> None:
        self._roots.hasten(None, told("something failed"), time.monotonic() + self._again_s, doubtful=doubtful)
        self._tasks.wake()

    def _scan_all(self) -> None:
        self._roots.hasten(None, told("asked for"))
        self._filling.renew()  # of files in no root, too
        self._scans.scan_due()

    def _judge_anew(self) -> None:
        """Watch what the rules allow now, and no more, then scan."""
        for root in self._roots.kept:
            if self._watcher is not None and not self.drives.mounts.is_remote(root):
                self._watcher.remove(root)
                self._watcher.add(root)
        self._scan_all()

    def _restore_again(self, roots: Sequence[bytes]) -> None:
        """Go on with a rebuild that was broken off; the scans that follow do the rest of it."""
        run = self._background()
        self._bringer.restore([root for root in roots if root in self._roots.kept], run)

    def _look_at_doubtful(self) -> None:
        run = self._background()
        with self._doubting:
            paths, self._doubtful = self._doubtful, set()
        # A root may have been removed since they were found.
        known = [path for path in sorted(paths) if self._store.catalog.file(path) is not None]
        self._bringer.process(Work(files=known), run)

    def _follow(self, changes: Sequence[Change]) -> None:
        if self._watcher is not None and (news := self._applier.news(changes)):
            if Overflow() in news:
                self._standing.doubt()
            number = self._standing.noticed(self._watcher.pending_since_ns(b"/"))
            self._tasks.put(partial(self._apply, news, number))

    def _apply(self, changes: Sequence[Change], number: int) -> None:
        with self._standing.applying(number):
            self._applier.apply(changes, self._background())

    # Both

    def _background(self) -> Run:
        return self._run(self._stop, patient=True)

    def _run(self, stop: threading.Event, *, force: bool = False, patient: bool = False) -> Run:
        """Begin a run, before it is known which roots it is about: see `withdraw`."""
        wanted, changes = self._withdrawals.wanted(), self._rules.changes

        def is_wanted(path: bytes) -> bool:
            is_judged_anew = self._rules.changes != changes
            return wanted(path) and not (is_judged_anew and self._rules.forbids(path, self._judged))

        return Run(stop, Tally(), is_wanted, force, patient)
