"""Bringing folders and files into the store: scan, plan, pipeline, and forgetting what is gone."""

import time
from collections.abc import Callable, Collection, Sequence

from vexgui.core.events import Activity, IndexChanged, Progress
from vexgui.core.paths import lies_in
from vexgui.indexer.course import Course
from vexgui.indexer.drives import Drives
from vexgui.indexer.filling import Filling
from vexgui.indexer.forgetting import Forgetter
from vexgui.indexer.moves import follow
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.restore import Batch, Restorer
from vexgui.indexer.rules import Rules
from vexgui.indexer.runs import Run
from vexgui.indexer.scan import Outlook, Scanner, Work
from vexgui.indexer.tally import Outcome, Tally
from vexgui.indexer.telling import Teller
from vexgui.store.store import Store


class Bringer:
    """Makes the store true of folders and files, in the calling thread.

    Args:
        store: What is made true.
        pipeline: Brings single files into it.
        rules: What is indexed.
        skip: Folders never entered: VexGUI's own.
        teller: Is told how it goes.
        filling: Gives files the vectors they lack where a patient run has brought in their words.
        drives: Tells on which drive a folder lies.
        forgetter: Has the store forget what is gone.
    """

    def __init__(  # noqa: PLR0913 - what it reaches beyond itself is given to it
        self,
        store: Store,
        pipeline: Pipeline,
        rules: Rules,
        skip: Collection[bytes],
        teller: Teller,
        filling: Filling,
        drives: Drives,
        *,
        forgetter: Forgetter,
    ) -> None:
        self._store = store
        self._pipeline = pipeline
        self._rules = rules
        self._skip = skip
        self._teller = teller
        self._filling = filling
        self._drives = drives
        self._forgetter = forgetter
        self._scanner = Scanner(store.catalog, rules, skip, drives)

    def bring(self, folders: Sequence[bytes], files: Sequence[bytes], run: Run) -> dict[bytes, Outlook]:
        """Bring folders and single files up to date; return how far each folder could be looked at.

        Raises:
            VexError: The store or a model failed.
        """
        work = Work()
        began_s = time.monotonic()

        def looked(path: bytes) -> None:
            self._teller.tell_sometimes(Progress(Activity.SCANNING, 0, len(work.files), path, why=run.why))
            self._teller.hold(run, Activity.SCANNING)

        outlooks = {
            folder: self._scanner.scan_folder(folder, work, run.tally, run.stop, looked, force=run.force)
            for folder in folders
        }
        for moved in follow(work, self._store, self._drives.mounts.is_remote):
            self._scanner.scan_folder(moved, work, run.tally, run.stop, looked, force=run.force)
        run.tally.looking_s += time.monotonic() - began_s
        if folders and run.patient:
            self._filling.renew()
        self._scanner.look_at(files, work, run.tally, force=run.force)
        lacking = [] if run.patient or run.force or run.sparing else self._lacking(folders, work, run.tally)
        self.process(work, run, lacking)
        if run.stop.is_set():
            return dict.fromkeys(folders, Outlook.PARTIAL)
        roots = self._store.catalog.roots()
        for folder, outlook in outlooks.items():
            if outlook in (Outlook.WHOLE, Outlook.BROKEN) and folder in roots:
                self._drives.remember(folder)
        return outlooks

    def process(self, work: Work, run: Run, lacking: Sequence[bytes] = ()) -> None:
        """Do what was found to do; raises as `bring` does.

        Args:
            work: What was found.
            run: How it goes.
            lacking: Further files that are to get the vectors they lack.
        """
        found = self._read(work.files, run)
        # Last, so that a file that was moved finds the vectors of its old path.
        self._forgetter.forget(work, run.stop)
        if work.files or work.gone or work.gone_folders:
            self._teller.emit(IndexChanged(len(work.files) + len(work.gone)))
        if run.patient:
            self._filling.add(found)
        else:
            self._give([*found, *lacking], run)

    def _read(self, files: Sequence[bytes], run: Run) -> list[bytes]:
        """Bring files' words into the store; return those that lack vectors."""
        if not files:
            return []
        told = self._telling(run)
        self._teller.tell(Course(Activity.INDEXING, files, run.why).progress(files[0]))
        self._teller.hold(run, Activity.INDEXING)
        left = self._pipeline.read(files, run, told)
        if left.changed:  # once more, for nothing else may look at them again: not everything is watched
            again = self._pipeline.read(left.changed, run, told)
            left.lacking += again.lacking
            self._give_up(again.changed, run)
        return left.lacking

    def _give(self, files: Sequence[bytes], run: Run) -> None:
        """Give files the vectors they lack; those that changed since their words were read are read once more."""
        changed = self._given(files, run)
        self._give_up(self._given(self._read(changed, run), run), run)

    def _given(self, files: Sequence[bytes], run: Run) -> list[bytes]:
        """Give files the vectors they lack, and return those that changed since their words were read."""
        if not files or run.stop.is_set():
            return []
        course = Course(Activity.FILLING, files, run.why)
        changed = self._pipeline.give(files, run, course, self._telling(run)).changed
        self._teller.tell(course.progress())
        self._teller.emit(IndexChanged(len(files)))
        return changed

    def _give_up(self, changed: Sequence[bytes], run: Run) -> None:
        for path in changed:
            run.tally.end(path, Outcome.POSTPONED)
            run.tally.fail(path, "It changed while it was read.")

    def _telling(self, run: Run) -> Callable[[Progress], None]:
        """Return what tells of progress, and waits while there is a pause."""

        def told(progress: Progress) -> None:
            self._teller.tell_sometimes(progress)
            self._teller.hold(run, progress.activity)

        return told

    def restore(self, folders: Sequence[bytes], run: Run) -> int:
        """Take files into the store by their records; return how many."""
        restored = 0

        def settle(batch: Batch) -> None:
            nonlocal restored
            restored += self._pipeline.restore(batch, run.wanted)
            last = batch.files[-1].folder if batch.files else b""
            self._teller.tell(Progress(Activity.RESTORING, restored, 0, last, restored / run.tally.seconds))
            self._teller.emit(IndexChanged(len(batch.files)))
            self._teller.hold(run, Activity.RESTORING)

        self._pipeline.ensure_spaces()
        folders = [folder for folder in folders if not self._drives.mounts.is_remote(folder)]  # these carry no records
        Restorer(self._store, self._pipeline.keeper, self._rules, self._skip).run(folders, run.stop, settle)
        return restored

    def _lacking(self, folders: Sequence[bytes], work: Work, tally: Tally) -> list[bytes]:
        """Return the unchanged files beneath folders that lack vectors in a space; see `Pipeline.lacking`."""
        if not folders:
            return []
        planned = {*work.files, *work.gone}
        lacking = [
            path
            for path in self._pipeline.lacking()
            if path not in planned and any(lies_in(path, folder) for folder in folders)
        ]
        tally.count(Outcome.UNCHANGED, -len(lacking))
        for path in lacking:
            tally.end(path, Outcome.UNCHANGED)
        return lacking
