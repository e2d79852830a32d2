"""Whether the computer runs on its battery is read from what the kernel lists."""

import os
from pathlib import Path

import pytest

from vexgui.system.power import on_battery

LAPTOP = {"type": "Battery", "scope": "System", "status": "Discharging"}
FULL = {"type": "Battery", "status": "Full"}
PLUG_IN = {"type": "Mains", "online": "1"}
PLUG_OUT = {"type": "Mains", "online": "0"}
MOUSE = {"type": "Battery", "scope": "Device", "status": "Discharging"}
UPS = {"type": "UPS", "status": "Discharging"}


def listed(folder: Path, *supplies: dict[str, str]) -> str:
    for number, supply in enumerate(supplies):
        place = folder / f"supply{number}"
        place.mkdir()
        for name, value in supply.items():
            (place / name).write_text(f"{value}\n")
    return os.fspath(folder)


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        ((), False),
        ((LAPTOP, PLUG_OUT), True),
        ((LAPTOP,), True),
        ((FULL, LAPTOP, PLUG_OUT), True),
        ((UPS,), True),
        ((LAPTOP, PLUG_IN), False),
        ((PLUG_IN, LAPTOP), False),
        ((FULL, PLUG_OUT), False),
        ((MOUSE,), False),
        ((MOUSE, PLUG_IN), False),
        (({"type": "Battery"},), False),
    ],
)
def test_a_battery_counts_while_it_is_drained_and_nothing_feeds_the_computer(
    tmp_path: Path, supplies: tuple[dict[str, str], ...], expected: bool
) -> None:
    assert on_battery(listed(tmp_path, *supplies)) is expected


def test_a_computer_that_lists_no_supplies_is_on_mains(tmp_path: Path) -> None:
    assert not on_battery(os.fspath(tmp_path / "none"))
