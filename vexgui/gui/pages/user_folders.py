"""The folders that the desktop makes for a user, by the names they have in the user's language."""

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event as Flag

from vexgui.core.paths import joined

_LINE = re.compile(rb'^\s*XDG_([A-Z]+)_DIR\s*=\s*"(\$HOME)?(/?(?:[^"\\]|\\.)*)"')
_USUAL = {
    b"DOCUMENTS": b"Documents",
    b"PICTURES": b"Pictures",
    b"DESKTOP": b"Desktop",
    b"DOWNLOAD": b"Downloads",
    b"MUSIC": b"Music",
    b"VIDEOS": b"Videos",
}
"""The folders worth searching, the likeliest first, and their names where the desktop says nothing."""
_LIKELY = (b"DOCUMENTS", b"PICTURES")
_LONGEST_S = 3.0
_MOST = 200_000
_ESCAPED = re.compile(rb"\\(.)")


@dataclass(frozen=True, slots=True)
class UserFolder:
    """A folder of the user's.

    Attributes:
        path: Absolute.
        is_likely: Whether most people would have it searched.
    """

    path: bytes
    is_likely: bool


@dataclass(frozen=True, slots=True)
class RoughCount:
    """How many files lie in a folder: that many, or more where the counting was broken off."""

    files: int
    complete: bool


def user_folders(environment: Mapping[bytes, bytes]) -> list[UserFolder]:
    """Return the user's folders that exist; https://www.freedesktop.org/wiki/Software/xdg-user-dirs/ tells where.

    Args:
        environment: As `os.environb` has it: HOME, and XDG_CONFIG_HOME.
    """
    home = environment.get(b"HOME", b"")
    if not home.startswith(b"/"):
        return []
    config = environment.get(b"XDG_CONFIG_HOME", b"") or joined(home, b".config")
    places = {name: joined(home, usual) for name, usual in _USUAL.items()} | _configured(config, home)
    found: dict[bytes, UserFolder] = {}
    for name in _USUAL:
        path = places[name].rstrip(b"/")
        if path not in {b"", home.rstrip(b"/")} and path not in found and os.path.isdir(path):
            found[path] = UserFolder(path, name in _LIKELY)
    return list(found.values())


def rough_count(folder: bytes, stop: Flag) -> RoughCount:
    """Count the files of a folder that are not hidden, for a few seconds at most."""
    until_s = time.monotonic() + _LONGEST_S
    files = 0
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith(b"."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        files += 1
        except OSError:
            continue
        if stop.is_set() or files >= _MOST or time.monotonic() > until_s:
            return RoughCount(files, complete=not waiting)
    return RoughCount(files, complete=True)


def _configured(config: bytes, home: bytes) -> dict[bytes, bytes]:
    """Return what user-dirs.dirs says: only absolute paths and such beneath $HOME count."""
    try:
        with open(joined(config, b"user-dirs.dirs"), "rb") as file:
            lines = file.read(1 << 16).splitlines()
    except OSError:
        return {}
    places: dict[bytes, bytes] = {}
    for line in lines:
        match = _LINE.match(line)
        if match is not None and match[1] in _USUAL:
            rest = _ESCAPED.sub(rb"\1", match[3])
            if match[2] or rest.startswith(b"/"):
                places[match[1]] = home.rstrip(b"/") + rest if match[2] else rest
    return places
