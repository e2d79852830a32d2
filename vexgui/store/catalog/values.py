"""Values as the catalog's columns keep them: facts a column each, whole numbers of 64 bits, text that is Unicode."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from vexgui.core.files import FileFacts, FileStat

LARGEST = (1 << 63) - 1
"""The largest whole number that SQLite holds."""
FACT_COLUMNS = (
    "width", "height", "taken", "camera", "latitude", "longitude", "caption", "title", "author", "pages", "encoding",
    "language", "created", "extra",
)  # fmt: skip
"""The columns of `FileFacts`, in the order of its fields."""
NO_FACTS: tuple[object, ...] = (None,) * len(FACT_COLUMNS)
_FACTS = attrgetter(*FACT_COLUMNS)
UNREAD = 1
"""In the column `unread`: the file is to be read, or read again."""
UNSEEN = 2
"""There, too: what it says in words has been read, and the pictures that it shows are still to be looked at."""
STAT_COLUMNS = ("inode", "size", "mtime_ns", "ctime_ns", "device", "mode", "uid")


def stat_values(stat: FileStat) -> tuple[int, ...]:
    """Return a stat in the order of `STAT_COLUMNS`."""
    return signed(stat.inode), stat.size, stat.mtime_ns, stat.ctime_ns, stat.device, stat.mode, stat.uid


def fact_values(facts: FileFacts) -> tuple[object, ...]:
    """Return facts in the order of `FACT_COLUMNS`; None where the file does not say."""
    said = _FACTS(facts)
    return NO_FACTS if said == NO_FACTS else tuple(map(_fact, said))


def facts_of(values: Sequence[Any]) -> FileFacts:
    """Return the facts that columns hold, in the order of `FACT_COLUMNS`."""
    *plain, extra = values
    facts = FileFacts(*plain)
    return facts if extra is None else replace(facts, extra=json.loads(extra))


def signed(number: int) -> int:
    """Fold an unsigned 64-bit number into SQLite's signed ones."""
    return number - (1 << 64) if number > LARGEST else number


def unsigned(number: int) -> int:
    """Undo `signed`."""
    return number % (1 << 64)


def storable(text: str) -> str:
    """Replace what SQLite cannot keep as text: lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _fact(value: str | int | float | Mapping[str, str | int | float] | None) -> str | int | float | None:
    """Return a fact as a column holds it; None for a number that none can hold: a damaged file may claim any size."""
    match value:
        case str():
            return storable(value)
        case int():
            return value if -LARGEST <= value <= LARGEST else None
        case float():
            return value if math.isfinite(value) else None
        case None:
            return None
    said = {name: item for name, item in value.items() if not isinstance(item, float) or math.isfinite(item)}
    return storable(json.dumps(said, ensure_ascii=False)) if said else None
