"""Search: how long the best of all vectors take to be found, and how many of them are the right ones."""

from vexgui.bench.search.measuring import measure

__all__ = ["measure"]
