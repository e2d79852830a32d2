"""Office documents and electronic books: packages of XML in a ZIP file (OOXML, OpenDocument, EPUB)."""

import posixpath
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Section, Unreadable, one_line
from vexgui.extract.language import declared_language
from vexgui.extract.moments import iso_moment
from vexgui.extract.passages import MAX_PASSAGES
from vexgui.extract.readers.flow import Markup, flowing_text, html_root, xml_root
from vexgui.extract.readers.html import HTML
from vexgui.extract.readers.text import decoded

MAX_PART_BYTES = 16 << 20
"""How much of one part of a package is unpacked."""

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_OOXML = Markup(
    paragraphs=frozenset(("p",)),
    lines=frozenset(("si",)),
    marks={"tab": " ", "br": "\n", "cr": "\n"},
    skipped=frozenset(("instrText", "delText", "rPh", "Fallback")),
)
_OPENDOCUMENT = Markup(
    paragraphs=frozenset(("p", "h")),
    lines=frozenset(("table-row",)),
    marks={"tab": " ", "s": " ", "line-break": "\n"},
    skipped=frozenset(("tracked-changes", "note-citation", "forms", "scripts")),
)


class Package:
    """The parts of an office document, unpacked one at a time and never in full."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def data(self, name: str) -> bytes:
        """Return the first bytes of a part, at most `MAX_PART_BYTES`; b"" if there is none of that name."""
        if name not in self.names:
            return b""
        with self._archive.open(name) as part:
            return part.read(MAX_PART_BYTES)

    def root(self, name: str) -> etree._Element:
        """Return the root of a part that is XML; an empty element if there is none of that name."""
        root = xml_root(self.data(name)) if name in self.names else None
        return etree.Element("missing") if root is None else root

    def related(self, name: str) -> dict[str, str]:
        """Return the parts that an OOXML part refers to, by the ids it uses."""
        folder, base = posixpath.split(name)
        relations = self.root(f"{folder}/_rels/{base}.rels")
        return {
            relation.get("Id", ""): posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
            for relation in relations.iter("{*}Relationship")
        }


def read_office(file: BinaryIO) -> Contents:
    """Read a text document, a spreadsheet, slides or a book.

    Raises:
        Unreadable: It is encrypted, damaged, or not such a package.
    """
    if file.read(len(_OLE_MAGIC)) == _OLE_MAGIC:
        raise Unreadable("The document is encrypted, or older than its name says.")
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            return _read(Package(archive))
    except NotImplementedError as error:
        raise Unreadable("The document is damaged.") from error
    except RuntimeError as error:  # what zipfile raises for a missing password
        raise Unreadable("The document is encrypted.") from error
    except (BadZipFile, zlib.error, EOFError) as error:
        raise Unreadable("The document is damaged.") from error


def _read(package: Package) -> Contents:
    if "META-INF/container.xml" in package.names and "content.xml" not in package.names:
        return _book(package)
    if "content.xml" in package.names:
        return Contents(_facts(package.root("meta.xml")), tuple(_opendocument(package)))
    facts = _facts(package.root("docProps/core.xml"))
    for main, sections in (
        ("word/document.xml", _words),
        ("ppt/presentation.xml", _slides),
        ("xl/workbook.xml", _sheets),
    ):
        if main in package.names:
            return Contents(facts, tuple(sections(package, main)))
    raise Unreadable("The document is damaged: its main part is missing.")


def _facts(properties: etree._Element) -> FileFacts:
    return FileFacts(
        title=one_line(properties.findtext(".//{*}title"), 300),
        author=one_line(properties.findtext(".//{*}creator") or properties.findtext(".//{*}initial-creator"), 200),
        caption=one_line(properties.findtext(".//{*}description")),
        language=declared_language(properties.findtext(".//{*}language")),
        created=iso_moment(properties.findtext(".//{*}created") or properties.findtext(".//{*}creation-date")),
    )


def _words(package: Package, main: str) -> Iterator[Section]:
    yield Section(flowing_text(package.root(main), _OOXML), "")
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        yield Section(flowing_text(package.root(notes), _OOXML), told("notes"))


def _slides(package: Package, main: str) -> Iterator[Section]:
    parts = package.related(main)
    for number, slide in enumerate(package.root(main).iter("{*}sldId"), 1):
        name = parts.get(slide.get(_RELATIONS, ""), "")
        yield Section(flowing_text(package.root(name), _OOXML), told(f"slide {number}"))
        if number == MAX_PASSAGES:
            return


def _sheets(package: Package, main: str) -> Iterator[Section]:
    shared = [flowing_text(entry, _OOXML) for entry in package.root("xl/sharedStrings.xml").iter("{*}si")]
    parts = package.related(main)
    for sheet in package.root(main).iter("{*}sheet"):
        rows = package.root(parts.get(sheet.get(_RELATIONS, ""), "")).iter("{*}row")
        lines = (" ".join(filter(None, (_cell(cell, shared) for cell in row.iter("{*}c")))) for row in rows)
        yield Section("\n".join(filter(None, lines)), told(f"sheet {one_line(sheet.get('name'), 100) or ''}").strip())


def _cell(cell: etree._Element, shared: list[str]) -> str:
    """Return what a cell shows; formulas by their last result, dates as the numbers they are kept as."""
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return flowing_text(cell, _OOXML) if cell.get("t") == "inlineStr" else value


def _opendocument(package: Package) -> Iterator[Section]:
    root = package.root("content.xml")
    pages = list(root.iter("{*}page"))
    tables = root.findall("{*}body/{*}spreadsheet/{*}table")
    if pages:
        yield from (Section(flowing_text(page, _OPENDOCUMENT), told(f"slide {n}")) for n, page in enumerate(pages, 1))
    elif tables:
        for table in tables:
            name = next((value for key, value in table.attrib.items() if str(key).endswith("}name")), "")
            yield Section(flowing_text(table, _OPENDOCUMENT), told(f"sheet {one_line(str(name), 100) or ''}").strip())
    else:
        body = root.find("{*}body")
        yield Section(flowing_text(root if body is None else body, _OPENDOCUMENT), "")


def _book(package: Package) -> Contents:
    container = package.root("META-INF/container.xml")
    index_name = next((entry.get("full-path", "") for entry in container.iter("{*}rootfile")), "")
    index = package.root(index_name)
    folder = posixpath.dirname(index_name)
    files = {item.get("id", ""): unquote(item.get("href", "")) for item in index.iter("{*}item")}
    chapters = [posixpath.join(folder, files.get(entry.get("idref", ""), "")) for entry in index.iter("{*}itemref")]
    return Contents(_facts(index), tuple(_chapters(package, chapters[:MAX_PASSAGES])))


def _chapters(package: Package, names: list[str]) -> Iterator[Section]:
    for number, name in enumerate(names, 1):
        text, _ = decoded(package.data(name))
        root = html_root(text)
        if root is not None:
            yield Section(flowing_text(root, HTML), told(f"chapter {number}"))
