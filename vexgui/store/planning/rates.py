"""How long the parts of a scan take on this machine."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import inf
from typing import Self, cast

import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import CodecName
from vexgui.store.codecs import Codes, codec_named, sign_products
from vexgui.store.columns.rows import signs_of
from vexgui.store.columns.scoring import Score, Scores, scored

_BYTES = 24 << 20
"""Codes to measure with: more than a core keeps near itself."""
_FETCHED = 8
"""Of so many rows one is fetched."""
_MOST_THREADS = 4
"""What limits a scan is how fast memory is read, which a few cores do as fast as many."""
_TILE = 1024
_DIM = 512
_TIMES = 3
_TIMES_NS = {"codes_ns", "codes_fetched_ns", "signs_ns", "signs_fetched_ns"}


@dataclass(frozen=True, slots=True)
class Rates:
    """What a row costs one thread, in ns, where a vector has 512 dimensions; and what threads bring.

    Attributes:
        codes_ns: To compare a row by its codes.
        codes_fetched_ns: The same with rows that do not lie side by side.
        signs_ns: To compare a row by its signs.
        signs_fetched_ns: The same with rows that do not lie side by side.
        threads: How many threads a scan has.
        speedup: How many times as much they do together.
    """

    codes_ns: float = 60.0
    codes_fetched_ns: float = 130.0
    signs_ns: float = 15.0
    signs_fetched_ns: float = 35.0
    threads: int = 1
    speedup: float = 1.0

    @classmethod
    def of_numbers(cls, numbers: Mapping[str, object]) -> Self | None:
        """Return what `numbers` gave, None for anything else."""
        match numbers:
            case {"threads": int(threads), "speedup": float(speedup), **others} if others.keys() == _TIMES_NS:
                times = {name: ns for name, ns in others.items() if isinstance(ns, float)}
                plausible = 1 <= threads <= _MOST_THREADS and all(0 < rate < inf for rate in (speedup, *times.values()))
                return (
                    cls(**times, threads=threads, speedup=speedup) if plausible and len(times) == len(others) else None
                )
        return None

    def numbers(self) -> Mapping[str, float]:
        """Return them by name."""
        return {name: round(value, 3) if name != "threads" else value for name, value in asdict(self).items()}


def measured(name: CodecName, clock: Callable[[], float] = time.perf_counter) -> Rates:
    """Measure how long a scan of vectors in a codec takes here; it takes some 100 ms.

    Args:
        name: The codec; what learns from a space costs about what int8 does.
        clock: Seconds.
    """
    codec = codec_named(CodecName.INT8 if name is CodecName.PRINCIPAL else name)
    tile = np.random.default_rng(0).standard_normal((_TILE, _DIM), np.float32) / np.float32(np.sqrt(_DIM))
    query, times = tile[0], _BYTES // codec.row_bytes(_DIM) // _TILE
    codes = cast("Codes", np.tile(codec.encode(tile).codes, (times, 1)))
    scale, signs = np.ones(len(codes), np.float32), np.tile(signs_of(tile), (times, 1))

    def row_ns(score: Score, every: int, threads: int = 1) -> float:
        slots = np.arange(0, len(codes), every)
        spent = []
        for _ in range(_TIMES):
            started = clock()
            scored(slots, score, _TILE, threads, _FETCHED / 2)
            spent.append(clock() - started)
        return max(min(spent) * 1e9 / len(slots), 0.1)

    def by_codes(index: slice | NDArray[np.int64]) -> Scores:
        return codec.scores(codes[index], scale[index], query)

    def by_signs(index: slice | NDArray[np.int64]) -> Scores:
        return sign_products(signs[index], query)

    threads = min(len(os.sched_getaffinity(0)), _MOST_THREADS)
    codes_ns = row_ns(by_codes, 1)
    speedup = max(1.0, codes_ns / row_ns(by_codes, 1, threads)) if threads > 1 else 1.0
    fetched = row_ns(by_codes, _FETCHED), row_ns(by_signs, 1), row_ns(by_signs, _FETCHED)
    return Rates(codes_ns, *fetched, threads=threads, speedup=speedup)
