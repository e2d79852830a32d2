"""That events were lost is told once while a flood of changes lasts, and again at the next one."""

from tests.engine.conftest import Desk
from vexgui.core.events import Event, Trouble
from vexgui.indexer.applying import Applier
from vexgui.indexer.coalesce import Overflow
from vexgui.indexer.manners import Manners
from vexgui.indexer.telling import Teller


class Clock:
    now_s = 5.0

    def __call__(self) -> float:
        return self.now_s


def test_lost_events_are_told_once_until_the_flood_has_ended(desk: Desk) -> None:
    parts, clock, told, looks = desk.engine._parts, Clock(), list[Event](), list[float]()
    indexer = parts.indexer

    def look() -> None:
        looks.append(clock.now_s)
        clock.now_s += 1_000  # a look at everything may take long

    applier = Applier(
        parts.store,
        indexer._bringer,
        indexer._forgetter,
        Teller(told.append, Manners()),
        indexer._roots,
        look,
        indexer.drives,
        now_s=clock,
    )
    for _ in range(3):
        applier.apply([Overflow()], indexer._background())
        clock.now_s += 60
    assert (len(looks), len(told)) == (3, 1)
    clock.now_s += 3_600
    applier.apply([Overflow()], indexer._background())
    assert [type(event) for event in told] == [Trouble, Trouble]
