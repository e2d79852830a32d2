"""The window of preferences: models that are used, fetched, measured and forgotten, and what else is set."""

import os
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from tests.gui.conftest import Bench
from tests.gui.fake_engine import EMBEDDED, FORMER, RECOMMENDED, TEXT_SPACE, FakeEngine
from vexgui.core.errors import ModelUnavailable
from vexgui.core.events import Activity, IndexChanged, ModelProgress, ModelRetired, Progress
from vexgui.core.reports import ModelInfo, SpaceInfo
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.gui.memory import Memory
from vexgui.gui.preferences.desk import NONE, Deed, ModelDesk
from vexgui.gui.preferences.general_page import GeneralPage
from vexgui.gui.preferences.model_card import ModelCard
from vexgui.gui.preferences.model_words import Standing, cost, deeds, facts, picture_models, standing
from vexgui.gui.preferences.window import PreferencesWindow
from vexgui.gui.theme import Appearance, is_dark

MEASURED = replace(RECOMMENDED, pictures_per_s=51.4, hours=0.5, disk_bytes=7 << 20)
NOTHING = ModelInfo("bare", "picture", False, False, "", "", 0)


# what is said of a model


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (EMBEDDED, Standing.IN_USE),
        (FORMER, Standing.ANSWERING),
        (replace(FORMER, answering=False), Standing.INSTALLED),
        (RECOMMENDED, Standing.RECOMMENDED),
        (replace(RECOMMENDED, recommended=False), Standing.OFFERED),
        (replace(EMBEDDED, active=False, answering=False, installed=False), Standing.MISSING),
    ],
)
def test_a_model_stands_in_one_way(model: ModelInfo, expected: Standing) -> None:
    assert standing(model) is expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (EMBEDDED, (Deed.MEASURE,)),
        (FORMER, (Deed.MEASURE, Deed.FORGET, Deed.USE)),
        (replace(FORMER, vectors=0), (Deed.MEASURE, Deed.FORGET, Deed.USE)),
        (replace(EMBEDDED, active=False, vectors=0), (Deed.MEASURE, Deed.USE)),
        (replace(EMBEDDED, active=False), (Deed.MEASURE, Deed.FORGET, Deed.USE)),
        (RECOMMENDED, (Deed.MEASURE, Deed.DOWNLOAD)),
        (replace(RECOMMENDED, vectors=9), (Deed.MEASURE, Deed.FORGET, Deed.DOWNLOAD)),
        (replace(EMBEDDED, modality="text"), ()),
        (replace(EMBEDDED, active=False, installed=False, vectors=0), ()),
    ],
)
def test_only_what_makes_sense_is_offered(model: ModelInfo, expected: tuple[Deed, ...]) -> None:
    assert deeds(model) == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (RECOMMENDED, "Not measured yet"),
        (replace(RECOMMENDED, disk_bytes=7 << 20), "7.0 MB of vectors for all, not measured yet"),
        (MEASURED, "51 pictures a second, 30 min for the pictures it has not seen, 7.0 MB of vectors for all"),
        (replace(MEASURED, hours=0.0, disk_bytes=None), "51 pictures a second"),
        (replace(MEASURED, pictures_per_s=0.42, hours=None, disk_bytes=None), "0.4 pictures a second"),
    ],
)
def test_what_a_model_costs_here_is_told_in_words(model: ModelInfo, expected: str) -> None:
    assert cost(model) == expected


def test_what_is_not_known_of_a_model_is_not_told() -> None:
    assert facts(NOTHING) == [("Cost here", "Not measured yet")]
    assert ("", "open_clip, docs/openclip_results.csv") in facts(MEASURED)


@pytest.mark.parametrize(("active", "chosen"), [(True, False), (False, True)])
def test_no_model_is_a_choice_too(active: bool, chosen: bool) -> None:
    none = picture_models([replace(EMBEDDED, active=active)])[-1]
    assert (none.name, none.active) == (NONE, chosen)
    assert deeds(none) == (() if chosen else (Deed.USE,))


def test_a_model_that_is_missing_is_not_the_choice_of_none() -> None:
    none = ModelInfo(NONE, "picture", False, True, "", "", 0)
    assert not picture_models([replace(EMBEDDED, active=False, installed=False), none])[-1].active


# the page of models


def opened(bench: Bench, library: FakeEngine) -> PreferencesWindow:
    window = bench.open(library)
    window.menu.preferences_asked.emit()
    bench.settle()
    # A layout shows a widget that it is given when it comes to it.
    bench.qtbot.waitUntil(lambda: all(made.isVisible() for made in window.preferences.models.cards.values()))
    return window.preferences


def card(bench: Bench, name: str) -> ModelCard:
    return bench.window.preferences.models.cards[name]


