"""The desktop's shared thumbnail cache: freedesktop's Thumbnail Managing Standard 0.9."""

import contextlib
import hashlib
import os
import struct
import tempfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from vexgui.core.paths import joined, lies_in, uri_of

SOFTWARE = "VexGUI"
_FAILED = b"fail/vexgui-1"
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = 33
"""Bytes of a PNG up to the end of its IHDR chunk: text goes right after."""
_HEAD_BYTES = 4096
_MOST_BYTES = 16 << 20
"""Of a thumbnail: 1024 by 1024 pixels take 4 MiB before they are compressed."""
_MOST_TEXT_BYTES = 1 << 14
_LEAST_FREE = 0.05
"""Share of the disk that is left free: thumbnails can be made again."""


class Flavour(Enum):
    """Sizes a thumbnail is kept in; the value is folder and longest side in pixels."""

    NORMAL = (b"normal", 128)
    LARGE = (b"large", 256)
    X_LARGE = (b"x-large", 512)
    XX_LARGE = (b"xx-large", 1024)

    @property
    def px(self) -> int:
        """Longest side, pixels."""
        return self.value[1]

    @property
    def folder(self) -> bytes:
        """Name of its folder."""
        return self.value[0]


_ALL = (*(flavour.folder for flavour in Flavour), _FAILED)
"""The folders that thumbnails lie in."""


@dataclass(frozen=True, slots=True)
class Original:
    """The file a thumbnail is of, as it was when last looked at."""

    path: bytes
    mtime_s: int
    size: int

    @property
    def uri(self) -> str:
        """Its URI as GLib spells it."""
        return uri_of(self.path)

    @property
    def name(self) -> bytes:
        """File name of its thumbnails."""
        return hashlib.md5(self.uri.encode(), usedforsecurity=False).hexdigest().encode() + b".png"


def flavour_for(px: int) -> Flavour:
    """Return the smallest flavour with at least ``px`` pixels, or the largest."""
    return next((flavour for flavour in Flavour if flavour.px >= px), Flavour.XX_LARGE)


def thumbnails_folder(environment: Mapping[bytes, bytes]) -> bytes:
    """Return where this user's thumbnails lie, whichever profile is used."""
    cache = environment.get(b"XDG_CACHE_HOME", b"")
    home = environment.get(b"HOME", b"/")
    return joined(cache if cache.startswith(b"/") else joined(home, b".cache"), b"thumbnails")


class ThumbnailCache:
    """Reads and writes thumbnails that all programs of the desktop share; may be used from any thread.

    Args:
        root: The folder of all thumbnails.
    """

    def __init__(self, root: bytes) -> None:
        self.root = root

    def holds(self, path: bytes) -> bool:
        """Tell whether a file is itself a thumbnail: none is made of those."""
        return lies_in(path, self.root)

    def read(self, original: Original, wanted: Flavour) -> bytes:
        """Return a valid thumbnail of at least the wanted size, a PNG; b"" if there is none."""
        for flavour in Flavour:
            if flavour.px >= wanted.px:
                png = _read(self._place(original, flavour.folder))
                if _describes(png, original):
                    return png
        return b""

    def write(self, original: Original, png: bytes, flavour: Flavour) -> None:
        """Keep a thumbnail, a PNG; a cache that cannot be written is none of the user's troubles."""
        self._write(self._place(original, flavour.folder), _labelled(png, original))

    def failed(self, original: Original) -> bool:
        """Tell whether a thumbnail of this very file was tried in vain."""
        return _describes(_read(self._place(original, _FAILED)), original)

    def write_failed(self, original: Original) -> None:
        """Remember that no thumbnail can be made."""
        self._write(self._place(original, _FAILED), _labelled(_DOT, original))

    def forget(self, folder: bytes, *, spared: Collection[bytes] = ()) -> int:
        """Remove the thumbnails that this program made of files in a folder, but not in some; return how many."""
        prefix = uri_of(joined(folder, b"")).encode()
        others = tuple(uri_of(joined(other, b"")).encode() for other in spared)
        removed = 0
        for kept_in in _ALL:
            place = joined(self.root, kept_in)
            with contextlib.suppress(OSError), os.scandir(place) as entries:
                for entry in entries:
                    if (uri := _uri_of_ours(entry.path)).startswith(prefix) and not uri.startswith(others):
                        os.unlink(entry.path)
                        removed += 1
        return removed

    def forget_files(self, paths: Iterable[bytes]) -> None:
        """Remove the thumbnails that this program made of files."""
        for original in (Original(path, 0, 0) for path in paths):
            for kept_in in _ALL:
                place = self._place(original, kept_in)
                if _uri_of_ours(place):
                    with contextlib.suppress(OSError):
                        os.unlink(place)

    def _place(self, original: Original, folder: bytes) -> bytes:
        return joined(joined(self.root, folder), original.name)

    @staticmethod
    def _write(target: bytes, content: bytes) -> None:
        folder = os.path.dirname(target)
        temporary = b""
        try:
            os.makedirs(folder, 0o700, exist_ok=True)
            disk = os.statvfs(folder)
            if disk.f_bavail < _LEAST_FREE * disk.f_blocks:
                return
            descriptor, temporary = tempfile.mkstemp(dir=folder, suffix=b".png")  # mode 0600, as the standard wants
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.replace(temporary, target)
        except OSError:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)


def _read(path: bytes) -> bytes:
    """Return a file's content; b"" if there is none, or none that a thumbnail could have."""
    try:
        with open(path, "rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return b""


def _describes(png: bytes, original: Original) -> bool:
    texts = dict(_texts(png))
    return texts.get(b"Thumb::URI") == original.uri.encode() and (
        texts.get(b"Thumb::MTime") == str(original.mtime_s).encode()
    )


def _texts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and texts of a PNG; programs that use Qt write long ones compressed."""
    for name, body in _chunks(png):
        key, _, text = body.partition(b"\0")
        if name == b"tEXt":
            yield key, text
        elif name == b"zTXt":
            with contextlib.suppress(zlib.error):
                yield key, zlib.decompressobj().decompress(text[1:], _MOST_TEXT_BYTES)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG, name and body, up to its pixels and after them."""
    at = len(_PNG_SIGNATURE)
    while png.startswith(_PNG_SIGNATURE) and at + 8 <= len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        yield name, png[at + 8 : at + 8 + size] if size <= _MOST_TEXT_BYTES else b""
        at += size + 12


def _labelled(png: bytes, original: Original) -> bytes:
    """Return a PNG with the texts that make it a valid thumbnail; GLib reads only plain ones."""
    texts = {
        "Thumb::URI": original.uri,
        "Thumb::MTime": str(original.mtime_s),
        "Thumb::Size": str(original.size),
        "Software": SOFTWARE,
    }
    chunks = b"".join(
        _chunk(b"tEXt", key.encode("latin-1") + b"\0" + value.encode("latin-1")) for key, value in texts.items()
    )
    return png[:_HEADER_END] + chunks + png[_HEADER_END:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_DOT = (
    _PNG_SIGNATURE
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(bytes(5)))
    + _chunk(b"IEND", b"")
)
"""One clear pixel, which stands for a thumbnail that cannot be made."""


def _uri_of_ours(path: bytes) -> bytes:
    """Return the URI that a thumbnail which this program made is of; b"" for others and what is none."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return b""
    texts = dict(_texts(head))
    return texts.get(b"Thumb::URI", b"") if texts.get(b"Software") == SOFTWARE.encode() else b""
