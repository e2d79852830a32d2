"""Web pages and drawings in SVG: title, author, description, and the text a visitor sees."""

import re
from typing import BinaryIO

from lxml import etree

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Section, one_line
from vexgui.extract.language import declared_language
from vexgui.extract.readers.flow import Markup, flowing_text, html_root
from vexgui.extract.readers.text import decoded

MAX_HTML_BYTES = 8 << 20
"""How much of a page is read: markup outweighs text several times."""

_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding=[\"']([\w.:-]+)", re.IGNORECASE
)

# fmt: off
HTML = Markup(
    paragraphs=frozenset((
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article",
        "header", "footer", "nav", "aside", "main", "figure", "hr", "title", "desc",
    )),
    lines=frozenset((
        "div", "li", "tr", "dt", "dd", "caption", "figcaption", "address", "form", "fieldset", "option", "summary",
        "details", "text",
    )),
    marks={"br": "\n", "td": " ", "th": " "},
    skipped=frozenset(("head", "script", "style", "noscript", "template", "metadata", "iframe", "object")),
    verbatim=frozenset(("pre", "textarea")),
    spoken={"img": "alt"},
)
# fmt: on


def read_html(file: BinaryIO) -> Contents:
    """Read a page, at most its first 8 MiB.

    Raises:
        Unreadable: It is not text.
    """
    data = file.read(MAX_HTML_BYTES)
    text, encoding = decoded(data, cut=len(data) == MAX_HTML_BYTES, declared=_declared(data))
    root = html_root(text)
    if root is None:
        return Contents(FileFacts(encoding=encoding))
    facts = FileFacts(
        title=one_line(root.findtext(".//title"), 300),
        author=one_line(_meta(root, "author"), 200),
        caption=one_line(_meta(root, "description")),
        encoding=encoding,
        language=declared_language(root.get("lang")),
    )
    return Contents(facts, (Section(flowing_text(root, HTML), ""),))


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page says it is in."""
    found = _CHARSET.search(data, 0, 4096)
    return (found[1] or found[2]).decode("ascii") if found else None


def _meta(root: etree._Element, name: str) -> str | None:
    for element in root.iter("meta"):
        if (element.get("name") or element.get("property") or "").lower() in (name, f"og:{name}"):
            return element.get("content")
    return None
