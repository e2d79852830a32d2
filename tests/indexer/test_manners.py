"""When the work in the background rests, and why."""

import math
import threading
import time
from dataclasses import dataclass, replace

import pytest

from tests.waiting import PATIENCE_S, joined
from vexgui.core.events import Activity, Event, Progress
from vexgui.indexer.manners import Bounds, Cause, Manners, Sensed, Surroundings, Wish, rest
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.indexer.telling import Teller
from vexgui.system.pressure import NO_STALL, Stall

NOON = 1_700_000_000.0
QUIET = Surroundings()
BATTERY = Surroundings(on_battery=True)
SHORT = Surroundings(memory=0.2)
BUSY = Surroundings(disk=0.7)


@pytest.mark.parametrize(
    ("around", "bounds", "wish", "expected"),
    [
        (QUIET, Bounds(), Wish(), None),
        (BATTERY, Bounds(), Wish(), Cause.BATTERY),
        (BATTERY, Bounds(on_battery=True), Wish(), None),
        (SHORT, Bounds(), Wish(), Cause.MEMORY),
        (SHORT, Bounds(memory=0.3), Wish(), None),
        (SHORT, Bounds(memory=0), Wish(), None),
        (BUSY, Bounds(), Wish(), Cause.DISK),
        (BUSY, Bounds(disk=0), Wish(), None),
        (QUIET, Bounds(), Wish(NOON + 60), Cause.WISH),
        (QUIET, Bounds(), Wish(NOON), None),
        (QUIET, Bounds(), Wish(math.inf), Cause.WISH),
        (replace(BATTERY, memory=1.0), Bounds(), Wish(), Cause.MEMORY),
        (BATTERY, Bounds(), Wish(despite=frozenset({Cause.BATTERY})), None),
        (replace(BATTERY, disk=1.0), Bounds(), Wish(despite=frozenset({Cause.BATTERY})), Cause.DISK),
    ],
)
def test_work_rests_for_a_cause(around: Surroundings, bounds: Bounds, wish: Wish, expected: Cause | None) -> None:
    found = rest(around, bounds, wish, NOON)
    assert (None if found is None else found.cause) is expected


@pytest.mark.parametrize(("share", "rests"), [(0.06, True), (0.04, False)])
def test_a_rest_ends_when_half_of_what_is_allowed_is_left(share: float, rests: bool) -> None:
    around = Surroundings(memory=share)
    assert rest(around, Bounds(memory=0.1), Wish(), NOON) is None
    assert (rest(around, Bounds(memory=0.1), Wish(), NOON, Cause.MEMORY) is not None) is rests


def test_only_on_battery_words_are_read_still() -> None:
    found = [rest(around, Bounds(), Wish(), NOON) for around in (BATTERY, SHORT, BUSY)]
    found.append(rest(QUIET, Bounds(), Wish(math.inf), NOON))
    assert [each.is_whole for each in found if each is not None] == [False, True, True, True]


def test_a_rest_says_why_and_until_when() -> None:
    found = [rest(QUIET, Bounds(), Wish(until_s), NOON) for until_s in (math.inf, NOON + 3600)]
    clock = time.strftime("%H:%M", time.localtime(NOON + 3600))
    assert [each.why for each in found if each is not None] == ["until resumed", f"until {clock}"]


@dataclass
class World:
    """A clock and a system that stand as they are set."""

    now_s: float = NOON
    battery: bool = False
    memory: Stall = NO_STALL
    disk: Stall = NO_STALL

    def sense(self) -> Sensed:
        return Sensed(self.battery, self.memory, self.disk)

    def pass_by(self, seconds: float, *, memory: float = 0.0, disk: float = 0.0) -> None:
        """Let time pass in which programs waited for a share of it."""
        self.now_s += seconds
        self.memory = Stall(memory, self.memory.total_s + seconds * memory)
        self.disk = Stall(disk, self.disk.total_s + seconds * disk)

    def manners(self) -> Manners:
        return Manners(sense=self.sense, clock=lambda: self.now_s)


def cause_of(manners: Manners) -> Cause | None:
    found = manners.rest()
    return None if found is None else found.cause


def test_the_system_is_asked_once_a_second() -> None:
    world = World()
    manners = world.manners()
    assert cause_of(manners) is None
    world.battery = True
    world.pass_by(0.5)
    assert cause_of(manners) is None
    world.pass_by(0.6)
    assert cause_of(manners) is Cause.BATTERY


def test_what_only_our_own_reading_caused_is_over_with_the_next_look() -> None:
    """The average of ten seconds still tells of it then; what was waited for since the rest began does not."""
    world = World()
    manners = world.manners()
    world.pass_by(10, disk=0.9)
    assert cause_of(manners) is Cause.DISK
    world.pass_by(4)
    world.disk = replace(world.disk, lately=0.6)
    assert cause_of(manners) is None


def test_disks_that_others_need_are_left_to_them() -> None:
    world = World()
    manners = world.manners()
    for _ in range(5):
        world.pass_by(4, disk=0.9)
        assert cause_of(manners) is Cause.DISK
    world.pass_by(8)
    assert cause_of(manners) is None


def test_our_own_reading_does_not_stop_us_again_at_once() -> None:
    world = World()
    manners = world.manners()
    world.pass_by(10, disk=0.9)
    assert cause_of(manners) is Cause.DISK
    world.pass_by(4)
    assert cause_of(manners) is None
    worked_s = 0
    while cause_of(manners) is None:
        world.pass_by(1, disk=0.9)
        worked_s += 1
        assert worked_s < 60
    assert worked_s >= 20


