"""What can be chosen of benchmarks; apart from the rest, because every command line is read with it."""

from enum import StrEnum

USUAL_PASSAGES = 3_000


class Benchmark(StrEnum):
    """What can be measured."""

    STORE = "store"
    SEARCH = "search"
    INDEX = "index"
    WINDOW = "window"
    CODECS = "codecs"
