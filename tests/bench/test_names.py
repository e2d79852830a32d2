"""Benchmarks are found by name, and only the codecs' one looks at the user's profile."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vexgui.bench import embedding, many, photos, upkeep
from vexgui.bench.benchmarks import measured
from vexgui.bench.choices import Benchmark
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.core.errors import WorldProblem
from vexgui.system.profile import Profile, open_profile


def conditions(tmp_path: Path) -> Conditions:
    return Conditions(os.fsencode(tmp_path), lambda sentence: None, quick=True)


def nobodys_profile() -> Profile:
    raise AssertionError("the user's profile is no business of this benchmark")


@pytest.mark.parametrize(
    "benchmark",
    [Benchmark.STORE, Benchmark.SEARCH, pytest.param(Benchmark.INDEX, marks=[pytest.mark.model, pytest.mark.slow])],
)
def test_most_benchmarks_measure_without_the_users_profile(tmp_path: Path, benchmark: Benchmark) -> None:
    figure = next(measured(benchmark, conditions(tmp_path), nobodys_profile))
    assert isinstance(figure, Figure)


@pytest.mark.slow
@pytest.mark.parametrize("benchmark", [Benchmark.STORE, Benchmark.SEARCH, Benchmark.INDEX])
def test_benchmarks_come_to_their_end(tmp_path: Path, benchmark: Benchmark) -> None:
    profile = open_profile(os.fsencode(tmp_path / "profile"), {})
    folder = tmp_path / "measured"
    folder.mkdir()
    assert len(list(measured(benchmark, conditions(folder), lambda: profile))) > 5


def test_the_parts_of_a_benchmark_have_folders_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(part: Conditions) -> Iterator[Figure]:
        Path(os.fsdecode(part.folder), "taken").mkdir()
        yield Figure(os.fsdecode(part.folder), 0, "")

    for part in (embedding, photos, upkeep, many):
        monkeypatch.setattr(part, "measure", measure)
    figures = list(measured(Benchmark.INDEX, conditions(tmp_path), nobodys_profile))
    assert len({figure.what for figure in figures}) == 4


def test_codecs_are_measured_with_the_users_own_files_or_not_at_all(tmp_path: Path) -> None:
    profile = open_profile(os.fsencode(tmp_path / "profile"), {})
    with pytest.raises(WorldProblem) as caught:
        next(measured(Benchmark.CODECS, conditions(tmp_path), lambda: profile))
    assert "vexgui index" in caught.value.remedy
