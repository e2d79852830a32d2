"""Keeping searches quick while there is nothing else to do: rates are measured, graphs are made."""

import threading

from vexgui.core.vectors import CodecName
from vexgui.engine.parts import Parts
from vexgui.engine.rating import Rating
from vexgui.store.store import Store

_SECONDS = 5.0


class Tending:
    """Does some of it with every step.

    Args:
        rating: Knows how quick scans are.
    """

    def __init__(self, rating: Rating) -> None:
        self._rating = rating
        self._lacking: CodecName | None = None

    def begin(self, store: Store, codec: CodecName) -> None:
        """Have a store that was opened go by what is known of scans in a codec."""
        rates = self._rating.known(codec)
        self._lacking = codec if rates is None else None
        if rates is not None:
            store.use_rates(rates)

    def step(self, parts: Parts, stop: threading.Event) -> bool:
        """Go on for some seconds, if the indexer has nothing to do; tell whether there is more to do."""
        if not parts.indexer.idle:
            return False
        if self._lacking is not None:
            rates = self._rating.measured(self._lacking)
            if rates is not None:
                self._lacking = None
                parts.store.use_rates(rates)
        return parts.store.tend_graphs(stop, _SECONDS) or self._lacking is not None
