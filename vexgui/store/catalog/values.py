"""Values as the catalog's columns keep them: facts a column each, whole numbers of 64 bits, text that is Unicode."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vexgui.core.files import FileFacts, FileStat

_LARGEST = (1 << 63) - 1
FACT_COLUMNS = (
    "width", "height", "taken", "camera", "latitude", "longitude", "caption", "title", "author", "pages", "encoding",
    "extra",
)  # fmt: skip
"""The columns of `FileFacts`, in the order of its fields."""
STAT_COLUMNS = ("inode", "size", "mtime_ns", "ctime_ns", "device", "mode", "uid")


def stat_values(stat: FileStat) -> tuple[int, ...]:
    """Return a stat in the order of `STAT_COLUMNS`."""
    return signed(stat.inode), stat.size, stat.mtime_ns, stat.ctime_ns, stat.device, stat.mode, stat.uid


def fact_values(facts: FileFacts) -> tuple[object, ...]:
    """Return facts in the order of `FACT_COLUMNS`; None where the file does not say."""
    return (
        _whole(facts.width),
        _whole(facts.height),
        _text(facts.taken),
        _text(facts.camera),
        _finite(facts.latitude),
        _finite(facts.longitude),
        _text(facts.caption),
        _text(facts.title),
        _text(facts.author),
        _whole(facts.pages),
        _text(facts.encoding),
        _json(facts.extra) if facts.extra else None,
    )


def facts_of(values: Sequence[Any]) -> FileFacts:
    """Return the facts that columns hold, in the order of `FACT_COLUMNS`."""
    *plain, extra = values
    facts = FileFacts(*plain)
    return facts if extra is None else replace(facts, extra=json.loads(extra))


def signed(number: int) -> int:
    """Fold an unsigned 64-bit number into SQLite's signed ones."""
    return number - (1 << 64) if number > _LARGEST else number


def unsigned(number: int) -> int:
    """Undo `signed`."""
    return number % (1 << 64)


def storable(text: str) -> str:
    """Replace what SQLite cannot keep as text: lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _whole(number: int | None) -> int | None:
    """Leave out what no column can count: a damaged file may claim any size."""
    return number if number is None or -_LARGEST <= number <= _LARGEST else None


def _finite(number: float | None) -> float | None:
    return number if number is None or math.isfinite(number) else None


def _json(extra: Mapping[str, str | int | float]) -> str:
    said = {name: value for name, value in extra.items() if not isinstance(value, float) or math.isfinite(value)}
    return storable(json.dumps(said, ensure_ascii=False))
