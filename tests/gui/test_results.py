"""The grid: few rows known to the view, selection that stays, keys, dragging out."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPixmap
from pytestqt.modeltest import ModelTester

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, many_hits
from vexgui.core.files import Kind
from vexgui.core.hits import Band, Hit, Likeness, Why
from vexgui.gui.results.delegate import draw_picture
from vexgui.gui.results.model import PAGE, ResultsModel, spoken
from vexgui.gui.results.reason import excerpt, name_line, reason_line
from vexgui.gui.theme import Appearance

ROOT = QModelIndex()


def a_hit(path: bytes, *why: Why, kind: Kind = Kind.TEXT) -> Hit:
    return Hit(path, 0.5, Band.MAYBE, why, kind, 1, 1)


def test_of_50_000_hits_only_pages_are_uncovered(qapp: object) -> None:
    model = ResultsModel()
    model.replace(many_hits(50_000).hits)
    assert model.rowCount() == PAGE
    model.fetchMore(ROOT)
    assert model.rowCount() == 2 * PAGE
    assert len(model.hits) == 50_000


def test_the_model_keeps_qts_contract(qapp: object, qtmodeltester: ModelTester) -> None:
    model = ResultsModel()
    model.replace(many_hits(3 * PAGE).hits)
    qtmodeltester.check(model, force_py=True)
    model.replace(())
    qtmodeltester.check(model, force_py=True)


def test_hits_that_continue_the_answer_do_not_reset_the_model(qapp: object) -> None:
    model = ResultsModel()
    hits = many_hits(300).hits
    model.replace(hits[:250])
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.replace(hits)
    assert resets == []
    assert len(model.hits) == 300


def test_the_end_of_the_hits_is_announced(qapp: object) -> None:
    model = ResultsModel()
    model.replace(many_hits(PAGE + 1).hits)
    ends: list[bool] = []
    model.exhausted.connect(lambda: ends.append(True))
    model.fetchMore(ROOT)
    assert ends == []
    assert model.canFetchMore(ROOT)
    model.fetchMore(ROOT)
    assert ends == [True]
    assert not model.canFetchMore(ROOT)


def test_more_hits_than_the_view_had_asked_for_are_uncovered_as_they_come(qapp: object) -> None:
    model = ResultsModel()
    hits = many_hits(3 * PAGE).hits
    model.replace(hits[:PAGE])
    model.fetchMore(ROOT)
    model.replace(hits)
    assert model.rowCount() == 2 * PAGE


def test_a_screen_reader_hears_name_kind_certainty_and_folder(qapp: object) -> None:
    model = ResultsModel()
    model.replace([a_hit(b"/home/me/a.txt", Why("words", 1, "some \x02words\x03 here"))])
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "a.txt, text, possible match, /home/me"
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleDescriptionRole) == "some words here"


@pytest.mark.parametrize(
    ("why", "kind", "text"),
    [
        ((Why("words", 1, "in the \x02lake\x03", "line 3"),), Kind.TEXT, "line 3: in the lake"),
        ((Why("words", 1, "in the \x02lake\x03", "line 1"),), Kind.TEXT, "in the lake"),
        ((Why("name", 0, "\x02a\x03.txt"), Why("words", 1, "the lake")), Kind.TEXT, "the lake"),
        ((Why("name", 0, "\x02a\x03.txt"),), Kind.TEXT, "/f"),
        ((Why("ffee", 1, ""),), Kind.IMAGE, "Matches what the picture shows"),
        ((Why("ffee", 1, "", "left"),), Kind.IMAGE, "Matches what the picture shows, left"),
        ((Why("ffee", 1, "", "at 0:35"),), Kind.VIDEO, "Matches what it shows, at 0:35"),
        ((Why("ffee", 1, ""),), Kind.DOCUMENT, "/f"),
        ((), Kind.AUDIO, "/f"),
        ((Why("ff", 0, "A. Picture in f."),), Kind.IMAGE, "Picture in f."),
        ((Why("ff", 0, "\x02A\x03. Picture in f."),), Kind.IMAGE, "A. Picture in f."),
        ((Why("ff", 0, "Another. Picture in f."),), Kind.IMAGE, "Another. Picture in f."),
    ],
)
def test_the_reason_is_the_strongest_one_beyond_the_name(why: tuple[Why, ...], kind: Kind, text: str) -> None:
    assert reason_line(a_hit(b"/f/a.txt", *why, kind=kind)).text == text


@pytest.mark.parametrize(
    ("likeness", "text"),
    [
        (Likeness.SAME, "Has the same content"),
        (Likeness.NEARLY_SAME, "Is nearly the same"),
        (Likeness.RELATED, "soup"),
        (None, "soup"),
    ],
)
def test_that_a_file_is_the_same_as_another_is_its_reason(likeness: Likeness | None, text: str) -> None:
    hit = replace(a_hit(b"/f/a.txt", Why("space", 1, "soup", "")), likeness=likeness)
    assert reason_line(hit).text == text


def test_marks_move_with_the_place_before_them() -> None:
    line = reason_line(a_hit(b"/f/a.txt", Why("words", 1, "in the \x02lake\x03", "page 3")))
    ((start, length),) = line.ranges
    assert line.text[start : start + length] == "lake"


def test_a_name_that_matched_is_marked() -> None:
    line = name_line(a_hit(b"/f/lake.txt", Why("name", 0, "\x02lake\x03.txt")))
    assert (line.text, line.ranges) == ("lake.txt", ((0, 4),))


def test_the_longest_text_stands_for_the_contents() -> None:
    hit = a_hit(
        b"/f/a", Why("name", 0, "a very long name that matched"), Why("words", 1, "short"), Why("ff", 2, "longer")
    )
    assert excerpt(hit).text == "longer"


def test_the_best_hit_is_selected_and_stays_selected_in_the_next_answer(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    (best,) = window.results.selected()
    window.results.setCurrentIndex(window.found.model.index(2))
    (chosen,) = window.results.selected()
    assert chosen.path != best.path
    bench.ask("the")
    assert [hit.path for hit in window.results.selected()] == [chosen.path]


def test_down_goes_to_the_results_and_up_comes_back(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.activateWindow()
    window.field.take_focus()
    bench.qtbot.waitUntil(window.field.edit.hasFocus)
    bench.qtbot.keyClick(window.field.edit, Qt.Key.Key_Down)
    assert window.results.hasFocus()
    bench.qtbot.keyClick(window.results, Qt.Key.Key_Up)
    assert window.field.edit.hasFocus()


def test_what_is_typed_in_the_grid_goes_to_the_search_field(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lak")
    window.results.setFocus()
    bench.qtbot.keyClicks(window.results, "e")
    assert window.field.text() == "lake"


def test_a_chip_narrows_the_results_to_one_kind(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.found.chips._chips[Kind.DOCUMENT].click()
    assert [os.path.basename(path) for path in bench.shown()] == [b"lease.pdf"]
    window.found.chips._chips[None].click()
    assert len(bench.shown()) == 3


def test_a_drag_carries_the_exact_bytes_of_names(
    bench: Bench, library: FakeEngine, picture: Callable[..., bytes]
) -> None:
    path = picture(b"caf\xe9 ;1.jpg")
    model = ResultsModel()
    model.replace([a_hit(path)])
    mime = model.mimeData([model.index(0)])
    assert bytes(mime.data("text/uri-list").data()).endswith(b"caf%E9%20%3B1.jpg\r\n")
    assert not model.supportedDragActions() & Qt.DropAction.MoveAction


def test_cells_fill_the_width_at_every_size(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    for steps in (0, 1, 1, 1, -1, -1, -1, -1, -1, 0):
        window.results.resize_cells(steps)
        width = window.results.gridSize().width()
        room = window.results.viewport().width()
        assert 0 <= room - width * (room // width) <= width // 2 + 1


def test_all_cells_can_be_drawn_without_any_thumbnail(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.answers["all"] = many_hits(50)
    bench.ask("all")
    assert not window.results.grab().toImage().isNull()
    window.results.setFont(QFont("DejaVu Sans", 14))
    assert not window.results.grab().toImage().isNull()


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_black_signs_that_can_be_seen_through_show_on_their_ground(bench: Bench, appearance: Appearance) -> None:
    bench.theme.choose(appearance)
    sign = QPixmap(64, 64)
    sign.fill(Qt.GlobalColor.transparent)
    sheet = QImage(64, 64, QImage.Format.Format_RGB32)
    painter = QPainter(sheet)
    draw_picture(painter, QRectF(sheet.rect()), sign, bench.window.palette())
    painter.end()
    assert sheet.pixelColor(32, 32).lightness() > 100


def test_a_file_that_was_only_listed_is_not_said_to_match() -> None:
    found = a_hit(b"/boat.txt", Why("name", 0, "boat.txt"))
    assert "match" in spoken(found)
    assert "match" not in spoken(replace(found, why=()))
