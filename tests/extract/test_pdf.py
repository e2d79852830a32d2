"""PDF: facts, the text of the pages, and what is said of broken ones."""

import math
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

from tests.extract.builders import encoded, pdf, two_colours, written
from vexgui.extract.available import OCR, is_installed
from vexgui.extract.contents import MAX_SHOWN, Section, Shown, Unreadable
from vexgui.extract.readers import pdf as pdf_reader
from vexgui.extract.readers.ocr import Effort
from vexgui.extract.readers.pdf import pdf_thumbnail, read_pdf


def test_the_programs_that_made_it_and_its_keywords_are_facts() -> None:
    made = pdf(["Trams."], "title").replace(b"/Title(title)", b"/Producer(LaTeX)/Keywords(tram, Lisbon)")
    assert read_pdf(BytesIO(made), 0).facts.extra == {"producer": "LaTeX", "keywords": "tram, Lisbon"}
    assert read_pdf(BytesIO(pdf(["Trams."])), 0).facts.extra is None


def test_title_author_and_pages_are_facts() -> None:
    facts = read_pdf(BytesIO(pdf(["a", "b"], title="Trams of Lisbon", author="Ana")), 0).facts
    assert (facts.title, facts.author, facts.pages) == ("Trams of Lisbon", "Ana", 2)


def test_the_day_it_was_made_is_a_fact() -> None:
    made = pdf(["Trams."], "title").replace(b"/Title(title)", b"/CreationDate(D:20200517120000)")
    assert read_pdf(BytesIO(made), 0).facts.created == "2020-05-17T12:00:00"
    assert read_pdf(BytesIO(pdf(["Trams."])), 0).facts.created is None


@pytest.mark.parametrize(
    ("title", "kept"), [("Microsoft Word - trams.doc", "trams.doc"), ("untitled", None), ("", None)]
)
def test_titles_that_programs_make_up_are_left_out(title: str, kept: str | None) -> None:
    assert read_pdf(BytesIO(pdf(["a"], title=title)), 0).facts.title == kept


def test_text_comes_page_by_page() -> None:
    contents = read_pdf(BytesIO(pdf(["The old tram climbs.\nIt stops.", "Caf\xe9 on page two."])), 0)
    assert contents.sections == (
        Section("The old tram climbs.\nIt stops.", "page 1"),
        Section("Café on page two.", "page 2"),
    )


def test_an_encrypted_file_is_refused_by_name() -> None:
    with pytest.raises(Unreadable, match=r"^The PDF is encrypted\.$"):
        read_pdf(BytesIO(pdf(["secret"], encrypted=True)), 0)


@pytest.mark.parametrize("data", [b"%PDF-1.7\ngarbage", b"", b"not a pdf", pdf(["x"])[:60]])
def test_a_damaged_file_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^The PDF is damaged\.$"):
        read_pdf(BytesIO(data), 0)


def test_a_file_without_pages_has_no_thumbnail() -> None:
    with pytest.raises(Unreadable):
        pdf_thumbnail(BytesIO(pdf([])), 100)


def test_a_page_that_is_broken_costs_that_page() -> None:
    data = pdf(["first", "second", "third"])
    data = data.replace(b"(second) Tj", b"(second\xff\xff ")
    contents = read_pdf(BytesIO(data), 0)
    assert contents.facts.pages == 3
    assert "first" in contents.sections[0].text
    assert "third" in contents.sections[-1].text


def test_a_page_that_cannot_be_drawn_costs_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = pdf_reader._drawn

    def failing_at_the_second(
        document: PdfDocument, number: int, scale: Callable[[float, float], float]
    ) -> Image.Image:
        if number == 1:
            raise PdfiumError("Failed to load page.")
        return draw(document, number, scale)

    monkeypatch.setattr(pdf_reader, "_drawn", failing_at_the_second)
    scan = encoded(two_colours((90, 60)), "JPEG")
    contents = read_pdf(BytesIO(pdf(["first", scan, scan, "last"])), 50)
    assert [section.text for section in contents.sections] == ["first", "", "", "last"]
    assert [shown.place for shown in contents.shown] == ["page 3"]
    assert contents.problem == ""


def test_a_title_that_is_no_text_costs_only_the_title() -> None:
    data = pdf(["words"], title="T", author="Ana").replace(b"/Title(T)", b"/Title(\xfe\xff\xd8\x00\x00T)")
    contents = read_pdf(BytesIO(data), 0)
    assert (contents.facts.title, contents.facts.author) == (None, "Ana")
    assert [section.text for section in contents.sections] == ["words"]


def test_a_file_whose_pages_are_all_broken_is_damaged() -> None:
    data = pdf(["first", "second"], title="Trams").replace(b"/Type/Page/", b"/Type/Pane/")
    contents = read_pdf(BytesIO(data), 0)
    assert (contents.facts.title, contents.problem) == ("Trams", "The PDF is damaged.")


def test_the_first_page_is_drawn_as_large_as_asked() -> None:
    image = Image.open(BytesIO(pdf_thumbnail(BytesIO(pdf(["hello"])), 150)))
    assert image.format == "PNG"
    assert image.size == (150, 100)
    assert image.getextrema()[0][0] < 150


def test_pages_without_text_give_pictures_beside_the_text_of_the_others() -> None:
    scan = encoded(two_colours((90, 60)), "JPEG")
    data = pdf(["The old tram climbs.", scan, "words", scan, ""])
    assert read_pdf(BytesIO(data), 0).shown == (Shown("page 2"), Shown("page 4"))
    contents = read_pdf(BytesIO(data), 50)
    assert [section.text for section in contents.sections] == ["The old tram climbs.", "", "words", "", ""]
    assert [shown.place for shown in contents.shown] == ["page 2", "page 4"]
    for shown in contents.shown:
        assert shown.raster is not None
        assert (shown.raster.width, shown.raster.height) == (75, 50)
        assert shown.raster.rgb[0] > 200 > shown.raster.rgb[2]


def test_of_a_long_scan_the_first_pages_are_seen() -> None:
    scan = encoded(two_colours((30, 20)), "JPEG")
    contents = read_pdf(BytesIO(pdf([scan] * (MAX_SHOWN + 5))), 20)
    assert [shown.place for shown in contents.shown] == [f"page {number}" for number in range(1, MAX_SHOWN + 1)]


@pytest.mark.skipif(not is_installed(OCR), reason="rapidocr-onnxruntime is not installed")
def test_the_text_in_a_scan_is_read_where_its_pixels_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "Effort", lambda: Effort(longest_s=math.inf, due_s=math.inf))
    data = pdf(["The first page has text.", encoded(written("An old tram", "climbs the hill"), "JPEG")])
    assert read_pdf(BytesIO(data), 0).sections[1].text == ""
    contents = read_pdf(BytesIO(data), 100)
    assert contents.sections[1] == Section("An old tram\nclimbs the hill", "page 2")
    assert [shown.place for shown in contents.shown] == ["page 2"]
