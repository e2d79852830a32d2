"""The vector store's own measurements: records, inserting, opening, page sizes, churn."""

from collections.abc import Iterator

from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.bench.store import churn, inserting, opening, pages, records


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure all of it; nothing is measured twice, rebuild and re-scan belong to `vexgui.bench.upkeep`."""
    for part in (records, inserting, opening, pages, churn):
        yield from part.measure(conditions)
