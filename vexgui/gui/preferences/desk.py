"""What the window asks about models: which there are, and that one be used, fetched, forgotten or measured."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from threading import Event as Flag

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vexgui.core.errors import VexError
from vexgui.core.events import ModelProgress, ModelRetired
from vexgui.core.reports import ModelInfo, SpaceInfo, Status
from vexgui.engine.api import EngineApi
from vexgui.gui.inquiry import Inquiry
from vexgui.gui.language import tr
from vexgui.gui.operations import Lane, Operations

NONE = "none"
"""The name that stands for no picture model."""
_PICTURE = "picture"
_PATIENCE_MS = 10_000


class Deed(Enum):
    """What can be done with a model."""

    USE = "use"
    DOWNLOAD = "download"
    MEASURE = "measure"
    FORGET = "forget"

    @property
    def offer(self) -> str:
        """What stands on the button for it."""
        return {
            Deed.USE: tr("Use"),
            Deed.DOWNLOAD: tr("Download…"),
            Deed.MEASURE: tr("Measure"),
            Deed.FORGET: tr("Remove…"),
        }[self]

    @property
    def course(self) -> str:
        """What is told while it is being done."""
        return {
            Deed.USE: tr("Trying it out…"),
            Deed.DOWNLOAD: tr("Connecting…"),
            Deed.MEASURE: tr("Measuring…"),
            Deed.FORGET: tr("Removing…"),
        }[self]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the models.

    Attributes:
        models: As the engine lists them.
        spaces: How far each space is filled.
        note: Why pictures are not searched by what they show though a model is chosen, or "".
    """

    models: tuple[ModelInfo, ...] = ()
    spaces: tuple[SpaceInfo, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    deed: Deed
    number: int


class ModelDesk(QObject):
    """Carries wishes about models to the engine, off the window's thread, one at a time for each model.

    Signals:
        changed: What is known of the models, or what is being done with one, is something else now.
        told: A sentence about what has happened.
        failed: A wish could not be carried out; a `VexError`.
        fetching: How far a download is, a `ModelProgress`; None when nothing was heard of one for a while.
    """

    changed = Signal()
    told = Signal(str)
    failed = Signal(object)
    fetching = Signal(object)

    def __init__(
        self, operations: Operations, parent: QObject | None = None, *, patience_ms: int = _PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        # Nobody tells when a download ends that another process asked for.
        self._silence = QTimer(self, singleShot=True, interval=patience_ms)
        self._silence.timeout.connect(lambda: self.fetching.emit(None))
        self._operations = operations
        self._engine: EngineApi | None = None
        self._known = Known()
        self._tasks: dict[str, _Task] = {}
        self._progress: dict[str, ModelProgress] = {}
        self._failures: dict[str, VexError] = {}
        self._asking: Inquiry[tuple[tuple[ModelInfo, ...], Status]] = Inquiry(
            operations, Lane.ERRANDS, self._take_known, self.failed.emit
        )

    @property
    def known(self) -> Known:
        """What the engine said last."""
        return self._known

    def deed(self, name: str) -> Deed | None:
        """Return what is being done with a model."""
        task = self._tasks.get(name)
        return task.deed if task else None

    def progress(self, name: str) -> ModelProgress | None:
        """Return how far the download of a model is."""
        return self._progress.get(name)

    def failure(self, name: str) -> VexError | None:
        """Return why the last wish about a model could not be carried out."""
        return self._failures.get(name)

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    @Slot()
    def refresh(self) -> None:
        """Ask for the models and how far their spaces are filled."""
        engine = self._engine
        if engine is not None:
            self._asking.ask(lambda: (engine.models(), engine.status()))

    def use(self, name: str) -> None:
        """Choose a model."""
        self._start(name, Deed.USE, lambda engine, _: engine.use_model(name, b""), self._tell_chosen)

    def use_folder(self, folder: bytes) -> None:
        """Choose the model that lies in a folder."""
        self._start("", Deed.USE, lambda engine, _: engine.use_model("", folder), self._tell_chosen)

    def download(self, name: str) -> None:
        """Fetch the weights of a model, and choose it."""
        self._start(name, Deed.DOWNLOAD, lambda engine, stop: engine.download_model(name, stop=stop), self._tell_chosen)

    def forget(self, name: str) -> None:
        """Have a model's vectors, and what was downloaded of it, removed."""
        self._start(
            name,
            Deed.FORGET,
            lambda engine, stop: engine.forget_model(name, stop=stop),
            lambda _: self.told.emit(tr("{model} is removed").format(model=name)),
        )

    def measure(self, name: str) -> None:
        """Measure how fast a model is here."""
        self._start(name, Deed.MEASURE, lambda engine, stop: engine.measure_models((name,), stop=stop), lambda _: None)

    def cancel(self, name: str) -> None:
        """Give up what is being done with a model; what was fetched is kept for the next time."""
        task = self._tasks.get(name)
        if task is not None:
            self._operations.cancel(task.number)
            if task.deed is Deed.DOWNLOAD:
                self.told.emit(
                    tr("The download of {model} is held; it goes on from there the next time").format(model=name)
                )
            self._end(name)

    @Slot(object)
    def hear(self, event: ModelProgress | ModelRetired) -> None:
        """Take what the engine tells of models, those too that somebody else fetches."""
        if isinstance(event, ModelRetired):
            self.told.emit(tr("All pictures have been looked at with {model}").format(model=event.successor))
            self.refresh()
            return
        self.fetching.emit(event)
        self._silence.start()
        if self.deed(event.name) is Deed.DOWNLOAD:
            self._progress[event.name] = event
            self.changed.emit()

    def _start(
        self,
        name: str,
        deed: Deed,
        call: Callable[[EngineApi, Flag], object],
        done: Callable[[object], None],
    ) -> None:
        engine = self._engine
        if engine is None or name in self._tasks:
            return

        def succeeded(answer: object) -> None:
            done(answer)
            self._end(name)

        def failed(error: VexError) -> None:
            self._failures[name] = error
            self.failed.emit(error)
            self._end(name)

        self._failures.pop(name, None)
        number = self._operations.start(Lane.MODELS, lambda stop: call(engine, stop), succeeded, failed)
        self._tasks[name] = _Task(deed, number)
        self.changed.emit()

    def _end(self, name: str) -> None:
        task = self._tasks.pop(name)
        self._progress.pop(name, None)
        if task.deed is Deed.DOWNLOAD:
            self.fetching.emit(None)
        self.changed.emit()
        self.refresh()

    def _tell_chosen(self, model: object) -> None:
        if isinstance(model, ModelInfo) and is_picture_model(model):
            told = tr("Pictures are found with {model} as soon as they have been looked at")
            self.told.emit(told.format(model=model.name))
        else:
            self.told.emit(tr("Pictures are found by their words"))

    def _take_known(self, answer: tuple[tuple[ModelInfo, ...], Status]) -> None:
        models, status = answer
        self._known = Known(models, status.spaces, status.model_note)
        self.changed.emit()


def is_picture_model(model: ModelInfo) -> bool:
    """Tell whether a model finds pictures by what they show."""
    return model.modality == _PICTURE and model.name != NONE
