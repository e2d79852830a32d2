"""Whatever is opened and closed again, and the window itself: nothing of it stays behind."""

import gc
import os
import threading
import weakref
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.gui.golden.collection import LAKE, WATER, Home
from tests.gui.golden.scenes import SCENES, Act
from tests.gui.staged import Staged
from vexgui.gui import dialogs
from vexgui.gui.results.geometry import Layout
from vexgui.gui.side.look import Place

_WARM, _ROUNDS = 1, 2
_WINDOW_BYTES = 8 << 20
"""What may stay of a window, which has a process of its own: the second one still makes what is kept."""
_PLACES = next(scene for scene in SCENES if scene.name == "duplicates")


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds.

    Attributes:
        threads: By name.
        files: Descriptors.
        windows: Top-level widgets by class.
        objects: Qt's objects below the window, or below the application where there is none, by class.
        timers: Those that run.
        memory: Resident, bytes.
    """

    threads: int
    files: int
    windows: Counter[str]
    objects: Counter[str]
    timers: int
    memory: int

    @classmethod
    def now(cls, root: QObject) -> "Held":
        """Return what is held now."""
        gc.collect()
        objects = root.findChildren(QObject)
        return cls(
            threading.active_count(),
            len(os.listdir("/proc/self/fd")),
            Counter(type(widget).__name__ for widget in QApplication.topLevelWidgets()),
            Counter(type(each).__name__ for each in objects),
            sum(each.isActive() for each in objects if isinstance(each, QTimer)),
            int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"),
        )


def see_that_nothing_grew(held: Callable[[int], Held], most_bytes: int = 4 << 20) -> None:
    """See that no round leaves anything, but for memory that an allocator does not give back at once.

    What is made once and kept may come later than the first round, dozens of objects together; what stays behind each
    time is there after the rounds in the middle, and after the last ones once more.

    Args:
        held: Goes so many rounds, and tells what is held then.
        most_bytes: Of memory a round may take so much.
    """
    first, second, third = held(_WARM), held(_ROUNDS), held(_ROUNDS)

    def grown(kind: Callable[[Held], Counter[str]]) -> Counter[str]:
        each_time = (kind(second) - kind(first)) & (kind(third) - kind(second))
        return Counter({name: count for name, count in each_time.items() if count >= _ROUNDS})

    assert grown(lambda now: Counter(threads=now.threads, files=now.files, timers=now.timers)) == {}
    assert grown(lambda now: now.windows) == {}
    assert grown(lambda now: now.objects) == {}
    assert min(second.memory - first.memory, third.memory - second.memory) < most_bytes * _ROUNDS


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.made(tmp_path_factory.mktemp("collection") / "home")


def close_dialogs() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog | QMenu) and widget.isVisible():
            widget.close()


def go_to(place: Place) -> Act:
    return lambda window, _: window.side.look_asked.emit(place.value)


def choose(row: int) -> Act:
    return lambda window, _: window.results.setCurrentIndex(window.found.model.index(row))


def turn_to(page: int) -> Act:
    return lambda window, _: window.preferences.tabs[page].click()


_ACTS: dict[str, tuple[Act, ...]] = {
    "answers": (
        lambda window, _: window.ask("nothing has this name", b""),
        lambda window, _: window.ask("type:image tag:holiday", b""),
        lambda window, _: window.results.arrange(Layout.LIST, window.results.zoom),
        lambda window, _: window.results.arrange(Layout.GRID, window.results.zoom),
        lambda window, engine: window.find_similar([engine.home.path(LAKE)]),
    ),
    "details": (choose(3), choose(0)),
    "completion": (
        lambda window, _: window.field.take_focus(),
        lambda window, _: QTest.keyClicks(window.field.edit, " ty"),
        lambda window, _: window.ask(WATER, b""),
    ),
    "preview": (
        lambda window, _: QTest.keyClick(window.results, Qt.Key.Key_Space),
        lambda window, _: QTest.keyClick(window.large_preview, Qt.Key.Key_Right),
        lambda window, _: window.large_preview.close(),
    ),
    "activity": (
        lambda window, _: window.status.show_activity(),
        lambda window, _: window.status.activity.close(),
    ),
    "places": (
        *map(go_to, (Place.MAP, Place.TIMELINE, Place.DUPLICATES, Place.FAILURES)),
        lambda window, _: window.pages.leave_place(),
    ),
    "preferences": (
        lambda window, _: window.present_preferences(),
        *map(turn_to, (1, 2, 3, 4, 5, 0)),
        lambda window, _: window.preferences.close(),
    ),
    "dialogs": (
        lambda window, _: window.menu.about_asked.emit(),
        lambda window, _: close_dialogs(),
        lambda window, _: window.actions_on_files.tag.trigger(),
        lambda window, _: close_dialogs(),
        lambda window, _: window.actions_on_files.strip.trigger(),
        lambda window, _: close_dialogs(),
        lambda window, _: window.field.save_asked.emit(),
        lambda window, _: close_dialogs(),
        lambda window, _: dialogs.choose_folders(window, lambda folders: None),
        lambda window, _: close_dialogs(),
    ),
    "menus": (
        lambda window, _: window.actions_on_files.show_menu(window.mapToGlobal(QPoint(300, 300))),
        lambda window, _: close_dialogs(),
        lambda window, _: window.menu.button.click(),
        lambda window, _: close_dialogs(),
        lambda window, _: window.toast.show("Done", lambda: None),
        lambda window, _: window.toast.dismiss(),
    ),
}


@pytest.mark.parametrize("what", _ACTS)
def test_what_was_opened_and_closed_leaves_nothing(
    what: str, qtbot: QtBot, qapp: QApplication, home: Home, tmp_path: Path
) -> None:
    staged = Staged(qtbot, qapp, home, _PLACES, tmp_path / "thumbnails")
    staged.do(lambda window, _: window.pages.leave_place())
    staged.do(lambda window, _: window.ask(WATER, b""))

    def rounds(count: int) -> Held:
        for _ in range(count):
            for act in _ACTS[what]:
                staged.do(act)
        return Held.now(staged.window)

    try:
        see_that_nothing_grew(rounds)
    finally:
        staged.close()


def test_a_closed_window_leaves_nothing(qtbot: QtBot, qapp: QApplication, home: Home, tmp_path: Path) -> None:
    def rounds(count: int) -> Held:
        for _ in range(count):
            staged = Staged(qtbot, qapp, home, _PLACES, tmp_path / "thumbnails")
            for acts in ("answers", "preview", "preferences"):
                for act in _ACTS[acts]:
                    staged.do(act)
            staged.close()
            del staged
            gc.collect()  # several windows at once would take memory that one never needs
        return Held.now(qapp)

    see_that_nothing_grew(rounds, _WINDOW_BYTES)


def test_a_closed_window_does_not_live_on_with_what_outlives_it(
    qtbot: QtBot, qapp: QApplication, home: Home, tmp_path: Path
) -> None:
    staged = Staged(qtbot, qapp, home, _PLACES, tmp_path / "thumbnails")
    window, beside = weakref.ref(staged.window), (staged.window.parts.bridge, staged.operations)
    staged.close(*beside)
    del staged
    gc.collect()
    assert window() is None
