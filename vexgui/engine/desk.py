"""Where settings and store are: what those are given who answer a part of the engine's calls."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from vexgui.core.settings import Settings
from vexgui.engine.parts import Parts
from vexgui.store.record.keeper import RecordKeeper


@dataclass(frozen=True, slots=True)
class Desk:
    """The part of the engine that settings and store are reached by.

    Attributes:
        lock: Held while settings are changed.
        settings: Returns those in force.
        change: Saves others and puts them in force, but for the models they name.
        parts: Returns what hangs on the open store; raises `VexError` while there is none.
        open_parts: Returns the same, or None while there is none.
        keeper: Returns who reads and writes records by the settings in force.
        is_watching: Tells whether what happens in the folders is followed.
    """

    lock: AbstractContextManager[object]
    settings: Callable[[], Settings]
    change: Callable[[Settings], None]
    parts: Callable[[], Parts]
    open_parts: Callable[[], Parts | None]
    keeper: Callable[[], RecordKeeper]
    is_watching: Callable[[], bool]
