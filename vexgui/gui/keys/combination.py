"""One combination of keys: how it is read from text and from the keyboard, and whether it can be given at all."""

from collections.abc import Sequence
from enum import Enum
from typing import NewType, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from vexgui.gui.language import tr
from vexgui.gui.wording import isolated
from vexgui.gui.wording import keys as native

Combination = NewType("Combination", str)
"""As Qt writes it in every language, "Ctrl+Shift+M"; "Enter" is both keys of that name."""

_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_ENTERS = (_Key.Key_Return, _Key.Key_Enter)
_ALONE = frozenset(
    {_Key.Key_unknown, _Key.Key_Control, _Key.Key_Shift, _Key.Key_Alt, _Key.Key_Meta, _Key.Key_AltGr, _Key.Key_Super_L}
    | {_Key.Key_Super_R, _Key.Key_Hyper_L, _Key.Key_Hyper_R, _Key.Key_CapsLock, _Key.Key_NumLock, _Key.Key_ScrollLock}
)
"""Keys that make no combination by themselves."""
_FIRST_SPECIAL = 0x0100_0000
"""Of Qt's numbers for keys; below stand those that write something, by their Unicode numbers."""
_WALKING = frozenset(
    {_Key.Key_Escape, _Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Space, _Key.Key_Backspace, _Key.Key_Menu}
    | {_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End}
    | {_Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Insert, _Key.Key_Delete}
)
"""Lists, fields and buttons give these a meaning, with Ctrl and Shift as well."""
_NAMED = frozenset({"F2", "Shift+F10"})
"""Rename, and the menu of what is selected."""
_EDITING = frozenset(f"Ctrl+{letter}" for letter in ("A", "C", "U", "V", "X", "Y", "Z", "Shift+Z"))
"""A text field takes these before the window: `QWidgetLineControl::processShortcutOverrideEvent` of Qt."""


class Unfit(Enum):
    """Why a combination cannot be given."""

    TYPED = "typed"
    FIXED = "fixed"
    EDITING = "editing"
    DESKTOP = "desktop"

    def sentence(self, combination: Combination) -> str:
        """Say why, in one sentence."""
        return {
            Unfit.TYPED: tr("{keys} is typed into the search: take it together with Ctrl or Alt."),
            Unfit.FIXED: tr("{keys} has a fixed meaning in lists and fields: take others."),
            Unfit.EDITING: tr("{keys} is needed to edit text: take others."),
            Unfit.DESKTOP: tr("{keys} belongs to the desktop: take others."),
        }[self].format(keys=shown(combination))


def read(text: str) -> Combination | None:
    """Return the combination that a text names, None if it names none, or several after one another."""
    found = _parts(text)
    return _normal(found[0]) if len(found) == 1 else None


def pressed(event: QKeyEvent) -> Combination | None:
    """Return the combination that was pressed, None as long as it is not complete."""
    return _normal(event.keyCombination())


def shown(combination: Combination) -> str:
    """Return a combination as the user's keyboard names it: "Strg+F"."""
    return isolated(native(combination))


def sequences(combination: Combination) -> list[QKeySequence]:
    """Return what Qt has to listen for."""
    (made,) = _parts(combination)
    keys = _ENTERS if made.key() in _ENTERS else (made.key(),)
    return [QKeySequence(QKeyCombination(made.keyboardModifiers(), key)) for key in keys]


def unfit(combination: Combination) -> Unfit | None:
    """Return why a combination cannot be given to anything, None if it can."""
    (made,) = _parts(combination)
    key, modifiers = made.key(), made.keyboardModifiers()
    strong = modifiers & (_Modifier.ControlModifier | _Modifier.AltModifier)
    if combination in _EDITING:
        return Unfit.EDITING
    if key in _WALKING or combination in _NAMED or (key in _ENTERS and not strong):
        return Unfit.FIXED
    is_function = _Key.Key_F1 <= key <= _Key.Key_F35
    if modifiers & _Modifier.MetaModifier or (is_function and modifiers & _Modifier.AltModifier):
        return Unfit.DESKTOP
    if not strong and not is_function:
        return Unfit.TYPED if key < _FIRST_SPECIAL else Unfit.DESKTOP
    return None


def _parts(text: str) -> list[QKeyCombination]:
    """Return the combinations of a text that are pressed one after another."""
    sequence = QKeySequence(text, _PORTABLE)
    # The declarations of PySide6 do not tell that a sequence can be indexed.
    indexed = cast(Sequence[QKeyCombination], sequence)
    return [indexed[number] for number in range(sequence.count())]


def _normal(made: QKeyCombination) -> Combination | None:
    key = made.key()
    if key in _ALONE:
        return None
    modifiers = made.keyboardModifiers() & ~(_Modifier.KeypadModifier | _Modifier.GroupSwitchModifier)
    if (
        modifiers & _Modifier.ShiftModifier
        and key < _FIRST_SPECIAL
        and not chr(key).isalnum()
        and key != _Key.Key_Space
    ):
        modifiers &= ~_Modifier.ShiftModifier  # it was needed to reach the sign
    combined = QKeyCombination(modifiers, _Key.Key_Enter if key in _ENTERS else key)
    named = QKeySequence(combined).toString(_PORTABLE)
    # Qt has no name for some keys, dead ones among them, and writes a letter that they are not.
    return Combination(named) if _parts(named) == [combined] else None
