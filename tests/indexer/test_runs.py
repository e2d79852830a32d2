"""Runs that end are known to have ended, whatever comes of telling so."""

import threading

import pytest

from tests.waiting import joined
from vexgui.indexer.runs import Runs


def test_a_run_whose_end_nobody_could_be_told_has_ended() -> None:
    def gone(_others: int) -> None:
        raise BrokenPipeError

    runs = Runs(gone)
    with pytest.raises(BrokenPipeError), runs.under_way(threading.Event()):
        pass
    assert not runs.any
    waiting = threading.Thread(target=runs.wait, daemon=True)
    waiting.start()
    joined(waiting)
