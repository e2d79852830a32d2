"""The command ``bench``: runs benchmarks and shows their figures as they come.

It needs no engine and asks no owner: what it measures lies in folders of its own, and it would disturb the owner.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Protocol

from vexgui.bench.choices import Benchmark
from vexgui.bench.conditions import Conditions, working_folder
from vexgui.bench.figure import Figure
from vexgui.cli import arguments as args
from vexgui.cli.encode import as_json
from vexgui.cli.guard import DONE, NOT_ALL, told
from vexgui.cli.progress import StepLine
from vexgui.core.errors import WorldProblem
from vexgui.engine.terminal import Terminal
from vexgui.system.profile import Profile

_WHAT_COLUMNS = 84
_MEASURED_COLUMNS = 18
_WHOLE_FROM = 100


class Measured(Protocol):
    """Measures; see `vexgui.bench.benchmarks.measured`."""

    def __call__(
        self, benchmark: Benchmark, conditions: Conditions, own_profile: Callable[[], Profile], /
    ) -> Iterator[Figure]:
        """Yield figures."""
        ...


def bench(
    arguments: args.Bench, terminal: Terminal, measured: Measured, own_profile: Callable[[], Profile], place: bytes
) -> int:
    """Run the benchmarks asked for, or all of them; one that cannot be run here does not hinder the others.

    Args:
        arguments: Which, and how.
        terminal: Where the figures go.
        measured: Measures.
        own_profile: Opens the user's profile.
        place: The folder to work in; b"" for the system's place for temporary files.

    Raises:
        VexError: The only benchmark asked for cannot be run here.
    """
    chosen = arguments.benchmarks or tuple(Benchmark)
    figures: list[Figure] = []
    code = DONE
    for benchmark in chosen:
        head = f"{benchmark}\n"
        try:
            with working_folder(place) as folder, closing(StepLine(terminal)) as line:
                conditions = Conditions(folder, line.tell, arguments.quick, arguments.vectors, arguments.passages)
                for figure in measured(benchmark, conditions, own_profile):
                    line.close()
                    figures.append(figure)
                    if not arguments.json:
                        terminal.out(head + figure_text(figure))
                        head = ""
        except WorldProblem as problem:
            if len(chosen) == 1:
                raise
            told(problem, terminal)
            code = NOT_ALL
    if arguments.json:
        terminal.out(as_json(tuple(figures)))
    return code


def figure_text(figure: Figure) -> str:
    """Return a figure's row of a table, and a row for each peer."""
    measured = f"{number_text(figure.value)} {figure.unit}".rstrip()
    rows = [f"  {figure.what:<{_WHAT_COLUMNS}}  {measured:>{_MEASURED_COLUMNS}}{_aim_text(figure)}"]
    for name, peer in figure.peers.items():
        value = f"{number_text(peer)} {figure.unit}".rstrip()
        ratio = _ratio_text(figure, peer)
        rows.append(f"      {'beside it: ' + name:<{_WHAT_COLUMNS - 4}}  {value:>{_MEASURED_COLUMNS}}  {ratio}")
    return "".join(f"{row.rstrip()}\n" for row in rows)


def number_text(value: float) -> str:
    """Return a number with three digits that count, or all of them before the point."""
    return f"{value:,.0f}" if abs(value) >= _WHOLE_FROM else f"{value:.3g}"


def _aim_text(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    verdict = "met" if figure.met else "missed"
    return f"  aim {'≥' if figure.more_is_better else '≤'} {number_text(figure.aim)}: {verdict}"


def _ratio_text(figure: Figure, peer: float) -> str:
    if not figure.value or not peer:
        return ""  # nothing is so many times nothing
    times = figure.times_better(peer)
    return f"{number_text(times)} × better" if times >= 1 else f"{number_text(1 / times)} × worse"
