"""Choosing what a picture model's scores are worth, from measured cosines made up here."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from vexgui.core.hits import Band
from vexgui.core.vectors import Calibration
from vexgui.models.calibration import calibration_of
from vexgui.search.rank import band_of, likeness_strength, query_strengths
from vexgui.store.columns.scan import level_of

SCRIPT = Path(__file__).parents[2] / "packaging" / "model" / "calibrate.py"
QUERIES, PICTURES = 200, 300


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("calibrate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibrate"] = module
    spec.loader.exec_module(module)
    return module


calibrate = loaded()


class Measured:
    """Made-up cosines: every query has one fitting picture, which stands out by so much."""

    def __init__(self, stands_out: float, *, levels_apart: float = 0.0) -> None:
        chance = np.random.default_rng(7)
        levels = chance.normal(0.1, levels_apart, (QUERIES, 1))
        self.query_fits = np.eye(QUERIES, PICTURES, dtype=bool)
        self.query_cosines = chance.normal(levels, 0.05, (QUERIES, PICTURES)) + stands_out * self.query_fits
        self.like_fits = np.arange(PICTURES)[:, np.newaxis] // 5 == np.arange(PICTURES) // 5
        self.like_cosines = chance.normal(0.3, 0.08, (PICTURES, PICTURES)) + 0.4 * self.like_fits
        np.fill_diagonal(self.like_cosines, np.nan)

    def calibrated(self) -> tuple[dict[str, Any], Calibration]:
        value, _ = calibrate.calibration(self.query_cosines, self.query_fits, self.like_cosines, self.like_fits)
        return value, calibration_of(json.loads(json.dumps(value)))

    def bands(self, calibration: Calibration, *, fitting: bool) -> list[Band]:
        """Return what a search calls the best fitting, or the best unfitting, picture of each query."""
        best = np.where(self.query_fits == fitting, self.query_cosines, -1).max(axis=1)
        levels = [Level(row) for row in self.query_cosines]
        return [
            band_of(*query_strengths(calibration, (score,), level))
            for score, level in zip(best.tolist(), levels, strict=True)
        ]


class Level:
    """The level of a query's cosines, as a scan tells it."""

    def __init__(self, cosines: np.ndarray[Any, np.dtype[np.float64]]) -> None:
        self.vectors = len(cosines)
        self.middle, self.spread = level_of(cosines.astype(np.float32))


@pytest.mark.parametrize("stands_out", [0.0, 0.1, 0.2, 0.5])
@pytest.mark.parametrize("levels_apart", [0.0, 0.1])
def test_at_most_one_query_in_fifty_has_a_strong_picture_that_does_not_fit(
    stands_out: float, levels_apart: float
) -> None:
    measured = Measured(stands_out, levels_apart=levels_apart)
    _, calibration = measured.calibrated()
    wrong = measured.bands(calibration, fitting=False)
    assert wrong.count(Band.STRONG) <= QUERIES / 50
    assert wrong.count(Band.WEAK) >= QUERIES / 2 - 2


def test_what_fits_is_at_least_maybe_for_nine_queries_in_ten_where_it_stands_out() -> None:
    measured = Measured(0.25)
    _, calibration = measured.calibrated()
    right = measured.bands(calibration, fitting=True)
    assert right.count(Band.WEAK) <= QUERIES / 10
    assert right.count(Band.STRONG) > QUERIES / 2


def test_cosines_are_enough_where_all_queries_have_the_same_level() -> None:
    value, _ = Measured(0.25).calibrated()
    assert set(value["query"]) == {"cosines"}


def test_deviations_are_looked_at_where_each_query_has_a_level_of_its_own() -> None:
    value, _ = Measured(0.25, levels_apart=0.15).calibrated()
    assert "deviations" in value["query"]
    assert value["query"]["spread"] == pytest.approx(0.05, abs=0.005)


def test_pictures_that_show_the_same_are_alike_and_others_hardly_ever() -> None:
    measured = Measured(0.25)
    _, calibration = measured.calibrated()
    alike = [band_of(likeness_strength(calibration, score)) for score in (0.3, 0.7)]
    assert alike == [Band.WEAK, Band.STRONG]


def test_pairs_that_nobody_can_judge_count_for_nothing() -> None:
    measured = Measured(0.25)
    measured.query_cosines[:, -20:] = np.nan
    value, _ = measured.calibrated()
    measured.query_cosines, measured.query_fits = measured.query_cosines[:, :-20], measured.query_fits[:, :-20]
    assert measured.calibrated()[0] == value


def test_queries_that_nothing_fits_only_raise_the_bar() -> None:
    measured = Measured(0.25)
    _, before = measured.calibrated()
    measured.query_fits[: QUERIES // 2] = False
    _, after = measured.calibrated()
    assert before.cosines is not None
    assert after.cosines is not None
    assert after.cosines.strong > before.cosines.strong


def test_without_anything_that_fits_there_is_nothing_to_choose_from() -> None:
    measured = Measured(0.25)
    measured.query_fits[:] = False
    with pytest.raises(ValueError, match="must fit"):
        measured.calibrated()


def test_the_script_prints_what_belongs_into_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = Measured(0.25)
    np.savez(tmp_path / "measured.npz", **vars(measured))
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), str(tmp_path / "measured.npz")])
    calibrate.main()
    printed = capsys.readouterr()
    assert json.loads(printed.out) == measured.calibrated()[0]
    assert len(printed.err.splitlines()) == 4
