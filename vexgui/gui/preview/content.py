"""What the large preview shows of a file, read on a worker thread."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event as Flag

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from vexgui.core.errors import VexError
from vexgui.core.files import FileFacts, Kind
from vexgui.core.hits import Hit
from vexgui.core.reports import Inspection
from vexgui.engine.api import EngineApi
from vexgui.gui.markdown import is_markdown
from vexgui.gui.preview.passages import MOST_CHARS, MOST_MARKDOWN_CHARS, FoundText, found_in, joined_passages
from vexgui.gui.thumbnails.decoding import decoded, decodes_here, image_in
from vexgui.system.opening import open_regular

MOST_PX = 6000
"""Longest side of a picture that is decoded here, and of a page that is drawn."""
_MOST_TEXT_BYTES = 4 << 20
_PAGE = re.compile(r"page (\d+)$")
READ = frozenset({Kind.TEXT, Kind.CODE})
"""Kinds of which the text itself is shown."""
_MOST_CELLS = 3000
"""Of tables in Markdown: a cell takes as long to be laid out as dozens of letters."""
_LOOKED_AT = frozenset({Kind.VIDEO, Kind.AUDIO})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or a page, perhaps smaller than it is.

    Attributes:
        image: Its pixels.
        whole: Its size; of a page, that of its image.
        page: Which page it is, from 0.
    """

    image: QImage
    whole: QSize
    page: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What can be shown of a file: a picture, a text, or what is known of it.

    Attributes:
        picture: The picture, the page that was found, or the first picture of a video; None where there is none.
        pages: How many pages there are; 0 where it has none.
        found: The text; None where there is none.
        facts: What the file says of itself.
        passages: Texts within it, such as the names of what is in an archive.
        problem: Why nothing of it can be shown, a sentence, or "".
    """

    picture: Picture | None = None
    pages: int = 0
    found: FoundText | None = None
    facts: FileFacts = field(default_factory=FileFacts)
    problem: str = ""


def content_of(engine: EngineApi, hit: Hit, px: int, stop: Flag) -> Content:
    """Read what there is to be shown of a hit, its picture at most ``px`` on its longest side."""
    inspection, problem = _inspected(engine, hit.path)
    facts = inspection.facts if inspection is not None else FileFacts()
    if stop.is_set():
        return Content()
    if hit.kind in READ:
        text = _text_in(hit.path, facts.encoding)
        if text:
            return Content(found=_found(text, hit, inspection), facts=facts)
    page = page_of(hit) if hit.kind is Kind.DOCUMENT else 0
    picture = picture_of(engine, hit, px, page, facts)
    if picture is None and page:
        picture = picture_of(engine, hit, px, 0, facts)
    pages = max(facts.pages or 0, 1) if picture is not None and hit.kind is Kind.DOCUMENT else 0
    text = joined_passages(inspection.passages) if inspection is not None and hit.kind not in _LOOKED_AT else ""
    found = _found(text, hit, inspection) if picture is None and text else None
    if picture is None and found is None and inspection is not None:
        problem = inspection.reason
    return Content(picture, pages, found, facts, problem)


def picture_of(engine: EngineApi, hit: Hit, px: int, page: int, facts: FileFacts) -> Picture | None:
    """Return a hit's picture or one of its pages, its longest side at most ``px``; None where it has none."""
    px = min(px, MOST_PX)
    with suppress(OSError, VexError):
        if decodes_here(hit.path, hit.kind):
            found = decoded(hit.path, px)
            if found is not None:
                return Picture(_as_drawn(found.image), found.whole)
        image = image_in(engine.thumbnail(hit.path, px, page))
        if image is not None:
            whole = QSize(facts.width or 0, facts.height or 0) if hit.kind is Kind.IMAGE else QSize()
            return Picture(_as_drawn(image), whole if not whole.isEmpty() else image.size(), page)
    return None


def _as_drawn(image: QImage) -> QImage:
    """Return a picture in the form that is drawn as it is; the window would have to wait for the change."""
    form = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return image.convertToFormat(form)


def page_of(hit: Hit) -> int:
    """Return the page that a hit was found on, from 0; the first where no page is told."""
    places = (_PAGE.search(why.place) for why in hit.why)
    return next((int(place[1]) - 1 for place in places if place), 0)


def _inspected(engine: EngineApi, path: bytes) -> tuple[Inspection | None, str]:
    try:
        return engine.inspect(path), ""
    except VexError as error:
        return None, str(error)


def _found(text: str, hit: Hit, inspection: Inspection | None) -> FoundText:
    passages = inspection.passages if inspection is not None else ()
    return found_in(text, hit.why, passages, _most_chars(text) if is_markdown(hit.path) else MOST_CHARS)


def _most_chars(text: str) -> int:
    """Return how much of a text in Markdown may be shown: no more than holds the most cells, on average."""
    return min(MOST_MARKDOWN_CHARS, _MOST_CELLS * len(text) // max(1, text.count("|")))


def _text_in(path: bytes, encoding: str | None) -> str:
    """Return a text file's text, its first megabytes of it; "" where it cannot be read."""
    with suppress(OSError):
        descriptor = open_regular(os.path.realpath(path))
        with open(descriptor, "rb") as file:
            return _decoded(file.read(_MOST_TEXT_BYTES), (encoding or "utf-8", "utf-8"))
    return ""


def _decoded(content: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        with suppress(LookupError):
            return (
                content.decode(encoding, "replace")
                .removeprefix("\ufeff")
                .replace("\r\n", "\n")
                .replace("\r", "\n")
                .replace("\0", "")
            )
    return ""
