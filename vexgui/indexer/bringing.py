"""Bringing folders and files into the store: scan, plan, pipeline, and forgetting what is gone."""

from collections.abc import Callable, Collection, Sequence

from vexgui.core.events import Activity, IndexChanged, Progress
from vexgui.core.paths import lies_in
from vexgui.indexer.forgetting import forget
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.restore import Batch, Restorer
from vexgui.indexer.rules import Rules
from vexgui.indexer.runs import Run
from vexgui.indexer.scan import Scanner, Work
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
        scanned: Called when a patient run has gone through folders: others give the vectors that are lacking there.
    """

    def __init__(
        self,
        store: Store,
        pipeline: Pipeline,
        rules: Rules,
        skip: Collection[bytes],
        teller: Teller,
        scanned: Callable[[], None],
    ) -> None:
        self._store = store
        self._pipeline = pipeline
        self._rules = rules
        self._skip = skip
        self._teller = teller
        self._scanned = scanned
        self._scanner = Scanner(store.catalog, rules, skip)

    def bring(self, folders: Sequence[bytes], files: Sequence[bytes], run: Run) -> None:
        """Bring folders and single files up to date.

        Raises:
            VexError: The store or a model failed.
        """
        work = Work()

        def looked(path: bytes) -> None:
            self._teller.tell_sometimes(Progress(Activity.SCANNING, 0, len(work.files), path))
            self._teller.hold(run)

        for folder in folders:
            self._scanner.scan_folder(folder, work, run.tally, run.stop, looked, force=run.force)
        if folders and run.patient:
            self._scanned()
        elif folders and not (run.force or run.sparing):
            self._add_lacking(folders, work, run.tally)
        self._scanner.look_at(files, work, run.tally, force=run.force)
        self.process(work, run)

    def process(self, work: Work, run: Run) -> None:
        """Do what was found to do; raises as `bring` does."""
        tally = run.tally
        tally.total = len(work.files)

        def between(path: bytes) -> None:
            self._teller.tell_sometimes(tally.progress(path))
            self._teller.hold(run)

        if work.files:
            between(work.files[0])
            self._pipeline.run(work.files, tally, run.stop, between, run.wanted, force=run.force, sparing=run.sparing)
            # Once more, for nothing else may look at them again: not everything is watched.
            if again := tally.take_postponed():
                self._pipeline.run(again, tally, run.stop, between, run.wanted, force=run.force, sparing=run.sparing)
            for path in tally.take_postponed():
                tally.count(Outcome.POSTPONED)
                tally.fail(path, "It changed while it was read.")
                tally.finish(1)
        # Last, so that a file that was moved finds the vectors of its old path.
        forget(work, self._store, self._pipeline.keeper, run.stop)
        if work.files or work.gone or work.gone_folders:
            self._teller.tell(tally.progress(b""))
            self._teller.emit(IndexChanged(len(work.files) + len(work.gone)))

    def restore(self, folders: Sequence[bytes], run: Run) -> int:
        """Take files into the store by their records; return how many."""
        restored = 0

        def settle(batch: Batch) -> None:
            nonlocal restored
            restored += self._pipeline.restore(batch, run.wanted)
            last = batch.files[-1].folder if batch.files else b""
            self._teller.tell(Progress(Activity.RESTORING, restored, 0, last, restored / run.tally.seconds))
            self._teller.emit(IndexChanged(len(batch.files)))
            self._teller.hold(run)

        self._pipeline.ensure_spaces()
        Restorer(self._store, self._pipeline.keeper, self._rules, self._skip).run(folders, run.stop, settle)
        return restored

    def _add_lacking(self, folders: Sequence[bytes], work: Work, tally: Tally) -> None:
        """Have unchanged files brought up to date that lack vectors in a space; see `Pipeline.lacking`."""
        planned = set(work.files).union(work.gone)
        lacking = [
            path
            for path in self._pipeline.lacking()
            if path not in planned and any(lies_in(path, folder) for folder in folders)
        ]
        work.files += lacking
        tally.count(Outcome.UNCHANGED, -len(lacking))
