"""How fast models were found to be on this computer, remembered from one measurement to the next."""

import math
import os
from collections.abc import Callable, Mapping

from vexgui.models.machine import Measurements, processors


def this_computer() -> str:
    """Return what a speed depends on besides the model: the processor, how many of it, and torch's version."""
    import importlib.metadata  # takes longer than all else here, and is asked for seldom

    try:
        torch = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        torch = "none"
    return f"torch {torch}, {processors()}"


class Rates:
    """Pictures a second by model, in ``models/rates.json`` of the cache.

    Args:
        cache_dir: The profile's cache folder.
        computer: Tells what a speed depends on besides the model.
    """

    def __init__(self, cache_dir: bytes, computer: Callable[[], str] = this_computer) -> None:
        self._kept = Measurements(os.path.join(cache_dir, b"models", b"rates.json"))
        self._computer = computer

    def known(self) -> Mapping[str, float]:
        """Return the speeds measured lately on this computer as it is now, by the models' names."""
        here = self._name("")
        return {
            name.removeprefix(here): float(rate)
            for name, rate in self._kept.read().items()
            if name.startswith(here) and isinstance(rate, int | float) and math.isfinite(rate) and rate > 0
        }

    def remember(self, name: str, pictures_per_s: float) -> None:
        """Keep a speed; where that cannot be written it is measured again another time."""
        self._kept.add({self._name(name): round(pictures_per_s, 2)})

    def _name(self, model: str) -> str:
        return f"{self._computer()}: {model}"
