"""How long programs waited is read from what the kernel measures."""

import os
from pathlib import Path

from vexgui.system.pressure import NO_STALL, Stall, disk_stall, memory_stall

MEASURED = """\
some avg10=12.50 avg60=1.71 avg300=6.77 total=2500000
full avg10=3.25 avg60=0.00 avg300=0.00 total=1000000
"""


def test_memory_is_short_when_some_program_waits_and_disks_are_busy_when_all_do(tmp_path: Path) -> None:
    for name in ("memory", "io"):
        (tmp_path / name).write_text(MEASURED)
    assert memory_stall(os.fspath(tmp_path)) == Stall(0.125, 2.5)
    assert disk_stall(os.fspath(tmp_path)) == Stall(0.0325, 1.0)


def test_where_nothing_is_measured_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / "io").write_text("full avg10=nonsense\n")
    assert memory_stall(os.fspath(tmp_path)) == disk_stall(os.fspath(tmp_path)) == NO_STALL


def test_the_kernel_of_this_machine_is_understood() -> None:
    if os.path.exists("/proc/pressure/memory"):
        assert 0 <= memory_stall().lately <= 1
        assert memory_stall().total_s >= 0
