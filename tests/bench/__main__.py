"""Runs the benchmarks and prints their figures: ``python -m tests.bench [NAME…]``."""

import importlib
import sys

from tests.bench.measure import HEADER

_ALL = ("search", "index", "scan", "window")


def main() -> None:
    """Print a table for each benchmark named on the command line, or for all."""
    for name in sys.argv[1:] or _ALL:
        print(f"\n{name}\n\n{HEADER}", flush=True)
        for figure in importlib.import_module(f"tests.bench.bench_{name}").measure():
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
