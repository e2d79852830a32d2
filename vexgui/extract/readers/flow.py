"""The text of a marked-up document in reading order, from HTML and from the XML of office formats."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from lxml import etree

from vexgui.extract.contents import clean

_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n\x1d\x1e]+")
_PARAGRAPH, _LINE = "\x1d", "\x1e"
_EDGES = re.compile(r"(?<!\s)\s*[\x1d\x1e]\s*")
"""White space with an edge in it, looked for once in each stretch; edges are white space to Python, too."""
_LINE_BREAK = re.compile(r" ?\n ?")


@dataclass(frozen=True, slots=True)
class Markup:
    """How the elements of a markup language shape the text; elements go by their local names.

    Attributes:
        paragraphs: Elements parted from their neighbours by an empty line.
        lines: Elements that start and end a line.
        marks: What an element without text of its own stands for: a line break, a space.
        skipped: Elements whose text nobody sees.
        verbatim: Elements whose line ends count.
        spoken: Attribute that holds the words of an element without text, by element.
    """

    paragraphs: Set[str]
    lines: Set[str]
    marks: Mapping[str, str] = field(default_factory=dict)
    skipped: Set[str] = frozenset()
    verbatim: Set[str] = frozenset()
    spoken: Mapping[str, str] = field(default_factory=dict)


def xml_root(data: bytes) -> etree._Element | None:
    """Return the root of an XML document, however broken; None if nothing is left of it. Fetches nothing."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def html_root(text: str) -> etree._Element | None:
    """Return the root of an HTML document; None if it is empty. Fetches nothing."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def flowing_text(root: etree._Element, markup: Markup) -> str:
    """Return the visible text beneath an element: paragraphs parted by an empty line."""
    text = _SPACES_IN_LINE.sub(" ", "".join(_parts(root, markup)))
    text = _EDGES.sub(lambda edges: "\n\n" if _PARAGRAPH in edges[0] else "\n", text)
    return _LINE_BREAK.sub("\n", text).strip()


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]  # the tag of an entity is a function


def _parts(root: etree._Element, markup: Markup) -> Iterator[str]:
    verbatim = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = local_name(element)
        if event == "start":
            yield _edge(name, markup) + markup.marks.get(name, "")
            verbatim += name in markup.verbatim
            if name in markup.skipped:
                walk.skip_subtree()
            else:
                yield _said(element.text, verbatim)
                yield clean((name in markup.spoken and element.get(markup.spoken[name])) or "")
            continue
        verbatim -= name in markup.verbatim
        yield _edge(name, markup)
        if element is not root:
            yield _said(element.tail, verbatim)


def _said(text: str | None, verbatim: int) -> str:
    if not text:
        return ""
    return clean(text) if verbatim else clean(_SPACES.sub(" ", text))


def _edge(name: str, markup: Markup) -> str:
    """Return what stands where an element starts or ends; edges that meet become one, the strongest."""
    if name in markup.paragraphs:
        return _PARAGRAPH
    return _LINE if name in markup.lines else ""
