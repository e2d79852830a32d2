"""Folders and files in a query."""

import os

from vexgui.core.filters import Field, Filter, Matches, Under
from vexgui.core.paths import path_of_uri
from vexgui.search.language.surroundings import Surroundings
from vexgui.search.language.values import Typed, Unreadable

_LONGEST = 900
"""Characters of a pattern; `Matches` takes 1000."""


def read_folder(value: Typed, surroundings: Surroundings) -> Filter:
    """Read a folder: by its path where that begins with ``/``, ``~``, ``.`` or ``file://``, else by the name of any.

    Raises:
        Unreadable: No folder can be called so.
    """
    if _is_path(value.text):
        return Under(path_of(value, surroundings))
    name = value.text.strip("/")
    if not name or len(name) > _LONGEST:
        raise Unreadable("This is not the name of a folder.", "Write a path or a name: in:~/Photos, in:Photos.")
    return Matches(Field.PATH, f"*/{name}/*")


def path_of(value: Typed, surroundings: Surroundings) -> bytes:
    """Return the absolute path that is meant, without ``.`` and ``..``; links are not followed.

    A URI names what cannot be typed: any bytes, quotation marks, blanks at the end.
    """
    try:
        path = os.fsencode(value.raw)
    except UnicodeEncodeError:
        path = os.fsencode(value.text)
    path = path_of_uri(path) or path
    if path == b"~" or path.startswith(b"~/"):
        path = surroundings.home + path[1:]
    path = os.path.normpath(os.path.join(surroundings.folder, path))
    # POSIX leaves open what two slashes in front mean; on Linux they mean one.
    return b"/" + path.lstrip(b"/")


def _is_path(text: str) -> bool:
    is_uri = path_of_uri(text.encode()) != b""
    return is_uri or text.startswith("/") or text.split("/", 1)[0] in ("~", ".", "..")
