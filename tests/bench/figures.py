"""Figures as tests look at them."""

import math
from collections.abc import Iterable

from vexgui.bench.figure import Figure


def by_name(measured: Iterable[Figure]) -> dict[str, Figure]:
    """Return figures by what they are of, which no two may share; all their numbers are ones that JSON can carry."""
    figures = list(measured)
    for figure in figures:
        assert all(math.isfinite(number) and number >= 0 for number in (figure.value, *figure.peers.values()))
    named = {figure.what: figure for figure in figures}
    assert len(named) == len(figures)
    return named
