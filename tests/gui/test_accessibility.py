"""For who has no pointer or does not see: all has a name, the Tab key leads to all, and one sees where it is."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.golden.collection import LAKE, WATER, Engine, Home
from tests.gui.golden.scenes import SCENES, Scene
from tests.gui.staged import Staged
from vexgui.core.errors import WorldProblem
from vexgui.gui.search.token_chip import TokenChip
from vexgui.gui.window import MainWindow

_AROUND_PX = 4
_LONGEST_WAY = 200


def _select_lake(window: MainWindow, engine: Engine) -> None:
    window.results.setCurrentIndex(window.found.model.index_of(engine.home.path(LAKE)))


_FOUND = (lambda window, _: window.ask(WATER, b""), _select_lake)
_DIALOGS = (
    Scene("about", (lambda window, _: window.menu.about_asked.emit(),)),
    Scene("tags", (*_FOUND, lambda window, _: window.actions_on_files.tag.trigger())),
    Scene("save-search", (*_FOUND, lambda window, _: window.field.save_asked.emit())),
    Scene("strip", (*_FOUND, lambda window, _: window.actions_on_files.strip.trigger())),
    Scene("remove-root", (lambda window, _: window.roots_panel.remove_asked.emit(window.desk.roots[0].path),)),
    Scene("undo", (*_FOUND, lambda window, _: window.toast.show("3 files are in the trash", lambda: None))),
    Scene("banner", (lambda window, _: window.banner.tell(WorldProblem("The disk is gone.", "Bring it back.")),)),
    Scene("history", (*_FOUND, lambda window, _: window.field.entered.emit(), lambda window, _: window.ask("", b""))),
)
_ALIKE = {"narrow", "details", "map-near", "weak-results", "no-thumbnails", "results-arriving", "first-looking"}
"""Scenes in which the keyboard finds nothing that it does not find in others."""
_IN_ENGLISH = tuple(scene for scene in (*SCENES, *_DIALOGS) if scene.language == "en" and scene.name not in _ALIKE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.made(tmp_path_factory.mktemp("collection") / "home")


Enter = Callable[[Scene], MainWindow]


@pytest.fixture
def enter(qtbot: QtBot, qapp: QApplication, home: Home, tmp_path: Path) -> Iterator[Enter]:
    """Return a function that opens the window in a state."""
    opened: list[Staged] = []
    flashes_ms = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)

    def open_window(scene: Scene) -> MainWindow:
        opened.append(Staged(qtbot, qapp, home, scene, tmp_path / "thumbnails"))
        return opened[-1].window

    yield open_window
    for staged in opened:
        staged.close()
    qapp.setCursorFlashTime(flashes_ms)


def in_front(window: MainWindow) -> QWidget:
    """Return what has the keyboard: a dialog, a popover, the large preview, or the window."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup
    if window.large_preview.isVisible():
        return window.large_preview
    return QApplication.activeWindow() or window


def focusable(front: QWidget, policy: Qt.FocusPolicy) -> list[QWidget]:
    """Return the widgets in sight that take the keyboard in a way."""
    return [
        widget
        for widget in (front, *front.findChildren(QWidget))
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is front.window()
        and widget.focusProxy() is None
        and widget.focusPolicy() & policy == policy
    ]


def spoken(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def named(widget: QWidget) -> str:
    """Return a widget as it is told to who reads a failed test."""
    return f"{type(widget).__name__} “{spoken(widget)}” in {type(widget.parentWidget()).__name__}"


def stands_for(widget: QWidget) -> QWidget:
    """Return the widget that the Tab key stops at for this one: of buttons that exclude each other, the chosen one."""
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None and group.exclusive():
            return group.checkedButton() or widget
    return widget


def picture_of(widget: QWidget) -> QImage:
    """Return how a widget looks, with what is drawn around it."""
    host = widget.parentWidget()
    if host is None or widget.isWindow():
        return widget.grab().toImage()
    area = QRect(widget.pos(), widget.size()).adjusted(-_AROUND_PX, -_AROUND_PX, _AROUND_PX, _AROUND_PX)
    return host.grab(area).toImage()


def way_of_the_tab_key() -> list[tuple[QWidget, QImage]]:
    """Press Tab until it comes around; return where it stopped, and how that looked."""
    stops: list[tuple[QWidget, QImage]] = []
    for _ in range(_LONGEST_WAY):
        here = QApplication.focusWidget()
        assert here is not None, "the keyboard is nowhere"
        if stops and here is not stops[-1][0] and any(here is widget for widget, _ in stops):
            return stops
        if not stops or here is not stops[-1][0]:  # in the search field, Tab completes a word first
            stops.append((here, picture_of(here)))
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return stops


@pytest.mark.parametrize("scene", _IN_ENGLISH, ids=lambda scene: scene.name)
def test_all_that_takes_the_keyboard(scene: Scene, enter: Enter) -> None:
    window = enter(scene)
    front = in_front(window)
    wanted = focusable(front, Qt.FocusPolicy.TabFocus)
    nameless = [named(widget) for widget in focusable(front, Qt.FocusPolicy.ClickFocus) + wanted if not spoken(widget)]
    assert nameless == [], "has no name"

    if not front.isAncestorOf(QApplication.focusWidget() or window) and wanted:
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    stops = way_of_the_tab_key()
    reached = [widget for widget, _ in stops]
    left_out = [named(widget) for widget in wanted if stands_for(widget) not in reached]
    assert left_out == [], "the Tab key does not lead there"
    unseen = [
        named(widget)
        for widget, seen in stops
        if widget is not QApplication.focusWidget() and seen == picture_of(widget)
    ]
    assert unseen == [], "looks the same with the keyboard on it as without"


def test_what_was_probably_meant_is_taken_by_the_keyboard(enter: Enter) -> None:
    window = enter(next(scene for scene in SCENES if scene.name == "mistake"))
    meant = window.mistakes.mended
    sentence = next(iter(window.mistakes.findChildren(QLabel)))
    sentence.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(sentence, Qt.Key.Key_Return)
    assert meant
    assert window.field.text().strip() == meant


def test_the_tab_key_leads_through_the_window_as_one_reads(enter: Enter) -> None:
    """What came late stands in its place: conditions in the field, folders at the side, what is advised."""
    window = enter(next(scene for scene in SCENES if scene.name == "nothing-found"))
    window.field.take_focus()
    parts = (window.field, window.workspace.side.widget, window.pages, window.status)
    stops = [widget for widget, _ in way_of_the_tab_key()]
    order = [next((at for at, part in enumerate(parts) if part.isAncestorOf(widget)), -1) for widget in stops]
    assert [at for at, _ in groupby(at for at in order if at >= 0)] == [0, 1, 2, 3, 0]
    assert isinstance(stops[-1], TokenChip)
