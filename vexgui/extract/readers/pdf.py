"""PDF: title, author, the text page by page, and a picture of the first page."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Raster, Section, Shown, Unreadable, clean, one_line
from vexgui.extract.moments import pdf_moment
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS
from vexgui.extract.readers.picture import as_png

_ENOUGH_CHARS = MAX_PASSAGES * PROSE_CHARS
"""More text than this gives no further passage."""

_MAX_PAGES = 5000
_LONGEST_PX = 4096
_IN_MEMORY_BYTES = 64 << 20
"""Files up to this size are handed to PDFium whole; it reads larger ones through callbacks, which is slower."""

_SPLIT_WORD = re.compile("(?<=\\w)[\x02\ufffe]\r?\n?")
"""A word divided at a line end: PDFium gives the hyphen as U+0002 or U+FFFE."""

_PROGRAM_TITLE = re.compile(r"^(microsoft (word|powerpoint|excel) - |untitled\b.*|.*\.(dvi|indd|qxd)$)", re.IGNORECASE)


def read_pdf(file: BinaryIO, short_px: int) -> Contents:
    """Read a document's facts and the text of its pages; of one without text, as scanners make it, a picture as well.

    Args:
        file: The document.
        short_px: Short side of the first page's picture, 0 for none.

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
        sections = tuple(_sections(document))
        if not len(document) or any(section.text.strip() for section in sections):
            return Contents(facts, sections)
        if not short_px:
            return Contents(facts, shown=(Shown(),))
        page = _first_page(document, lambda width, height: short_px / min(width, height))
        return Contents(facts, shown=(Shown(raster=Raster(page.width, page.height, page.tobytes())),))


def pdf_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return the first page as PNG, longest side at most ``longest_px``.

    Raises:
        Unreadable: There is none, or it cannot be drawn.
    """
    with _opened(file) as document:
        return as_png(_first_page(document, lambda width, height: longest_px / max(width, height)))


def _first_page(document: "pypdfium2.PdfDocument", scale: Callable[[float, float], float]) -> Image.Image:
    """Return the first page's picture; ``scale`` tells pixels a point from its width and height in points."""
    page = document[0]
    width, height = (max(1.0, side) for side in page.get_size())
    factor = min(scale(width, height), _LONGEST_PX / max(width, height))
    image: Image.Image = page.render(scale=factor, may_draw_forms=False).to_pil()
    return image.convert("RGB")


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


def _sections(document: "pypdfium2.PdfDocument") -> Iterator[Section]:
    """Yield the text of the pages, those left out that are damaged; enough of them for all passages."""
    chars = 0
    for number in range(min(len(document), _MAX_PAGES)):
        try:
            text = _page_text(document, number)
        except pypdfium2.PdfiumError:
            continue
        yield Section(text, f"page {number + 1}")
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
