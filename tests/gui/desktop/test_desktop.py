"""The window among other programs: closing, tray, notifications, colours, and what rests while nobody looks."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import Activity, IndexChanged, Progress
from vexgui.gui.desktop.about import AboutDialog
from vexgui.gui.desktop.bus import Address
from vexgui.gui.desktop.desktop import Desktop
from vexgui.gui.desktop.endings import Endings
from vexgui.gui.desktop.placing import within_reach
from vexgui.gui.desktop.tray import Tray
from vexgui.gui.memory import Memory
from vexgui.gui.theme import Appearance, Theme, is_dark

SCREENS = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]


class NotingBus:
    """A session bus on which everything answers; tests speak for the desktop."""

    def __init__(self) -> None:
        self.called: list[tuple[str, list[object]]] = []
        self.heard: dict[str, Callable[[list[object]], None]] = {}
        self.changed: Callable[[], None] = lambda: None

    def call(
        self,
        _address: Address,
        method: str,
        arguments: Sequence[object],
        answered: Callable[[list[object]], None],
        _failed: Callable[[], None],
    ) -> None:
        self.called.append((method, list(arguments)))
        answered([0] if method == "Read" else [])

    def listen(self, _address: Address, signal: str, heard: Callable[[list[object]], None]) -> None:
        self.heard[signal] = heard

    def watch(self, _service: str, changed: Callable[[], None]) -> None:
        self.changed = changed


class Surroundings:
    """A window joined with a desktop that tests play."""

    def __init__(self, bench: Bench, engine: FakeEngine) -> None:
        self.bus = NotingBus()
        self.has_tray = True
        self.window = bench.open(engine)
        self.tray = Tray(self.window, lambda: self.has_tray)
        self.desktop = Desktop(self.window, self.bus, self.tray)  # type: ignore[arg-type]
        self.closed: list[str] = []
        self.window.closed.connect(lambda: self.closed.append("closed"))


@pytest.fixture
def around(bench: Bench, library: FakeEngine) -> Surroundings:
    return Surroundings(bench, library)


def test_the_portal_is_told_who_asks_before_anything_is_asked(around: Surroundings) -> None:
    assert [method for method, _ in around.bus.called][:2] == ["Register", "Read"]


def test_a_click_on_a_notification_opens_the_window(around: Surroundings) -> None:
    around.tray.stay.trigger()
    around.window.close()
    clicked = around.bus.heard["ActionInvoked"]
    clicked(["another", "default", []])
    assert not around.window.isVisible()
    clicked(["staying", "default", []])
    assert around.window.isVisible()


def test_closing_ends_the_program_unless_the_user_wants_it_to_stay(around: Surroundings) -> None:
    around.window.close()
    assert around.closed == ["closed"]


def test_a_closed_window_that_stays_is_opened_and_ended_by_the_tray(around: Surroundings) -> None:
    around.tray.stay.trigger()
    around.window.close()
    assert not around.closed
    assert not around.window.isVisible()
    assert [method for method, _ in around.bus.called].count("AddNotification") == 1
    around.tray.open_asked.emit()
    assert around.window.isVisible()
    around.window.close()
    assert [method for method, _ in around.bus.called].count("AddNotification") == 1
    around.tray.quit_asked.emit()
    assert around.closed == ["closed"]


def test_a_window_without_a_tray_cannot_vanish(around: Surroundings) -> None:
    around.tray.stay.trigger()
    around.window.close()
    around.has_tray = False
    around.bus.changed()
    assert around.window.isVisible()
    around.window.close()
    assert around.closed == ["closed"]


def test_the_tray_tells_how_the_indexer_stands_and_pauses_it(around: Surroundings) -> None:
    around.tray.show_progress(Progress(Activity.INDEXING, done=3, total=12))
    assert "12" in around.tray.status.text()
    assert not around.tray.pause.isChecked()
    asked: list[object] = []
    around.tray.pause_asked.connect(asked.append)
    around.tray.resume_asked.connect(lambda: asked.append("resume"))
    around.tray.pause.trigger()
    around.tray.show_progress(Progress(Activity.PAUSED))
    assert around.tray.pause.isChecked()
    around.tray.pause.trigger()
    assert asked == [float("inf"), "resume"]


def test_only_the_end_of_long_work_is_told() -> None:
    endings = Endings()
    assert endings.hear(Progress(Activity.INDEXING, done=1), 0) is None
    assert endings.hear(Progress(Activity.IDLE), 29) is None
    assert endings.hear(Progress(Activity.INDEXING, done=5), 100) is None
    assert endings.hear(Progress(Activity.INDEXING, done=900), 125) is None
    assert endings.hear(Progress(Activity.IDLE), 131) == 900
    assert endings.hear(Progress(Activity.IDLE), 1000) is None


def test_time_spent_paused_is_not_work() -> None:
    endings = Endings()
    assert endings.hear(Progress(Activity.INDEXING, done=5), 0) is None
    assert endings.hear(Progress(Activity.PAUSED), 10) is None
    assert endings.hear(Progress(Activity.INDEXING, done=9), 5000) is None
    assert endings.hear(Progress(Activity.IDLE), 5010) is None


def test_the_desktops_light_and_dark_are_followed_both_ways(around: Surroundings, qapp: QApplication) -> None:
    around.window.parts.theme.choose(Appearance.SYSTEM)
    changed = around.bus.heard["SettingChanged"]
    changed(["org.freedesktop.appearance", "color-scheme", 1])
    assert is_dark(qapp.palette())
    changed(["org.freedesktop.appearance", "accent-color", 2])
    assert is_dark(qapp.palette())
    changed(["org.freedesktop.appearance", "color-scheme", 2])
    assert not is_dark(qapp.palette())


def test_a_chosen_appearance_does_not_follow_the_desktop(qapp: QApplication) -> None:
    theme = Theme(qapp, Appearance.LIGHT)
    theme.hear_desktop(True)
    assert not is_dark(qapp.palette())


def test_a_hidden_window_asks_for_nothing_and_catches_up_when_it_is_seen(
    around: Surroundings, bench: Bench, qtbot: QtBot
) -> None:
    bench.ask("lake")
    around.window.hide()
    qtbot.waitUntil(lambda: not around.desktop.sight.seen)
    before = len(bench.engine.calls)
    bench.engine.tell(IndexChanged(1))
    qtbot.wait(600)
    assert len(bench.engine.calls) == before
    around.window.show()
    qtbot.waitUntil(lambda: len(bench.engine.calls) > before)


@pytest.mark.parametrize(
    ("frame", "stays"),
    [
        (QRect(100, 100, 1200, 780), True),
        (QRect(1800, 100, 1200, 780), True),
        (QRect(3300, 100, 1200, 780), False),
        (QRect(100, -300, 1200, 780), False),
        (QRect(-1150, 100, 1200, 780), False),
        (QRect(100, 1070, 1200, 780), False),
    ],
)
def test_a_window_that_no_pointer_could_reach_is_brought_back(frame: QRect, stays: bool) -> None:
    moved = within_reach(frame, SCREENS)
    assert (moved == frame) == stays
    assert any(screen.contains(moved) for screen in SCREENS) or stays


def test_a_window_larger_than_the_screen_it_is_brought_to_fits(qapp: QApplication) -> None:
    assert within_reach(QRect(9000, 0, 3000, 2000), SCREENS[:1]) == SCREENS[0]


def test_what_the_user_wants_of_panels_and_of_closing_is_kept(tmp_path: Path) -> None:
    memory = Memory(os.fsencode(tmp_path / "window.ini"))
    assert (memory.wish("side"), memory.stays) == (None, False)
    memory.remember_wish("side", shown=False)
    memory.remember_wish("details", shown=True)
    memory.remember_staying(True)
    memory.save()
    again = Memory(os.fsencode(tmp_path / "window.ini"))
    assert (again.wish("side"), again.wish("details"), again.stays) == (False, True, True)


@pytest.mark.parametrize("is_there", [False, True])
def test_what_is_remembered_is_for_nobody_else_to_read_at_any_time(
    qapp: QApplication, tmp_path: Path, is_there: bool
) -> None:
    file = tmp_path / "config" / "window.ini"
    if is_there:
        file.parent.mkdir()
        file.touch(0o644)
    memory = Memory(os.fsencode(file))
    memory.remember_query("what nobody else is to know")
    qapp.processEvents()  # Qt writes of its own accord
    assert "nobody else" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    memory.save()
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_details_of_the_program_can_be_copied(around: Surroundings) -> None:
    about = AboutDialog(around.window, ("all-MiniLM-L6-v2",))
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "VexGUI: " in copied
    assert "Models: all-MiniLM-L6-v2" in copied
