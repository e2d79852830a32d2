"""Answers that come late, or not at all, disturb nobody."""

import inspect
import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event as Flag

import pytest
from typing_extensions import override

from tests.gui.conftest import Bench
from tests.gui.fake_calls import PATIENCE_S
from tests.gui.fake_engine import FakeEngine, many_hits
from vexgui.core.errors import PathProblem, VexError, WorldProblem
from vexgui.core.labels import TagCount
from vexgui.core.reports import ModelInfo, RootInfo, Status
from vexgui.engine.api import EngineApi
from vexgui.gui.files.shell import DesktopShell
from vexgui.gui.files.tag_dialog import TagDialog
from vexgui.gui.indexing import IndexingDesk
from vexgui.gui.looking.desk import LookingDesk
from vexgui.gui.preferences.desk import ModelDesk
from vexgui.gui.results.pages import PAGE
from vexgui.gui.side.desk import TagDesk
from vexgui.gui.side.look import Place

_QUIET = {"subscribe", "close", "watch"}


class RefusingEngine(FakeEngine):
    """Refuses everything, once it is told to."""

    refuses = False

    @override
    def __getattribute__(self, name: str) -> object:
        found = super().__getattribute__(name)
        is_asked = name in _METHODS and not name.startswith("_") and name not in _QUIET
        return _refuse if is_asked and super().__getattribute__("refuses") else found


def _refuse(*_given: object, **_named: object) -> None:
    raise WorldProblem("The engine has no time.", "Ask it later.")


_METHODS = frozenset(name for name, _ in inspect.getmembers(EngineApi, inspect.isfunction))


def test_an_engine_that_refuses_everything_is_quoted_and_breaks_nothing(bench: Bench, library: FakeEngine) -> None:
    engine = RefusingEngine(tuple(library.files.values()), library.folders)
    window = bench.open(engine)
    bench.ask("lake")
    path = bench.shown()[0]
    engine.refuses = True
    wishes: tuple[Callable[[], object], ...] = (
        lambda: window.ask("water", b""),
        lambda: window.ask("", path),
        *(lambda place=place: window.side.look_asked.emit(place) for place in Place),
        lambda: window.desk.add([b"/tmp"]),
        lambda: window.desk.reindex([path]),
        lambda: window.desk.pause(60.0),
        window.desk.resume,
        window.desk.ask_status,
        window.models.refresh,
        window.settings.refresh,
        window.present_preferences,
        lambda: window.settings.choose("write_records", False),
        lambda: window.searches.save("name", "query"),
        window.actions_on_files.tag.trigger,
        lambda: window.actions_on_files.rate_asked.emit([path], 8),
        lambda: window.actions_on_files.tag_asked.emit([path]),
        window.inspector.look_again,
        lambda: window.field.set_text("tag:x type:image "),
    )
    for wish in wishes:
        wish()
        bench.qtbot.waitUntil(lambda: not bench.operations.busy)
        window.grab()
    assert "The engine has no time." in window.banner.message
    engine.refuses = False
    window.preferences.close()
    window.banner.dismiss()
    bench.ask("bread")
    assert bench.shown()
    assert window.banner.message == ""


def test_the_window_goes_on_while_no_call_is_answered(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    path = bench.shown()[0]
    closed = Flag()
    library.gates = dict.fromkeys(_METHODS, closed)
    wishes: tuple[Callable[[], object], ...] = (
        lambda: window.ask("water", b""),
        *(lambda place=place: window.side.look_asked.emit(place) for place in Place),
        window.present_preferences,
        lambda: window.large_preview.appear(window.found.model.hits[0]),
        lambda: window.actions_on_files.tag_asked.emit([path]),
        lambda: window.actions_on_files.rate_asked.emit([path], 8),
        lambda: window.desk.add([b"/tmp"]),
    )
    for wish in wishes:
        wish()
        bench.qtbot.wait(20)
        window.grab()
    assert bench.operations.busy
    closed.set()
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)
    window.preferences.close()


