"""How things stand: what is not as it should be, and what the indexer does and why."""

import math
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import Activity, Lost, ModelProgress, Progress, Trouble
from vexgui.core.files import Kind
from vexgui.core.reports import RootInfo, RootState, Status
from vexgui.core.settings import KeyChoice
from vexgui.gui.standing.activity import ActivityPopover, pace, reason
from vexgui.gui.standing.conditions import Act, Weight, conditions
from vexgui.gui.standing.strip import ConditionStrip

_IDLE = Progress(Activity.IDLE)
_ROOT = RootInfo(b"/home/a/Pictures", 12_400, 0, present=True, state=RootState.CURRENT)
_AWAY = replace(_ROOT, path=b"/media/Holiday", present=False, state=RootState.OFFLINE)
_LIMIT = (
    "The system lets all your programs together watch 8,192 folders, and there are more. "
    "Have all watched with: sudo sysctl fs.inotify.max_user_watches=131072"
)


@pytest.fixture
def status() -> Status:
    return FakeEngine().status()


def _names(status: Status | None, *roots: RootInfo, fetching: ModelProgress | None = None) -> list[str]:
    return [condition.name for condition in conditions(status, roots, _IDLE, fetching)]


def test_where_all_is_well_nothing_is_told(status: Status) -> None:
    assert _names(status, _ROOT) == []
    assert _names(None, _ROOT) == []


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ({"room_bytes": 1 << 20}, "disk full"),
        ({"rebuilding": True}, "rebuilding"),
        ({"model_note": "Pictures are found by their words only."}, "model missing"),
        ({"model_note": "It ended.", "model_rests": True}, "model rests"),
        ({"watch_note": _LIMIT}, "watch limit"),
        ({"damage": ("A page is damaged.",)}, "damage"),
    ],
)
def test_what_is_not_as_it_should_be_is_told(status: Status, what: dict[str, Any], name: str) -> None:
    assert _names(replace(status, **what), _ROOT) == [name]


def test_folders_that_are_away_closed_or_silent_are_told(status: Status) -> None:
    closed = replace(_AWAY, readable=False)
    silent = replace(_AWAY, state=RootState.NOT_RESPONDING)
    told = conditions(status, [_AWAY, closed, silent], _IDLE, None)
    assert [condition.sentence for condition in told] == [
        "You may not look into Holiday.",
        "Holiday does not answer.",
        "Holiday is not connected.",
    ]


def test_a_full_disk_comes_before_a_missing_model(status: Status) -> None:
    ill = replace(status, room_bytes=0, model_note="It is missing.")
    assert _names(ill, _AWAY) == ["disk full", "model missing", "offline"]


def test_a_model_that_is_being_fetched_is_not_missing(status: Status) -> None:
    fetching = ModelProgress("ViT-B-32-256", 1, 4)
    found = conditions(replace(status, model_note="It is missing."), (), _IDLE, fetching)
    assert [(condition.name, condition.share) for condition in found] == [("fetching", 0.25)]


@pytest.mark.parametrize(
    ("progress", "sentence", "share"),
    [
        (
            Progress(Activity.RESTORING, 4100),
            "The index is being made anew: 4,100 files are found again so far.",
            None,
        ),
        (Progress(Activity.INDEXING, 1, 4), "The index is being made anew.", 0.25),
    ],
)
def test_an_index_made_anew_tells_how_far_it_is(
    status: Status, progress: Progress, sentence: str, share: float | None
) -> None:
    (found,) = conditions(replace(status, rebuilding=True), (), progress, None)
    assert (found.sentence, found.share) == (sentence, share)


def test_the_command_of_the_watch_limit_stands_apart(status: Status) -> None:
    (limit,) = conditions(replace(status, watch_note=_LIMIT), (), _IDLE, None)
    assert limit.command == "sudo sysctl fs.inotify.max_user_watches=131072"
    assert limit.sentence.endswith("there are more.")


def test_a_note_without_a_command_is_told_as_it_is(status: Status) -> None:
    (limit,) = conditions(replace(status, watch_note="Too many programs watch."), (), _IDLE, None)
    assert (limit.sentence, limit.act) == ("Too many programs watch.", None)


# the strip


@pytest.fixture
def strip(qtbot: QtBot) -> ConditionStrip:
    made = ConditionStrip()
    qtbot.addWidget(made)
    return made


def test_the_weightiest_is_shown_and_the_others_counted(status: Status, strip: ConditionStrip) -> None:
    strip.show_conditions(conditions(replace(status, room_bytes=0), [_AWAY], _IDLE, None))
    assert strip.condition is not None
    assert strip.condition.weight is Weight.WARNING
    assert strip.others.text() == "1 more"


def test_what_is_dismissed_stays_away_until_it_begins_anew(status: Status, strip: ConditionStrip) -> None:
    away = conditions(status, [_AWAY], _IDLE, None)
    strip.show_conditions(away)
    strip.dismiss()
    strip.show_conditions(away)
    assert strip.condition is None
    assert strip.isHidden()
    strip.show_conditions(())
    strip.show_conditions(away)
    assert strip.condition == away[0]


