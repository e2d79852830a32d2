"""Giving memory back when what needed it has ended."""

from vexgui.core.events import Activity, Event, IndexChanged, Progress
from vexgui.engine.parts import Parts
from vexgui.system.memory import give_back


class Thrift:
    """Gives back what indexing has taken, and looking at all files, once nothing is left to be indexed.

    Some fifty megabytes then lie in pages of the catalog that nobody will ask for, and in the gaps between what stays.
    """

    def __init__(self) -> None:
        self._has_grown = False

    def hear(self, event: Event) -> None:
        """Take note of what is indexed, and of scans."""
        is_scan = isinstance(event, Progress) and event.activity is Activity.SCANNING
        self._has_grown |= is_scan or isinstance(event, IndexChanged)

    def step(self, parts: Parts) -> None:
        """Give back what there is to give, if the indexer has nothing to do."""
        if self._has_grown and parts.indexer.idle:
            self._has_grown = False
            parts.store.catalog.save_memory()
            give_back()
