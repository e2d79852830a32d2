"""How fast models were found to be on this computer, remembered from one measurement to the next."""

import contextlib
import importlib.metadata
import json
import math
import os
import platform
from collections.abc import Callable, Mapping

from vexgui.core.errors import WorldProblem
from vexgui.system.atomic import replace_file


def this_computer() -> str:
    """Return what a speed depends on besides the model: the processor, how many of it, and torch's version."""
    try:
        torch = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        torch = "none"
    return f"torch {torch}, {len(os.sched_getaffinity(0))} × {processor()}"


class Rates:
    """Pictures a second by model, in ``models/rates.json`` of the cache.

    Args:
        cache_dir: The profile's cache folder.
        computer: Tells what a speed depends on besides the model.
    """

    def __init__(self, cache_dir: bytes, computer: Callable[[], str] = this_computer) -> None:
        self._folder = os.path.join(cache_dir, b"models")
        self._path = os.path.join(self._folder, b"rates.json")
        self._computer = computer

    def known(self) -> Mapping[str, float]:
        """Return the speeds measured on this computer as it is now, by the models' names."""
        found = self._read().get(self._computer(), {})
        if not isinstance(found, dict):
            return {}
        return {
            str(name): float(rate)
            for name, rate in found.items()
            if isinstance(rate, int | float) and math.isfinite(rate) and rate > 0
        }

    def remember(self, name: str, pictures_per_s: float) -> None:
        """Keep a speed; where that cannot be written it is measured again another time."""
        kept = {**self._read(), self._computer(): {**self.known(), name: round(pictures_per_s, 2)}}
        with contextlib.suppress(WorldProblem, OSError):
            os.makedirs(self._folder, exist_ok=True)
            replace_file(self._path, json.dumps(kept, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, object]:
        try:
            with open(self._path, "rb") as file:
                kept = json.load(file)
        except (OSError, ValueError, RecursionError):  # not there yet, or damaged: it can be measured again
            return {}
        return kept if isinstance(kept, dict) else {}


def processor() -> str:
    """Return what the processor calls itself."""
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
