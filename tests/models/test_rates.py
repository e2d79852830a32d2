"""Speeds are remembered for the computer they were measured on, and for no other."""

from pathlib import Path

import pytest

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
    [b"", b"{", b"[]", b"\xff", b'{"here": 5}', b'{"here": {"a": "fast", "b": -1, "c": NaN, "d": 0, "e": null}}'],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "models" / "rates.json"
    file.parent.mkdir()
    file.write_bytes(content)
    rates = Rates(bytes(tmp_path), lambda: "here")
    assert rates.known() == {}
    rates.remember("ViT-B-32-256", 5.0)
    assert rates.known() == {"ViT-B-32-256": 5.0}


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    rates = Rates(bytes(tmp_path))
    rates.remember("ViT-B-32-256", 5.0)
    assert rates.known() == {}


def test_the_computer_is_named_by_what_makes_models_fast() -> None:
    assert this_computer().startswith("torch ")
    assert this_computer() == this_computer()
