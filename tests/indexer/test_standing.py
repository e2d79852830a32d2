"""What is said of a root is never more than is certain."""

from dataclasses import dataclass

import pytest

from vexgui.core.reports import RootState
from vexgui.indexer.standing import Stand, Standing

A, B = b"/a", b"/b"


@dataclass
class Ear:
    """A watcher that says what it is told to."""

    catching_up: bool = False
    is_polled: bool = False
    since_ns: int | None = None

    def polled(self, _root: bytes) -> bool:
        return self.is_polled

    def pending_since_ns(self, _root: bytes) -> int | None:
        return self.since_ns


@dataclass
class Clock:
    now_ns: int = 100

    def __call__(self) -> int:
        return self.now_ns


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standing(clock: Clock) -> Standing:
    """One in which both roots were scanned at 100; it is 200 now."""
    standing = Standing(clock)
    standing.keep([A, B])
    with standing.scanning([A, B]):
        clock.now_ns = 150
    clock.now_ns = 200
    return standing


def test_a_root_is_current_as_of_now_after_a_scan_with_nothing_pending(standing: Standing) -> None:
    assert standing.of(A, Ear()) == Stand(RootState.CURRENT, 200)


def test_without_a_watcher_nothing_is_certain(standing: Standing) -> None:
    assert standing.of(A, None) == Stand(RootState.UNWATCHED, 0)


def test_a_root_that_was_never_scanned_is_being_caught_up_with() -> None:
    standing = Standing()
    standing.keep([A])
    assert standing.of(A, Ear()) == Stand(RootState.CATCHING_UP, 0)


def test_a_doubt_takes_back_all_but_the_last_scan_and_a_scan_that_began_before_it_does_not_settle_it(
    standing: Standing, clock: Clock
) -> None:
    with standing.scanning([A]):
        clock.now_ns = 300
        standing.doubt([A])
    assert standing.of(A, Ear()).state is RootState.CATCHING_UP
    assert standing.of(B, Ear()).state is RootState.CURRENT
    with standing.scanning([A]):
        assert standing.of(A, Ear()).state is RootState.CATCHING_UP
    assert standing.of(A, Ear()) == Stand(RootState.CURRENT, 300)


def test_a_scan_that_failed_or_was_not_complete_leaves_a_doubt(standing: Standing) -> None:
    with pytest.raises(OSError, match="disk"), standing.scanning([A]):
        raise OSError("disk")
    with standing.scanning([B]) as incomplete:
        incomplete.add(B)
    assert {standing.of(root, Ear()) for root in (A, B)} == {Stand(RootState.CATCHING_UP, 100)}


def test_what_is_pending_or_told_and_not_applied_holds_the_time_back(standing: Standing) -> None:
    assert standing.of(A, Ear(since_ns=180)) == Stand(RootState.CURRENT, 180)
    number = standing.noticed(170)
    assert standing.of(A, Ear(since_ns=180)) == Stand(RootState.CURRENT, 170)
    with standing.applying(number):
        assert standing.of(A, Ear()).current_ns == 170
    assert standing.of(A, Ear()).current_ns == 200


def test_changes_that_could_not_be_applied_leave_all_in_doubt(standing: Standing) -> None:
    with pytest.raises(OSError, match="full"), standing.applying(standing.noticed(None)):
        raise OSError("full")
    assert standing.of(B, Ear()) == Stand(RootState.CATCHING_UP, 100)


def test_lost_events_are_a_doubt_before_anybody_has_scanned(standing: Standing) -> None:
    assert standing.of(A, Ear(catching_up=True)) == Stand(RootState.CATCHING_UP, 100)


@pytest.mark.parametrize("state", [RootState.OFFLINE, RootState.NOT_RESPONDING, RootState.POLLED])
def test_of_a_root_apart_only_its_last_scan_is_certain(standing: Standing, state: RootState) -> None:
    standing.put_apart(A, state)
    assert standing.of(A, Ear()) == Stand(state, 100)
    standing.put_apart(A, None)
    assert standing.of(A, Ear(is_polled=True)) == Stand(RootState.POLLED, 100)
