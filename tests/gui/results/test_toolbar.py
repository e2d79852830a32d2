"""Results are sorted, narrowed and arranged with columns and the toolbar, which is remembered."""

import os
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import many_hits
from tests.gui.results.shown import Shown, banded
from vexgui.core.files import Kind
from vexgui.core.query import Order, SortBy
from vexgui.gui.memory import Memory
from vexgui.gui.results.geometry import Layout
from vexgui.gui.results.page import ResultsPage

Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


def test_columns_without_room_are_left_out(shown: Shown) -> None:
    shown.page.toolbar.choose_layout(Layout.LIST)
    assert len(list(shown.page.columns.places())) == 6
    shown.page.resize(420, 400)
    QApplication.processEvents()
    assert [column.name for column, _, _ in shown.page.columns.places()] == ["NAME", "MODIFIED"]


def test_a_click_on_a_column_sorts_by_it_and_the_next_one_turns_it_round(shown: Shown, qtbot: QtBot) -> None:
    chosen: list[object] = []
    shown.page.sorted.connect(chosen.append)
    shown.page.toolbar.choose_layout(Layout.LIST)
    for column in (0, 0, 4, 1, 5):
        x = shown.page.columns.sectionViewportPosition(column) + 20
        qtbot.mouseClick(shown.page.columns.viewport(), Qt.MouseButton.LeftButton, _NONE, QPoint(x, 8))
    name, modified = SortBy.NAME, SortBy.MODIFIED
    assert chosen == [Order(name), Order(name, descending=True), Order(modified, descending=True), None]


def test_the_menu_sorts_and_turns_round(shown: Shown) -> None:
    chosen: list[object] = []
    shown.page.sorted.connect(chosen.append)
    menu = shown.page.toolbar.sort.menu()
    assert [action.text() for action in menu.actions()] == ["Relevance", "Name", "Size", "Date", "Kind"]
    menu.actions()[2].trigger()
    turned = shown.page.toolbar.sort.menu().actions()[-2]
    assert turned.text() == "Smallest first"
    turned.trigger()
    assert chosen == [Order(SortBy.SIZE, descending=True), Order(SortBy.SIZE)]
    assert shown.page.toolbar.sort.accessibleName() == "Sorted by size, smallest first"


def test_chips_offer_the_kinds_that_were_found_and_ask_for_one(shown: Shown) -> None:
    hits = many_hits(3).hits
    chosen: list[object] = []
    shown.page.narrowed.connect(chosen.append)
    shown.answer((replace(hits[0], kind=Kind.IMAGE), *hits[1:]))
    chips = shown.page.toolbar.chips
    offered = {kind: chip.text() for kind, chip in chips._chips.items() if not chip.isHidden()}
    assert offered == {None: "All 3", Kind.IMAGE: "Pictures 1", Kind.TEXT: "Text 2"}
    chips._chips[Kind.IMAGE].click()
    chips._chips[Kind.IMAGE].click()
    assert chosen == [Kind.IMAGE, None]


def test_kinds_whose_chips_have_no_room_are_in_a_menu(shown: Shown) -> None:
    hits = many_hits(6).hits
    kinds = (Kind.IMAGE, Kind.IMAGE, Kind.IMAGE, Kind.TEXT, Kind.TEXT, Kind.VIDEO)
    chosen: list[object] = []
    shown.page.narrowed.connect(chosen.append)
    shown.answer(tuple(replace(hit, kind=kind) for hit, kind in zip(hits, kinds, strict=True)))
    chips = shown.page.toolbar.chips
    assert (chips.labels, chips.more.isHidden()) == (["All 6", "Pictures 3", "Text 2", "Videos 1"], True)
    chips.setFixedWidth(chips._width_of((None, Kind.IMAGE)) + 40)
    assert (chips.labels, chips.more.isVisible()) == (["All 6", "Pictures 3"], True)
    assert chips.more.accessibleName() == "2 more kinds of files"
    assert chips.more.focusPolicy() & Qt.FocusPolicy.TabFocus
    menu = chips.menu()
    assert [action.text() for action in menu.actions()] == ["Text\t2", "Videos\t1"]
    menu.actions()[1].trigger()
    assert chosen == [Kind.VIDEO]
    assert chips.labels[-1] == "Videos 1"  # what is chosen is seen


def test_layout_size_and_order_are_remembered(shown: Shown, qtbot: QtBot, tmp_path: object) -> None:
    file = os.fsencode(f"{tmp_path}/state.ini")
    memory = Memory(file)
    operations, loader = shown.page.model._operations, shown.view._loader
    page = ResultsPage(loader, operations, memory)
    qtbot.addWidget(page)
    page.toolbar.choose_layout(Layout.LIST)
    page.toolbar.zoom.setValue(5)
    page.toolbar.choose_order(Order(SortBy.SIZE, descending=True))
    page.resize(900, 400)
    page.show()
    page.columns.resizeSection(0, 333)
    memory.save()
    again = ResultsPage(loader, operations, Memory(file))
    qtbot.addWidget(again)
    assert (again.view.layout_kind, again.view.zoom) == (Layout.LIST, 5)
    assert again.toolbar.layout_kind is Layout.LIST
    assert again.order == Order(SortBy.SIZE, descending=True)
    again.resize(1000, 400)
    again.show()
    assert next(again.columns.places())[2] == 333


def test_columns_that_lose_their_room_get_it_back_when_there_is_room(shown: Shown, qtbot: QtBot) -> None:
    shown.page.toolbar.choose_layout(Layout.LIST)
    shown.page.resize(1000, 400)
    shown.page.show()
    columns = shown.page.columns
    wide = list(columns.places())
    for width in range(1000, 300, -13):
        shown.page.resize(width, 400)
        qtbot.wait(1)  # Qt tells later of the last column
    shown.page.resize(1000, 400)
    qtbot.wait(1)
    assert list(columns.places()) == wide
    assert columns.widths == ""


def test_a_column_that_was_kept_without_a_width_has_its_usual_one(shown: Shown) -> None:
    columns = shown.page.columns
    columns.fit(1000)
    usual = list(columns.places())
    columns.recall("SIZE:0")
    columns.fit(1000)
    assert list(columns.places()) == usual


def test_tab_leads_through_the_toolbar_to_the_results(shown: Shown) -> None:
    shown.answer(banded(2, 2))
    toolbar = shown.page.toolbar
    expected = [toolbar.sort, toolbar.zoom, toolbar.grid, toolbar.list, shown.view]
    led: list[QWidget] = []
    widget: QWidget = toolbar
    while widget is not shown.view:
        widget = widget.nextInFocusChain()
        assert widget is not toolbar, led
        if widget in expected:
            led.append(widget)
    assert led == expected
