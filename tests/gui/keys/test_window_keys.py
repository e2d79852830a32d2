"""What works by a key in the window is in the table, and what is in the table works."""

from collections.abc import Iterable
from itertools import chain

from PySide6.QtGui import QAction, QShortcut

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.gui.keys.commands import Command
from vexgui.gui.keys.keymap import KeyShortcut

FIXED = {"Esc", "Space"}


def heard(listeners: Iterable[QShortcut | QAction]) -> set[str]:
    lists = [each.keys() if isinstance(each, QShortcut) else each.shortcuts() for each in listeners]
    return {keys.toString() for keys in chain.from_iterable(lists)}


def test_all_keys_of_the_window_are_those_of_the_table(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.present_preferences()
    by_table = {keys.toString() for command in Command for keys in window.keys.sequences(command)}
    shortcuts = window.findChildren(QShortcut)
    others = [shortcut for shortcut in shortcuts if not isinstance(shortcut, KeyShortcut)]
    assert heard(others) == FIXED
    assert heard([*shortcuts, *window.findChildren(QAction)]) == by_table | FIXED