def test_tags_that_are_asked_for_twice_open_one_dialog(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    gate = library.gates["tags"] = Flag()
    window.actions_on_files.tag.trigger()
    window.actions_on_files.tag.trigger()
    gate.set()
    bench.settle()
    (dialog,) = window.findChildren(TagDialog)
    dialog.reject()


def test_a_disk_that_does_not_answer_holds_up_no_call_to_the_engine(
    bench: Bench, library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, answered = bench.open(library), Flag()

    def hang(*_: object) -> None:
        answered.wait(PATIENCE_S)
        raise PathProblem("The disk has gone.")

    monkeypatch.setattr("vexgui.gui.files.shell.way_of", hang)
    monkeypatch.setattr("vexgui.gui.search.pictures._mtime_ns", hang)
    DesktopShell(bench.operations).open([b"/away"] * 10)
    for number in range(5):
        window.field.add_example(b"/away/%d" % number)
    window.desk.refresh()
    bench.qtbot.waitUntil(lambda: not window.desk.counting)
    answered.set()
    bench.settle()


def test_of_two_files_on_the_map_only_the_one_chosen_last_is_told(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    desk = LookingDesk(bench.operations)
    desk.connect_engine(library)
    heard: list[bytes] = []
    desk.hit_known.connect(lambda hit: heard.append(hit.path))
    gate = library.gates["hits_for"] = Flag()
    first, second, third = list(library.files)[:3]
    desk.ask_hit(first)
    desk.ask_hit(second)
    gate.set()
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)
    assert heard == [second]
    gate.clear()
    desk.ask_hit(third)
    desk.leave_hit()
    gate.set()
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)
    assert heard == [second]


def test_the_answer_of_an_engine_that_was_replaced_is_dropped(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.gates["search"] = library.gates["names"] = Flag()
    window.ask("lake", b"")
    other = FakeEngine(tuple(library.files.values())[:1], library.folders)
    failures: list[VexError] = []
    window.searcher.failed.connect(failures.append)
    library.error = WorldProblem("The engine is gone.")
    window.take_engine(other)
    library.gates["search"].set()
    bench.settle()
    assert failures == []
    assert bench.shown() == list(other.files)


def test_an_answer_that_has_no_more_rows_is_not_asked_for_without_end(
    bench: Bench, library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.answers["many"] = many_hits(3 * PAGE)
    asked: list[int] = []

    def refuse(token: int, start: int, count: int) -> None:
        asked.append(start)
        raise WorldProblem("The engine has no time.")

    monkeypatch.setattr(library, "hits_of", refuse)
    window = bench.open(library)
    bench.ask("many")
    window.results.verticalScrollBar().setValue(window.results.verticalScrollBar().maximum())
    bench.qtbot.waitUntil(lambda: bool(asked))
    bench.qtbot.wait(300)
    bench.settle()
    assert len(asked) < 10


class SlowEngine(FakeEngine):
    """Counts folders, lists models and tags, once for each time that it is let.

    Attributes:
        lets: How often it may answer.
        begun: How often it was asked.
    """

    def __init__(self, roots: Sequence[bytes] = ()) -> None:
        super().__init__((), roots)
        self.lets = threading.Semaphore(0)
        self.begun = 0

    @override
    def roots(self) -> tuple[RootInfo, ...]:
        self._wait()
        return super().roots()

    @override
    def models(self) -> tuple[ModelInfo, ...]:
        self._wait()
        return super().models()

    @override
    def tags(self, among: Sequence[bytes] | None = None) -> tuple[TagCount, ...]:
        self._wait()
        return super().tags(among)

    @override
    def status(self) -> Status:
        return FakeEngine().status()

    def _wait(self) -> None:
        self.begun += 1
        assert self.lets.acquire(timeout=PATIENCE_S)


@pytest.mark.parametrize(
    ("what", "signal"), [(IndexingDesk, "roots_known"), (ModelDesk, "changed"), (TagDesk, "known")]
)
def test_answers_arrive_also_where_changes_come_faster(
    bench: Bench, what: type[IndexingDesk] | type[ModelDesk] | type[TagDesk], signal: str
) -> None:
    desk, engine = what(bench.operations), SlowEngine([b"/home"])
    told: list[int] = []
    desk.connect_engine(engine)
    getattr(desk, signal).connect(lambda *_: told.append(engine.begun))
    desk.refresh()
    bench.qtbot.waitUntil(lambda: engine.begun == 1)
    desk.refresh()
    desk.refresh()
    engine.lets.release()
    bench.qtbot.waitUntil(lambda: len(told) == 1)
    engine.lets.release()
    bench.qtbot.waitUntil(lambda: len(told) == 2)
    assert engine.begun == 2
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)


def test_how_things_stood_is_not_told_after_how_they_stand(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, engine, gate, told = IndexingDesk(bench.operations), FakeEngine(), Flag(), list[str]()
    standing = engine.status()
    numbers = itertools.count(1)

    def status() -> Status:
        number = next(numbers)
        if number == 1:
            gate.wait(PATIENCE_S)
        return replace(standing, model_note=f"{number}")

    monkeypatch.setattr(engine, "status", status)
    desk.status_known.connect(lambda status: told.append(status.model_note))
    desk.connect_engine(engine)
    desk.ask_status()
    bench.qtbot.wait(100)  # the second would be there first
    gate.set()
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)
    assert told == ["1", "2"]


def test_folders_that_cannot_be_counted_are_not_waited_for(bench: Bench) -> None:
    desk, engine = IndexingDesk(bench.operations), RefusingEngine()
    engine.refuses = True
    desk.connect_engine(engine)
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)
    assert not desk.counting
