"""Writing vectors to files that were indexed before that was allowed, while nothing else is to be done."""

import time
from collections.abc import Callable, Collection
from threading import Event as Flag

from vexgui.core.paths import lies_in
from vexgui.core.reports import RootState
from vexgui.core.vectors import SpaceId
from vexgui.engine import care
from vexgui.engine.parts import Parts
from vexgui.indexer.manners import Cause
from vexgui.store.rows import FileId
from vexgui.store.store import Store

_SECONDS = 5.0
_ELSEWHERE = (RootState.OFFLINE, RootState.NOT_RESPONDING)

_Debt = tuple[bytes, int]
"""A root with the number of what it is owed; see `Memory.owed`."""


class Inscribing:
    """Writes some more with every step.

    What is owed outlives the engine, how far it is does not: files that carry a record are passed over, so to begin
    anew costs a look at each.
    """

    def __init__(self) -> None:
        self._begun: tuple[Store, _Debt] | None = None
        self._last = FileId(0)

    def step(self, parts: Parts, active: Callable[[], Collection[SpaceId]], stop: Flag) -> bool:
        """Go on for some seconds, if the indexer has nothing to do; tell whether there is more to do.

        Args:
            parts: Have the store and who writes records; what is owed to drives that are away waits for them.
            active: Gives the spaces in force: in records they come before others.
            stop: Ends it early.
        """
        debt = _next(parts)
        if debt is None:
            return False
        if not parts.indexer.idle:
            rest = parts.manners.rest()
            return rest is not None and rest.cause is not Cause.WISH  # other rests end without a word
        if self._begun != (parts.store, debt):
            self._begun, self._last = (parts.store, debt), FileId(0)
        before = self._last
        is_through = self._write(debt, parts, active(), stop)
        if not _is_here(debt[0], parts):
            self._last = before  # files may have been out of sight
        elif is_through:
            parts.indexer.drives.memory.settle(*debt)
        return _next(parts) is not None

    def _write(self, debt: _Debt, parts: Parts, spaces: Collection[SpaceId], stop: Flag) -> bool:
        """Write records for some seconds, as long as they are owed; tell whether there was time for all."""
        root, number = debt
        end_s = time.monotonic() + _SECONDS
        for row in parts.store.catalog.all_files(self._last):
            if time.monotonic() > end_s or stop.is_set() or not parts.indexer.idle:
                return False
            self._last = row.id  # at once: one that fails is not tried again and again
            if lies_in(row.path, root):
                if parts.indexer.drives.memory.owed().get(root) != number:
                    return False
                with parts.pipeline.settling:
                    care.write_record(row, parts.store, parts.pipeline.keeper, spaces)
        return True


def _next(parts: Parts) -> _Debt | None:
    owed = parts.indexer.drives.memory.owed()
    return next((debt for debt in owed.items() if _is_here(debt[0], parts)), None)


def _is_here(root: bytes, parts: Parts) -> bool:
    return parts.indexer.stand(root).state not in _ELSEWHERE and not parts.indexer.drives.is_other(root)
