"""What the right mouse button and the keys do with the selected files."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.reports import Failure
from vexgui.gui.files.actions import FileActions, Take
from vexgui.gui.files.pasting import Pasted
from vexgui.gui.files.tag_dialog import TagDialog
from vexgui.gui.question import Question
from vexgui.gui.search.examples import Written
from vexgui.system.desktop_entry import Application


@pytest.fixture
def ready(bench: Bench, library: FakeEngine) -> Bench:
    bench.open(library)
    bench.ask("trip")
    return bench


def trip(bench: Bench) -> bytes:
    return os.path.join(os.fsencode(bench.folder), b"trip.txt")


def entry(bench: Bench, text: str) -> QAction:
    menu = bench.window.actions_on_files.menu()
    return next(action for action in menu.actions() if action.text() == text)


def entry_within(bench: Bench, text: str, inner: str) -> QAction:
    menu = entry(bench, text).menu()
    return next(action for action in menu.actions() if action.text() == inner)


def select_all(bench: Bench) -> list[bytes]:
    bench.ask("lake")
    bench.window.results.selectAll()
    return [hit.path for hit in bench.window.results.selected()]


def dialog(bench: Bench) -> TagDialog:
    """Return the dialog about tags, once it is open."""
    bench.settle()
    return next(one for one in bench.window.findChildren(QDialog) if isinstance(one, TagDialog))


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Open", "open"), ("Show in folder", "reveal"), ("Copy path", "copy paths"), ("Copy file", "copy files")],
)
def test_the_menu_asks_the_desktop(ready: Bench, text: str, asked: str) -> None:
    entry(ready, text).trigger()
    assert ready.shell.asked == [(asked, (trip(ready),))]


def test_the_menu_finds_similar_files(ready: Bench) -> None:
    entry(ready, "Find similar").trigger()
    ready.settle()
    assert ready.window.searcher.question.like == (trip(ready),)
    assert (trip(ready),) in ready.engine.called("similar")  # where the details ask for what is like a file, too


def test_files_like_several_are_found(ready: Bench) -> None:
    ready.ask("lake")
    ready.window.results.selectAll()
    selected = tuple(hit.path for hit in ready.window.results.selected())
    entry(ready, "Find similar").trigger()
    ready.settle()
    assert selected in ready.engine.called("similar")
    assert ready.window.searcher.question.title.endswith(" and 2 others")


def test_the_menu_indexes_anew(ready: Bench) -> None:
    entry(ready, "Re-index").trigger()
    ready.settle()
    assert ready.engine.called("index") == [((trip(ready),), True)]


def test_several_files_are_acted_on_together(ready: Bench) -> None:
    ready.ask("lake")
    ready.window.results.selectAll()
    entry(ready, "Copy paths").trigger()
    ((asked, paths),) = ready.shell.asked
    assert asked == "copy paths"
    assert len(paths) == 3


@pytest.mark.parametrize(
    ("key", "modifier", "asked"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "open"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "reveal"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier, "reveal"),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "copy files"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "trash"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, "properties"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.AltModifier, "properties"),
    ],
)
def test_keys_in_the_grid(ready: Bench, key: Qt.Key, modifier: Qt.KeyboardModifier, asked: str) -> None:
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, key, modifier)
    assert ready.shell.asked == [(asked, (trip(ready),))]


class Thirty:
    """Thirty files, each in a folder of its own, are selected."""

    def selected_paths(self) -> list[bytes]:
        return [b"/%d/a" % number for number in range(30)]

    def with_selected_paths(self, take: Take) -> None:
        take(self.selected_paths())


def test_many_files_are_not_all_opened_at_once_and_that_is_said(ready: Bench) -> None:
    actions = FileActions(ready.shell, Thirty(), ready.window, ready.window.keys)
    told: list[str] = []
    actions.told.connect(told.append)
    actions.open_selected()
    actions.reveal_selected()
    assert [(asked, len(paths)) for asked, paths in ready.shell.asked] == [("open", 20), ("reveal", 30)]
    assert told == ["The first 20 of 30 files are opened", "The first 5 of 30 folders are shown"]


def test_f5_indexes_the_selected_files_anew_when_the_keyboard_is_on_them(ready: Bench) -> None:
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, Qt.Key.Key_F5)
    ready.settle()
    assert ready.engine.called("index") == [((trip(ready),), True)]


def test_f5_elsewhere_looks_for_changes_everywhere(ready: Bench) -> None:
    ready.window.activateWindow()
    ready.window.field.take_focus()
    ready.qtbot.waitUntil(ready.window.field.edit.hasFocus)
    ready.qtbot.keyClick(ready.window.field.edit, Qt.Key.Key_F5)
    ready.settle()
    assert ready.engine.called("index") == [((), False)]


def test_ctrl_f_goes_to_the_search_field_with_all_text_selected(ready: Bench) -> None:
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert ready.window.field.edit.hasFocus()
    assert ready.window.field.edit.selectedText() == "trip"


def test_the_panels_buttons_act_on_the_file_shown(ready: Bench) -> None:
    ready.window.details.open_asked.emit()
    ready.window.details.reveal_asked.emit()
    assert [asked for asked, _ in ready.shell.asked] == ["open", "reveal"]


def test_the_menu_offers_the_programs_that_open_the_file(ready: Bench) -> None:
    ready.shell.programs = tuple(Application(name, b"", name, "", name, "", "", False, ()) for name in ("Eye", "A & B"))
    entry_within(ready, "Open with", "A && B").trigger()
    assert ready.shell.asked == [("open with A & B", (trip(ready),))]


def test_where_no_program_is_known_the_menu_says_so_and_one_can_be_chosen(ready: Bench) -> None:
    assert not entry_within(ready, "Open with", "No program is known for it").isEnabled()
    entry_within(ready, "Open with", "Other program…").trigger()
    assert ready.shell.asked == [("choose", (trip(ready),))]


def test_more_and_less_of_the_same_are_asked_for_in_the_query(ready: Bench) -> None:
    entry(ready, "More like this").trigger()
    assert Written(trip(ready)).text in ready.window.field.text()
    entry(ready, "Less like this").trigger()
    assert Written(trip(ready), -1).text in ready.window.field.text()
    assert ready.window.field.text().count("like:") == 1


def test_stars_are_given_and_taken(ready: Bench) -> None:
    entry_within(ready, "Rate", "★★★★☆").trigger()
    ready.settle()
    assert ready.engine.called("rate") == [((trip(ready),), 8)]
    assert ready.window.toast.text == "trip.txt: ★★★★"
    entry_within(ready, "Rate", "No rating").trigger()
    ready.settle()
    assert ready.engine.called("rate")[-1] == ((trip(ready),), None)


def test_tags_are_typed_in_a_dialog_and_can_be_undone(ready: Bench) -> None:
    entry(ready, "Tags…").trigger()
    tags = dialog(ready)
    ready.qtbot.keyClicks(tags.row.field, "summer, lake")
    ready.qtbot.keyClick(tags.row.field, Qt.Key.Key_Return)
    assert tags.isVisible()
    assert tags.row.tags == ("summer", "lake")
    ready.qtbot.wait(1)
    ready.qtbot.keyClick(tags.row.field, Qt.Key.Key_Return)
    ready.settle()
    assert ready.engine.called("tag") == [((trip(ready),), ("summer", "lake"), ())]
    assert ready.window.toast.text == "trip.txt: tagged summer, lake"
    ready.window.toast.bar.undo.click()
    ready.settle()
    assert ready.engine.files[trip(ready)].tags == ()


def test_what_is_typed_is_kept_by_save_and_nothing_by_cancel(ready: Bench) -> None:
    entry(ready, "Tags…").trigger()
    tags = dialog(ready)
    ready.qtbot.keyClicks(tags.row.field, "summer")
    tags.cancel.click()
    assert ready.engine.called("tag") == []
    entry(ready, "Tags…").trigger()
    tags = dialog(ready)
    ready.qtbot.keyClicks(tags.row.field, "summer")
    tags.save.click()
    ready.settle()
    assert ready.engine.files[trip(ready)].tags == ("summer",)


def test_tags_that_only_some_of_the_files_have_are_offered_to_all(ready: Bench) -> None:
    paths = select_all(ready)
    ready.engine.tag(paths, add=("all",))
    ready.engine.tag(paths[:1], add=("one",))
    entry(ready, "Tags…").trigger()
    tags = dialog(ready)
    ready.settle()
    assert tags.row.tags == ("all",)
    assert tags.offered == ["one"]
    tags.row.removed.emit("all")
    assert tags.offered == ["one", "all"]
    tags.save.click()
    ready.settle()
    calls = [call for call in ready.engine.called("tag") if call != (tuple(paths), (), ())]  # the details' question
    assert calls[-1] == (tuple(paths), (), ("all",))


def test_removing_vectors_is_asked_first(ready: Bench) -> None:
    entry(ready, "Remove vectors…").trigger()
    (box,) = ready.window.findChildren(Question)
    assert ready.engine.called("strip") == []
    assert box.yes.text() == "Remove vectors"
    box.yes.click()
    ready.settle()
    assert ready.engine.called("strip") == [(trip(ready),)]
    assert ready.window.toast.text == "Vectors removed from 1 file"


def test_the_trash_can_be_undone(ready: Bench) -> None:
    entry(ready, "Move to trash").trigger()
    assert ready.window.toast.text == "Moved to the trash: trip.txt"
    ready.window.toast.bar.undo.click()
    assert ready.shell.asked == [("trash", (trip(ready),)), ("bring back", (b"/trash" + trip(ready),))]


def test_what_the_trash_cannot_take_is_told_in_a_sentence(ready: Bench) -> None:
    ready.shell.untrashable = (Failure(b"/usb/a.txt", "The trash of its drive cannot take it."),)
    entry(ready, "Move to trash").trigger()
    assert ready.window.banner.message == "a.txt stays where it is: the trash of its drive cannot take it."


def test_properties_are_the_file_managers_or_else_the_details(ready: Bench) -> None:
    entry(ready, "Properties").trigger()
    assert ready.shell.asked == [("properties", (trip(ready),))]
    ready.window.workspace.details.button.click()
    assert not ready.window.details.isVisible()
    ready.shell.has_file_manager = False
    entry(ready, "Properties").trigger()
    assert ready.window.details.isVisible()


def test_a_file_that_is_pasted_in_the_window_is_what_others_are_to_be_like(ready: Bench) -> None:
    ready.shell.clipboard = Pasted(paths=(trip(ready),))
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    ready.settle()
    assert ready.window.searcher.question.like == (trip(ready),)
    assert (trip(ready),) in ready.engine.called("similar")  # where the details ask for what is like a file, too


def test_words_that_are_pasted_in_the_window_go_to_the_field(ready: Bench) -> None:
    ready.shell.clipboard = Pasted(words=" lake")
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert ready.window.field.text() == "trip lake"
