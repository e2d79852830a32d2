"""Checking the store piece by piece while nothing else is to be done."""

import logging
from collections.abc import Callable

from vexgui.core.events import Event, Trouble
from vexgui.engine import care
from vexgui.engine.parts import Parts

_log = logging.getLogger(__name__)
_SLOTS = 16_384


class Scrubbing:
    """Checks some more of a store with every step, and mends what is damaged.

    Args:
        emit: Is told of damage that cannot be mended.

    Attributes:
        damage: What was found damaged and could not be mended, a sentence each.
    """

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self._given_up: frozenset[bytes] = frozenset()
        self.damage: tuple[str, ...] = ()

    def begin(self) -> None:
        """Begin with another store."""
        self._given_up, self.damage = frozenset(), ()

    def step(self, parts: Parts) -> None:
        """Check some more, if the indexer has nothing to do."""
        if not parts.indexer.idle:
            return
        damaged = parts.store.scrub(_SLOTS)
        if set(damaged) <= self._given_up:
            return
        _log.warning("%d files with damaged vectors", len(damaged))
        care.mend(damaged, parts.store, parts.indexer)
        check = parts.store.check()
        self._given_up, self.damage = frozenset(check.damaged), check.problems
        for problem in check.problems:
            self._emit(Trouble(problem, "Try to mend it with: vexgui verify --repair."))
