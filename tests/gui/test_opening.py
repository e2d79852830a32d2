"""The window opens soon and stays small: its process does not load what it does not need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import output_of, put_down

_LATE = ("numpy", "PySide6.QtDBus", "vexgui.store", "vexgui.system.outlines", "vexgui.gui.preferences.window")
_PROGRAM = """
import sys
from dataclasses import replace
from vexgui import app

def run_window(opening):
    import vexgui.gui.application
    print(*sys.modules)
    return 0

app.main(["--profile", sys.argv[1], "gui"], replace(app.real_parts(), run_window=run_window))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules in the window's process when it begins to show the window."""
    profile: Path = tmp_path_factory.mktemp("profile")
    command = [sys.executable, "-c", _PROGRAM, os.fspath(profile)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = output_of(program, "the window's process and the engine's have ended")
    finally:
        put_down([program])
    assert program.returncode == 0, err
    return set(out.decode().split())


@pytest.mark.parametrize("module", _LATE)
def test_the_window_opens_without_what_takes_long_to_load(loaded: set[str], module: str) -> None:
    assert "vexgui.gui.window" in loaded
    assert module not in loaded
