"""The benchmarks by name; each loads what it needs only when it is asked for."""

from collections.abc import Callable, Iterator

from vexgui.bench.choices import Benchmark
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.system.profile import Profile


def measured(benchmark: Benchmark, conditions: Conditions, own_profile: Callable[[], Profile]) -> Iterator[Figure]:
    """Yield a benchmark's figures as they are measured.

    Args:
        benchmark: What to measure.
        conditions: With what and where.
        own_profile: Opens the user's profile; asked for only where the user's own vectors are measured.

    Raises:
        VexError: It cannot be measured here.
    """
    match benchmark:
        case Benchmark.STORE:
            from vexgui.bench import store

            yield from store.measure(conditions)
        case Benchmark.SEARCH:
            from vexgui.bench import keystrokes, search

            yield from search.measure(conditions, lambda: own_profile().cache)
            yield from keystrokes.measure(conditions)
        case Benchmark.INDEX:
            from vexgui.bench import embedding, many, photos, upkeep

            yield from embedding.measure(conditions.for_part(b"embedding"))
            yield from photos.measure(conditions.for_part(b"photos"))
            yield from upkeep.measure(conditions.for_part(b"upkeep"))
            yield from many.measure(conditions.for_part(b"many"))
        case Benchmark.WINDOW:
            from vexgui.bench import window

            yield from window.measure(conditions)
        case Benchmark.CODECS:
            from vexgui.bench import codecs, own

            vectors = own.own_vectors(own_profile(), conditions)
            conditions.tell(f"Measuring codecs with {len(vectors.vectors):,} vectors of {vectors.space.model}.")
            yield from codecs.measure(vectors.vectors, vectors.queries)
