"""Whether this computer runs on its battery, as the kernel's power supplies tell: UPower asks nothing else."""

import contextlib
import os

_SUPPLIES = "/sys/class/power_supply"
_STORES = {"Battery", "UPS"}


def on_battery(supplies: str = _SUPPLIES) -> bool:
    """Tell whether a battery is being drained and nothing feeds the computer; not where that cannot be told.

    Batteries of mice, headsets and the like do not count. See Documentation/ABI/testing/sysfs-class-power in the
    kernel's sources.

    Args:
        supplies: Folder that has a folder for each supply.
    """
    stores: list[str] = []
    with contextlib.suppress(OSError):
        for name in os.listdir(supplies):
            supply = os.path.join(supplies, name)
            if _said(supply, "scope") == "Device":
                continue
            if _said(supply, "type") in _STORES:
                stores.append(supply)
            elif _said(supply, "online") not in ("", "0"):
                return False
    # Last, because some take a tenth of a second to answer.
    return any(_said(supply, "status") == "Discharging" for supply in stores)


def _said(supply: str, name: str) -> str:
    """Return what a supply says of itself, "" where it says nothing."""
    try:
        with open(os.path.join(supply, name), encoding="ascii", errors="replace") as file:
            return file.read().strip()
    except OSError:  # a battery's values can be unreadable for a moment, too
        return ""
