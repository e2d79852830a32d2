"""Draw how the time of a search grows: docs/images/growth.png and a table, measured on this machine.

python packaging/growth.py [--most 3000000] [--graphs-up-to 300000] [--threads 2]
needs the extra `bench`, the text model and, at three million vectors, 16 GB of memory.
"""

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path

from vexgui.bench.search.growth import SIZES, Point, growth
from vexgui.bench.search.real import kept_originals

_HERE = Path(__file__).resolve().parents[1]
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "vexgui"


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of vectors")
    parser.add_argument("--graphs-up-to", type=int, default=300_000, help="of how many a graph is made at most")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="that make graphs")
    parser.add_argument("--to", type=Path, default=_HERE / "docs" / "images" / "growth.png")
    given = parser.parse_args()

    def tell(sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)

    texts = kept_originals(os.fsencode(_CACHE), tell)
    sizes = [size for size in SIZES if size <= given.most]
    points: list[Point] = []
    for point in growth(texts.widened(), sizes, given.graphs_up_to, given.threads, tell):
        print(f"| {point.way} | {point.vectors:,} | {point.ms:.2f} ms | {point.recall:.3f} |", flush=True)
        points.append(point)
    draw(points, given.to)


def draw(points: list[Point], to: Path) -> None:
    """Draw time against size, a line for each way."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    lines: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        lines[point.way].append(point)
    figure, axes = plt.subplots(figsize=(9, 5.5), dpi=120)
    for way, line in lines.items():
        planned = way == "as planned"
        axes.plot(
            [point.vectors for point in line],
            [point.ms for point in line],
            "k--" if planned else "o-",
            label=way,
            linewidth=1.2 if planned else 1.8,
            markersize=4,
        )
    axes.set(xscale="log", yscale="log", xlabel="vectors of 512 dimensions", ylabel="milliseconds a query, median")
    axes.grid(which="both", alpha=0.25)
    axes.legend(frameon=False)
    figure.tight_layout()
    to.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(to)


if __name__ == "__main__":
    main()
