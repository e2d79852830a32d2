"""How quick scans are on this computer: measured once, when there is nothing else to do, and remembered."""

import os
from collections.abc import Callable

from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.models.machine import Measurements, processors
from vexgui.store.planning.rates import Rates, measured


def is_quiet() -> bool:
    """Tell whether few enough programs are at work here for a measurement to be believed."""
    return os.getloadavg()[0] < len(os.sched_getaffinity(0)) / 2


class Rating:
    """Rates by codec, in ``scan-rates.json`` of the cache.

    Args:
        cache_dir: The profile's cache folder.
        computer: Tells what the rates depend on besides the codec.
        quiet: Tells whether this is a time to measure.
    """

    def __init__(
        self,
        cache_dir: bytes,
        computer: Callable[[], str] = processors,
        quiet: Callable[[], bool] = is_quiet,
    ) -> None:
        self._kept = Measurements(joined(cache_dir, b"scan-rates.json"))
        self._computer = computer
        self._quiet = quiet

    def known(self, codec: CodecName) -> Rates | None:
        """Return what was measured lately on this computer as it is now, None for nothing."""
        found = self._kept.read().get(self._name(codec))
        return Rates.of_numbers(found) if isinstance(found, dict) else None

    def measured(self, codec: CodecName) -> Rates | None:
        """Measure and remember, if this is a time for it; it takes some 100 ms."""
        if not self._quiet():
            return None
        rates = measured(codec)
        self._kept.add({self._name(codec): rates.numbers()})
        return rates

    def _name(self, codec: CodecName) -> str:
        return f"{self._computer()}: {codec}"
