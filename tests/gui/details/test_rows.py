"""Facts are told in words that a person would use, by the kind of file."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import FakeEngine, FakeFile
from vexgui.core.files import FileFacts, Kind
from vexgui.core.hits import Band, Hit, Why
from vexgui.gui.details.facts import FactsGrid
from vexgui.gui.details.rows import colours_of, fact_rows, position, rows_of
from vexgui.gui.details.several import folder_of_all, rows_of_several, title_of
from vexgui.gui.details.stars import stars_in_words
from vexgui.gui.details.texts import reason_blocks

_FOUND = Hit(b"/a.jpg", 0.5, Band.MAYBE, (Why("space", 0, "", score=0.34),), Kind.IMAGE, 1, 1)


@contextmanager
def in_language(*language: QLocale.Language | QLocale.Country) -> Iterator[None]:
    """Have numbers be written as in a language."""
    before = QLocale()
    QLocale.setDefault(QLocale(*language))
    yield
    QLocale.setDefault(before)


def _rows(facts: FileFacts, kind: Kind, mime: str = "") -> dict[str, str]:
    engine = FakeEngine([FakeFile(b"/x", facts=facts)])
    inspection = dataclasses.replace(engine.inspect(b"/x"), mime=mime)
    told = dict(rows_of(inspection, kind))
    for label in ("Kind", "Size", "Modified"):
        del told[label]
    return told


@pytest.mark.parametrize(
    ("kind", "mime", "facts", "told"),
    [
        (
            Kind.IMAGE,
            "image/jpeg",
            FileFacts(
                width=4032,
                height=3024,
                camera="Fujifilm X-T4",
                taken="2023-07-14T18:22:05",
                extra={"exposure_s": 0.004, "aperture": 2.8, "iso": 200, "focal_mm": 35, "looks": "ff" * 16},
            ),
            {
                "Dimensions": "4032 × 3024, 12.2 megapixels",
                "Taken": "14 Jul 2023, 18:22",
                "Camera": "Fujifilm X-T4",
                "Exposure": "1/250 s, f/2.8, ISO 200, 35 mm",
            },
        ),
        (Kind.IMAGE, "", FileFacts(width=64, height=64, extra={"exposure_s": 2}),
         {"Dimensions": "64 × 64", "Exposure": "2 s"}),
        (
            Kind.DOCUMENT,
            "application/pdf",
            FileFacts(title="Lease", author="Ana", pages=12, language="de", created="2022-03-01T00:00:00"),
            {"Title": "Lease", "Author": "Ana", "Pages": "12", "Language": "German", "Written": "1 Mar 2022"},
        ),
        (Kind.DOCUMENT, "", FileFacts(extra={"creator": "Writer", "producer": "Writer"}), {"Written with": "Writer"}),
        (Kind.CODE, "text/x-python", FileFacts(encoding="utf-8", language="en", extra={"lines": 1204}),
         {"Language": "Python", "Lines": "1,204", "Encoding": "UTF-8"}),
        (
            Kind.AUDIO,
            "audio/mpeg",
            FileFacts(title="Streets", author="Ana", extra={"album": "Lisboa", "duration_s": 225.0, "bitrate": 320000}),
            {"Title": "Streets", "Artist": "Ana", "Album": "Lisboa", "Length": "3:45", "Bit rate": "320 kbit/s"},
        ),
        (Kind.VIDEO, "", FileFacts(extra={"fps": 29.97, "codec": "h264"}),
         {"Frames": "29.97 a second", "Video format": "H264"}),
        (Kind.ARCHIVE, "", FileFacts(extra={"files": 1204}), {"Files": "1,204"}),
        (Kind.IMAGE, "", FileFacts(taken="some day", extra={"place": "Belém"}),
         {"Taken": "some day", "Place": "Belém"}),
    ],
)  # fmt: skip
def test_facts_are_told_by_kind(kind: Kind, mime: str, facts: FileFacts, told: dict[str, str]) -> None:
    assert _rows(facts, kind, mime) == told


def test_a_place_with_a_position_is_left_to_the_map() -> None:
    facts = FileFacts(latitude=1.0, longitude=2.0, extra={"place": "Belém"})
    assert _rows(facts, Kind.IMAGE) == {}
    assert fact_rows(facts, Kind.IMAGE) == [("Place", "Belém"), ("Position", "1.00000° N, 2.00000° E")]


def test_a_position_is_written_as_on_maps() -> None:
    assert position(-46.5, 7.25) == "46.50000° S, 7.25000° E"


def test_colours_are_a_list() -> None:
    assert colours_of(FileFacts(extra={"colours": "#1f6f8b #f0e9d2"})) == ("#1f6f8b", "#f0e9d2")
    assert colours_of(FileFacts()) == ()


def test_several_files_are_summed_up() -> None:
    def hit(path: bytes, kind: Kind, size: int) -> Hit:
        return Hit(path, 1.0, Band.STRONG, (), kind, size, 1)

    hits = [
        hit(b"/a/b/1.jpg", Kind.IMAGE, 1000),
        hit(b"/a/b/2.jpg", Kind.IMAGE, 500),
        hit(b"/a/c/3.pdf", Kind.DOCUMENT, 500),
    ]
    told = dict(rows_of_several(hits, 3))
    assert told["Kinds"] == "2 pictures, 1 document"
    assert told["Size"] == "2.0 kB"
    assert told["Folders"] == "2"
    assert dict(rows_of_several(hits, 1200))["Size"] == "2.0 kB in the first 3"
    assert folder_of_all(hits) == "/a"
    assert folder_of_all([*hits, hit(b"/z/4.pdf", Kind.DOCUMENT, 1)]) == "in 3 folders"
    assert title_of(1200) == "1,200 files selected"


def test_a_number_stays_with_what_it_counts_and_has_the_digits_of_the_language(qtbot: QtBot) -> None:
    grid = FactsGrid()
    qtbot.addWidget(grid)
    shot = FileFacts(extra={"exposure_s": 0.004, "aperture": 2.8, "iso": 12800, "focal_mm": 35})
    grid.show_rows(fact_rows(shot, Kind.IMAGE))
    assert "35\N{NO-BREAK SPACE}mm" in [label.text().split(", ")[-1] for label in grid.findChildren(QLabel)]
    with in_language(QLocale.Language.Arabic, QLocale.Country.Egypt):
        assert dict(fact_rows(shot, Kind.IMAGE))["Exposure"] == "١/٢٥٠ s, f/٢٫٨, ISO ١٢٨٠٠, ٣٥ mm"
        assert reason_blocks(_FOUND, {}, QColor())[0][0] == "Meaning · ٠٫٣٤"
        assert stars_in_words(7) == "٣½ stars"
