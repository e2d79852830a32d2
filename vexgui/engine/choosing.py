"""What a user asks about models: which there are, having one, and being rid of one."""

from collections.abc import Callable, Sequence
from threading import Event as Flag

from vexgui.core.errors import UsageProblem
from vexgui.core.events import Event, ModelProgress
from vexgui.core.reports import ModelInfo
from vexgui.core.settings import PictureModel
from vexgui.engine import catalogue
from vexgui.engine.catalogue import Standing
from vexgui.engine.desk import Desk
from vexgui.engine.models import Models, names_in
from vexgui.engine.standing import space_infos
from vexgui.engine.switching import Switch


class Choice:
    """Answers the calls of `EngineApi` about models.

    Args:
        models: The models in force.
        switch: Puts others in force.
        desk: Where settings and store are.
        cache: The profile's cache folder.
        emit: Is told how far a download is.
    """

    def __init__(self, models: Models, switch: Switch, desk: Desk, cache: bytes, emit: Callable[[Event], None]) -> None:
        self._models = models
        self._switch = switch
        self._desk = desk
        self._cache = cache
        self._emit = emit

    def infos(self) -> tuple[ModelInfo, ...]:
        """See `EngineApi.models`."""
        return catalogue.models(self._standing())

    def use(self, name: str, checkpoint: bytes) -> ModelInfo:
        """See `EngineApi.use_model`."""
        if name.casefold() == catalogue.NONE:
            return self.put_to_use(None)
        return self.put_to_use(catalogue.local(self._standing(), name, checkpoint))

    def download(self, name: str, stop: Flag) -> ModelInfo:
        """See `EngineApi.download_model`."""

        def told(done_bytes: int, total_bytes: int) -> None:
            self._emit(ModelProgress(name, done_bytes, total_bytes))

        return self.put_to_use(catalogue.fetched(self._cache, name, told, stop))

    def put_to_use(self, model: PictureModel | None) -> ModelInfo:
        """Choose a model that has been tried out, and tell of it."""
        self._switch.use(model)
        infos = self.infos()
        return next((info for info in infos if info.active and info.modality == "picture"), infos[0])

    def measure(self, names: Sequence[str], stop: Flag) -> tuple[ModelInfo, ...]:
        """See `EngineApi.measure_models`."""
        measured = catalogue.measure(self._standing(), names, stop)
        return tuple(info for info in self.infos() if info.name.removesuffix(f":{info.space}") in measured)

    def forget(self, name: str, stop: Flag) -> None:
        """See `EngineApi.forget_model`; what was downloaded of the model goes, too."""
        try:
            self._switch.forget(name, stop)
        except UsageProblem:
            if self._has_space(name) or not catalogue.discard(self._cache, name):
                raise
            return
        if not self._has_space(name):
            catalogue.discard(self._cache, name)

    def _has_space(self, name: str) -> bool:
        """Tell whether a model called so is in use, or has vectors."""
        kept = [found.space for found in self._desk.parts().store.spaces()]
        return any(name.casefold() in names_in(space) for space in (*self._models.embedder.spaces(), *kept))

    def _standing(self) -> Standing:
        settings, store = self._desk.settings(), self._desk.parts().store
        return Standing(
            cache=self._cache,
            spaces=space_infos(self._models.embedder, store),
            chosen=settings.picture_model,
            former=settings.former_models,
            pictures=store.catalog.count_pictures(),
            codec=settings.codec,
        )
