"""What a folder says of what lies in it: by markers, and in a work tree by its .gitignore."""

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, replace

from vexgui.core.paths import joined, shown
from vexgui.indexer.rules.patterns import Pattern, PatternList, understood
from vexgui.indexer.rules.usual import CACHE_SIGNATURE, MARKERS
from vexgui.system.work_trees import TOPS

_IGNORE = b".gitignore"
_OWN_IGNORE = b".git/info/exclude"
_SPEAKING = frozenset([*MARKERS, _IGNORE])
_TELLING = _SPEAKING | TOPS
# Of a .gitignore no more is heeded: long ones have some hundred lines, and one may have been made to take long.
_MAX_BYTES = 64 * 1024
_MAX_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Ignored:
    """Patterns, and the folder they are for."""

    folder: bytes
    patterns: PatternList

    def excludes(self, path: bytes, name: bytes, *, folder: bool) -> bool | None:
        """See `PatternList.excludes`; the path is absolute."""
        return self.patterns.excludes(path[len(self.folder) + 1 :], name, folder=folder)

    def deciding(self, path: bytes, *, folder: bool) -> Pattern | None:
        """See `PatternList.deciding`; the path is absolute."""
        return self.patterns.deciding(path[len(self.folder) + 1 :], folder=folder)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a folder stands.

    Attributes:
        marker: The file in it by which nothing in it is indexed, or b"".
        in_work_tree: Whether version control looks after it.
        ignored: What the work tree leaves out, the nearest first.
    """

    marker: bytes = b""
    in_work_tree: bool = False
    ignored: tuple[Ignored, ...] = ()


def speaks(name: bytes) -> bool:
    """Tell whether a file of this name may say what is indexed of the folder it lies in."""
    return name in _SPEAKING


def standing(folder: bytes, above: Standing, names: Collection[bytes] | None, *, work_tree: bool) -> Standing:
    """Return how a folder stands.

    Args:
        folder: The folder.
        above: How the folder it lies in stands.
        names: Of what lies in it; None to look.
        work_tree: Whether it may be the top of a work tree.
    """
    if names is None:
        names = [name for name in _TELLING if os.path.lexists(joined(folder, name))]
    present = _TELLING.intersection(names)
    here = replace(above, marker=b"") if above.marker else above
    if not present:
        return here
    if work_tree and not present.isdisjoint(TOPS):
        here = Standing(in_work_tree=True, ignored=_read(folder, _OWN_IGNORE))
    if here.in_work_tree and _IGNORE in present:
        here = replace(here, ignored=_read(folder, _IGNORE) + here.ignored)
    marker = next((name for name in MARKERS if name in present and _is_meant(folder, name)), b"")
    return replace(here, marker=marker)


def _is_meant(folder: bytes, marker: bytes) -> bool:
    return marker != b"CACHEDIR.TAG" or _text(joined(folder, marker)).startswith(CACHE_SIGNATURE)


def _read(folder: bytes, name: bytes) -> tuple[Ignored, ...]:
    path = joined(folder, name)
    lines = _text(path).decode("utf-8-sig", "surrogateescape").split("\n")[:_MAX_LINES]
    patterns = understood(lines, shown(path))
    return (Ignored(folder, PatternList(patterns)),) if patterns else ()


def _text(path: bytes) -> bytes:
    """Return the beginning of a regular file, b"" where there is none: anything may bear this name."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return os.read(descriptor, _MAX_BYTES) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)
