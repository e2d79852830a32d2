"""Paths as desktop programs exchange them: file URIs and the clipboard's formats.

Paths never pass through QUrl, which destroys names that are not UTF-8.
"""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from vexgui.core.paths import decoded, path_of_uri, uri_of

URI_LIST = "text/uri-list"
MOST_FILES = 1000
"""Files that are dragged at once: what they are called is made ready while the pointer waits."""


def paths_in(uri_list: bytes) -> tuple[bytes, ...]:
    """Return the local paths named in ``text/uri-list`` bytes, each once, in their order."""
    found: dict[bytes, None] = {}
    for line in uri_list.replace(b"\0", b"").splitlines():
        if path := path_of_uri(line.strip()):
            found[path] = None
    return tuple(found)


def dragged_paths(mime: QMimeData) -> tuple[bytes, ...]:
    """Return the local files that a drag or the clipboard carries."""
    return paths_in(bytes(mime.data(URI_LIST).data())) if mime.hasFormat(URI_LIST) else ()


Formats = dict[str, bytes]
"""What a drag or the clipboard carries, by its format."""


def drag_data(paths: Sequence[bytes]) -> Formats:
    """Return what a drag of files carries."""
    return {
        URI_LIST: b"".join(uri_of(path).encode() + b"\r\n" for path in paths),
        "text/plain": "\n".join(decoded(path) for path in paths).encode(),
    }


def clipboard_data(paths: Sequence[bytes]) -> Formats:
    """Return what the clipboard carries for copied files, in the formats that each file manager asks for."""
    # Nautilus refuses the list when it ends in a new line, and Nemo cannot paste text/uri-list alone.
    uris = "\n".join(uri_of(path) for path in paths).encode()
    copied = {"x-special/gnome-copied-files": b"copy\n" + uris, "application/x-kde-cutselection": b"0"}
    return drag_data(paths) | copied


def mime_of(formats: Formats) -> QMimeData:
    """Return something to be handed to Qt."""
    mime = QMimeData()
    for name, data in formats.items():
        mime.setData(name, data)
    return mime
