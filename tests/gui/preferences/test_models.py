"""The page of models: they are used, fetched, measured and forgotten."""

import os
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.gui.conftest import Bench
from tests.gui.fake_engine import EMBEDDED, FORMER, RECOMMENDED, TEXT_SPACE, FakeEngine
from tests.gui.preferences.conftest import answer, card, opened
from vexgui.core.errors import ModelUnavailable
from vexgui.core.events import Activity, IndexChanged, ModelProgress, ModelRetired, Progress
from vexgui.core.reports import SpaceInfo
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.gui.preferences.desk import NONE, Deed, ModelDesk
from vexgui.gui.question import Question


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
    (box,) = bench.window.findChildren(Question)
    assert "577.1 MB" in box.text
    assert "MIT" in box.text
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
    assert library.gates["download_until_stopped"].wait(60)
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
    preferences.tabs[1].setFocus(Qt.FocusReason.TabFocusReason)
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


def test_a_note_on_the_chosen_model_stands_on_top(bench: Bench, library: FakeEngine) -> None:
    library.model_note = "The weights of ViT-B-32-256 are gone."
    assert opened(bench, library).models.note == "The weights of ViT-B-32-256 are gone."
