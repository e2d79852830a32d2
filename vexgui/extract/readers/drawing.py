"""Drawings in SVG: their words, as web pages have them, and what they look like where resvg is installed."""

import re
import zlib
from contextlib import suppress
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from lxml import etree
from PIL import ImageFont

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Unreadable
from vexgui.extract.readers.flow import local_name, xml_root
from vexgui.extract.readers.html import MAX_HTML_BYTES, read_html
from vexgui.extract.readers.picture import as_png, opened_picture, seen, unseen, upright

_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
_USUAL = ("DejaVuSans.", "NotoSans-Regular.", "LiberationSans-Regular.", "FreeSans.", "Ubuntu-R.", "Cantarell")
_GZIP = b"\x1f\x8b"
_GZIP_BITS = 31
_LONGEST_PX = 4096
_DPI = 96.0
_LENGTH = re.compile(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)\s*(px|pt|pc|mm|cm|in|Q)?\s*")
_PX = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "Q": 96 / 101.6}
"""CSS Values and Units 3, 6.2."""
_MOST_UNITS = 1e6
_DEEPEST = 128
"""resvg calls itself for each element within another, and breaks at drawings twice as deep (0.5.0, 8 MiB of stack)."""
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_PICTURES = ("image", "feImage")


def read_drawing(file: BinaryIO, short_px: int) -> Contents:
    """Read a drawing's words and, unless ``short_px`` is 0, draw it with a short side of ``short_px``.

    Raises:
        Unreadable: It is not text.
    """
    data = _unpacked(file)
    words = read_html(BytesIO(data))
    root = _root(data)
    if root is None or not _can_draw():
        return words
    width, height = _size(root)
    facts = replace(words.facts, width=round(width) or None, height=round(height) or None)
    shown = seen_drawing(root, facts, short_px) if short_px else unseen(facts)
    return replace(shown, sections=words.sections)


def drawing_thumbnail(file: BinaryIO, longest_px: int) -> bytes:
    """Return a drawing as PNG, longest side ``longest_px``.

    Raises:
        Unreadable: It cannot be drawn.
    """
    root = _root(_unpacked(file))
    if root is None or not _can_draw():
        raise Unreadable("The drawing is damaged.")
    width, height = _size(root)
    with opened_picture(_drawn(root, longest_px, along_width=width >= height)) as image:
        return as_png(upright(image, longest_px / max(image.size)))


def seen_drawing(root: etree._Element, facts: FileFacts, short_px: int) -> Contents:
    """Return a drawing, drawn with a short side of ``short_px``; with the reason where that fails."""
    width, height = facts.width or 1, facts.height or 1
    longest_px = min(_LONGEST_PX, round(short_px * max(width, height) / min(width, height)))
    try:
        with opened_picture(_drawn(root, longest_px, along_width=width >= height)) as image:
            return seen(image, facts, short_px)
    except Unreadable as problem:
        return Contents(facts, problem=problem.reason)


def _drawn(root: etree._Element, longest_px: int, *, along_width: bool) -> BytesIO:
    import resvg_py

    width, height = (longest_px, None) if along_width else (None, longest_px)
    text = etree.tostring(root, encoding="unicode")
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=text,
            width=width,
            height=height,
            dpi=_DPI,
            font_family=_usual_family(),
            serif_family=_usual_family(),
            sans_serif_family=_usual_family(),
        )
    except ValueError as error:
        raise Unreadable("The drawing is damaged.") from error
    return BytesIO(bytes(png))


@cache
def _usual_family() -> str | None:
    """Return the family of an installed font: without one resvg leaves out texts whose own font is not there."""
    folders = [Path(folder) for folder in _FONTS]
    fonts = sorted(path for folder in folders for path in folder.rglob("*.[ot]tf"))
    for name in (*_USUAL, ""):
        for path in fonts:
            if path.name.startswith(name):
                with suppress(OSError):
                    return ImageFont.truetype(path).getname()[0]
    return None


def _can_draw() -> bool:
    try:
        import resvg_py  # noqa: F401 - whether it is there
    except ImportError:
        return False
    return True


def _unpacked(file: BinaryIO) -> bytes:
    data = file.read(MAX_HTML_BYTES)
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(_GZIP_BITS).decompress(data, MAX_HTML_BYTES)
    except zlib.error as error:
        raise Unreadable("The drawing is damaged.") from error


def _root(data: bytes) -> etree._Element | None:
    """Return a drawing that shows no other files: pictures in it come with it or are left out."""
    root = xml_root(data)
    if root is None or local_name(root) != "svg" or _depth(root) > _DEEPEST:
        return None
    etree.strip_elements(root, etree.Entity, with_tail=False)  # what they stand for is left behind with the head
    for element in list(root.iter(etree.Element)):
        hrefs = [element.get(name) for name in _HREFS]
        foreign = any(href and not href.lstrip().startswith(("data:", "#")) for href in hrefs)
        parent = element.getparent()
        if local_name(element) in _PICTURES and foreign and parent is not None:
            parent.remove(element)
    return root


def _depth(root: etree._Element) -> int:
    """Return how many elements lie within each other, as far as `_DEEPEST` and one more."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest


def _size(root: etree._Element) -> tuple[float, float]:
    """Return width and height in pixels of a screen; zeros where it does not say."""
    width, height = (_length(root.get(name)) for name in ("width", "height"))
    if not (width and height):
        box = [_length(number) for number in re.split(r"[\s,]+", (root.get("viewBox") or "").strip())[2:4]]
        width, height = box if len(box) == 2 and all(box) else (0.0, 0.0)  # noqa: PLR2004 - a width and a height
    return width, height


def _length(text: str | None) -> float:
    found = _LENGTH.fullmatch(text or "")
    length = float(found[1]) * _PX[found[2] or ""] if found else 0.0
    return length if length < _MOST_UNITS else 0.0
