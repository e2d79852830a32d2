"""What the meaning of a query depends on beside its text: the time, the folder, and what is out of reach."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where and when a query is asked.

    Attributes:
        now: The time, with the zone that days begin in; see `local_zone`.
        folder: Where relative paths begin, absolute.
        home: What ``~`` stands for, absolute.
        offline: The roots whose files are out of reach.
    """

    now: datetime
    folder: bytes = b"/"
    home: bytes = b"/"
    offline: tuple[bytes, ...] = ()


def local_zone(clock: Path = Path("/etc/localtime")) -> tzinfo:
    """Return the zone of this computer with its rules for summer time, which ``datetime.astimezone`` leaves out.

    The variable TZ comes first, then the file that all of the system goes by, then UTC.
    """
    try:
        if named := os.environ.get("TZ", "").lstrip(":"):
            return ZoneInfo(named)
        with clock.open("rb") as rules:
            return ZoneInfo.from_file(rules, key="localtime")
    except (OSError, KeyError, ValueError):
        return UTC
