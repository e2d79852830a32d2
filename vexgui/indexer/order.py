"""In which order files get the vectors they lack: the newest and most looked-at first. Pure."""

from collections.abc import Mapping

from vexgui.system.recent import Look

_HALF_LIFE_S = 30 * 24 * 3600.0
"""After so long a look counts half: ten a month ago are worth five now."""


def by_interest(files: Mapping[bytes, int], looks: Mapping[bytes, Look], now_s: float) -> list[bytes]:
    """Return files in the order of how likely they are to be looked for.

    A file counts for every look at it and once for its last change, each halved with age: the "frecency" by which
    browsers order addresses, in its exponential form (wiki.mozilla.org/User:Jesse/NewFrecency).

    Args:
        files: The files with their times of last change, ns since 1970.
        looks: How often files were looked at.
        now_s: The time, seconds since 1970.
    """

    def interest(path: bytes) -> tuple[float, int]:
        mtime_ns = files[path]
        look = looks.get(path)
        seen = 0.0 if look is None else look.count * _freshness(now_s - look.last_s)
        return seen + _freshness(now_s - mtime_ns / 1e9), mtime_ns

    return sorted(files, key=interest, reverse=True)


def _freshness(age_s: float) -> float:
    """Return 1 for now, half of it for every half-life that has passed; what is yet to come is now."""
    return float(0.5 ** (max(0.0, age_s) / _HALF_LIFE_S))