class IllEngine(FakeEngine):
    """An engine whose status a test sets."""

    ill: Status | None = None

    @override
    def status(self) -> Status:
        return self.ill or super().status()


def test_the_command_is_copied(bench: Bench, library: FakeEngine) -> None:
    engine = IllEngine(tuple(library.files.values()), library.folders)
    engine.ill = replace(library.status(), watch_note=_LIMIT)
    window = bench.open(engine)
    assert window.strip.condition is not None
    assert window.strip.condition.act is Act.COPY
    window.strip.button.click()
    assert QGuiApplication.clipboard().text() == "sudo sysctl fs.inotify.max_user_watches=131072"
    assert window.toast.text == "The command is on the clipboard"


def test_what_lasts_is_not_told_twice(bench: Bench, library: FakeEngine) -> None:
    engine = IllEngine(tuple(library.files.values()), library.folders)
    window = bench.open(engine)
    window.banner.tell(Trouble("It ended again and again.", "Close some programs."))
    window.banner.tell(Trouble("Something else."))
    window.desk.status_known.emit(replace(library.status(), model_note="It ended again and again.", model_rests=True))
    assert window.strip.condition is not None
    assert window.strip.condition.name == "model rests"
    assert window.banner.message == "Something else."


def test_a_missing_model_leads_to_the_preferences(bench: Bench, library: FakeEngine) -> None:
    library.model_note = "Pictures are found by their words only: it is missing."
    window = bench.open(library)
    window.strip.button.click()
    assert window.preferences.isVisible()
    window.preferences.close()


def test_a_drive_that_is_away_is_told_with_answers_only(bench: Bench, library: FakeEngine) -> None:
    library.folders.append(b"/not/connected")
    window = bench.open(library)
    assert window.strip.isHidden()
    bench.ask("lake")
    assert window.strip.condition is not None
    assert window.strip.condition.sentence == "connected is not connected."


def test_of_a_lost_engine_only_its_page_tells(bench: Bench, library: FakeEngine) -> None:
    library.model_note = "It is missing."
    window = bench.open(library)
    assert not window.strip.isHidden()
    library.tell(Lost())
    bench.qtbot.waitUntil(lambda: window.pages.currentWidget() is window.pages.trouble)
    assert window.strip.isHidden()
    assert window.status.doing == ""
    assert not window.side.isVisible()
    again = FakeEngine(tuple(library.files.values()), library.folders)
    window.take_engine(again)
    bench.engine = again
    bench.settle()
    assert window.status.doing == "Up to date"
    assert window.side.isVisible()


# the activity


_BUSY = Progress(
    Activity.INDEXING, 312, 12_400, b"/p/IMG_1.jpg", 24.3, 498.0, "new files", ((Kind.IMAGE, 70), (Kind.VIDEO, 1))
)


@pytest.fixture
def popover(qtbot: QtBot) -> ActivityPopover:
    made = ActivityPopover()
    qtbot.addWidget(made)
    return made


def test_it_is_told_what_is_done_why_and_how_quickly(popover: ActivityPopover) -> None:
    popover.show_progress(_BUSY)
    assert popover.said == (
        "Reading files: 312 of 12,400",
        "New files.",
        "/p/IMG_1.jpg",
        "24 files a second · about 8 min left",
    )
    assert popover.waiting == {"Pictures": "70", "Videos": "1"}


def test_while_it_rests_it_is_told_until_when_and_what_waits(popover: ActivityPopover) -> None:
    paused = replace(_BUSY, activity=Activity.PAUSED, why="until 15:20")
    popover.show_progress(paused)
    assert reason(paused) == "Until 15:20. 12,088 files wait."
    assert not popover.resume.isHidden()
    assert popover.pause.isHidden()


def test_a_slow_pace_keeps_a_decimal() -> None:
    assert pace(Progress(Activity.FILLING, 1, 9, rate=0.42)) == "0.4 files a second"


def test_the_line_at_the_bottom_opens_it_and_its_buttons_hold_the_indexer(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.tell(_BUSY)
    bench.qtbot.waitUntil(lambda: window.status.doing.startswith("Indexing"))
    popover = window.status.activity
    window.status.show_activity()
    assert popover.isVisible()
    popover.pause.click()
    bench.qtbot.waitUntil(lambda: popover.said[0] == "Indexing is paused")
    popover.resume.click()
    bench.qtbot.waitUntil(lambda: popover.said[0] == "Everything is up to date")
    popover.pause_hour.click()
    bench.settle()
    assert library.called("pause") == [math.inf, 3600]
    popover.refresh.click()
    bench.settle()
    assert library.called("index") == [((), False)]
    assert not popover.isVisible()


def test_the_button_that_looks_for_changes_names_the_keys_in_force(bench: Bench, library: FakeEngine) -> None:
    library.saved = replace(library.saved, keys=(KeyChoice("refresh", ("F6",)),))
    window = bench.open(library)
    assert window.status.activity.refresh.toolTip() == "Look for changes (F6)"
