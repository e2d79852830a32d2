"""An extractor for tests: reads plain texts and pictures of a few colours in this process, with no decoder."""

import os
import re
from collections.abc import Sequence

import numpy as np
from typing_extensions import override

from vexgui.core.arrays import Pixels
from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction, FileFacts, Kind, Passage, PassageKind
from vexgui.core.paths import name_of
from vexgui.extract.about import about
from vexgui.extract.extractor import Extractor
from vexgui.extract.kinds import format_of
from vexgui.extract.looks import LOOKS, POINTS, looks_of
from vexgui.system import attributes
from vexgui.system.fingerprint import content_hash

_COLOURS = re.compile(rb"(?:#[0-9a-f]{6}\s*)+")
_COLOUR = re.compile(rb"#([0-9a-f]{6})")
_SIDE = 8


class FakeExtractor(Extractor):
    """Takes every paragraph of a file for a passage, and a file that holds "#dc1414" for a picture of that colour.

    Of several colours each is a stripe, from the left to the right.

    Attributes:
        read: The files read so far.
    """

    readers = 2

    def __init__(self) -> None:
        self.read: list[bytes] = []
        self._closed = False

    @override
    def extract(self, path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        if self._closed:
            raise ChildFailed("The decoder has been stopped.")
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            content = file.read()
            stat = attributes.stat_of(descriptor)
            digest = content_hash(descriptor, len(content))
        self.read.append(path)
        colours = _COLOUR.findall(content) if _COLOURS.fullmatch(content) else []
        picture = _picture(colours) if colours and picture_px else None
        form = format_of(name_of(path), content)
        kind = Kind.IMAGE if colours else form.kind
        passages = [Passage(0, PassageKind.ABOUT, about(path, "picture" if colours else form.words, FileFacts()))]
        if colours:
            passages.append(Passage(1, PassageKind.PICTURE, ""))
        else:
            paragraphs = [part for part in content.decode("utf-8", "replace").split("\n\n") if part.strip()]
            passages += [Passage(place, PassageKind.TEXT, text) for place, text in enumerate(paragraphs, 1)]
        return Extraction(
            stat=stat,
            content_hash=digest,
            kind=kind,
            mime=form.mime,
            facts=FileFacts() if picture is None else FileFacts(extra={LOOKS: _looks(picture)}),
            passages=tuple(passages),
            pictures=() if picture is None else (picture,),
        )

    @override
    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        os.lstat(path)
        return b""

    @override
    def unload_idle(self, idle_s: float) -> bool:
        return False

    @override
    def close(self) -> None:
        self._closed = True


def _picture(colours: Sequence[bytes]) -> Pixels:
    """Return a picture of stripes, given as six hex digits each."""
    stripes = np.array([list(bytes.fromhex(colour.decode())) for colour in colours], np.uint8)
    return np.tile(stripes.repeat(_SIDE, axis=0), (_SIDE, 1, 1))


def _looks(picture: Pixels) -> str:
    """Return what a picture looks like, by the points of it that are nearest."""
    places = [np.linspace(0, side - 1, POINTS).round().astype(int) for side in picture.shape[:2]]
    return looks_of(picture.mean(axis=2).astype(np.uint8)[np.ix_(*places)])
