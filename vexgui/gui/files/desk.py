"""What the window asks of the engine and the desktop about single files: tags, stars, vectors, the trash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from vexgui.core.care import StripReport
from vexgui.core.errors import PathProblem, PermissionProblem, VexError, WorldProblem
from vexgui.core.labels import LabelReport, TagCount
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import Failure
from vexgui.engine.api import EngineApi
from vexgui.gui.files.errand import Errand
from vexgui.gui.files.menus import A_STAR
from vexgui.gui.files.shell import Shell
from vexgui.gui.files.trash import Trashed, TrashReport
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.wording import begun, number

Undo = Callable[[], object]
Paths = tuple[bytes, ...]
_R = TypeVar("_R")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the dialog about tags begins with.

    Attributes:
        paths: The files.
        common: Tags that all of them have.
        some: Tags that some of them have.
        known: Tags of all known files, the most used first.
    """

    paths: tuple[bytes, ...]
    common: tuple[str, ...]
    some: tuple[str, ...]
    known: tuple[str, ...]


class FilesDesk(QObject):
    """Carries wishes about files to engine and desktop, and tells what became of them in a sentence.

    Signals:
        told: A sentence about what has happened, and how to undo it or None.
        failed: A wish could not be carried out; a `VexError`.
        changed: Something about files is different now.
        began: Something is done to many files; an `Errand`.
    """

    told = Signal(str, object)
    failed = Signal(object)
    changed = Signal()
    began = Signal(object)

    def __init__(self, operations: Operations, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._shell = shell
        self._engine: EngineApi | None = None
        self._asking = 0

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def with_tags(self, paths: Sequence[bytes], found: Callable[[Tagging], None]) -> None:
        """Look up what tags files have, and which there are; what was looked up before is wanted no more."""
        engine, several = self._engine, tuple(paths)
        if engine is not None:
            self._operations.cancel(self._asking)
            self._asking = self._operations.start(
                Lane.ERRANDS, lambda _: _tagging(engine, several), found, self.failed.emit
            )

    def tag(self, paths: Sequence[bytes], add: Sequence[str], remove: Sequence[str]) -> None:
        """Give files tags and take others from them."""
        engine, several = self._engine, tuple(paths)
        if engine is None or not (add or remove):
            return

        def undo() -> None:
            self.tag(several, remove, add)

        self._with_engine(
            tr("Tagging files"),
            several,
            _sparing(lambda batch: engine.tag(batch, add=tuple(add), remove=tuple(remove)), _unlabelled),
            lambda reports: self._take_labels(
                reports, partial(_tagged_line, add, remove), undo if one(several) else None
            ),
        )

    @Slot(object, int)
    def rate(self, paths: Sequence[bytes], rating: int) -> None:
        """Rate files, 1 to 10; 0 takes their rating away."""
        engine = self._engine
        if engine is not None:
            self._with_engine(
                tr("Rating files"),
                paths,
                _sparing(lambda batch: engine.rate(batch, rating or None), _unlabelled),
                lambda reports: self._take_labels(reports, partial(_rated_line, rating), None),
            )

    def strip(self, paths: Sequence[bytes]) -> None:
        """Remove the vectors that lie on files."""
        engine = self._engine
        if engine is not None:
            self._with_engine(
                tr("Removing vectors"),
                paths,
                _sparing(engine.strip, lambda failure: StripReport(1, 0, (failure,))),
                self._take_stripped,
            )

    @Slot(object)
    def trash(self, paths: Sequence[bytes]) -> None:
        """Move files to the trash."""
        self._each(tr("Moving files to the trash"), tuple(paths), self._shell.trash, self._take_trashed)

    def _with_engine(
        self,
        title: str,
        paths: Sequence[bytes],
        call: Callable[[Paths], tuple[_R, ...]],
        done: Callable[[list[_R]], None],
    ) -> None:
        """Have the engine do something to files; what has been done when it fails is told all the same."""
        several = tuple(paths)

        def begin(batch: Paths, came: Callable[[tuple[_R, ...]], None]) -> None:
            def fail(error: VexError) -> None:
                errand.stop()
                errand.go_on()
                self.failed.emit(error)

            self._operations.start(Lane.ERRANDS, lambda _: call(batch), came, fail)

        errand = self._each(title, several, begin, lambda reports: done(list(chain.from_iterable(reports))))

    def _each(
        self,
        title: str,
        items: tuple[_T, ...],
        begin: Callable[[tuple[_T, ...], Callable[[_R], None]], None],
        done: Callable[[list[_R]], None],
    ) -> Errand:
        """Do something to items a batch at a time, and hand on what was told of the batches."""
        reports: list[_R] = []

        def came(report: _R) -> None:
            reports.append(report)
            errand.go_on()

        errand = Errand(title, len(items), lambda rows: begin(items[rows.start : rows.stop], came), self)
        errand.ended.connect(lambda: done(reports) if reports else None)
        if errand.is_long:
            self.began.emit(errand)
        errand.go_on()
        return errand

    def _take_labels(
        self, reports: list[LabelReport], line: Callable[[Sequence[bytes]], str], undo: Undo | None
    ) -> None:
        labelled = [file.path for report in reports for file in report.labelled]
        if labelled:
            self.changed.emit()
            self.told.emit(line(labelled), undo)
        self._tell_failures(
            _failures(reports), tr("{name} was not changed: {reason}"), tr("{count} files were not changed.")
        )

    def _take_stripped(self, reports: list[StripReport]) -> None:
        self.changed.emit()
        failed = _failures(reports)
        stripped = sum(report.stripped for report in reports)
        if stripped or not failed:
            self.told.emit(_stripped_line(reports, stripped), None)
        self._tell_failures(failed, tr("{name} keeps its vectors: {reason}"), tr("{count} files keep their vectors."))

    def _take_trashed(self, reports: list[TrashReport]) -> None:
        trashed = [file for report in reports for file in report.trashed]
        if trashed:
            self.changed.emit()
            self.told.emit(_trashed_line(trashed), lambda: self._bring_back(tuple(trashed)))
        self._tell_failures(
            _failures(reports), tr("{name} stays where it is: {reason}"), tr("{count} files stay where they are.")
        )

    def _bring_back(self, files: tuple[Trashed, ...]) -> None:
        def done(failed: list[tuple[Failure, ...]]) -> None:
            self.changed.emit()
            self._tell_failures(
                list(chain.from_iterable(failed)),
                tr("{name} stays in the trash: {reason}"),
                tr("{count} files stay in the trash."),
            )

        self._each(tr("Bringing files back from the trash"), files, self._shell.bring_back, done)

    def _tell_failures(self, failed: Sequence[Failure], of_one: str, of_many: str) -> None:
        """Tell of what did not work in one sentence, and of one of the reasons."""
        if not failed:
            return
        first = failed[0]
        if len(failed) == 1:
            self.failed.emit(WorldProblem(of_one.format(name=shown(name_of(first.path)), reason=_begun(first.reason))))
        else:
            named = tr("The first of them is {name}: {reason}")
            self.failed.emit(
                WorldProblem(
                    of_many.format(count=number(len(failed))),
                    named.format(name=shown(name_of(first.path)), reason=_begun(first.reason)),
                )
            )


def one(paths: Sequence[bytes]) -> bool:
    """Tell whether it is a single file."""
    return len(paths) == 1


def files_named(paths: Sequence[bytes]) -> str:
    """Return how to speak of some files: the name of one, the number of several."""
    if one(paths):
        return shown(name_of(paths[0]))
    return trn("{count} file", "{count} files", len(paths)).format(count=number(len(paths)))


def _tagging(engine: EngineApi, paths: Paths) -> Tagging:
    """Look up tags, of however many files at once.

    Raises:
        VexError: The engine is not there.
    """
    found = engine.tags(paths)
    common = tuple(count.tag for count in found if count.files == len(paths))
    some = tuple(count.tag for count in found if count.files < len(paths))
    return Tagging(paths, common, some, _by_use(engine.tags()))


def _sparing(call: Callable[[Paths], _R], refused: Callable[[Failure], _R]) -> Callable[[Paths], tuple[_R, ...]]:
    """Return a call that does what can be done, where the engine does nothing because one of the files is not there."""

    def act(batch: Paths) -> tuple[_R, ...]:
        try:
            return (call(batch),)
        except (PathProblem, PermissionProblem) as problem:
            if one(batch):
                return (refused(Failure(batch[0], problem.message)),)
            return tuple(chain.from_iterable(act((path,)) for path in batch))

    return act


def _by_use(counts: Sequence[TagCount]) -> tuple[str, ...]:
    return tuple(count.tag for count in sorted(counts, key=lambda count: (-count.files, count.tag)))


def _unlabelled(failure: Failure) -> LabelReport:
    return LabelReport(1, (), (failure,))


def _failures(reports: Sequence[LabelReport | StripReport | TrashReport]) -> list[Failure]:
    return [failure for report in reports for failure in report.failed]


def _tagged_line(add: Sequence[str], remove: Sequence[str], paths: Sequence[bytes]) -> str:
    named = files_named(paths)
    if add and not remove:
        return tr("{files}: tagged {tags}").format(files=named, tags=", ".join(add))
    if remove and not add:
        return tr("{files}: {tags} removed").format(files=named, tags=", ".join(remove))
    return tr("{files}: tags changed").format(files=named)


def _rated_line(rating: int, paths: Sequence[bytes]) -> str:
    named = files_named(paths)
    if not rating:
        return tr("{files}: no rating").format(files=named)
    return tr("{files}: {stars}").format(files=named, stars="★" * (rating // A_STAR))


def _stripped_line(reports: Sequence[StripReport], stripped: int) -> str:
    if not stripped:
        alone = sum(report.files for report in reports) == 1
        return tr("No vectors lay on the file") if alone else tr("No vectors lay on the files")
    named = trn("{count} file", "{count} files", stripped).format(count=number(stripped))
    if any(report.recording for report in reports):
        return tr("Vectors removed from {files}; they come back when it is indexed anew").format(files=named)
    return tr("Vectors removed from {files}").format(files=named)


def _trashed_line(files: Sequence[Trashed]) -> str:
    return tr("Moved to the trash: {files}").format(files=files_named([file.path for file in files]))


def _begun(reason: str) -> str:
    """Return a reason as it goes on a sentence, with its full stop."""
    reason = translated(reason.strip())
    return begun(reason) + ("" if reason.endswith(".") else ".")
