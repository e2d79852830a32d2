"""The map in the window: what is clicked, marked and reached by keys on it."""

from threading import Event as Flag

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from tests.gui.looking.conftest import MakeMap, go_to, map_page
from vexgui.core.events import IndexChanged, MapProgress
from vexgui.core.files import Kind
from vexgui.gui.side.look import Place

Shift = Qt.KeyboardModifier.ShiftModifier
Left = Qt.MouseButton.LeftButton


def test_the_map_is_asked_for_when_it_is_first_looked_at(bench: Bench, mapped: FakeEngine) -> None:
    window = bench.open(mapped)
    assert not mapped.called("collection_map")
    go_to(bench, Place.MAP)
    page = map_page(bench)
    assert (page.shows_map, page.head.note) == (True, "6 files")
    assert mapped.called("collection_map") == [False]
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert window.pages.place == ""


def test_a_map_that_is_out_of_date_is_shown_and_drawn_anew(bench: Bench, mapped: FakeEngine, make_map: MakeMap) -> None:
    mapped.map = make_map([b"/home/ann/a.jpg"], [(0.5, 0.5)], complete=False)
    bench.open(mapped)
    go_to(bench, Place.MAP)
    assert mapped.called("collection_map") == [False, True]
    assert map_page(bench).head.note == "1 file"


def test_while_a_map_is_drawn_it_is_told_how_far_it_is(bench: Bench, mapped: FakeEngine) -> None:
    window = bench.open(mapped)
    mapped.map = None
    go_to(bench, Place.MAP)
    page = map_page(bench)
    assert page.message.title == "There is nothing to draw yet"
    mapped.tell(MapProgress(0.4))
    bench.qtbot.waitUntil(lambda: page.message.title == "Drawing the map…")
    assert page.progress.isVisible()
    assert window.pages.place == Place.MAP


def test_a_click_selects_a_file_and_the_details_follow(bench: Bench, mapped: FakeEngine) -> None:
    window = bench.open(mapped)
    go_to(bench, Place.MAP)
    page = map_page(bench)
    chosen = page.view.tiles[0]
    QTest.mouseClick(page.view, Left, pos=chosen.area.center().toPoint())
    bench.settle()
    assert page.view.scene is not None
    path = page.view.scene.map.path(chosen.row)
    assert window.selected_paths() == [path]
    QTest.mouseDClick(page.view, Left, pos=chosen.area.center().toPoint())
    assert ("open", (path,)) in bench.shell.asked
    window.pages.leave_place()
    assert window.selected_paths() == []