def answer(bench: Bench, button: str) -> None:
    """Press a button of the question that is open."""
    (box,) = (box for box in bench.window.findChildren(QMessageBox) if box.isVisible())
    next(found for found in box.findChildren(QPushButton) if found.text().replace("&", "") == button).click()
    bench.settle()


def test_the_menu_and_a_key_open_the_window(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    (entry,) = (action for action in window.menu.actions() if action.text().startswith("Preferences"))
    entry.trigger()
    assert window.preferences.isVisible()
    QTest.keyClick(window.preferences, Qt.Key.Key_Escape)
    assert not window.preferences.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.preferences.isVisible()


def test_every_model_has_a_card(bench: Bench, library: FakeEngine) -> None:
    cards = opened(bench, library).models.cards
    assert {name: card.state for name, card in cards.items()} == {
        "vexgui-pictures-1": "In use",
        "ViT-B-32-256": "Recommended",
        "MobileCLIP2-S0": "Still answers",
        NONE: "",
        TEXT_SPACE.model: "In use",
    }


@pytest.mark.parametrize(("button", "downloads"), [("Download", ["ViT-B-32-256"]), ("Cancel", [])])
def test_a_model_is_downloaded_only_after_a_question_with_size_and_licence(
    bench: Bench, library: FakeEngine, button: str, downloads: list[str]
) -> None:
    opened(bench, library)
    card(bench, "ViT-B-32-256").buttons[Deed.DOWNLOAD].click()
    (box,) = bench.window.findChildren(QMessageBox)
    assert "577.1 MB" in box.informativeText()
    assert "MIT" in box.informativeText()
    answer(bench, button)
    assert library.called("download_model") == downloads
    assert card(bench, "ViT-B-32-256").state == ("In use" if downloads else "Recommended")


def test_a_download_shows_how_far_it_is_on_its_card_and_in_the_status_line(bench: Bench, library: FakeEngine) -> None:
    opened(bench, library)
    library.gates["download_until_stopped"] = Flag()
    bench.window.models.download("ViT-B-32-256")
    assert card(bench, "ViT-B-32-256").progress == "Connecting…"
    assert not card(bench, "ViT-B-32-256").buttons[Deed.DOWNLOAD].isVisible()
    library.tell(ModelProgress("ViT-B-32-256", 300 << 20, 600 << 20))
    bench.qtbot.waitUntil(lambda: card(bench, "ViT-B-32-256").progress == "300.0 MB of 600.0 MB")
    assert bench.window.status.doing == "Downloading ViT-B-32-256, 300.0 MB of 600.0 MB"
    library.tell(Progress(Activity.INDEXING, 1, 9))
    bench.qtbot.waitUntil(lambda: bench.window.status.doing == "Indexing 1 of 9")


def test_a_model_that_has_come_whole_is_tried_out(bench: Bench, library: FakeEngine) -> None:
    opened(bench, library)
    library.gates["download_until_stopped"] = Flag()
    bench.window.models.download("ViT-B-32-256")
    library.tell(ModelProgress("ViT-B-32-256", 600 << 20, 600 << 20))
    bench.qtbot.waitUntil(lambda: card(bench, "ViT-B-32-256").progress == "Trying it out…")


def test_a_download_for_another_process_is_told_until_nothing_more_is_heard_of_it(bench: Bench) -> None:
    desk = ModelDesk(bench.operations, patience_ms=1)
    told: list[object] = []
    desk.fetching.connect(told.append)
    desk.hear(ModelProgress("ViT-L-14", 1, 2))
    bench.qtbot.waitUntil(lambda: told == [ModelProgress("ViT-L-14", 1, 2), None])


def test_a_download_is_cancelled(bench: Bench, library: FakeEngine) -> None:
    opened(bench, library)
    library.gates["download_until_stopped"] = Flag()
    bench.window.models.download("ViT-B-32-256")
    assert library.gates["download_until_stopped"].wait(5)
    library.tell(ModelProgress("ViT-B-32-256", 1, 2))
    bench.qtbot.waitUntil(lambda: bench.window.status.doing.startswith("Downloading"))
    card(bench, "ViT-B-32-256").cancel.click()
    bench.settle()
    assert card(bench, "ViT-B-32-256").progress == ""
    assert card(bench, "ViT-B-32-256").buttons[Deed.DOWNLOAD].isVisible()
    assert "goes on from there" in bench.window.status.result
    assert bench.window.status.doing == "Up to date"
    assert bench.window.banner.message == ""


def test_a_model_that_cannot_be_fetched_is_told_on_its_card_and_in_the_window(
    bench: Bench, library: FakeEngine
) -> None:
    opened(bench, library)
    library.error = ModelUnavailable("The hub cannot be reached.", "Connect this computer.")
    bench.window.models.download("ViT-B-32-256")
    bench.settle()
    assert card(bench, "ViT-B-32-256").trouble == "The hub cannot be reached. Connect this computer."
    assert bench.window.banner.message == "The hub cannot be reached. Connect this computer."
    library.error = None
    bench.window.models.measure("ViT-B-32-256")
    bench.settle()
    assert card(bench, "ViT-B-32-256").trouble == ""


@pytest.mark.parametrize("name", ["MobileCLIP2-S0", NONE])
def test_another_model_or_none_is_chosen(bench: Bench, library: FakeEngine, name: str) -> None:
    opened(bench, library)
    card(bench, name).buttons[Deed.USE].click()
    bench.settle()
    assert library.called("use_model") == [(name, b"")]
    assert [shown for shown, made in bench.window.preferences.models.cards.items() if made.state == "In use"] == [
        name,
        TEXT_SPACE.model,
    ]
    assert bench.window.status.result.startswith("Pictures are found")


def test_what_a_model_costs_is_measured_and_shown(bench: Bench, library: FakeEngine) -> None:
    opened(bench, library)
    card(bench, "ViT-B-32-256").buttons[Deed.MEASURE].click()
    bench.settle()
    assert library.called("measure_models") == [("ViT-B-32-256",)]
    assert "51 pictures a second" in dict(card(bench, "ViT-B-32-256").facts)["Cost here"]


@pytest.mark.parametrize(("button", "left"), [("Remove", 0), ("Cancel", 12_400)])
def test_a_models_vectors_are_removed_only_after_a_question(
    bench: Bench, library: FakeEngine, button: str, left: int
) -> None:
    opened(bench, library)
    card(bench, "MobileCLIP2-S0").buttons[Deed.FORGET].click()
    answer(bench, button)
    assert {model.name: model.vectors for model in library.offers}["MobileCLIP2-S0"] == left
    assert card(bench, "MobileCLIP2-S0").buttons[Deed.FORGET].isVisible() is bool(left)


def test_a_model_is_taken_from_a_folder(bench: Bench, library: FakeEngine, tmp_path: Path) -> None:
    preferences = opened(bench, library)
    preferences.models.folder.click()
    (dialog,) = preferences.findChildren(QFileDialog)
    dialog.fileSelected.emit(os.fspath(tmp_path))
    dialog.close()
    bench.settle()
    assert library.called("use_model") == [("", os.fsencode(tmp_path))]


def test_a_folder_without_a_model_is_told_on_the_page(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    library.error = ModelUnavailable("There is no model in it.")
    bench.window.models.use_folder(b"/nothing")
    bench.settle()
    assert preferences.models.failure == "There is no model in it."


def test_how_far_a_space_is_filled_stands_on_the_card_until_it_is_complete(bench: Bench, library: FakeEngine) -> None:
    space = Space(SpaceId(EMBEDDED.space), EMBEDDED.name, Modality.PICTURE, 384)
    library.spaces = (SpaceInfo(space, 3120, True, 3120, 12_400),)
    opened(bench, library)
    assert card(bench, EMBEDDED.name).progress == "3,120 of 12,400 files looked at"
    library.spaces = (SpaceInfo(space, 12_400, True, 12_400, 12_400),)
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: card(bench, EMBEDDED.name).progress == "")


def test_a_model_that_retires_is_told_and_may_go(bench: Bench, library: FakeEngine) -> None:
    opened(bench, library)
    library.offers = (EMBEDDED, RECOMMENDED, replace(FORMER, answering=False))
    library.tell(ModelRetired(FORMER.name, EMBEDDED.name))
    bench.qtbot.waitUntil(lambda: card(bench, FORMER.name).state == "On this computer")
    assert bench.window.status.result == "All pictures have been looked at with vexgui-pictures-1"


def test_a_card_that_stays_keeps_the_keyboard_when_the_order_changes(bench: Bench, library: FakeEngine) -> None:
    opened(bench, library)
    use = card(bench, FORMER.name).buttons[Deed.USE]
    use.setFocus(Qt.FocusReason.TabFocusReason)
    library.offers = (FORMER, EMBEDDED)
    bench.window.models.refresh()
    bench.settle()
    assert bench.window.preferences.focusWidget() is use
    assert RECOMMENDED.name not in bench.window.preferences.models.cards


def test_the_keyboard_goes_to_cancel_and_back(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    library.gates["download_until_stopped"] = Flag()
    made = card(bench, RECOMMENDED.name)
    made.buttons[Deed.DOWNLOAD].setFocus(Qt.FocusReason.TabFocusReason)
    bench.window.models.download(RECOMMENDED.name)
    assert preferences.focusWidget() is made.cancel
    QTest.keyClick(made.cancel, Qt.Key.Key_Return)
    bench.settle()
    assert preferences.focusWidget() is made.buttons[Deed.DOWNLOAD]


def test_the_keyboard_goes_through_the_cards_as_they_stand(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    library.offers = (FORMER, EMBEDDED)
    bench.window.models.refresh()
    bench.settle()
    preferences.tabs[0].setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(6):
        QTest.keyClick(preferences.focusWidget(), Qt.Key.Key_Tab)
        names.append(preferences.focusWidget().accessibleName())
    assert names == [
        "Measure: MobileCLIP2-S0",
        "Remove: MobileCLIP2-S0",
        "Use: MobileCLIP2-S0",
        "Measure: vexgui-pictures-1",
        "Use: No picture model",
        "Use a model in a folder…",
    ]


def test_the_keyboard_stays_on_the_tab_that_is_turned_to(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    preferences.tabs[0].setFocus(Qt.FocusReason.TabFocusReason)
    preferences.tabs[1].click()
    assert preferences.focusWidget() is preferences.tabs[1]


def test_a_note_on_the_chosen_model_stands_on_top(bench: Bench, library: FakeEngine) -> None:
    library.model_note = "The weights of ViT-B-32-256 are gone."
    assert opened(bench, library).models.note == "The weights of ViT-B-32-256 are gone."


# what else is set


@pytest.mark.parametrize(("appearance", "dark"), [(Appearance.DARK, True), (Appearance.LIGHT, False)])
def test_the_appearance_is_chosen(bench: Bench, library: FakeEngine, appearance: Appearance, dark: bool) -> None:
    preferences = opened(bench, library)
    preferences.tabs[1].click()
    preferences.general.appearances[appearance].click()
    bench.qtbot.waitUntil(lambda: is_dark(bench.window.palette()) is dark)
    preferences.general.appearances[Appearance.LIGHT].click()


def test_folders_say_and_switch_whether_their_files_carry_vectors(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    preferences.tabs[1].click()
    (box,) = preferences.general.boxes
    assert box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Space)
    bench.settle()
    assert library.called("set_records") == [(library.folders[0], False)]
    bench.window.desk.set_records(library.folders[0], True)
    bench.settle()
    assert preferences.general.boxes == [box]
    assert box.isChecked()


def test_recent_searches_are_forgotten(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    bench.memory.remember_query("a red boat")
    preferences.general.forget.click()
    assert bench.memory.recent == ()
    assert not preferences.general.forget.isEnabled()
    bench.memory.remember_query("a red boat")
    preferences.tabs[0].click()
    preferences.tabs[1].click()
    assert preferences.general.forget.isEnabled()


# the whole


def test_every_widget_the_keyboard_reaches_has_a_name(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    for tab in preferences.tabs:
        tab.click()
        for widget in preferences.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and not widget.focusProxy():
                interface = QAccessible.queryAccessibleInterface(widget)
                assert interface.text(QAccessible.Text.Name), repr(widget)


@pytest.mark.parametrize(("width", "height"), [(1200, 800), (640, 640), (340, 300)])
def test_every_button_is_whole_at_any_size(bench: Bench, library: FakeEngine, width: int, height: int) -> None:
    preferences = opened(bench, library)
    preferences.resize(width, height)
    bench.settle()
    for made in preferences.models.cards.values():
        for button in made.buttons.values():
            if button.isVisible():
                assert made.rect().contains(QRect(button.mapTo(made, QPoint(0, 0)), button.size()))


def test_in_a_wide_window_cards_stand_in_the_middle_no_wider_than_can_be_read(
    bench: Bench, library: FakeEngine
) -> None:
    preferences = opened(bench, library)
    preferences.resize(1920, 1000)
    bench.settle()
    for made in preferences.models.cards.values():
        assert 600 < made.width() <= 760
        left = made.mapTo(preferences, QPoint(0, 0)).x()
        assert abs(left - (preferences.width() - left - made.width())) < 20


def test_the_file_with_all_settings_is_named_with_its_path(bench: Bench, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    page = GeneralPage(bench.theme, Memory(folder + b"/window.ini"))
    bench.qtbot.addWidget(page)
    assert f"{tmp_path}/config.toml" in page.rest.text().replace("\u200b", "")


@pytest.mark.parametrize("factor", [1.0, 1.6])
def test_no_text_is_cut_off_in_the_narrowest_window(bench: Bench, library: FakeEngine, factor: float) -> None:
    preferences = opened(bench, library)
    font = preferences.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    preferences.setFont(font)
    bench.settle()
    preferences.resize(1, 1)
    bench.qtbot.waitUntil(
        lambda: all(made.height() >= made.heightForWidth(made.width()) for made in preferences.models.cards.values())
    )
    for made in preferences.models.cards.values():
        assert preferences.models.content.rect().contains(made.geometry())
    assert factor > 1 or (preferences.width() <= 340 and preferences.height() <= 300)
