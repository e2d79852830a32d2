"""Checking the store piece by piece while nothing else is to be done."""

import logging
import time
from collections.abc import Callable, Sequence

from vexgui.core.events import Event, Trouble
from vexgui.engine import care
from vexgui.engine.parts import Parts

_log = logging.getLogger(__name__)
_SLOTS = 16_384


class Scrubbing:
    """Checks some more of a store with every step, and mends what is damaged.

    Args:
        emit: Is told of damage that cannot be mended.
        quiet_s: So long after all was checked it begins again.

    Attributes:
        damage: What was found damaged and could not be mended, a sentence each.
    """

    def __init__(self, emit: Callable[[Event], None], quiet_s: float) -> None:
        self._emit = emit
        self._quiet_s = quiet_s
        self._due_s = 0.0  # when the next round begins
        self._given_up: frozenset[bytes] = frozenset()
        self.damage: tuple[str, ...] = ()

    def begin(self) -> None:
        """Begin with another store."""
        self._given_up, self.damage = frozenset(), ()
        self._due_s = 0.0

    def step(self, parts: Parts) -> bool:
        """Check some more, if the indexer has nothing to do and it is time; tell whether there is more to check."""
        if not parts.indexer.idle or time.monotonic() < self._due_s:
            return False
        damaged = parts.store.scrub(_SLOTS)
        if not parts.store.is_being_scrubbed:
            self._due_s = time.monotonic() + self._quiet_s
        if not set(damaged) <= self._given_up:
            self._mend(damaged, parts)
        return parts.store.is_being_scrubbed

    def _mend(self, damaged: Sequence[bytes], parts: Parts) -> None:
        _log.warning("%d files with damaged vectors", len(damaged))
        care.mend(damaged, parts.store, parts.indexer)
        check = parts.store.check()
        self._given_up, self.damage = frozenset(check.damaged), check.problems
        for problem in check.problems:
            self._emit(Trouble(problem, "Try to mend it with: vexgui verify --repair."))
