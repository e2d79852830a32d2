"""The menu that chooses the model pictures are found with."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.core.errors import VexError
from vexgui.core.reports import ModelInfo
from vexgui.engine.api import EngineApi
from vexgui.gui import dialogs
from vexgui.gui.operations import Lane, Operations

_NONE = "none"
_PICTURE = "picture"


class ModelMenu(QMenu):
    """Lists the picture models, asked for whenever the menu opens.

    Signals:
        changed: Another model is in use; a sentence that says so.
        failed: It could not be used or fetched; a `VexError`.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__("Picture model", window)
        self._operations = operations
        self._window = window
        self._engine: EngineApi | None = None
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.refresh)

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the models there are."""
        engine = self._engine
        if engine is not None:
            self._operations.start(Lane.ERRANDS, lambda _: engine.models(), self.show_models, self.failed.emit)

    def show_models(self, models: Sequence[ModelInfo]) -> None:
        """List models."""
        self.clear()
        pictures = [model for model in models if model.modality == _PICTURE]
        none = self.addAction("None: find pictures by their words", partial(self._use, _NONE))
        none.setCheckable(True)
        none.setChecked(not any(model.active for model in pictures))
        self.addSeparator()
        for model in pictures:
            text = model.name if model.installed else f"{model.name}, download…"
            action = self.addAction(text, partial(self._choose, model))
            action.setCheckable(True)
            action.setChecked(model.active)
            action.setToolTip(model.detail)

    def _choose(self, model: ModelInfo) -> None:
        if model.active:
            return
        if model.installed:
            self._use(model.name)
        else:
            dialogs.confirm_download(self._window, model, partial(self._download, model.name))

    def _use(self, name: str) -> None:
        engine = self._engine
        if engine is not None:
            self._operations.start(Lane.ERRANDS, lambda _: engine.use_model(name, b""), self._used, self._failed)

    def _download(self, name: str) -> None:
        engine = self._engine
        if engine is not None:
            self.changed.emit(f"Downloading {name}")
            self._operations.start(Lane.ERRANDS, lambda _: engine.download_model(name), self._used, self._failed)

    def _used(self, model: ModelInfo) -> None:
        if model.name == _NONE or model.modality != _PICTURE:
            self.changed.emit("Pictures are found by their words")
        else:
            self.changed.emit(f"Pictures are found with {model.name} as soon as they have been looked at")
        self.refresh()

    def _failed(self, error: VexError) -> None:
        self.changed.emit("")
        self.failed.emit(error)
        self.refresh()
