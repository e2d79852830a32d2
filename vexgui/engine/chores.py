"""What an open engine does now and then by itself; `Housekeeper` knows when."""

from collections.abc import Callable
from dataclasses import dataclass, field

from vexgui.engine.desk import Desk
from vexgui.engine.inscribing import Inscribing
from vexgui.engine.models import Models
from vexgui.engine.parts import Parts
from vexgui.engine.scrubbing import Scrubbing
from vexgui.engine.switching import Switch
from vexgui.engine.tending import Tending
from vexgui.engine.thrift import Thrift
from vexgui.engine.upkeep import Upkeep
from vexgui.extract.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Chores:
    """Each of its methods but for `all` does some of one chore, and tells whether there is more of it to do.

    Attributes:
        desk: Where settings and store are.
        models: Those in force, which unload.
        extractor: Unloads decoders.
        switch: Looks after models.
        upkeep: Keeps the store in its place.
        scrubbing: Checks the store.
        tending: Keeps searches quick.
        thrift: Gives memory back.
        inscribing: Writes records that are owed.
    """

    desk: Desk
    models: Models
    extractor: Extractor
    switch: Switch
    upkeep: Upkeep
    scrubbing: Scrubbing
    tending: Tending
    thrift: Thrift = field(default_factory=Thrift)
    inscribing: Inscribing = field(default_factory=Inscribing)

    def all(self, *, writable: bool) -> list[Callable[[], bool]]:
        """Return those for an engine that owns its profile, or for one that only reads."""
        owners = [self.look_after_models, self.inscribe, self.tend] if writable else []
        return [self.unload_idle, self.save_memory, self.scrub, *owners]

    def unload_idle(self) -> bool:
        """Unload models and decoders that nobody has used for a while."""
        idle_s = self.desk.settings().model_idle_s
        left = [self.models.embedder.unload_idle(idle_s), self.extractor.unload_idle(idle_s)]
        return any(left)

    def save_memory(self) -> bool:
        """Give back the memory that indexing took."""
        parts = self.desk.open_parts()
        if parts is not None:
            self.thrift.step(parts)
        return False

    def scrub(self) -> bool:
        """Check some more of the store while nothing else is to be done, and mend what is damaged."""
        parts = self.desk.open_parts()
        return parts is not None and self.desk.is_watching() and self.scrubbing.step(parts)

    def look_after_models(self) -> bool:
        """See what has become of the models."""
        self.switch.look_after()
        return False

    def inscribe(self) -> bool:
        """Write some more of the records that are owed, while the store stays in its place."""
        return self._in_place(lambda parts: self.inscribing.step(parts, self.models.active, self.upkeep.closed))

    def tend(self) -> bool:
        """Keep searches quick, while the store stays in its place."""
        return self._in_place(lambda parts: self.tending.step(parts, self.upkeep.closed))

    def _in_place(self, step: Callable[[Parts], bool]) -> bool:
        """Take a step while the store stays in its place, if somebody keeps it true; tell whether there is more."""
        if not self.desk.is_watching():
            return False
        with self.upkeep.perhaps_in_place() as is_mine:
            parts = self.desk.open_parts() if is_mine else None
            return parts is not None and step(parts)
