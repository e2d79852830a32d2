"""Draws one picture of a random kind."""

from collections.abc import Callable

from scenes import charts, diagrams, documents, landscapes, moments, objects, screens, shapes
from scenes.chance import Rng, weighted
from scenes.scene import Scene

Kind = Callable[[Rng, int], Scene]

KINDS: tuple[tuple[Kind, float], ...] = (
    (objects.one_thing, 26),
    (landscapes.landscape, 16),
    (moments.moment, 24),
    (charts.chart, 8),
    (documents.document, 10),
    (screens.screen, 10),
    (diagrams.diagram, 4),
    (objects.many_of_one, 5),
    (objects.different_things, 7),
    (objects.sign, 3),
    (shapes.counted_shapes, 5),
    (shapes.two_shapes, 3),
    (shapes.pattern, 3),
)
"""The kinds with their weights; the weights are those of a mix that spends most on what people photograph and keep."""


def draw(rng: Rng, size_px: int) -> Scene:
    """Return a picture of size_px by size_px of a random kind; the same generator state gives the same picture."""
    return weighted(rng, KINDS)(rng, size_px)
