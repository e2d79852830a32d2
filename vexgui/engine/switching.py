"""Switching from one picture model to another while the engine goes on answering."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event as Flag

from vexgui.core.events import Event, ModelRetired
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.engine.desk import Desk
from vexgui.engine.models import Models, forgettable, picture_space_of
from vexgui.engine.parts import Parts
from vexgui.engine.retiring import leave_out


class Switch:
    """Chooses a picture model, lets those before go when it has taken over, and removes their vectors.

    Settings are saved before anything follows from them. What a crash cuts off is found again: files that lack vectors
    by the store, models that have served their time by the next look, a space half removed by its being there.

    Args:
        models: The models in force.
        desk: Where settings and store are.
        emit: Is told what happens.
    """

    def __init__(self, models: Models, desk: Desk, emit: Callable[[Event], None]) -> None:
        self._models = models
        self._desk = desk
        self._emit = emit
        self._judged = -1  # the epoch of the store at which models that still answer were looked at last

    def use(self, model: PictureModel | None) -> None:
        """Have pictures get vectors of a model from now on; the one before answers until all have."""
        with self._desk.lock:
            parts = self._desk.parts()
            self._judged = -1
            self._desk.change(self._models.choosing(self._desk.settings(), model, parts.store))
            self._models.put_in_force(self._desk.settings())
            # What was under way has been cut short by the change; the scan finds what is left of it.
            parts.indexer.rescan()

    def look_after(self) -> None:
        """See what has become of the chosen model, and let others retire; no state of the store is judged twice."""
        parts = self._desk.open_parts()
        if parts is None:
            return
        if self._models.is_outdated(self._desk.settings()):
            with self._desk.lock:
                self._models.put_in_force(self._desk.settings())
                parts.indexer.rescan()
        if not self._desk.settings().former_models:
            return
        epoch = parts.store.catalog.epoch()
        if epoch != self._judged:
            self.retire()
            self._judged = epoch

    def retire(self) -> None:
        """Have the models chosen before answer no more, once the chosen one has vectors of all files that they have."""
        parts, settings = self._desk.open_parts(), self._desk.settings()
        if parts is None or not settings.former_models:
            return
        successor = picture_space_of(self._models.embedder)
        if successor is None or not parts.store.covers(successor):
            return
        with self._desk.lock:
            if self._desk.settings().former_models != settings.former_models:  # another choice was made meanwhile
                return
            retired = self._models.former()
            self._desk.change(replace(self._desk.settings(), former_models=()))
            for space in retired:
                self._models.embedder.retire(space.id)
        for space in retired:
            self._emit(ModelRetired(space.model, successor.model))

    def forget(self, name: str, stop: Flag) -> None:
        """Remove the vectors of a model from files and store; to choose it meanwhile ends that.

        The store goes last: as long as it names the space, what is broken off can be seen, and done once more.

        Raises:
            UsageProblem: There are none, the model is in use, or others are called the same.
        """
        parts = self._desk.parts()
        kept = [found.space for found in parts.store.spaces()]
        space = forgettable(name, kept, self._models.embedder.spaces()).id
        with self._desk.lock:
            self._desk.change(self._models.without(self._desk.settings(), space))
            self._models.embedder.retire(space)
        try:
            self._forget(space, parts, stop)
        finally:
            self._emit(parts.indexer.progress)

    def _forget(self, space: SpaceId, parts: Parts, stop: Flag) -> None:
        def is_over() -> bool:
            return stop.is_set() or space in self._models.active()

        with parts.pipeline.forsaking(space):
            leave_out(space, parts.store, parts.pipeline, is_over, self._emit)
            with self._desk.lock:
                if not is_over():
                    parts.store.drop_space(space)
