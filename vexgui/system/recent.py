"""The desktop's list of recently used files, which GTK and KDE programs share; read only.

The format is the Desktop Bookmark Specification of freedesktop.org. Any program may write the list, so nothing in it is
trusted: entities are refused, sizes are bounded, and what is damaged ends the reading with what came before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

_MAX_BYTES = 32 << 20
_CHUNK_BYTES = 1 << 16
_MAX_FILES = 100_000
_MAX_COUNT = 1_000_000
_SCHEMES = ("file:///", "file://localhost/")


@dataclass(frozen=True, slots=True)
class Look:
    """How often a file was looked at.

    Attributes:
        count: So many times, by all programs together.
        last_s: The last time, seconds since 1970; 0 when it is not known.
    """

    count: int
    last_s: float


def recently_used(path: bytes) -> Mapping[bytes, Look]:
    """Return the files in a list of recently used ones; none where there is no list or it cannot be read."""
    reading = _Reading()
    try:
        with open(path, "rb") as file:
            reading.read(file.read(_MAX_BYTES))
    except OSError:
        return {}
    return reading.looks


class _TooMuch(Exception):
    """The list says things it has no need to say."""


class _Reading:
    """Takes in a list a piece at a time."""

    def __init__(self) -> None:
        self.looks: dict[bytes, Look] = {}
        self._path = b""
        self._last_s = 0.0
        self._count = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse

    def read(self, content: bytes) -> None:
        try:
            for start in range(0, len(content), _CHUNK_BYTES):
                self._parser.Parse(content[start : start + _CHUNK_BYTES], False)  # noqa: FBT003 - expat takes no names
        except (expat.ExpatError, _TooMuch, ValueError):
            return

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "bookmark":
            self._path = _path(attributes.get("href", ""))
            self._last_s = max(_time_s(attributes.get("visited", "")), _time_s(attributes.get("modified", "")))
            self._count = 0
        elif name.rpartition(":")[2] == "application":
            self._count = min(_MAX_COUNT, self._count + _count(attributes.get("count", "")))

    def _end(self, name: str) -> None:
        if name == "bookmark" and self._path:
            self.looks[self._path] = Look(max(1, self._count), self._last_s)
            self._path = b""
            if len(self.looks) >= _MAX_FILES:
                raise _TooMuch

    def _refuse(self, *_: object) -> int:
        raise _TooMuch


def _path(reference: str) -> bytes:
    """Return the path that a URI names; b"" for what is no local file."""
    for scheme in _SCHEMES:
        if reference.startswith(scheme):
            path = b"/" + unquote_to_bytes(reference[len(scheme) :])
            return b"" if b"\0" in path else path
    return b""


def _time_s(text: str) -> float:
    """Return a time in seconds since 1970; 0 for what is none, or cannot be."""
    try:
        moment = datetime.fromisoformat(text)
        return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return 0.0


def _count(text: str) -> int:
    """Return how often a program used a file; 0 for what is no number."""
    return (
        min(_MAX_COUNT, int(text)) if text.isascii() and text.isdigit() and len(text) < len(str(_MAX_COUNT)) + 1 else 0
    )
