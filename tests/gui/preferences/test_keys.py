"""The page of keys: others are pressed for what the window does, and hold at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.errors import WorldProblem
from vexgui.core.settings import KeyChoice, Settings
from vexgui.gui.keys.commands import Command
from vexgui.gui.preferences.key_row import KeyRow
from vexgui.gui.preferences.window import PreferencesWindow

Key = Qt.Key
NONE, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
FOLDERS_B = KeyChoice("folders", ("Ctrl+B",))


@pytest.fixture
def preferences(bench: Bench, library: FakeEngine) -> PreferencesWindow:
    window = bench.open(library)
    window.menu.keys_asked.emit()
    bench.settle()
    return window.preferences


def line(preferences: PreferencesWindow, command: Command) -> KeyRow:
    return preferences.keys.key_rows[command]


def give(bench: Bench, command: Command, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> KeyRow:
    """Press keys for a command, as with the keyboard alone."""
    row = line(bench.window.preferences, command)
    row.button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row.button, Key.Key_Return)
    assert row.button.text() == "Press keys…"
    QTest.keyClick(row.button, key, modifiers)
    bench.settle()
    return row


def go_back(bench: Bench) -> None:
    """Close the preferences, and have the keyboard in the window again."""
    bench.window.preferences.close()
    bench.window.activateWindow()
    bench.qtbot.waitUntil(bench.window.isActiveWindow)


def test_a_row_shows_the_keys_in_force_and_those_by_default(preferences: PreferencesWindow) -> None:
    row = line(preferences, Command.SEARCH)
    assert (row.button.text(), row.note) == ("Ctrl+F, Ctrl+L", "Default: Ctrl+F, Ctrl+L")
    assert not row.reset.isVisible()
    assert line(preferences, Command.MAP).button.text() == "no keys"
    assert not preferences.keys.reset.isEnabled()


def test_new_keys_are_kept_and_hold_at_once_and_the_old_ones_no_more(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    row = give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    assert library.settings().keys == (FOLDERS_B,)
    assert (row.button.text(), row.note, row.reset.isVisible()) == ("Ctrl+B", "Default: F9", True)
    go_back(bench)
    button = bench.window.workspace.side.button
    before = button.isChecked()
    QTest.keyClick(bench.window, Key.Key_B, CONTROL)
    assert button.isChecked() is not before
    QTest.keyClick(bench.window, Key.Key_F9)
    assert button.isChecked() is not before


def test_menus_and_tool_tips_name_the_keys_in_force(bench: Bench, preferences: PreferencesWindow) -> None:
    give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    give(bench, Command.ADD_FOLDER, Key.Key_F6)
    give(bench, Command.SIMILAR, Key.Key_J, CONTROL)
    give(bench, Command.SAVE_SEARCH, Key.Key_Backspace)
    window = bench.window
    assert window.workspace.side.button.toolTip() == "Folders (Ctrl+B)"
    assert window.workspace.details.button.accessibleName() == "Details (Ctrl+I)"
    assert [action.text() for action in window.menu.actions()][:2] == ["Add a folder…\tF6", "Look for changes\tF5"]
    assert window.actions_on_files.similar.shortcut().toString() == "Ctrl+J"
    window.toast.show("A file moved to trash", lambda: None)
    assert window.toast.bar.undo.toolTip() == "Undo (Ctrl+Z)"


def test_keys_given_to_a_place_to_look_lead_there(bench: Bench, preferences: PreferencesWindow) -> None:
    give(bench, Command.TIMELINE, Key.Key_F4)
    go_back(bench)
    QTest.keyClick(bench.window, Key.Key_F4)
    assert bench.window.pages.place == "timeline"


def test_what_works_in_the_window_of_preferences_follows_too(bench: Bench, preferences: PreferencesWindow) -> None:
    give(bench, Command.CLOSE, Key.Key_E, CONTROL)
    QTest.keyClick(preferences, Key.Key_W, CONTROL)
    assert preferences.isVisible()
    QTest.keyClick(preferences, Key.Key_E, CONTROL)
    assert not preferences.isVisible()


def test_keys_that_cannot_be_given_are_refused_with_the_reason(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    for key, modifiers, told in (
        (Key.Key_O, CONTROL, "Ctrl+O already stands for “Add a folder”: take others."),
        (Key.Key_K, NONE, "K is typed into the search: take it together with Ctrl or Alt."),
        (Key.Key_Space, NONE, "Space has a fixed meaning in lists and fields: take others."),
        (Key.Key_Tab, NONE, "Tab has a fixed meaning in lists and fields: take others."),
        (Key.Key_V, CONTROL, "Ctrl+V is needed to edit text: take others."),
        (Key.Key_F4, ALT, "Alt+F4 belongs to the desktop: take others."),
        (Key.Key_W, CONTROL, "Ctrl+W already stands for “Close the window”: take others."),
    ):
        row = give(bench, Command.FOLDERS, key, modifiers)
        assert row.note == told
        assert row.button.text() == "F9"
        assert preferences.focusWidget() is row.button
    assert preferences.isVisible()
    assert library.called("change") == []


def test_escape_keeps_the_keys_and_the_window(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    row = give(bench, Command.FOLDERS, Key.Key_Escape)
    assert preferences.isVisible()
    assert (row.button.text(), row.note) == ("F9", "Default: F9")
    assert library.called("change") == []


def test_looking_elsewhere_keeps_the_keys(preferences: PreferencesWindow) -> None:
    row = line(preferences, Command.FOLDERS)
    row.button.click()
    assert row.button.is_listening
    preferences.tabs[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert not row.button.is_listening
    assert (row.button.text(), row.button.isChecked()) == ("F9", False)


def test_backspace_leaves_a_command_without_keys(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    row = give(bench, Command.FOLDERS, Key.Key_Backspace)
    assert library.settings().keys == (KeyChoice("folders", ()),)
    assert row.button.text() == "no keys"
    assert bench.window.workspace.side.button.toolTip() == "Folders"


def test_one_command_goes_back_to_its_default(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    give(bench, Command.DETAILS, Key.Key_F4)
    row = give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    row.reset.click()
    bench.settle()
    assert library.settings().keys == (KeyChoice("details", ("F4",)),)
    assert row.button.text() == "F9"


def test_a_default_that_another_command_has_by_now_is_not_taken_from_it(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    row = give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    give(bench, Command.MAP, Key.Key_F9)
    row.reset.click()
    bench.settle()
    assert row.note == "F9 already stands for “Map”: take others."
    assert row.button.text() == "Ctrl+B"


def test_all_go_back_to_their_defaults(bench: Bench, library: FakeEngine, preferences: PreferencesWindow) -> None:
    give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    give(bench, Command.MAP, Key.Key_F9)
    preferences.keys.reset.click()
    bench.settle()
    assert library.settings().keys == ()
    assert line(preferences, Command.FOLDERS).button.text() == "F9"
    assert not preferences.keys.reset.isEnabled()


def test_keys_that_cannot_be_kept_are_told_and_not_in_force(
    bench: Bench, library: FakeEngine, preferences: PreferencesWindow
) -> None:
    library.error = WorldProblem("The disk is full.", "Make room.")
    row = give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    assert bench.window.banner.message == "The disk is full. Make room."
    assert row.button.text() == "F9"
    assert bench.window.workspace.side.button.toolTip() == "Folders (F9)"


def test_keys_in_the_file_hold_from_the_start_and_mistakes_in_it_are_told(bench: Bench, library: FakeEngine) -> None:
    library.saved = Settings(keys=(FOLDERS_B, KeyChoice("details", ("Ctrl+O",))))
    window = bench.open(library)
    assert window.workspace.side.button.toolTip() == "Folders (Ctrl+B)"
    assert window.workspace.details.button.toolTip() == "Details (Ctrl+I)"
    assert window.banner.message == (
        "Ctrl+O already stands for “Add a folder”: take others. "
        "Mend or remove details under [keys] in config.toml; until then the usual keys hold."
    )


def test_a_key_and_the_menu_show_the_page(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    QTest.keyClick(window, Key.Key_F1)
    assert window.preferences.keys.isVisible()
    window.preferences.tabs[0].click()
    window.menu.keys_asked.emit()
    assert window.preferences.keys.isVisible()


def test_who_does_not_see_hears_what_keys_are_for_and_which_they_are(
    bench: Bench, preferences: PreferencesWindow
) -> None:
    row = give(bench, Command.FOLDERS, Key.Key_B, CONTROL)
    assert row.button.accessibleName() == "Folders: Ctrl+B"
    assert row.reset.accessibleName() == "Folders: back to the default"
    interface = QAccessible.queryAccessibleInterface(row.button)
    assert interface.state().checkable
