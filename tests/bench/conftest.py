"""Benchmarks are run with little."""

import os
from pathlib import Path

import pytest

from vexgui.bench.conditions import Conditions


@pytest.fixture
def conditions(tmp_path: Path) -> Conditions:
    """Return conditions under which everything takes seconds."""
    return Conditions(os.fsencode(tmp_path), lambda sentence: None, quick=True)
