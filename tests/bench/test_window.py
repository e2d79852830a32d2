"""What is measured of the window: how late the ticks are, whose fault that is, and what becomes of the figures."""

import time

import pytest
from pytestqt.qtbot import QtBot

from tests.bench import bench_window
from tests.bench.figures import by_name
from vexgui.bench.conditions import Conditions
from vexgui.bench.window import measure, stalls
from vexgui.probe.ticks import Ticks, memory_mb, since_start_s


def test_what_keeps_the_windows_thread_is_a_late_tick_that_no_other_program_is_to_blame_for(qtbot: QtBot) -> None:
    ticks = Ticks()
    ticks.begin("idle")
    qtbot.wait(40)
    ticks.begin("kept")
    time.sleep(0.08)
    qtbot.wait(40)
    parts = ticks.end()
    assert max(parts["kept"]["late"]) >= 60
    assert max(parts["kept"]["kept"]) >= 60
    assert len(parts["idle"]["late"]) >= 1


def test_the_share_that_others_had_of_the_processor_stands_beside_each_stall() -> None:
    figures = list(stalls("typing", {"late": [0.0, 40.0], "kept": [0.0, 2.0]}, aimed=True))
    assert figures[-1].value == 40.0
    assert list(figures[-1].peers.values()) == [2.0]
    assert figures[-1].met


def test_memory_and_age_of_a_process_are_told_by_the_kernel() -> None:
    memory = memory_mb()
    assert 1 < memory["Pss"] <= memory["Rss"]
    assert since_start_s() > 0


@pytest.mark.slow
def test_the_windows_first_answer_can_be_measured() -> None:
    figures = by_name(bench_window.measure(files=100, starts=1))
    assert [figure.value > 0 for figure in figures.values()] == [True, True]


@pytest.mark.slow
def test_the_window_can_be_measured(tmp_path: object) -> None:
    figures = list(measure(Conditions(str(tmp_path).encode(), lambda _: None, quick=True)))
    assert any("first paint" in figure.what for figure in figures)
    assert all(figure.aim is None for figure in figures)
