"""The results in sight: keys, pointer, selection that stays, drawing, memory."""

import itertools
import tracemalloc
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDrag, QFont, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.gui.fake_engine import many_hits
from tests.gui.results.shown import Shown, banded
from vexgui.core.hits import Answer, Band, Hit
from vexgui.gui.results.arranging import CELL_WIDTHS, HEADER_HEIGHT, USUAL_ZOOM
from vexgui.gui.results.geometry import Layout
from vexgui.gui.results.model import ResultsModel

Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


# keys: 4 columns; rows 0-3, 4-5 strong; 6-9, 10-11 possible


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Key.Key_Right], 1),
        ([Key.Key_Down], 4),
        ([Key.Key_Down, Key.Key_Down], 6),
        ([Key.Key_Right] * 3 + [Key.Key_Down], 5),
        ([Key.Key_End], 11),
        ([Key.Key_End, Key.Key_Up], 7),
        ([Key.Key_End, Key.Key_Home], 0),
        ([Key.Key_PageDown], 6),
        ([Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp], 5),
        ([Key.Key_Left], 0),
    ],
)
def test_keys_lead_through_sections(shown: Shown, keys: list[Qt.Key], row: int) -> None:
    shown.answer(banded(6, 6))
    shown.view.enter()
    shown.press(*keys)
    assert shown.row == row
    assert shown.rows == [row]
    assert shown.view.viewport().rect().intersects(shown.view.visualRect(shown.view.currentIndex()))


def test_from_right_to_left_the_left_key_leads_on(shown: Shown) -> None:
    shown.page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown.answer(banded(6, 6))
    shown.view.enter()
    first, second = (shown.view.visualRect(shown.page.model.index(row)) for row in (0, 1))
    assert second.left() < first.left()
    shown.press(Key.Key_Left)
    assert shown.row == 1
    shown.click(2)
    assert shown.row == 2


def test_up_from_the_first_row_and_typed_text_go_to_the_search_field(shown: Shown, qtbot: QtBot) -> None:
    shown.answer(banded(6, 6))
    shown.view.enter()
    shown.press(Key.Key_Right)
    with qtbot.waitSignal(shown.view.left_at_top):
        shown.press(Key.Key_Up)
    with qtbot.waitSignal(shown.view.typed) as typed:
        qtbot.keyClicks(shown.view, "e")
    assert typed.args == ["e"]


def test_keys_of_the_number_pad_and_of_other_levels_type_and_those_of_commands_do_not(shown: Shown) -> None:
    shown.answer(banded(6, 6))
    typed: list[str] = []
    shown.view.typed.connect(typed.append)
    modifiers = Qt.KeyboardModifier
    for with_key, text in (
        (modifiers.KeypadModifier, "7"),
        (modifiers.GroupSwitchModifier, "@"),
        (modifiers.AltModifier, "x"),
        (modifiers.ControlModifier, "\x18"),
        (modifiers.NoModifier, " "),
    ):
        QApplication.sendEvent(shown.view, QKeyEvent(QEvent.Type.KeyPress, Key.Key_unknown, with_key, text))
    assert typed == ["7", "@"]


def test_who_comes_to_the_results_sees_where_the_keyboard_is(shown: Shown) -> None:
    shown.answer(many_hits(300).hits)
    shown.view.select_first()
    shown.view.scrollToBottom()
    shown.view.enter()
    assert shown.view.is_in_sight(shown.view.currentIndex())


def test_the_wheel_zooms_a_step_for_each_of_its_own_and_not_where_it_is_not_turned(shown: Shown) -> None:
    shown.answer(many_hits(30).hits)
    at = QPointF(20, 80)

    def turn(delta: int) -> None:
        buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        wheel = QWheelEvent(at, at, QPoint(), QPoint(0, delta), buttons, _CONTROL, phase, False)
        QApplication.sendEvent(shown.view.viewport(), wheel)

    turn(0)
    for _ in range(8):
        turn(15)
    assert shown.view.zoom == USUAL_ZOOM + 1
    turn(-240)
    assert shown.view.zoom == USUAL_ZOOM - 1


