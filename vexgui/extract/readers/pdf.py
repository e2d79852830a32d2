"""PDF: title, author, the text page by page, and pictures of the pages without text, as scanners make them.

A page at which PDFium fails is left out; the others are read.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import BinaryIO, TypeVar

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import MAX_SHOWN, Contents, Raster, Section, Shown, Unreadable, clean, one_line
from vexgui.extract.moments import pdf_moment
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS
from vexgui.extract.readers.ocr import LOOKED_AT_PX, WRITTEN_PX, Effort, looks_written, text_in
from vexgui.extract.readers.picture import as_png, raster_of

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_ENOUGH_CHARS = MAX_PASSAGES * PROSE_CHARS
"""More text than this gives no further passage."""

_MAX_PAGES = 5000
_LEAST_LETTERS = 16
_MAX_OBJECTS, _DEPTH = 1000, 3
_LONGEST_PX = 4096
_IN_MEMORY_BYTES = 64 << 20
"""Files up to this size are handed to PDFium whole; it reads larger ones through callbacks, which is slower."""

_SPLIT_WORD = re.compile("(?<=\\w)[\x02\ufffe]\r?\n?")
"""A word divided at a line end: PDFium gives the hyphen as U+0002 or U+FFFE."""

_DAMAGED = "The PDF is damaged."
_PROGRAM_TITLE = re.compile(r"^(microsoft (word|powerpoint|excel) - |untitled\b.*|.*\.(dvi|indd|qxd)$)", re.IGNORECASE)


def read_pdf(file: BinaryIO, short_px: int) -> Contents:
    """Read a document's facts, the text of its pages, and pictures of the pages that have none.

    Args:
        file: The document.
        short_px: Short side of a page's picture, 0 for none; text in pictures is looked for with them only.

    Raises:
        Unreadable: It is encrypted or damaged.
    """
    with _opened(file) as document:
        facts = FileFacts(
            title=one_line(_PROGRAM_TITLE.sub("", _said(document, "Title")), 300),
            author=one_line(_said(document, "Author"), 200),
            pages=len(document),
            created=pdf_moment(_said(document, "CreationDate")),
            extra=_origins(document) or None,
        )
        texts = dict(_texts(document))
        if facts.pages and not texts:
            return Contents(facts, problem=_DAMAGED)
        bare = [number for number in texts if _unless_broken(number, lambda n: _is_to_be_seen(document, n, texts[n]))]
        shown: list[Shown] = []
        effort = Effort()
        for number in bare[:MAX_SHOWN]:
            seen = _unless_broken(number, lambda n: _seen(document, n, short_px, effort))
            if seen is not None:
                raster, text = seen
                shown.append(Shown(_place(number), raster))
                texts[number] = text or texts[number]
        return Contents(facts, tuple(Section(text, _place(number)) for number, text in texts.items()), tuple(shown))


def pdf_thumbnail(file: BinaryIO, longest_px: int, page: int = 0) -> bytes:
    """Return a page, counted from 0, as PNG, longest side at most ``longest_px``.

    Raises:
        Unreadable: There is none, or it cannot be drawn.
    """
    with _opened(file) as document:
        if not 0 <= page < len(document):
            raise Unreadable("There is no such page.")
        return as_png(_drawn(document, page, lambda width, height: longest_px / max(width, height)))


def _unless_broken(number: int, read: Callable[[int], _T]) -> _T | None:
    """Return what is read of a page, or None where that fails: there are still the others."""
    try:
        return read(number)
    except MemoryError:
        raise  # there may be enough in a fresh process
    except Exception:  # noqa: BLE001 - whatever a broken page makes of PDFium and of what draws it
        _log.warning("%s of a PDF could not be read", _place(number), exc_info=True)
        return None


def _seen(document: "pypdfium2.PdfDocument", number: int, short_px: int, effort: Effort) -> tuple[Raster | None, str]:
    """Return a page's picture if one is wanted, and the text in it as far as the effort goes."""
    if not short_px:
        return None, ""
    page = _drawn(
        document, number, lambda width, height: max(LOOKED_AT_PX / max(width, height), short_px / min(width, height))
    )
    text = ""
    if not effort.is_spent and looks_written(page):
        text = text_in(_drawn(document, number, lambda width, height: WRITTEN_PX / max(width, height)), effort)
    factor = min(1.0, short_px / min(page.size))
    size = (max(1, round(page.width * factor)), max(1, round(page.height * factor)))
    return raster_of(page.resize(size, Image.Resampling.BICUBIC)), text


def _drawn(document: "pypdfium2.PdfDocument", number: int, scale: Callable[[float, float], float]) -> Image.Image:
    """Return a page's picture; ``scale`` tells pixels a point from its width and height in points."""
    page = document[number]
    try:
        width, height = (max(1.0, side) for side in page.get_size())
        factor = min(scale(width, height), _LONGEST_PX / max(width, height))
        image: Image.Image = page.render(scale=factor, may_draw_forms=False).to_pil()
        return image.convert("RGB")
    finally:
        page.close()


def _is_to_be_seen(document: "pypdfium2.PdfDocument", number: int, text: str) -> bool:
    """Tell whether a page shows more than it says: a picture where there is no text but, say, a number."""
    letters = sum(map(str.isalnum, text))
    if letters >= _LEAST_LETTERS:
        return False
    page = document[number]
    try:
        kinds = {each.type for each in islice(page.get_objects(max_depth=_DEPTH), _MAX_OBJECTS)} - {
            raw.FPDF_PAGEOBJ_TEXT
        }
        return bool(kinds) if letters == 0 else raw.FPDF_PAGEOBJ_IMAGE in kinds
    finally:
        page.close()


def _place(number: int) -> str:
    return told(f"page {number + 1}")


@contextmanager
def _opened(file: BinaryIO) -> Iterator["pypdfium2.PdfDocument"]:
    size = file.seek(0, 2)
    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(file.read() if size <= _IN_MEMORY_BYTES else file)
        try:
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unreadable("The PDF is encrypted." if locked else _DAMAGED) from error


def _said(document: "pypdfium2.PdfDocument", key: str) -> str:
    """Return what a document says of itself by a name, or "" where that is no text."""
    try:
        return str(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""


def _origins(document: "pypdfium2.PdfDocument") -> dict[str, str | int | float]:
    """Return the programs that made a document and its keywords, as far as it says."""
    said = {name.lower(): one_line(_said(document, name), 200) for name in ("Producer", "Creator", "Keywords")}
    return {name: value for name, value in said.items() if value}


def _texts(document: "pypdfium2.PdfDocument") -> Iterator[tuple[int, str]]:
    """Yield the pages' numbers, from 0, and texts, those left out that are damaged; enough of them for all passages."""
    chars = 0
    for number in range(min(len(document), _MAX_PAGES)):
        text = _unless_broken(number, lambda n: _page_text(document, n))
        if text is None:
            continue
        yield number, text
        chars += len(text)
        if chars > _ENOUGH_CHARS:
            return


def _page_text(document: "pypdfium2.PdfDocument", number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            return clean(_SPLIT_WORD.sub("", words.get_text_bounded()))
        finally:
            words.close()
    finally:
        page.close()
