"""Sleep and a clock that is set are noticed."""

import select
from contextlib import closing

import pytest

from vexgui.system import clock
from vexgui.system.clock import Clock, boot_id


def test_nothing_is_told_while_time_goes_on_as_usual() -> None:
    with closing(Clock()) as made:
        poller = select.poll()
        poller.register(made.fileno(), select.POLLIN)
        assert not poller.poll(20)
        assert not made.jumped()


def test_sleep_is_noticed_once_by_the_clock_that_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Clock()) as made:
        asleep_s = clock._asleep_s()
        monkeypatch.setattr(clock, "_asleep_s", lambda: asleep_s + 60)
        assert made.jumped()
        assert not made.jumped()


def test_a_start_of_the_computer_has_a_name() -> None:
    assert boot_id() == boot_id() != ""
