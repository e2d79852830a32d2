"""A combination of keys is read from text and keyboard alike, and refused where it has another meaning."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from vexgui.gui.keys.combination import Combination, Unfit, pressed, read, sequences, unfit

_OLD = 0xB5  # a name that Qt warns of
Key, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, KEYPAD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ctrl+K", "Ctrl+K"),
        ("shift+ctrl+m", "Ctrl+Shift+M"),
        ("Ctrl++", "Ctrl++"),
        ("Ctrl+,", "Ctrl+,"),
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Delete", "Del"),
        ("F5", "F5"),
        ("Ctrl+ß", "Ctrl+ß"),
    ],
)
def test_text_names_a_combination(text: str, expected: str) -> None:
    assert read(text) == expected
    assert read(expected) == expected


@pytest.mark.parametrize("text", ["", "Ctrl+", "Foo", "Ctrl+Foo", "Ctrl+A, Ctrl+B", "Ctrl", "7 of them"])
def test_other_text_names_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Key.Key_K, CONTROL, "Ctrl+K"),
        (Key.Key_M, CONTROL | SHIFT, "Ctrl+Shift+M"),
        (Key.Key_Question, CONTROL | SHIFT, "Ctrl+?"),
        (Key.Key_Plus, CONTROL | KEYPAD, "Ctrl++"),
        (Key.Key_Enter, CONTROL | KEYPAD, "Ctrl+Enter"),
        (Key.Key_Return, CONTROL, "Ctrl+Enter"),
        (Key.Key_F7, SHIFT, "Shift+F7"),
        (Key.Key_Control, CONTROL, None),
        (Key.Key_Shift, SHIFT, None),
        (Key.Key_unknown, NONE, None),
        (Key.Key_Dead_Circumflex, CONTROL, None),
        (Key.Key_Dead_Acute, CONTROL | SHIFT, None),
    ],
)
def test_what_is_pressed_is_a_combination_once_it_is_complete(
    key: Key, modifiers: Qt.KeyboardModifier, expected: str | None
) -> None:
    assert pressed(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) == expected


@pytest.mark.parametrize("modifiers", [NONE, CONTROL, CONTROL | SHIFT])
def test_whatever_is_pressed_can_be_written_down_and_read_again(modifiers: Qt.KeyboardModifier) -> None:
    found = {pressed(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) for key in Key if key != _OLD} - {None}
    assert len(found) > 300
    assert {read(combination) for combination in found if combination is not None} == found


def test_enter_stands_for_both_keys_of_that_name() -> None:
    assert [found.toString() for found in sequences(Combination("Alt+Enter"))] == ["Alt+Return", "Alt+Enter"]
    assert [found.toString() for found in sequences(Combination("Ctrl+K"))] == ["Ctrl+K"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K", Unfit.TYPED),
        ("Shift+K", Unfit.TYPED),
        ("5", Unfit.TYPED),
        ("Esc", Unfit.FIXED),
        ("Enter", Unfit.FIXED),
        ("Shift+Enter", Unfit.FIXED),
        ("Space", Unfit.FIXED),
        ("Ctrl+Space", Unfit.FIXED),
        ("Tab", Unfit.FIXED),
        ("Left", Unfit.FIXED),
        ("Ctrl+Down", Unfit.FIXED),
        ("Home", Unfit.FIXED),
        ("Del", Unfit.FIXED),
        ("F2", Unfit.FIXED),
        ("Shift+F10", Unfit.FIXED),
        ("Ctrl+A", Unfit.EDITING),
        ("Ctrl+C", Unfit.EDITING),
        ("Ctrl+Shift+Z", Unfit.EDITING),
        ("Meta+K", Unfit.DESKTOP),
        ("Ctrl+Meta+K", Unfit.DESKTOP),
        ("Alt+F4", Unfit.DESKTOP),
        ("Ctrl+Alt+F1", Unfit.DESKTOP),
        ("Print", Unfit.DESKTOP),
        ("Ctrl+K", None),
        ("Alt+K", None),
        ("Ctrl+Enter", None),
        ("Ctrl+5", None),
        ("F5", None),
        ("Shift+F5", None),
        ("Ctrl+F2", None),
    ],
)
def test_what_is_typed_or_has_a_meaning_everywhere_cannot_be_given(text: str, expected: Unfit | None) -> None:
    combination = read(text)
    assert combination is not None
    assert unfit(combination) is expected


@pytest.mark.parametrize("reason", Unfit)
def test_the_reason_names_the_keys(reason: Unfit) -> None:
    assert reason.sentence(Combination("Ctrl+K")).startswith("Ctrl+K ")
