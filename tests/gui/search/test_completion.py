"""What may be meant is offered below the field, and taken with keys or a click."""

from threading import Event as Flag

from PySide6.QtCore import QPoint, Qt

from tests.gui.search.conftest import FieldBench
from vexgui.core.settings import SavedSearch

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


# what is offered


def test_a_value_is_completed_with_tab_and_becomes_a_chip(field: FieldBench) -> None:
    field.type("tram type:im")
    assert field.offered() == ["image"]
    field.press(Key.Key_Tab)
    assert (field.chips(), field.field.edit.text()) == (["type:image"], "tram ")
    assert field.offered() == []


def test_a_field_is_completed_and_its_values_are_offered_then(field: FieldBench) -> None:
    field.type("sor")
    assert field.offered()[0] == "sort:"
    field.press(Key.Key_Down)
    field.press(Key.Key_Return)
    assert field.field.edit.text() == "sort:"
    assert "newest" in field.offered()


def test_enter_asks_where_nothing_of_what_is_offered_was_gone_to(field: FieldBench) -> None:
    entered = []
    field.field.entered.connect(lambda: entered.append(field.field.text()))
    field.type("type:im")
    field.press(Key.Key_Return)
    assert (entered, field.offered()) == (["type:im"], [])


def test_arrows_go_through_what_is_offered_and_out_of_it(field: FieldBench) -> None:
    field.type("sort:")
    rows = field.offered()
    assert len(rows) > 2
    field.press(Key.Key_Down)
    field.press(Key.Key_Down)
    current = field.field.completion.list.current
    assert current is not None
    assert current.label == rows[1]
    field.press(Key.Key_Up)
    field.press(Key.Key_Up)
    assert field.field.completion.list.current is None
    field.press(Key.Key_Escape)
    assert (field.offered(), field.field.edit.text()) == ([], "sort:")


def test_the_empty_field_offers_saved_searches_and_those_of_before(field: FieldBench) -> None:
    chosen_queries: list[str] = []
    removed: list[str] = []
    field.field.chosen.connect(chosen_queries.append)
    field.field.completion.recent_removed.connect(removed.append)
    field.field.show_saved([SavedSearch("Trams", "tram OR bus")])
    field.field.show_recent(["sunset", "invoice"])
    field.press(Key.Key_Up)
    assert field.offered() == ["Trams", "sunset", "invoice"]
    field.press(Key.Key_Return)
    assert chosen_queries == ["tram OR bus"]
    field.press(Key.Key_Up)
    field.press(Key.Key_Down)
    field.press(Key.Key_Delete)
    assert removed == ["sunset"]
    field.field.show_recent(["invoice"])
    assert field.offered() == ["Trams", "invoice"]
    field.press(Key.Key_Delete)
    field.field.show_recent([])
    field.press(Key.Key_Return)
    assert (removed, chosen_queries) == (["sunset", "invoice"], ["tram OR bus"] * 2)


def test_what_was_offered_is_gone_with_the_keyboard(field: FieldBench) -> None:
    field.type("sort:")
    assert field.offered()
    field.field.editor.line.clearFocus()
    assert field.offered() == []


def test_a_click_chooses_and_a_click_on_the_cross_forgets(field: FieldBench) -> None:
    told: list[str] = []
    field.field.chosen.connect(told.append)
    field.field.completion.recent_removed.connect(lambda query: told.append(f"removed {query}"))
    field.field.show_recent(["sunset"])
    field.button("Searches of before").click()
    view = field.field.completion.list._view
    area = view.visualRect(view.model().index(0, 0))
    field.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.right() - 12, area.center().y()))
    field.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert told == ["removed sunset", "sunset"]


def test_a_click_beside_what_is_offered_closes_it(field: FieldBench) -> None:
    field.type("sort:")
    field.qtbot.mouseClick(field.window, Qt.MouseButton.LeftButton, pos=QPoint(880, 480))
    assert field.offered() == []


def test_what_is_offered_takes_the_place_of_what_was_typed_since_it_was_asked_for(field: FieldBench) -> None:
    field.type("dusk so")
    assert field.offered()[0] == "sort:"
    gate = field.engine.gates["suggest"] = Flag()
    field.qtbot.keyClicks(field.field.edit, "r")
    field.qtbot.keyClick(field.field.edit, Key.Key_Tab)
    gate.set()
    field.settle()
    assert field.field.edit.text() == "dusk sort:"


def test_what_is_offered_before_a_chip_is_made_is_not_put_behind_it(field: FieldBench) -> None:
    field.qtbot.keyClicks(field.field.edit, "type:image so")
    field.settle()
    assert field.chips() == ["type:image"]
    field.press(Key.Key_Tab)
    assert field.field.text() == "type:image sort:"


def test_behind_a_sign_of_two_units_offers_and_chips_leave_the_cursor_where_it_was(field: FieldBench) -> None:
    field.field.edit.insert("\N{GRINNING FACE} ")
    field.type("sor")
    field.press(Key.Key_Tab)
    assert field.field.edit.text() == "\N{GRINNING FACE} sort:"
    field.type("newest dusk")
    assert (field.chips(), field.field.edit.text()) == (["sort:newest"], "\N{GRINNING FACE} dusk")
    assert field.field.edit.caret == 6
