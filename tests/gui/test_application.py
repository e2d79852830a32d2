"""A whole run of the window, from the first paint to the exit code."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qDebug
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.gui.fake_engine import FakeEngine
from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import EngineLost, ProfileBusy
from vexgui.core.events import Activity, Progress
from vexgui.engine.api import EngineApi
from vexgui.gui import application
from vexgui.gui.application import run_window
from vexgui.gui.opening import Opening, Presenter
from vexgui.gui.window import MainWindow
from vexgui.system.ending import EndSignals

_PATIENCE_MS = round(PATIENCE_S * 1000)


@pytest.fixture(autouse=True)
def window_is_closed_in_time(qapp: QApplication) -> Iterator[None]:
    """Close a window that nothing else has closed, or its test would wait for ever."""
    late: list[str] = []

    def close() -> None:
        window = the_window()
        late.append(f"nothing has closed the window; its banner says {window.banner.message!r}")
        window.leave()

    timer = QTimer(singleShot=True, interval=_PATIENCE_MS)
    timer.timeout.connect(close)
    timer.start()
    yield
    timer.stop()
    assert late == []


@pytest.fixture(autouse=True)
def private_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    hook = sys.excepthook
    yield
    assert sys.excepthook is hook


def the_window() -> MainWindow:
    return next(
        found for found in QApplication.topLevelWidgets() if isinstance(found, MainWindow) and found.isVisible()
    )


def when(condition: object, act: object) -> QTimer:
    """Act once as soon as a condition holds."""
    timer = QTimer()
    timer.setInterval(10)

    def look() -> None:
        if condition():  # type: ignore[operator]
            timer.stop()
            act()  # type: ignore[operator]

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_a_screenshot_is_taken_when_results_have_settled(library: FakeEngine, tmp_path: Path) -> None:
    target = tmp_path / "caf\u00e9.png"
    library.progress = Progress(Activity.IDLE)
    code = run_window(Opening(lambda: library, query="water at dusk", screenshot=os.fsencode(target), size=(900, 600)))
    image = QImage(str(target))
    assert code == 0
    assert (image.width(), image.height()) == (900, 600)
    assert library.called("search")[-1] == "water at dusk"
    assert library.closed


def test_a_screenshot_of_similar_files(library: FakeEngine, tmp_path: Path) -> None:
    path = next(path for path in library.files if path.endswith(b"noon.jpg"))
    assert run_window(Opening(lambda: library, similar=path, screenshot=os.fsencode(tmp_path / "s.png"))) == 0
    assert library.called("similar")[0] == (path,)  # the details ask for what is like the first of them


def test_a_screenshot_waits_for_the_indexer(library: FakeEngine, tmp_path: Path) -> None:
    library.progress = Progress(Activity.INDEXING, 1, 2)
    told = when(lambda: library.called("status"), lambda: library.tell(Progress(Activity.IDLE)))
    assert run_window(Opening(lambda: library, screenshot=os.fsencode(tmp_path / "s.png"))) == 0
    assert not told.isActive()


def test_a_screenshot_waits_until_it_is_known_whether_the_indexer_is_at_work(
    library: FakeEngine, tmp_path: Path
) -> None:
    library.progress = Progress(Activity.INDEXING, 1, 2)
    gate = library.gates["status"] = threading.Event()
    late = when(lambda: library.called("status"), lambda: QTimer.singleShot(800, gate.set))
    told = when(
        lambda: the_window().status.progress.activity is Activity.INDEXING,
        lambda: library.tell(Progress(Activity.IDLE)),
    )
    assert run_window(Opening(lambda: library, screenshot=os.fsencode(tmp_path / "s.png"))) == 0
    assert not late.isActive()
    assert not told.isActive()


def test_a_screenshot_without_an_engine_ends_with_the_errors_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def open_engine() -> EngineApi:
        raise ProfileBusy("Another VexGUI is writing.", "Close it.")

    assert run_window(Opening(open_engine, screenshot=os.fsencode(tmp_path / "s.png"))) == 3
    assert (tmp_path / "s.png").exists()
    assert capsys.readouterr().err == "Another VexGUI is writing. Close it.\n"


def test_a_screenshot_that_cannot_be_saved_says_so(library: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_window(Opening(lambda: library, screenshot=b"/nowhere/s.png")) == 3
    assert "/nowhere/s.png" in capsys.readouterr().err


def test_a_window_ends_though_the_engine_never_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "_GRACE_S", 0.1)
    given_up = threading.Event()

    def open_engine() -> EngineApi:
        given_up.wait(PATIENCE_S)
        raise EngineLost

    def ready(_presenter: Presenter) -> None:
        os.kill(os.getpid(), signal.SIGHUP)

    with EndSignals() as ended:
        assert run_window(Opening(open_engine, on_ready=ready, give_up=given_up.set, ended=ended)) == 0
    assert given_up.is_set()


def test_another_thread_can_bring_up_a_query(library: FakeEngine) -> None:
    presented: list[str] = []

    def ready(presenter: Presenter) -> None:
        thread = threading.Thread(target=presenter.present, args=("trip", b""))
        thread.start()
        joined(thread)
        presented.append(thread.name)

    done = when(lambda: the_window().found.model.hits and library.called("search"), lambda: the_window().close())
    assert run_window(Opening(lambda: library, on_ready=ready)) == 0
    assert presented
    assert "trip" in library.called("search")
    assert not done.isActive()


def test_the_window_paints_while_the_engine_is_still_being_opened(library: FakeEngine) -> None:
    gate = threading.Event()
    seen: list[bool] = []

    def open_engine() -> EngineApi:
        gate.wait(PATIENCE_S)
        return library

    def look() -> None:
        seen.append(the_window().isVisible() and not library.calls)
        gate.set()

    looked = when(lambda: the_window().isVisible(), look)
    closed = when(lambda: library.called("roots"), lambda: the_window().close())
    assert run_window(Opening(open_engine)) == 0
    assert seen == [True]
    assert not looked.isActive()
    assert not closed.isActive()


def test_an_engine_that_opens_after_the_window_closed_is_closed_too(
    library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "_GRACE_S", 0.1)
    begun, gate = threading.Event(), threading.Event()

    def open_engine() -> EngineApi:
        begun.set()
        gate.wait(PATIENCE_S)
        return library

    left = when(begun.is_set, lambda: the_window().close())
    assert run_window(Opening(open_engine, give_up=gate.set)) == 0
    assert library.closed
    assert not left.isActive()


def test_sigterm_closes_the_window(library: FakeEngine) -> None:
    sent = when(lambda: library.called("roots"), lambda: os.kill(os.getpid(), signal.SIGTERM))
    with EndSignals() as ended:
        assert run_window(Opening(lambda: library, ended=ended)) == 0
    assert library.closed
    assert not sent.isActive()


def test_a_signal_from_before_the_window_closes_it(library: FakeEngine) -> None:
    opened: list[EngineApi] = []

    def open_engine() -> EngineApi:
        opened.append(library)
        return library

    with EndSignals() as ended:
        os.kill(os.getpid(), signal.SIGTERM)
        assert run_window(Opening(open_engine, ended=ended)) == 0
        assert not ended.waiting
    assert library.closed == bool(opened)  # that may not have begun


def test_a_mistake_of_ours_is_told_and_does_not_end_the_program(
    library: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    def mistake() -> None:
        error = ValueError("seven")
        sys.excepthook(ValueError, error, None)
        told.append(the_window().banner.message)
        the_window().close()

    made = when(lambda: library.called("roots"), mistake)
    assert run_window(Opening(lambda: library)) == 0
    assert "seven" in told[0]
    assert "an exception in the window" in caplog.text
    assert not made.isActive()


def test_size_and_queries_are_remembered(library: FakeEngine, tmp_path: Path) -> None:
    state = os.fsencode(tmp_path / "window.ini")

    def ask_and_leave() -> None:
        window = the_window()
        window.field.set_text("trip")
        window.field.entered.emit()
        window.resize(700, 600)
        window.close()

    first = when(lambda: library.called("roots"), ask_and_leave)
    assert run_window(Opening(lambda: library, state_file=state)) == 0
    sizes: list[tuple[int, int]] = []
    again = FakeEngine()

    def look() -> None:
        sizes.append((the_window().width(), the_window().height()))
        the_window().close()

    second = when(lambda: again.called("roots"), look)
    assert run_window(Opening(lambda: again, state_file=state)) == 0
    assert sizes == [(700, 600)]
    assert b"trip" in (tmp_path / "window.ini").read_bytes()
    assert os.stat(state).st_mode & 0o777 == 0o600
    assert not first.isActive()
    assert not second.isActive()


def test_what_qt_says_goes_to_the_log(
    library: FakeEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def speak(_presenter: Presenter) -> None:
        qDebug("a word of Qt's")
        qDebug("This plugin does not support propagateSizeHints()")

    caplog.set_level(logging.DEBUG, "qt")
    run_window(Opening(lambda: library, screenshot=os.fsencode(tmp_path / "window.png"), on_ready=speak))
    assert [record.message for record in caplog.records if record.name == "qt"] == ["a word of Qt's"]
    assert "propagateSizeHints" not in capfd.readouterr().err
