"""An extractor for tests: reads plain texts and one-coloured pictures in this process, with no decoder."""

import os
import re

import numpy as np
from typing_extensions import override

from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction, FileFacts, Kind, Passage, PassageKind, Pixels
from vexgui.core.paths import name_of
from vexgui.extract.about import about
from vexgui.extract.extractor import Extractor
from vexgui.extract.kinds import format_of
from vexgui.system import attributes
from vexgui.system.fingerprint import content_hash

_COLOUR = re.compile(rb"#([0-9a-f]{6})\s*")
_SIDE = 8


class FakeExtractor(Extractor):
    """Takes every paragraph of a file for a passage, and a file that holds "#dc1414" for a picture of that colour.

    Attributes:
        read: The files read so far.
    """

    def __init__(self) -> None:
        self.read: list[bytes] = []
        self._closed = False

    @override
    def extract(self, path: bytes, picture_px: int) -> Extraction:
        if self._closed:
            raise ChildFailed("The decoder has been stopped.")
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            content = file.read()
            stat = attributes.stat_of(descriptor)
            digest = content_hash(descriptor, len(content))
        self.read.append(path)
        colour = _COLOUR.fullmatch(content)
        form = format_of(name_of(path), content)
        kind = Kind.IMAGE if colour else form.kind
        passages = [Passage(0, PassageKind.ABOUT, about(path, "picture" if colour else form.words, FileFacts()))]
        if colour:
            passages.append(Passage(1, PassageKind.PICTURE, ""))
        else:
            paragraphs = [part for part in content.decode("utf-8", "replace").split("\n\n") if part.strip()]
            passages += [Passage(place, PassageKind.TEXT, text) for place, text in enumerate(paragraphs, 1)]
        return Extraction(
            stat=stat,
            content_hash=digest,
            kind=kind,
            mime=form.mime,
            facts=FileFacts(),
            passages=tuple(passages),
            picture=_picture(colour[1]) if colour and picture_px else None,
        )

    @override
    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        os.lstat(path)
        return b""

    @override
    def close(self) -> None:
        self._closed = True


def _picture(colour: bytes) -> Pixels:
    """Return a picture of one colour, given as six hex digits."""
    return np.full((_SIDE, _SIDE, 3), list(bytes.fromhex(colour.decode())), np.uint8)
