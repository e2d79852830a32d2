"""Typing is measured with names that are like people's, and the same ones each time. No speed is asserted here."""

import os
from pathlib import Path

from vexgui.bench import keystrokes
from vexgui.bench.conditions import Conditions
from vexgui.bench.made_up_names import made_up_names


def test_made_up_names_are_the_same_for_a_seed_and_can_be_names() -> None:
    names = list(made_up_names(2000))
    assert names == list(made_up_names(2000)) != list(made_up_names(2000, seed=2))
    assert all(name and len(name) < 256 and b"/" not in name and b"\0" not in name for name in names)
    assert len(set(names)) > 1500
    assert sum(b"jpg" in name for name in names) > 100
    assert any(not name.isascii() for name in names)


def test_names_and_words_are_measured_beside_slower_ways_at_each_number_of_files(tmp_path: Path) -> None:
    conditions = Conditions(os.fsencode(tmp_path), lambda sentence: None, quick=True, vectors=300)
    figures = list(keystrokes.measure(conditions))
    assert len({figure.what for figure in figures}) == len(figures) == 4
    assert {figure.aim for figure in figures} == {10.0}
    assert all(figure.value > 0 and len(figure.peers) == 1 for figure in figures)
