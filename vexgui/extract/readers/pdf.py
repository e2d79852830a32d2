"""PDF: title, author, the text page by page, and pictures of the pages without text, as scanners make them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import BinaryIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from vexgui.core.files import FileFacts
from vexgui.extract.contents import MAX_SHOWN, Contents, Raster, Section, Shown, Unreadable, clean, one_line
from vexgui.extract.moments import pdf_moment
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS
from vexgui.extract.readers.ocr import LOOKED_AT_PX, WRITTEN_PX, Effort, looks_written, text_in
from vexgui.extract.readers.picture import as_png, raster_of

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
        sections = dict(_sections(document))
        bare = [number for number, text in sections.items() if _is_to_be_seen(document, number, text)]
        shown: list[Shown] = []
        effort = Effort()
        for number in bare[:MAX_SHOWN]:
            raster, text = _seen(document, number, short_px, effort) if short_px else (None, "")
            shown.append(Shown(_place(number), raster))
            sections[number] = text or sections[number]
        return Contents(facts, tuple(Section(text, _place(number)) for number, text in sections.items()), tuple(shown))


def pdf_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return the first page as PNG, longest side at most ``longest_px``.

    Raises:
        Unreadable: There is none, or it cannot be drawn.
    """
    with _opened(file) as document:
        return as_png(_drawn(document, 0, lambda width, height: longest_px / max(width, height)))


def _seen(document: "pypdfium2.PdfDocument", number: int, short_px: int, effort: Effort) -> tuple[Raster, str]:
    """Return a page's picture, and the text in it as far as the effort goes."""
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
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()


def _place(number: int) -> str:
    return f"page {number + 1}"


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
        raise Unreadable("The PDF is encrypted." if locked else "The PDF is damaged.") from error


def _said(document: "pypdfium2.PdfDocument", key: str) -> str:
    return str(document.get_metadata_value(key))


def _origins(document: "pypdfium2.PdfDocument") -> dict[str, str | int | float]:
    """Return the programs that made a document and its keywords, as far as it says."""
    said = {name.lower(): one_line(_said(document, name), 200) for name in ("Producer", "Creator", "Keywords")}
    return {name: value for name, value in said.items() if value}


def _sections(document: "pypdfium2.PdfDocument") -> Iterator[tuple[int, str]]:
    """Yield the pages' numbers, from 0, and texts, those left out that are damaged; enough of them for all passages."""
    chars = 0
    for number in range(min(len(document), _MAX_PAGES)):
        try:
            text = _page_text(document, number)
        except pypdfium2.PdfiumError:
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
