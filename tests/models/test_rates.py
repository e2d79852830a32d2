"""Speeds are remembered for the computer they were measured on, and for no other."""

import math
from pathlib import Path

import pytest

from vexgui.models.machine import Measurements
from vexgui.models.rates import Rates, this_computer


def test_a_speed_is_remembered(tmp_path: Path) -> None:
    Rates(bytes(tmp_path)).remember("ViT-B-32-256", 138.25)
    Rates(bytes(tmp_path)).remember("MobileCLIP2-S0", 60.0)
    assert Rates(bytes(tmp_path)).known() == {"ViT-B-32-256": 138.25, "MobileCLIP2-S0": 60.0}


def test_another_computer_or_another_torch_has_to_be_measured_again(tmp_path: Path) -> None:
    Rates(bytes(tmp_path), lambda: "slow").remember("ViT-B-32-256", 3.0)
    assert Rates(bytes(tmp_path), lambda: "quick").known() == {}
    Rates(bytes(tmp_path), lambda: "quick").remember("ViT-B-32-256", 300.0)
    assert Rates(bytes(tmp_path), lambda: "slow").known() == {"ViT-B-32-256": 3.0}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"here: a": 5}', b'{"here: a": {"at_s": NaN, "found": 5}}'],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "models" / "rates.json"
    file.parent.mkdir()
    file.write_bytes(content)
    rates = Rates(bytes(tmp_path), lambda: "here")
    assert rates.known() == {}
    rates.remember("ViT-B-32-256", 5.0)
    assert rates.known() == {"ViT-B-32-256": 5.0}


@pytest.mark.parametrize("rate", ["fast", -1, math.nan, math.inf, 0, None, [5]])
def test_what_is_no_speed_counts_as_none(tmp_path: Path, rate: object) -> None:
    Measurements(bytes(tmp_path / "models" / "rates.json")).add({"here: a": rate, "here: b": 7})
    assert Rates(bytes(tmp_path), lambda: "here").known() == {"b": 7.0}


@pytest.mark.parametrize(("days", "known"), [(0, True), (29, True), (31, False), (-1, True), (-31, False)])
def test_what_was_measured_is_believed_for_thirty_days(tmp_path: Path, days: int, known: bool) -> None:
    then = Measurements(bytes(tmp_path / "measured"), lambda: 1e9)
    now = Measurements(then.path, lambda: 1e9 + days * 86_400)
    then.add({"a": 1})
    assert now.read() == ({"a": 1} if known else {})
    now.add({"b": 2})
    assert now.read() == ({"a": 1, "b": 2} if known else {"b": 2})


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    rates = Rates(bytes(tmp_path))
    rates.remember("ViT-B-32-256", 5.0)
    assert rates.known() == {}


def test_the_computer_is_named_by_what_makes_models_fast() -> None:
    assert this_computer().startswith("torch ")
    assert this_computer() == this_computer()