def test_a_region_becomes_results_that_can_be_narrowed(bench: Bench, mapped: FakeEngine) -> None:
    window = bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    corner = QPoint(view.width() // 2 - 40, view.height() - 4)
    QTest.mousePress(view, Left, Shift, QPoint(2, 2))
    QTest.mouseMove(view, corner)
    QTest.mouseRelease(view, Left, Shift, corner)
    bench.settle()
    pictures = [path for path, file in mapped.files.items() if file.kind is Kind.IMAGE]
    assert sorted(bench.shown()) == sorted(pictures)
    assert (window.pages.place, window.searcher.question.title) == ("", "2 files")
    window.searcher.narrow(Kind.TEXT)
    bench.settle()
    assert bench.shown() == []


def test_kinds_are_left_out_of_sight(bench: Bench, mapped: FakeEngine) -> None:
    bench.open(mapped)
    go_to(bench, Place.MAP)
    page = map_page(bench)
    before = len(page.view.tiles)
    page.legend.chips[Kind.IMAGE].click()
    assert 0 < len(page.view.tiles) < before
    mapped.tell(IndexChanged(1))
    assert Kind.IMAGE not in page.legend.kinds


def test_the_keyboard_goes_about_on_the_map(bench: Bench, mapped: FakeEngine) -> None:
    bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    camera = view.camera
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.scale > camera.scale
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.x > camera.x
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.camera == camera
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert bench.shell.asked[-1][0] == "open"


def test_space_shows_the_chosen_file_large_and_arrows_go_on_to_those_beside_it(
    bench: Bench, mapped: FakeEngine
) -> None:
    window = bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not window.large_preview.isVisible(), "nothing is chosen yet"
    view.select(0)
    QTest.keyClick(view, Qt.Key.Key_Space)
    bench.settle()
    preview = window.large_preview
    assert preview.isVisible()
    assert [preview.hit and preview.hit.path] == window.selected_paths()
    first = preview.hit
    QTest.keyClick(preview, Qt.Key.Key_Down)
    bench.settle()
    assert preview.hit != first
    assert [preview.hit and preview.hit.path] == window.selected_paths()
    mapped.tell(IndexChanged(1))
    bench.settle()
    assert [preview.hit and preview.hit.path] == window.selected_paths(), "results beneath do not show through"
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert view.hasFocus()
    assert window.pages.place == Place.MAP


def test_only_who_uses_keys_sees_a_ring_around_all_of_the_map(bench: Bench, mapped: FakeEngine) -> None:
    bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    bench.qtbot.mouseClick(view, Left, pos=QPoint(3, 3))
    assert (view.hasFocus(), view.shows_ring) == (True, False)
    bench.qtbot.keyClick(view, Qt.Key.Key_Shift, Shift)
    assert not view.shows_ring
    bench.qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.shows_ring
    bench.qtbot.mouseClick(view, Left, pos=QPoint(3, 3))
    assert not view.shows_ring
    view.setFocus(Qt.FocusReason.PopupFocusReason)
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.shows_ring


def test_the_ring_of_the_map_is_there_again_when_a_menu_has_gone(bench: Bench, mapped: FakeEngine) -> None:
    bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.clearFocus()
    view.setFocus(Qt.FocusReason.PopupFocusReason)
    assert view.shows_ring


def test_what_is_chosen_on_the_map_is_told_again_when_one_comes_back_to_it(bench: Bench, mapped: FakeEngine) -> None:
    window = bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    view.select(2)
    bench.settle()
    chosen = window.selected_paths()
    assert chosen
    window.pages.leave_place()
    assert window.selected_paths() == []
    go_to(bench, Place.MAP)
    assert window.selected_paths() == chosen


def test_what_is_done_on_the_map_is_done_with_the_file_chosen_last_though_it_is_not_known_yet(
    bench: Bench, mapped: FakeEngine
) -> None:
    window = bench.open(mapped)
    go_to(bench, Place.MAP)
    view = map_page(bench).view
    view.select(2)
    bench.settle()
    gate = mapped.gates["hits_for"] = Flag()
    view.select(3)
    chosen = window.selected_paths()
    gate.set()
    bench.settle()
    assert chosen == window.selected_paths()
    assert window.details.hit is not None
    assert chosen == [window.details.hit.path]


def test_a_chosen_file_that_goes_from_the_map_is_not_told_of_any_more(
    bench: Bench, mapped: FakeEngine, make_map: MakeMap
) -> None:
    window = bench.open(mapped)
    go_to(bench, Place.MAP)
    page = map_page(bench)
    page.view.select(0)
    bench.settle()
    assert window.selected_paths()
    page.take_map(make_map([b"/home/ann/other.jpg"], [(0.5, 0.5)]))
    bench.settle()
    assert window.selected_paths() == []


def test_results_beneath_the_map_do_not_show_in_the_details(bench: Bench, mapped: FakeEngine) -> None:
    window = bench.open(mapped)
    bench.ask("lake")
    window.results.selectAll()
    bench.settle()
    assert window.details.several
    go_to(bench, Place.MAP)
    window.results.clearSelection()
    window.results.selectAll()
    bench.settle()
    assert window.selected_paths() == []
    assert not window.details.several
    window.pages.leave_place()
    assert window.details.several, "what is selected there is told of again"


def test_chips_of_kinds_stay_where_only_their_counts_change(bench: Bench, mapped: FakeEngine) -> None:
    bench.open(mapped)
    go_to(bench, Place.MAP)
    page = map_page(bench)
    chip = page.legend.chips[Kind.IMAGE]
    chip.setFocus()
    assert mapped.map is not None
    page.take_map(mapped.map)
    assert page.legend.chips[Kind.IMAGE] is chip
    assert chip.hasFocus()
