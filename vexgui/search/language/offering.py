"""The values that a field could have where somebody has typed the beginning of one."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from vexgui.core.files import Kind
from vexgui.core.paths import decoded, is_typable, name_of, shown, uri_of
from vexgui.core.told import told
from vexgui.search.language.fields import STANDINGS
from vexgui.search.language.kinds import FORMATS, KINDS
from vexgui.search.language.languages import LANGUAGES
from vexgui.search.language.orders import ORDERS
from vexgui.store.catalog import folded
from vexgui.system.towns import gazetteer

_MOST_TOWNS = 12
_LEAST_OF_TOWN = 2
"""Letters; thousands of towns begin with one."""

_DATES = tuple((date, "") for date in ("today", "yesterday", "this week", "last week", "this month", "this year"))
_ORDERS = ("newest", "oldest", "name", "largest", "smallest", "taken", "created", "type", "rating", "relevance")
_FIXED: dict[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(("modified", "created", "taken", "before", "after", "since", "until"), _DATES),
    "size": ((">1MB", ""), (">10MB", ""), (">100MB", ""), (">1GB", ""), ("<100kB", "")),
    "rating": ((">=4", told("four stars or more")), ("5", told("five stars")), ("none", told("not rated"))),
    "pages": ((">10", ""), (">100", "")),
    "width": ((">1920", ""), (">3840", "")),
    "height": ((">1080", ""), (">2160", "")),
    "is": tuple((word, "") for word in STANDINGS),
    "sort": tuple((word, "") for word in dict.fromkeys((*_ORDERS, *ORDERS))),
    "lang": tuple(LANGUAGES.items()),
}
"""Values that are the same everywhere, and what they mean."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field, and what it means or "" where it says that itself."""

    text: str
    note: str = ""


class Vocabulary(Protocol):
    """What values the known files have; tags and cameras with how many files have each."""

    def tags(self) -> Sequence[tuple[str, int]]: ...  # noqa: D102

    def cameras(self) -> Sequence[tuple[str, int]]: ...  # noqa: D102

    def folders(self) -> Sequence[bytes]: ...  # noqa: D102

    def spaces(self) -> Sequence[str]: ...  # noqa: D102


def values_of(field: str, begun: str, known: Vocabulary, home: bytes) -> Iterator[Value]:
    """Yield the values of a field, by its own name, that somebody could mean who has begun to type one."""
    match field:
        case "type":
            yield from _begun(begun, [*_kinds(), *(_formats() if begun else ())])
        case "tag":
            yield from _begun(begun, _counted(known.tags()))
        case "camera":
            yield from _begun(begun, _counted(known.cameras()), inside=True)
        case "space":
            yield from _begun(begun, [Value("texts"), Value("pictures"), *map(Value, known.spaces())])
        case "in":
            yield from _folders(begun, known.folders(), home)
        case "near" if len(begun) >= _LEAST_OF_TOWN:
            yield from (Value(*town) for town in gazetteer().beginning(folded(begun), _MOST_TOWNS))
        case _:
            yield from _begun(begun, [Value(*value) for value in _FIXED.get(field, ())], noted=True)


def _begun(begun: str, values: Iterable[Value], *, inside: bool = False, noted: bool = False) -> Iterator[Value]:
    """Yield the values that begin so.

    Args:
        begun: What was typed.
        values: Those there are.
        inside: Whether a later word of one may begin so, too: a camera's model stands behind its maker.
        noted: Whether what one means may begin so, too: the name of a language that is meant by its code.
    """
    sought = folded(begun)
    for value in values:
        text = folded(value.text)
        is_meant = noted and sought and folded(value.note).startswith(sought)
        if text.startswith(sought) or (inside and f" {sought}" in text) or is_meant:
            yield value


def _kinds() -> list[Value]:
    return [Value(kind.value, told("kind of file")) for kind in Kind]


def _formats() -> list[Value]:
    return [Value(word, ", ".join(suffixes)) for word, suffixes in FORMATS.items() if word not in KINDS]


def _counted(values: Sequence[tuple[str, int]]) -> list[Value]:
    """Return values, those that most files have first."""
    most = sorted(values, key=lambda value: -value[1])
    return [Value(text, told(f"{count:,} files") if count != 1 else told("1 file")) for text, count in most]


def _folders(begun: str, folders: Sequence[bytes], home: bytes) -> Iterator[Value]:
    """Yield the folders that a path leads to, or that are called so; those that are not deep come first."""
    if begun.startswith(("/", "~")):
        path = begun.encode("utf-8", "surrogatepass")
        path = home + path[1:] if path.startswith(b"~") else path
        found = {_next_of(folder, path) for folder in folders if folder.startswith(path) and folder != path}
    else:
        sought = folded(begun)
        names = folded("\0".join(os.fsdecode(name_of(folder)) for folder in folders)).split("\0")
        found = {folder for folder, name in zip(folders, names, strict=True) if name.startswith(sought)}
    for folder in sorted(found, key=lambda folder: (folder.count(b"/"), folder)):
        yield Value(_written(folder, home)) if is_typable(folder) else Value(uri_of(folder), shown(folder))


def _next_of(folder: bytes, path: bytes) -> bytes:
    """Return as much of a folder's path as is one name longer than what was typed of it."""
    end = folder.find(b"/", len(path) + 1)
    return folder if end < 0 else folder[:end]


def _written(folder: bytes, home: bytes) -> str:
    is_home = folder == home or folder.startswith(home + b"/")
    return decoded(b"~" + folder[len(home) :] if is_home and home != b"/" else folder)
