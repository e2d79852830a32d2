"""The pages of settings: each shows its default, takes another value at once, and goes back."""

from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Bench
from tests.gui.fake_calls import PATIENCE_S
from tests.gui.fake_engine import FakeEngine
from tests.gui.preferences.conftest import answer, opened
from vexgui.core.errors import UsageProblem
from vexgui.core.exclusions import Exclusions, Weight
from vexgui.core.settings import Settings
from vexgui.gui.language import wanted_language
from vexgui.gui.preferences.choices import (
    Choice,
    bound_choices,
    folder_choices,
    pace_choices,
    record_choices,
)
from vexgui.gui.theme import Appearance, is_dark


def test_what_is_shown_first_is_the_default(bench: Bench, library: FakeEngine) -> None:
    row = opened(bench, library).pace.choices["extractor_timeout_s"]
    assert row.button is not None
    assert row.button.text() == "20 s"
    assert "Default: 20 s." in row.note
    assert not row.reset.isVisibleTo(row)


@pytest.mark.parametrize("every", [*pace_choices(), *bound_choices(), *record_choices(), *folder_choices()])
def test_the_default_of_every_setting_is_among_what_is_offered(every: Choice) -> None:
    assert not every.offers or every.default in dict(every.offers)


def test_a_setting_is_changed_and_goes_back_to_its_default(bench: Bench, library: FakeEngine) -> None:
    row = opened(bench, library).pace.choices["extractor_timeout_s"]
    next(action for action in row.menu().actions() if action.text() == "1 min").trigger()
    bench.settle()
    assert library.settings().extractor_timeout_s == 60
    assert row.button is not None
    assert row.button.text() == "1 min"
    row.reset.click()
    bench.settle()
    assert library.settings().extractor_timeout_s == 20
    assert not row.reset.isVisibleTo(row)


def test_a_setting_that_is_refused_is_shown_as_it_is(bench: Bench, library: FakeEngine) -> None:
    row = opened(bench, library).pace.choices["work_on_battery"]
    library.error = UsageProblem("The disk is full.", "Make room.")
    assert row.box is not None
    row.box.click()
    bench.settle()
    assert not row.box.isChecked()
    assert bench.window.banner.message == "The disk is full. Make room."


