"""The window speaks the user's language: in words, numbers and direction, and nothing of it is cut off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QTransform
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import Activity, Progress
from vexgui.core.files import Kind
from vexgui.gui.check_box import CheckBox
from vexgui.gui.controls import Button, ElidedLabel
from vexgui.gui.icons import tinted
from vexgui.gui.language import set_language, tr, wanted_language
from vexgui.gui.results.geometry import Layout
from vexgui.gui.wording import kind_counted, lowered, moment, number, progress_line, size


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    set_language(qapp, "de")
    yield
    set_language(qapp, "en")


@pytest.fixture
def arabic(qapp: QApplication) -> Iterator[None]:
    set_language(qapp, "ar")
    yield
    set_language(qapp, "en")


@pytest.mark.parametrize(
    ("choice", "environ", "language"),
    [
        ("", {}, "en"),
        ("", {"LANG": "de_AT.UTF-8"}, "de"),
        ("", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("", {"LANG": "de_DE", "LC_MESSAGES": "ar_EG.UTF-8"}, "ar"),
        ("", {"LANG": "de_DE", "LC_MESSAGES": "ar_EG", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ("", {"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de:ar"}, "de"),
        ("", {"LANG": "C.UTF-8", "LANGUAGE": "de"}, "en"),
        ("", {"LANG": "sr_RS@latin"}, "en"),
        ("ar", {"LANG": "de_DE.UTF-8"}, "ar"),
        ("xx", {"LANG": "de_DE.UTF-8"}, "de"),
    ],
)
def test_the_language_is_the_one_chosen_or_the_first_that_the_environment_names(
    choice: str, environ: dict[str, str], language: str
) -> None:
    assert wanted_language(choice, environ) == language


def test_words_numbers_and_dates_are_german(german: None) -> None:
    assert tr("Preferences") == "Einstellungen"
    assert (number(12_400), size(1_234_567)) == ("12.400", "1,2 MB")
    assert [kind_counted(Kind.IMAGE, count) for count in (1, 1200)] == ["1 Bild", "1.200 Bilder"]
    assert moment(1_700_000_000 * 10**9).startswith(("14. Nov. 2023", "15. Nov. 2023"))
    assert lowered("Größe") == "Größe"


def test_arabic_has_its_six_plurals(arabic: None) -> None:
    said = {count: kind_counted(Kind.IMAGE, count) for count in (0, 1, 2, 3, 11, 100)}
    assert said[1] == "صورة واحدة"
    assert said[2] == "صورتان"
    assert said[3].endswith("صور")
    assert said[11].endswith("صورة")
    assert "لا" in said[0]


@pytest.mark.parametrize(("language", "cancel"), [("de", "Abbrechen"), ("en", "Cancel")])
def test_the_buttons_that_qt_brings_along_speak_too(qapp: QApplication, language: str, cancel: str) -> None:
    set_language(qapp, language)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == cancel
    set_language(qapp, "en")


def test_another_language_leaves_nothing_of_the_one_before(qapp: QApplication) -> None:
    set_language(qapp, "ar")
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    set_language(qapp, "en")
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert tr("Preferences") == "Preferences"
    assert QLocale().language() is QLocale.Language.English


def test_the_whole_window_is_mirrored_in_arabic(arabic: None, bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.results.setCurrentIndex(window.results.model().index(0, 0))
    bench.settle()
    middle = window.width() / 2

    def centre(widget: QWidget) -> float:
        return widget.mapTo(window, widget.rect().center()).x()

    assert centre(window.side) > middle > centre(window.details)
    assert centre(window.menu.button) < middle
    cells = [window.results.visualRect(window.results.model().index(row, 0)) for row in (0, 1)]
    assert cells[0].x() > cells[1].x()


def test_icons_that_show_a_direction_are_mirrored_where_one_writes_to_the_left(qapp: QApplication) -> None:
    ink = QColor("black")
    before = {name: tinted(name, 24, ink).toImage() for name in ("panel", "search")}
    set_language(qapp, "ar")
    after = {name: tinted(name, 24, ink).toImage() for name in before}
    set_language(qapp, "en")
    assert after["panel"] == before["panel"].transformed(QTransform.fromScale(-1, 1)) != before["panel"]
    assert after["search"] == before["search"]


def whole(widget: QWidget) -> bool:
    """Tell whether a widget shows all of its text, unless it shortens it on purpose."""
    if isinstance(widget, ElidedLabel) or not widget.isVisible():
        return True
    if isinstance(widget, QLabel):
        return widget.wordWrap() or widget.width() >= widget.sizeHint().width()
    return widget.width() >= widget.sizeHint().width()


def cut(window: QWidget) -> list[str]:
    shown = (*window.findChildren(QLabel), *window.findChildren(Button))
    return [widget.text() for widget in shown if not whole(widget)]


@pytest.mark.parametrize(("width", "height"), [(800, 500), (1200, 780)])
def test_nothing_is_cut_off_in_german(german: None, bench: Bench, library: FakeEngine, width: int, height: int) -> None:
    window = bench.window
    window.resize(width, height)
    bench.open(FakeEngine())
    assert cut(window) == [], "first start"
    bench.open(library)
    assert cut(window) == [], "nothing asked"
    bench.ask("lake")
    window.results.setCurrentIndex(window.results.model().index(0, 0))
    bench.settle()
    for layout in Layout:
        window.found.toolbar.choose_layout(layout)
        bench.settle()
        assert cut(window) == [], "results"
    bench.ask("zzzz")
    assert cut(window) == [], "nothing found"


@pytest.mark.parametrize("width", [400, 640])
def test_nothing_is_cut_off_in_german_preferences(german: None, bench: Bench, library: FakeEngine, width: int) -> None:
    window = bench.open(library)
    window.present_preferences()
    window.preferences.resize(width, 640)
    for tab in window.preferences.tabs:
        tab.click()
        bench.settle()
        assert cut(window.preferences) == [], tab.text()
        boxes = [box for box in window.preferences.findChildren(CheckBox) if box.isVisible() and "/" not in box.text()]
        assert [box.text() for box in boxes if box.width() < box.sizeHint().width()] == [], tab.text()


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("on battery", "im Akkubetrieb"),
        ("until 15:20", "bis 15:20"),
        ("until resumed", "bis zum Fortsetzen"),
        ("to see the sea", "to see the sea"),
    ],
)
def test_why_the_indexer_rests_is_told_in_the_language_of_the_window(german: None, why: str, words: str) -> None:
    assert progress_line(Progress(Activity.PAUSED, why=why)) == f"Angehalten {words}"
