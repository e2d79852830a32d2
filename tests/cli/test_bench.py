"""The command ``bench`` shows figures as they come, as rows and as JSON."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.runner import Runner, Screen
from vexgui.bench import benchmarks
from vexgui.bench.choices import Benchmark
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.cli import arguments as args
from vexgui.cli.bench import bench, figure_text
from vexgui.core.errors import WorldProblem
from vexgui.system.profile import Profile

FIGURES = {
    Benchmark.SEARCH: (
        Figure("search", 4.7, "ms", peers={"blobs": 365.4, "matrix": 2.35}, aim=10),
        Figure("recall", 0.97, "", aim=0.98, more_is_better=True),
    ),
    Benchmark.INDEX: (Figure("files", 1234.5, "files/s", more_is_better=True),),
}


class Fakes:
    """Benchmarks that measure nothing, and remember their conditions."""

    def __init__(self) -> None:
        self.conditions: list[Conditions] = []

    def __call__(
        self, benchmark: Benchmark, conditions: Conditions, own_profile: Callable[[], Profile], /
    ) -> Iterator[Figure]:
        self.conditions.append(conditions)
        assert os.listdir(conditions.folder) == []
        conditions.tell(f"Measuring {benchmark}.")
        if benchmark is Benchmark.CODECS:
            own_profile()
        yield from FIGURES.get(benchmark, ())


def no_profile() -> Profile:
    raise WorldProblem("None of your files are indexed yet.", "Index a folder first: vexgui index DIR.")


@pytest.fixture
def fakes() -> Fakes:
    return Fakes()


def run(fakes: Fakes, screen: Screen, place: Path, *chosen: Benchmark, json: bool = False, quick: bool = False) -> int:
    arguments = args.Bench(benchmarks=chosen, json=json, quick=quick, vectors=7, passages=9)
    return bench(arguments, screen.terminal, fakes, no_profile, os.fsencode(place))


def test_figures_are_rows_with_aims_and_with_what_they_are_compared_with(fakes: Fakes, tmp_path: Path) -> None:
    screen = Screen()
    assert run(fakes, screen, tmp_path, Benchmark.SEARCH, Benchmark.INDEX) == 0
    assert [line.split() for line in screen.out.splitlines()] == [
        ["search"],
        ["search", "4.7", "ms", "aim", "≤", "10:", "met"],
        ["beside", "it:", "blobs", "365", "ms", "77.7", "×", "better"],
        ["beside", "it:", "matrix", "2.35", "ms", "2", "×", "worse"],
        ["recall", "0.97", "aim", "≥", "0.98:", "missed"],
        ["index"],
        ["files", "1,234", "files/s"],
    ]


def test_figures_in_json_are_one_array_with_exactly_the_promised_members(fakes: Fakes, tmp_path: Path) -> None:
    screen = Screen()
    assert run(fakes, screen, tmp_path, Benchmark.SEARCH, Benchmark.INDEX, json=True) == 0
    assert json.loads(screen.out) == [
        {
            "what": "search",
            "value": 4.7,
            "unit": "ms",
            "peers": {"blobs": 365.4, "matrix": 2.35},
            "aim": 10,
            "met": True,
        },
        {"what": "recall", "value": 0.97, "unit": "", "peers": {}, "aim": 0.98, "met": False},
        {"what": "files", "value": 1234.5, "unit": "files/s", "peers": {}, "aim": None, "met": None},
    ]


def test_each_benchmark_has_the_conditions_asked_for_and_a_folder_of_its_own(fakes: Fakes, tmp_path: Path) -> None:
    run(fakes, Screen(), tmp_path, Benchmark.SEARCH, Benchmark.INDEX, quick=True)
    assert len({conditions.folder for conditions in fakes.conditions}) == 2
    assert {(seen.quick, seen.vectors, seen.passages) for seen in fakes.conditions} == {(True, 7, 9)}
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_to_standard_error(fakes: Fakes, tmp_path: Path) -> None:
    screen = Screen()
    run(fakes, screen, tmp_path, Benchmark.INDEX)
    assert screen.err == "Measuring index.\n"


def test_progress_on_a_screen_is_gone_before_a_figure_is_shown(fakes: Fakes, tmp_path: Path) -> None:
    screen = Screen(columns=12)
    run(fakes, screen, tmp_path, Benchmark.INDEX)
    assert screen.err.startswith("\r\x1b[KMeasuring i\r\x1b[K")
    assert "\n" not in screen.err


def test_a_benchmark_that_cannot_be_run_does_not_hinder_the_others(fakes: Fakes, tmp_path: Path) -> None:
    screen = Screen()
    assert run(fakes, screen, tmp_path, json=True) == 1
    assert len(json.loads(screen.out)) == 3
    assert len(fakes.conditions) == len(Benchmark)
    assert screen.err.endswith("vexgui: None of your files are indexed yet. Index a folder first: vexgui index DIR.\n")


def test_the_only_benchmark_that_cannot_be_run_is_the_commands_failure(fakes: Fakes, tmp_path: Path) -> None:
    with pytest.raises(WorldProblem):
        run(fakes, Screen(), tmp_path, Benchmark.CODECS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "text"), [(0.01234, "0.0123"), (4.0, "4"), (99.94, "99.9"), (100.4, "100"), (1_234_567.0, "1,234,567")]
)
def test_numbers_have_the_digits_that_count(value: float, text: str) -> None:
    assert figure_text(Figure("x", value, "")).split() == ["x", text]


@pytest.mark.parametrize(("value", "peer"), [(0.0, 2.0), (2.0, 0.0)])
def test_nothing_is_so_many_times_nothing(value: float, peer: float) -> None:
    assert figure_text(Figure("x", value, "B", peers={"y": peer})).split()[-1] == "B"


def test_measuring_opens_no_engine_and_makes_no_profile(
    vexgui: Runner, fakes: Fakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmarks, "measured", fakes)
    monkeypatch.setenv("VEXGUI_BENCH_DIR", os.fspath(tmp_path))
    assert vexgui("bench", "search", "index", "--json") == 0
    assert len(json.loads(vexgui.screen.out)) == 3
    assert {os.path.dirname(seen.folder) for seen in fakes.conditions} == {os.fsencode(tmp_path)}
    assert not vexgui.engines
    assert not vexgui.profile.exists()


def test_the_folder_named_counts_more_than_the_environment(
    vexgui: Runner, fakes: Fakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmarks, "measured", fakes)
    monkeypatch.setenv("VEXGUI_BENCH_DIR", "/nowhere")
    assert vexgui("bench", "search", "--folder", os.fspath(tmp_path)) == 0
    assert vexgui("bench", "search") == 2
    assert "--folder DIR" in vexgui.screen.err


def test_the_users_profile_is_opened_where_it_is_measured(
    vexgui: Runner, fakes: Fakes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmarks, "measured", fakes)
    assert vexgui("bench", "codecs") == 0
    assert (vexgui.profile / "data").is_dir()
