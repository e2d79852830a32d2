"""What a reader finds in a file, and how it says that it cannot read it."""

import re
from dataclasses import dataclass, field

from vexgui.core.files import FileFacts

MAX_SHOWN = 32
"""Most pictures of one file that get a vector."""

_NOT_TEXT = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


class Unreadable(Exception):
    """A file's contents cannot be decoded; the reason is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a file's text.

    Attributes:
        text: Clean text, see `clean`.
        place: Where it is, in words: "page 3"; None to name passages by their line.
    """

    text: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels on their way out of the decoder.

    Attributes:
        width: Pixels.
        height: Pixels.
        rgb: Three bytes a pixel, row by row: height * width * 3 bytes.
    """

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """Something in a file to look at: all of a picture, a part of one, a page, a moment of a video.

    Attributes:
        place: Which part it is, in words: "page 3", "left"; "" for the whole.
        raster: Its pixels, upright and shrunk, or None when none were wanted.
        transparent: Whether its background is none of its own but paper.
    """

    place: str = ""
    raster: Raster | None = None
    transparent: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader found in a file.

    Attributes:
        facts: Structured facts.
        sections: The text, in reading order.
        shown: What there is to look at, the whole of a picture first; at most `MAX_SHOWN`. All have pixels, or none.
        problem: Why a part could not be read although facts could, a sentence, or "".
    """

    facts: FileFacts = field(default_factory=FileFacts)
    sections: tuple[Section, ...] = ()
    shown: tuple[Shown, ...] = ()
    problem: str = ""


def clean(text: str) -> str:
    r"""Return text with ``\n`` line ends and without control characters, terminal colours and broken surrogates."""
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str | None, longest: int = 1000) -> str | None:
    """Return a title or caption on one line, at most ``longest`` characters; None if nothing is left of it."""
    return " ".join(clean(text).split())[:longest].strip() or None if text else None
