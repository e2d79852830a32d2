"""Paths as desktop programs exchange them: file URIs and the clipboard's formats.

Paths never pass through QUrl, which destroys names that are not UTF-8.
"""

from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData

from vexgui.core.paths import shown, uri_of

URI_LIST = "text/uri-list"
MOST_FILES = 1000
"""Files that are dragged or copied at once; more only make the receiving program stall."""

_SCHEME = b"file://"


def paths_in(uri_list: bytes) -> tuple[bytes, ...]:
    """Return the local paths named in ``text/uri-list`` bytes, each once, in their order."""
    found: dict[bytes, None] = {}
    for line in uri_list.replace(b"\0", b"").splitlines():
        uri = line.strip()
        if not uri.lower().startswith(_SCHEME):
            continue
        host, slash, rest = uri[len(_SCHEME) :].partition(b"/")
        if slash and host.lower() in {b"", b"localhost"}:
            path = unquote_to_bytes(slash + rest)
            found[path.rstrip(b"/") or b"/"] = None
    return tuple(found)


def dragged_paths(mime: QMimeData) -> tuple[bytes, ...]:
    """Return the local files that a drag or the clipboard carries."""
    return paths_in(bytes(mime.data(URI_LIST).data())) if mime.hasFormat(URI_LIST) else ()


def drag_data(paths: Sequence[bytes]) -> QMimeData:
    """Return what a drag of files carries."""
    mime = QMimeData()
    few = paths[:MOST_FILES]
    mime.setData(URI_LIST, b"".join(uri_of(path).encode() + b"\r\n" for path in few))
    mime.setText("\n".join(shown(path) for path in few))
    return mime


def clipboard_data(paths: Sequence[bytes]) -> QMimeData:
    """Return what the clipboard carries for copied files, in the formats that each file manager asks for."""
    mime = drag_data(paths)
    # Nautilus refuses the list when it ends in a new line, and Nemo cannot paste text/uri-list alone.
    uris = "\n".join(uri_of(path) for path in paths[:MOST_FILES])
    mime.setData("x-special/gnome-copied-files", b"copy\n" + uris.encode())
    mime.setData("application/x-kde-cutselection", b"0")
    return mime
