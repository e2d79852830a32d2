"""The window of preferences as a whole: opened, walked through, whole at any size."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from tests.gui.preferences.conftest import opened


def test_the_menu_and_a_key_open_the_window(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    (entry,) = (action for action in window.menu.actions() if action.text().startswith("Preferences"))
    entry.trigger()
    assert window.preferences.isVisible()
    QTest.keyClick(window.preferences, Qt.Key.Key_Escape)
    assert not window.preferences.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.preferences.isVisible()


def test_the_keyboard_stays_on_the_tab_that_is_turned_to(bench: Bench, library: FakeEngine) -> None:
    preferences = opened(bench, library)
    preferences.tabs[0].setFocus(Qt.FocusReason.TabFocusReason)
    preferences.tabs[2].click()
    assert preferences.focusWidget() is preferences.tabs[2]


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