def test_the_header_of_a_section_stays_at_the_top_and_lets_no_click_through(shown: Shown) -> None:
    shown.answer(banded(60, 60))
    shown.view.enter()
    shown.press(*[Key.Key_Down] * 4, *[Key.Key_Up] * 2)
    rect = shown.view.visualRect(shown.view.currentIndex())
    assert rect.top() >= HEADER_HEIGHT
    before = shown.row
    shown.view.verticalScrollBar().setValue(shown.view.verticalScrollBar().value() + 60)
    port = shown.view.viewport()
    assert shown.view.indexAt(QPoint(rect.center().x(), HEADER_HEIGHT // 2)).isValid()
    shown.qtbot.mouseClick(port, Qt.MouseButton.LeftButton, _NONE, QPoint(rect.center().x(), HEADER_HEIGHT // 2))
    assert shown.rows == [before]
    image = port.grab().toImage()
    assert image.pixelColor(4, 2) == shown.view.palette().color(QPalette.ColorRole.Window)


def test_an_answer_to_the_same_question_keeps_the_place_and_another_begins_at_the_top(shown: Shown) -> None:
    shown.answer(many_hits(3_000).hits)
    shown.view.verticalScrollBar().setValue(5_000)
    shown.settle()
    shown.answer(many_hits(3_000).hits, again=True)
    assert shown.view.verticalScrollBar().value() == 5_000
    shown.answer(many_hits(2_000).hits)
    assert shown.view.verticalScrollBar().value() == 0


def test_the_current_hit_is_told_when_it_has_come(shown: Shown, qtbot: QtBot) -> None:
    shown.answer(many_hits(3_000).hits)
    told: list[Hit | None] = []
    shown.view.current_changed.connect(told.append)
    shown.view.enter()
    shown.press(Key.Key_End)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] is not None
    assert told[1].path == b"/nowhere/file 002999.txt"
    shown.answer(())
    assert told[2] is None


def test_a_drag_carries_the_exact_bytes_of_the_selected_names_and_never_moves(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[tuple[bytes, Qt.DropAction]] = []

    def note(drag: QDrag, actions: Qt.DropAction, _default: Qt.DropAction) -> Qt.DropAction:
        carried.append((bytes(drag.mimeData().data("text/uri-list").data()), actions))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", note)
    hits = many_hits(3).hits
    shown.answer((replace(hits[0], path=b"/n/caf\xe9 ;1.jpg"), *hits[1:]))
    shown.click(0)
    shown.click(2, _CONTROL)
    shown.view.startDrag(shown.page.model.supportedDragActions())
    ((uris, actions),) = carried
    assert uris == b"file:///n/caf%E9%20%3B1.jpg\r\nfile:///nowhere/file%20000002.txt\r\n"
    assert not actions & Qt.DropAction.MoveAction


# arranging


def test_cells_fill_the_width_at_every_size(shown: Shown) -> None:
    shown.answer(banded(6, 6))
    for steps in (0, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, 0):
        shown.view.resize_cells(steps)
        width = shown.view.visualRect(shown.page.model.index(0)).width()
        room = shown.view.viewport().width()
        assert width >= CELL_WIDTHS[shown.view.zoom]
        assert 0 <= room - width * (room // width) <= room // width
    assert shown.view.zoom == USUAL_ZOOM


@pytest.mark.parametrize("layout", Layout)
def test_what_is_current_stays_in_sight_when_cells_change(shown: Shown, layout: Layout) -> None:
    shown.answer(many_hits(3_000).hits)
    shown.view.enter()
    shown.press(*[Key.Key_PageDown] * 10)
    before = shown.row
    shown.page.toolbar.choose_layout(layout)
    for zoom in (6, 0, 3):
        shown.page.toolbar.zoom.setValue(zoom)
        assert shown.view.zoom == zoom
        assert shown.row == before
        assert shown.view.viewport().rect().intersects(shown.view.visualRect(shown.view.currentIndex()))


def test_in_the_list_each_row_has_a_line(shown: Shown) -> None:
    shown.answer(banded(2, 3))
    shown.page.toolbar.choose_layout(Layout.LIST)
    assert shown.page.columns.isVisible()
    rects = [shown.view.visualRect(shown.page.model.index(row)) for row in range(5)]
    assert all(above.bottom() < below.top() for above, below in itertools.pairwise(rects))
    shown.view.enter()
    shown.press(Key.Key_Down, Key.Key_Right)
    assert shown.row == 1


# what is drawn and spoken


@pytest.mark.parametrize("layout", Layout)
def test_all_can_be_drawn_before_anything_has_come(shown: Shown, layout: Layout) -> None:
    shown.page.toolbar.choose_layout(layout)
    shown.page.show_answer(Answer((), total=500, bands=((Band.STRONG, 20), (Band.WEAK, 480))), keep_place=False)
    empty = shown.page.grab().toImage()
    assert not empty.isNull()
    shown.answer(banded(20, 0, 480))
    shown.view.setFont(QFont("DejaVu Sans", 14))
    assert shown.page.grab().toImage() != empty


def test_a_screen_reader_meets_a_list_of_items(shown: Shown) -> None:
    shown.answer(many_hits(250).hits)
    spoken = QAccessible.queryAccessibleInterface(shown.view)
    assert spoken.text(QAccessible.Text.Name) == "Results"
    assert spoken.role() == QAccessible.Role.List
    assert spoken.childCount() == 250
    assert spoken.child(1).text(QAccessible.Text.Name) == "file 000001.txt, text, possible match, /nowhere"


def test_100_000_rows_take_little_memory_and_are_never_gone_through(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Counter[str]()

    class Counting(ResultsModel):
        """Counts what is asked of it. Its methods are its own: Qt keeps asking after a patch is undone."""

        @override
        def rowCount(self, *arguments: Any) -> int:
            asked["rowCount"] += 1
            return super().rowCount(*arguments)

        @override
        def data(self, *arguments: Any) -> object:
            asked["data"] += 1
            return super().data(*arguments)

        @override
        def flags(self, *arguments: Any) -> Qt.ItemFlag:
            asked["flags"] += 1
            return super().flags(*arguments)

    monkeypatch.setattr("vexgui.gui.results.page.ResultsModel", Counting)
    shown: Shown = request.getfixturevalue("shown")
    shown.engine.answers["?"] = many_hits(100_000)
    answer = shown.engine.search("?", 100)
    tracemalloc.start()
    shown.page.show_answer(answer, keep_place=False)
    shown.view.selectAll()
    for layout in Layout:
        shown.page.toolbar.choose_layout(layout)
        for value in range(0, shown.view.verticalScrollBar().maximum(), 200_000):
            shown.view.verticalScrollBar().setValue(value)
            shown.view.viewport().repaint()
    shown.settle()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 10 << 20
    assert shown.view.selectionModel().isSelected(shown.page.model.index(99_999))
    assert 0 < asked.total() < 50_000