def test_who_resumes_on_battery_works_on_until_it_is_plugged_in_and_out_again() -> None:
    world = World(battery=True)
    manners = world.manners()
    assert cause_of(manners) is Cause.BATTERY
    manners.resume()
    world.pass_by(3600)
    assert cause_of(manners) is None
    world.battery = False
    world.pass_by(2)
    assert cause_of(manners) is None
    world.battery = True
    world.pass_by(2)
    assert cause_of(manners) is Cause.BATTERY


def test_what_is_allowed_from_now_on_holds_at_once() -> None:
    world = World(battery=True)
    manners = world.manners()
    assert cause_of(manners) is Cause.BATTERY
    manners.allow(Bounds(on_battery=True))
    assert cause_of(manners) is None
    manners.allow(Bounds(on_battery=False))
    assert cause_of(manners) is Cause.BATTERY


def test_a_pause_for_an_hour_ends_by_itself() -> None:
    world = World()
    manners = world.manners()
    manners.pause(NOON + 3600)
    assert cause_of(manners) is Cause.WISH
    world.pass_by(3599)
    assert cause_of(manners) is Cause.WISH
    world.pass_by(2)
    assert cause_of(manners) is None


@pytest.mark.parametrize("end", ["resume", "release"])
def test_who_waits_is_let_go_at_once(end: str) -> None:
    manners = World().manners()
    manners.pause(math.inf)
    found = manners.rest()
    assert found is not None
    waiting = threading.Thread(target=manners.wait, args=(found,), daemon=True)
    waiting.start()
    getattr(manners, end)()
    joined(waiting)
    assert manners.rest() is None


def test_a_wish_that_came_before_the_wait_is_not_slept_through() -> None:
    manners = World().manners()
    manners.pause(math.inf)
    found = manners.rest()
    assert found is not None
    manners.resume()
    waiting = threading.Thread(target=manners.wait, args=(found,), daemon=True)
    waiting.start()
    joined(waiting)


# What is told of it


def a_teller(world: World) -> tuple[Teller, Manners, list[Event]]:
    told: list[Event] = []
    manners = world.manners()
    return Teller(told.append, manners), manners, told


def test_a_pause_is_told_with_its_end_and_what_waits() -> None:
    teller, _, told = a_teller(World())
    teller.tell(Progress(Activity.INDEXING, 3, 9, rate=2.0, eta_s=3.0))
    teller.pause(math.inf)
    assert told[-1] == Progress(Activity.PAUSED, 3, 9, why="until resumed")
    teller.resume()
    assert told[-1] == Progress(Activity.INDEXING, 3, 9, rate=2.0, eta_s=3.0)


def test_who_has_nothing_to_do_rests_only_if_the_user_said_so() -> None:
    world = World(battery=True)
    teller, _, _ = a_teller(world)
    teller.tell(Progress(Activity.IDLE))
    assert teller.progress == Progress(Activity.IDLE)
    teller.pause(math.inf)
    assert teller.progress == Progress(Activity.PAUSED, why="until resumed")


def test_on_battery_words_are_read_and_vectors_wait() -> None:
    teller, _, _ = a_teller(World(battery=True))
    teller.tell(Progress(Activity.INDEXING, 1, 2))
    assert teller.progress.activity is Activity.INDEXING
    teller.tell(Progress(Activity.FILLING, 1, 2))
    assert teller.progress == Progress(Activity.PAUSED, 1, 2, why="on battery")


def test_on_battery_words_are_read_while_another_thread_has_told_of_vectors() -> None:
    teller, _, _ = a_teller(World(battery=True))
    teller.tell(Progress(Activity.FILLING, 1, 2))
    run = Run(threading.Event(), Tally(), lambda _: True, force=False, patient=True)
    reading = threading.Thread(target=teller.hold, args=(run, Activity.INDEXING), daemon=True)
    reading.start()
    joined(reading)


@pytest.mark.parametrize("patient", [True, False])
def test_a_pause_holds_what_runs_in_the_background_and_nothing_else(patient: bool) -> None:
    teller, _, told = a_teller(World())
    teller.tell(Progress(Activity.SCANNING))
    teller.pause(math.inf)
    run = Run(threading.Event(), Tally(), lambda _: True, force=False, patient=patient)
    held = threading.Thread(target=teller.hold, args=(run, Activity.SCANNING), daemon=True)
    held.start()
    if patient:
        held.join(0.2)
        assert held.is_alive()
    else:
        joined(held)
    teller.resume()
    joined(held)
    assert told[-1] == Progress(Activity.SCANNING)


def test_the_end_of_a_timed_pause_is_told_though_nobody_waits_for_it() -> None:
    told: list[Event] = []
    ended = threading.Event()

    def hear(event: Event) -> None:
        told.append(event)
        if isinstance(event, Progress) and len(told) > 2 and event.activity is Activity.IDLE:
            ended.set()

    begun_s = time.time()

    def clock() -> float:
        """Stand still until the pause is told."""
        return time.time() if len(told) > 1 else begun_s

    teller = Teller(hear, Manners(sense=World().sense, clock=clock))
    teller.tell(Progress(Activity.IDLE))
    teller.pause(begun_s + 0.1)
    assert ended.wait(PATIENCE_S)
    assert [event.activity for event in told if isinstance(event, Progress)] == [
        Activity.IDLE,
        Activity.PAUSED,
        Activity.IDLE,
    ]
