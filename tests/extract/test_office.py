"""Office documents, books and notebooks."""

import json
from io import BytesIO

import pytest

from tests.extract.builders import docx, epub, opendocument, package, pptx, xlsx
from vexgui.core.files import FileFacts
from vexgui.extract.contents import Section, Unreadable
from vexgui.extract.readers.notebook import read_notebook
from vexgui.extract.readers.office import read_office


def filled(sections: tuple[Section, ...]) -> list[Section]:
    return [section for section in sections if section.text]


def test_a_word_document() -> None:
    contents = read_office(BytesIO(docx(["The old tram.", "Second &amp; last."], title="Trams", author="Ana")))
    assert filled(contents.sections) == [Section("The old tram.\n\nSecond & last.", "")]
    assert (contents.facts.title, contents.facts.author) == ("Trams", "Ana")


def test_what_documents_say_of_their_day_and_language_are_facts() -> None:
    said = '<m xmlns:t="urn:terms"><t:created>2020-05-17T12:00:00</t:created><t:language>pt-PT</t:language></m>'
    made = package({"word/document.xml": "<document/>", "docProps/core.xml": said})
    assert read_office(BytesIO(made)).facts == FileFacts(language="pt", created="2020-05-17T12:00:00")
    said = '<m xmlns:t="urn:terms"><t:creation-date>2020-05-17T12:00:00.5</t:creation-date></m>'
    made = package({"content.xml": "<document/>", "meta.xml": said})
    assert read_office(BytesIO(made)).facts == FileFacts(created="2020-05-17T12:00:00")


def test_slides_come_in_the_order_they_are_shown() -> None:
    contents = read_office(BytesIO(pptx(["Opening", "Closing"])))
    assert contents.sections == (Section("Opening", "slide 1"), Section("Closing", "slide 2"))


def test_a_spreadsheet_comes_row_by_row() -> None:
    contents = read_office(BytesIO(xlsx("Budget", [["Tram fare", 3.5], ["Hotel", 80]])))
    assert contents.sections == (Section("Tram fare 3.5\nHotel 80", "sheet Budget"),)


def test_an_opendocument_text() -> None:
    data = opendocument(
        "text", "<text:h>Trams</text:h><text:p>Old<text:s/>tram <text:span>28</text:span>.</text:p>", "T"
    )
    contents = read_office(BytesIO(data))
    assert contents.sections == (Section("Trams\n\nOld tram 28.", ""),)
    assert contents.facts.title == "T"


def test_an_opendocument_spreadsheet() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('fare')}{cell.format('3.5')}</table:table-row>"
    contents = read_office(BytesIO(opendocument("spreadsheet", f'<table:table table:name="Costs">{row}</table:table>')))
    assert [section.place for section in contents.sections] == ["sheet Costs"]
    assert contents.sections[0].text.split() == ["fare", "3.5"]


def test_opendocument_slides() -> None:
    page = "<draw:page><text:p>{}</text:p></draw:page>"
    contents = read_office(BytesIO(opendocument("presentation", page.format("one") + page.format("two"))))
    assert contents.sections == (Section("one", "slide 1"), Section("two", "slide 2"))


def test_a_book_comes_chapter_by_chapter() -> None:
    contents = read_office(BytesIO(epub(["It was night.", "It was day."], "Nights", "Ana")))
    assert contents.sections == (Section("It was night.", "chapter 1"), Section("It was day.", "chapter 2"))
    assert (contents.facts.title, contents.facts.author) == ("Nights", "Ana")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"junk", "The document is damaged."),
        (docx(["x"])[:200], "The document is damaged."),
        (package({"other.txt": "x"}), "The document is damaged: its main part is missing."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "The document is encrypted, or older than its name says."),
        (
            docx(["x" * 3000]).replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"),
            "The document is encrypted.",
        ),
    ],
)
def test_a_broken_document_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_office(BytesIO(data))
    assert caught.value.reason == reason


def test_entities_are_neither_fetched_nor_blown_up() -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    data = package({"word/document.xml": f"{laughs}<w><p><t>x&b;&c;y</t></p></w>"})
    text = "".join(section.text for section in read_office(BytesIO(data)).sections)
    assert "root:" not in text


def test_a_notebook_gives_its_cells_without_their_output() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Trams\n", "of Lisbon"]},
        {"cell_type": "code", "source": "ride(28)", "outputs": [{"data": {"image/png": "iVBOR"}}]},
    ]
    contents = read_notebook(BytesIO(json.dumps({"cells": cells}).encode()))
    assert contents.sections == (Section("# Trams\nof Lisbon\n\nride(28)", ""),)


@pytest.mark.parametrize("data", [b"{", b"[]", b"{}", b'{"cells": 3}', b'{"cells": [3]}', b"\xff\xff"])
def test_a_broken_notebook_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^The notebook is damaged\.$"):
        read_notebook(BytesIO(data))
