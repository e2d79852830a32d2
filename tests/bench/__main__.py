"""Measures the window and prints the figures: ``python -m tests.bench``; ``vexgui bench`` measures the rest."""

from tests.bench.bench_window import measure
from vexgui.cli.bench import figure_text


def main() -> None:
    """Print each figure as it is measured."""
    print("window", flush=True)
    for figure in measure():
        print(figure_text(figure), end="", flush=True)


if __name__ == "__main__":
    main()
