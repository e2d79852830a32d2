"""Paths are bytes until they are shown."""

import base64
from urllib.parse import quote

_UNESCAPED = "!$&'()*+,-./:=@_~"
"""What GLib leaves as it is in a URI: programs find a file's thumbnail by the hash of exactly this spelling."""


def shown(path: bytes) -> str:
    """Return a path as text that can always be displayed: undecodable bytes become U+FFFD."""
    return path.decode("utf-8", "replace")


def folder_of(path: bytes) -> bytes:
    """Return the folder part of an absolute path; the folder of ``/`` is ``/``."""
    return path.rsplit(b"/", 1)[0] or b"/"


def name_of(path: bytes) -> bytes:
    """Return the last component of a path."""
    return path.rsplit(b"/", 1)[1]


def joined(folder: bytes, name: bytes) -> bytes:
    """Return the path of an entry of a folder."""
    return folder + name if folder.endswith(b"/") else folder + b"/" + name


def lies_in(path: bytes, folder: bytes) -> bool:
    """Tell whether a path is a folder or lies anywhere beneath it."""
    return path == folder or path.startswith(joined(folder, b""))


def as_base64(path: bytes) -> str:
    """Return the exact bytes of a path in a form JSON can carry."""
    return base64.b64encode(path).decode("ascii")


def uri_of(path: bytes) -> str:
    """Return the ``file://`` URI of an absolute path, escaped as GLib escapes it."""
    return "file://" + quote(path, safe=_UNESCAPED)