def test_what_was_set_meanwhile_is_not_shown_as_it_was_before(
    bench: Bench, library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences = opened(bench, library)
    row, asked, gate = preferences.pace.choices["work_on_battery"], Flag(), Flag()
    known = library.exclusions()

    def wait() -> Exclusions:
        asked.set()
        gate.wait(PATIENCE_S)
        return known

    monkeypatch.setattr(library, "exclusions", wait)
    preferences.refresh()
    bench.qtbot.waitUntil(asked.is_set)
    assert row.box is not None
    row.box.click()
    bench.qtbot.wait(100)  # the answer to the click would be here first
    gate.set()
    bench.settle()
    assert library.settings().work_on_battery
    assert row.value is True


def test_what_is_set_while_vectors_are_taken_off_files_stays_shown(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    gate = library.gates["strip"] = Flag()
    bench.window.settings.strip_all(library.folders)
    bench.qtbot.waitUntil(lambda: bool(library.called("strip")))
    preferences.pace.choices["work_on_battery"].chosen.emit(True)
    bench.qtbot.waitUntil(lambda: len(library.called("change")) == 2)
    bench.qtbot.wait(100)  # the answer to the second comes before that to the first
    gate.set()
    bench.settle()
    assert preferences.pace.choices["work_on_battery"].value is True
    assert preferences.privacy.choices["write_records"].value is False


@pytest.mark.parametrize(("appearance", "dark"), [(Appearance.DARK, True), (Appearance.LIGHT, False)])
def test_the_appearance_is_chosen(bench: Bench, library: FakeEngine, appearance: Appearance, dark: bool) -> None:
    row = opened(bench, library).appearance.choices["appearance"]
    row.chosen.emit(appearance)
    bench.qtbot.waitUntil(lambda: is_dark(bench.window.palette()) is dark)
    assert bench.memory.appearance is appearance
    row.chosen.emit(Appearance.LIGHT)


def test_the_size_of_the_results_is_chosen_and_followed(bench: Bench, library: FakeEngine) -> None:
    row = opened(bench, library).appearance.choices["zoom"]
    row.chosen.emit(5)
    assert bench.window.found.view.zoom == 5
    bench.window.found.view.arrange(bench.window.found.view.layout_kind, 2)
    assert row.value == 2


def test_the_language_is_chosen_for_the_next_start(bench: Bench, library: FakeEngine) -> None:
    row = opened(bench, library).appearance.choices["language"]
    row.chosen.emit("de")
    assert wanted_language(bench.memory.choice("language"), {"LANG": "ar_EG"}) == "de"
    assert "next start" in row.note


def test_folders_say_and_switch_whether_their_files_carry_vectors(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    preferences.show_page(preferences.privacy)
    (box,) = preferences.privacy.boxes
    assert box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Space)
    bench.settle()
    assert library.called("set_records") == [(library.folders[0], False)]
    bench.window.desk.set_records(library.folders[0], True)
    bench.settle()
    assert preferences.privacy.boxes == [box]
    assert box.isChecked()


@pytest.mark.parametrize(("button", "stripped"), [("Remove vectors", True), ("Cancel", False)])
def test_all_vectors_are_taken_off_files_only_after_a_question(
    bench: Bench, library: FakeEngine, button: str, stripped: bool
) -> None:
    preferences = opened(bench, library)
    preferences.privacy.strip.click()
    answer(bench, button)
    assert library.called("strip") == ([tuple(library.folders)] if stripped else [])
    assert library.settings().write_records is not stripped
    assert all(box.isEnabled() is not stripped for box in preferences.privacy.boxes)


def test_a_folder_is_forgotten_only_after_a_question(bench: Bench, library: FakeEngine) -> None:
    (line,) = opened(bench, library).folders.root_rows
    line.remove.click()
    answer(bench, "Cancel")
    assert library.folders
    line.remove.click()
    answer(bench, "Stop indexing")
    assert not library.folders
    assert not bench.window.preferences.folders.root_rows


def test_patterns_are_added_removed_and_brought_back(bench: Bench, library: FakeEngine) -> None:
    page = opened(bench, library).folders
    page.pattern.setText("*.iso")
    QTest.keyClick(page.pattern, Qt.Key.Key_Return)
    bench.settle()
    assert library.patterns == (*Settings().exclude, "*.iso")
    assert page.reset.isVisibleTo(page)
    page.pattern_chips[0].click()
    bench.settle()
    assert Settings().exclude[0] not in library.patterns
    page.reset.click()
    bench.settle()
    assert set(library.patterns) == set(Settings().exclude)
    assert [chip.text() for chip in page.pattern_chips] == list(library.patterns)


def test_a_pattern_that_fits_much_is_left_out_only_after_a_question(
    bench: Bench, library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(bench, library).folders
    monkeypatch.setattr(library, "weigh_exclusion", lambda add: Weight(900, 1200))
    page.pattern.setText("*.jpg")
    page.leave_out.click()
    bench.settle()
    assert library.called("exclude") == []
    answer(bench, "Leave out")
    assert library.called("exclude") == [(("*.jpg",), ())]


def test_recent_searches_are_forgotten(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    bench.memory.remember_query("a red boat")
    preferences.privacy.forget.click()
    assert bench.memory.recent == ()
    assert bench.window.status.result == "Recent searches are forgotten"


def test_searches_are_remembered_only_where_that_is_wanted(bench: Bench, library: FakeEngine) -> None:
    row = opened(bench, library).privacy.choices["remembers_queries"]
    row.chosen.emit(False)
    bench.memory.remember_query("a red boat")
    assert bench.memory.recent == ()


def test_leaving_files_out_of_a_folder_opens_the_page_for_it(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    bench.window.roots_panel.exclude_asked.emit()
    assert preferences.folders.isVisible()
