"""Measures the window's first answer and prints it: ``python -m tests.bench``; ``vexgui bench`` measures the rest."""

from argparse import ArgumentParser

from tests.bench.bench_window import measure
from vexgui.cli.bench import figure_text


def main() -> None:
    """Print each figure as it is measured."""
    ArgumentParser(
        prog="python -m tests.bench", description="Measure the window's first answer; it takes a minute."
    ).parse_args()
    print("window", flush=True)
    for figure in measure():
        print(figure_text(figure), end="", flush=True)


if __name__ == "__main__":
    main()
