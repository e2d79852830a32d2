"""Saved searches are renamed and removed, whatever is done beside that."""

from dataclasses import replace
from threading import Event as Flag

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Bench
from tests.gui.fake_calls import PATIENCE_S
from tests.gui.fake_engine import FakeEngine
from vexgui.core.settings import SavedSearch, Settings
from vexgui.gui.side.searches import SearchRow

_SEARCHES = (SavedSearch("Lakes", "lake type:image"), SavedSearch("Bread", "bread"), SavedSearch("Trips", "trip"))


@pytest.fixture
def row(bench: Bench, library: FakeEngine) -> SearchRow:
    """The row of a search that is being renamed."""
    library.saved = replace(library.saved, searches=_SEARCHES)
    window = bench.open(library)
    window.activateWindow()
    found = window.side.searches.rows[0]
    QTest.keyClick(found, Qt.Key.Key_F2)
    QTest.keyClicks(found.editor, "Water")
    return found


def test_who_goes_elsewhere_while_a_name_is_typed_keeps_the_keyboard_there(bench: Bench, row: SearchRow) -> None:
    bench.window.field.take_focus()
    assert not row.editor.isVisible()
    assert bench.window.focusWidget() is bench.window.field.edit
    bench.settle()
    assert bench.engine.called("change") == []


def test_escape_leads_from_the_name_back_to_its_row(bench: Bench, row: SearchRow) -> None:
    QTest.keyClick(row.editor, Qt.Key.Key_Escape)
    assert bench.window.focusWidget() is row


@pytest.mark.parametrize("reason", [Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason])
def test_a_name_that_is_typed_waits_for_menus_and_other_windows(
    bench: Bench, row: SearchRow, reason: Qt.FocusReason
) -> None:
    QApplication.sendEvent(row.editor, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert (row.editor.isVisible(), row.editor.text()) == (True, "Water")
    QTest.keyClick(row.editor, Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.side.searches.names == ["Water", "Bread", "Trips"]


def test_of_searches_that_are_removed_one_after_the_other_none_comes_back(
    bench: Bench, row: SearchRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, look = Flag(), bench.engine.settings

    def look_slowly() -> Settings:
        found = look()
        gate.wait(PATIENCE_S)
        return found

    monkeypatch.setattr(bench.engine, "settings", look_slowly)
    for name in ("Lakes", "Bread"):
        bench.window.searches.remove(name)
    bench.qtbot.wait(20)
    gate.set()
    bench.settle()
    assert bench.window.side.searches.names == ["Trips"]
