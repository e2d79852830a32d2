"""Paths are bytes until they are shown."""

import base64
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes

_UNESCAPED = "!$&'()*+,-./:=@_~"
"""What GLib leaves as it is in a URI: programs find a file's thumbnail by the hash of exactly this spelling."""
_SCHEME = b"file://"


_UNSAFE = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""What acts instead of appearing: control characters, line ends, and what turns the direction of writing."""


def decoded(path: bytes) -> str:
    """Return a path as text sign by sign, to be compared and searched; undecodable bytes become U+FFFD."""
    return path.decode("utf-8", "replace")


def shown(path: bytes) -> str:
    """Return a path as text that can always be displayed: on one line, and nothing in it but what appears.

    Undecodable bytes and signs that would act on what is around them become U+FFFD, one for one.
    """
    text = decoded(path)
    return text if text.isprintable() else text.translate(_UNSAFE)


def folder_of(path: bytes) -> bytes:
    """Return the folder part of an absolute path; the folder of ``/`` is ``/``."""
    return path.rsplit(b"/", 1)[0] or b"/"


def name_of(path: bytes) -> bytes:
    """Return the last component of a path; b"" has none."""
    return path.rpartition(b"/")[2]


def joined(folder: bytes, name: bytes) -> bytes:
    """Return the path of an entry of a folder."""
    return folder + name if folder.endswith(b"/") else folder + b"/" + name


def lies_in(path: bytes, folder: bytes) -> bool:
    """Tell whether a path is a folder or lies anywhere beneath it."""
    return path == folder or path.startswith(joined(folder, b""))


def innermost(path: bytes, folders: Iterable[bytes]) -> bytes | None:
    """Return the innermost of some folders that a path is or lies in, or None."""
    return max((folder for folder in folders if lies_in(path, folder)), key=len, default=None)


def beneath(folder: bytes, paths: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return those of some paths that lie in a folder, which is none of them itself."""
    return tuple(path for path in paths if path != folder and lies_in(path, folder))


def as_base64(path: bytes) -> str:
    """Return the exact bytes of a path in a form JSON can carry."""
    return base64.b64encode(path).decode("ascii")


def uri_of(path: bytes) -> str:
    """Return the ``file://`` URI of an absolute path, escaped as GLib escapes it."""
    return _SCHEME.decode() + quote(path, safe=_UNESCAPED)


def path_of_uri(uri: bytes) -> bytes:
    """Return the absolute path that a ``file://`` URI names; b"" where it names none of this computer."""
    scheme, rest = uri[: len(_SCHEME)], uri[len(_SCHEME) :]
    host, slash, path = rest.partition(b"/")
    named = unquote_to_bytes(slash + path)
    is_here = scheme.lower() == _SCHEME and host.lower() in {b"", b"localhost"}
    return (named.rstrip(b"/") or slash) if is_here and b"\0" not in named else b""


def quoted(path: bytes) -> str:
    """Return an absolute path as it is written in a query: as it is, or as a URI where nobody could type it."""
    return f'"{decoded(path) if is_typable(path) else uri_of(path)}"'


def is_typable(path: bytes) -> bool:
    """Tell whether a path can be typed between quotation marks, and read again by somebody."""
    text = decoded(path)
    return text.isprintable() and text.encode() == path and '"' not in text and text == text.strip()
