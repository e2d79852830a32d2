"""What a filter means, said once more in plain Python."""

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from vexgui.core.files import RECIPE
from vexgui.core.filters import (
    And,
    Compare,
    Extra,
    Field,
    Filter,
    Has,
    Holds,
    Known,
    Matches,
    Near,
    Not,
    OneOf,
    Or,
    Standing,
    Stands,
    Under,
)
from vexgui.core.paths import decoded, folder_of, lies_in, name_of
from vexgui.store.catalog import folded
from vexgui.store.rows import FileUpdate
from vexgui.system.fingerprint import UNKNOWN_HASH

NOW_NS = 1_700_000_000_000_000_000
ROOTS = {b"/r": 3, b"/r/s": 7, b"/x/\xff": 8}
STEMS = {
    "cats": "cat", "cat": "cat", "sleeping": "sleep", "sleeps": "sleep", "red": "red", "cafe": "cafe", "a": "a",
    "pdf": "pdf", "東京": "東京",
}  # fmt: skip
"""Words, and what is left of them without their endings and accents."""


def root_of(path: bytes) -> bytes | None:
    return max((root for root in ROOTS if lies_in(folder_of(path), root)), key=len, default=None)


def known(file: FileUpdate, field: Known) -> Any:
    """Return what is known of a file, None where it is missing."""
    if isinstance(field, Extra):
        return (file.facts.extra or {}).get(field.key)
    name = folded(decoded(name_of(file.path)))
    _, dot, suffix = name[1:].rpartition(".")
    direct = {
        Field.KIND: file.kind,
        Field.SUFFIX: (suffix or None) if dot else None,
        Field.NAME: name_of(file.path),
        Field.PATH: file.path,
        Field.ROOT: root_of(file.path),
        Field.SIZE: file.stat.size,
        Field.MTIME: file.stat.mtime_ns,
        Field.MIME: file.mime,
        Field.STATE: file.state,
        Field.INDEXED: NOW_NS,
        Field.CREATED: next((made for made in (file.facts.created, file.facts.taken) if made is not None), file.birth),
        Field.RATING: file.labels.rating,
    }
    return direct[field] if field in direct else getattr(file.facts, field)


def wanted(tree: Filter, file: FileUpdate, files: Sequence[FileUpdate]) -> bool:  # noqa: PLR0911 - a line for each
    """Tell what the words in `vexgui.core.filters` say of one of some files."""
    match tree:
        case And(parts):
            return all(wanted(part, file, files) for part in parts)
        case Or(parts):
            return any(wanted(part, file, files) for part in parts)
        case Not(part):
            return not wanted(part, file, files)
        case Under(path):
            return lies_in(folder_of(file.path), path)
        case Holds(text):
            return is_in_name(text, file) or any(says(passage.text, text) for passage in file.passages)
        case Near(latitude, longitude, km):
            place = (file.facts.latitude, file.facts.longitude)
            return None not in place and is_near(place, (latitude, longitude), km)
        case Stands(Standing.DUPLICATE):
            same = [other for other in files if content_of(other) == content_of(file)]
            return file.content_hash != UNKNOWN_HASH and len(same) > 1
        case Stands(Standing.STALE):
            return file.unread or file.recipe != RECIPE
        case Compare(Field.TAG) | OneOf(Field.TAG) | Matches(Field.TAG) | Has(Field.TAG):
            return any(holds(tree, tag) for tag in file.labels.tags)
        case _:
            value = known(file, tree.field)
            return value is not None and holds(tree, value)


def is_in_name(text: str, file: FileUpdate) -> bool:
    name, part = folded(decoded(name_of(file.path))), folded(text)
    kinds = ("abcdefghijklmnopqrstuvwxyz", "0123456789")

    def goes_on(outer: str, beside: str) -> bool:
        return any(outer in kind and beside in kind for kind in kinds if outer and beside)

    return any(
        name.startswith(part, at)
        and not goes_on(part[:1], name[max(at - 1, 0) : at])
        and not goes_on(part[-1:], name[at + len(part) : at + len(part) + 1])
        for at in range(len(name) + 1)
    )


def holds(leaf: Compare | OneOf | Matches | Has, value: Any) -> bool:
    match leaf:
        case Compare(_, op, other):
            return isinstance(value, str) == isinstance(other, str) and bool(op.holds(value, other))
        case OneOf(_, values):
            return value in values
        case Matches(_, pattern):
            text = decoded(value) if isinstance(value, bytes) else value
            return isinstance(text, str) and matched(folded(text), pattern)
        case Has():
            return True


def content_of(file: FileUpdate) -> tuple[int, bytes]:
    return file.stat.size, file.content_hash


def says(text: str, wanted_text: str) -> bool:
    """Tell whether the words of one text stand one after another in another, whatever their endings."""
    inside, outside = (
        [STEMS.get(folded(word), word) for word in re.findall(r"\w+", part)] for part in (wanted_text, text)
    )
    ends = range(len(inside), len(outside) + 1)
    return bool(inside) and any(outside[end - len(inside) : end] == inside for end in ends)


def is_near(place: tuple[Any, Any], other: tuple[float, float], km: float) -> bool:
    """Tell it by the angle between two vectors from the middle of the Earth."""
    if abs(place[0]) > 90 or abs(place[1]) > 180:
        return False
    here, there = on_the_sphere(*place), on_the_sphere(*other)
    angle = math.atan2(math.hypot(*np.cross(here, there)), float(np.dot(here, there)))
    return angle * 6371.0088 <= km + 1e-6


def on_the_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def matched(text: str, pattern: str) -> bool:
    if "*" not in pattern and "?" not in pattern:
        return folded(pattern) in text
    return matched_whole(text, pattern)


def matched_whole(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    if head == "*":
        return any(matched_whole(text[start:], rest) for start in range(len(text) + 1))
    if head == "?":
        return text != "" and matched_whole(text[1:], rest)
    literal = folded(head)
    return text.startswith(literal) and matched_whole(text[len(literal) :], rest)
