"""Page sizes: how quickly columns of each are written in commits, scanned, and read row by row."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

import numpy as np

from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, median_s, taken_s
from vexgui.bench.made_up import DIM, SPACE, clustered
from vexgui.core.arrays import Vectors
from vexgui.core.files import Kind
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.columns import Access, SpaceColumns, row_bytes
from vexgui.store.columns.rows import made_rows
from vexgui.store.columns.scan import Searched, scanned
from vexgui.store.format import PAGE_BYTES, PAGE_CHOICES
from vexgui.store.rows import Stamp
from vexgui.store.spaces import make_folder

_ROWS, _QUICK_ROWS = 100_000, 2_000
_COMMITS = 50
_READ_AT_RANDOM = 10_000
_TIMES = 3
_BEST = 10
_STAMP = Stamp(Kind.TEXT, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class _Rates:
    """MB a second, of a page size."""

    written: float
    scanned: float
    read_at_random: float


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure every page size; the usual one is the figure, the others stand beside it."""
    vectors = clustered(np.random.default_rng(8), _QUICK_ROWS if conditions.quick else _ROWS)
    rates: dict[int, _Rates] = {}
    for page_bytes in PAGE_CHOICES:
        conditions.tell(f"Writing columns with pages of {page_bytes // 1024} KiB.")
        folder = joined(conditions.folder, b"pages of %d" % page_bytes)
        make_folder(folder)
        rates[page_bytes] = _rates(folder, vectors, page_bytes)
    usual = rates.pop(PAGE_BYTES)
    of: Callable[[_Rates], float]
    for what, of in (
        (f"write columns in {_COMMITS} commits, on the disk", attrgetter("written")),
        ("scan codes", attrgetter("scanned")),
        ("read whole rows at random", attrgetter("read_at_random")),
    ):
        yield Figure(
            f"{what}, pages of {PAGE_BYTES // 1024} KiB, cache warm",
            of(usual),
            "MB/s",
            peers={f"pages of {page_bytes // 1024} KiB": of(rate) for page_bytes, rate in rates.items()},
            more_is_better=True,
        )


def _rates(folder: bytes, vectors: Vectors, page_bytes: int) -> _Rates:
    codec = codec_named(CodecName.INT8)
    count = len(vectors)
    rows = made_rows(codec, vectors, np.arange(count), [(_STAMP, count)], 1)
    slots = np.arange(count)
    some = np.random.default_rng(9).permutation(slots)[:_READ_AT_RANDOM]
    with closing(SpaceColumns(folder, SPACE.id, 1, DIM, codec, Access.CREATE, page_bytes)) as columns:

        def commit(part: slice) -> None:
            columns.reserve(part.stop)
            columns.write(slots[part], rows.at(part))
            columns.flush()

        size = count // _COMMITS
        written_s = sum(taken_s(partial(commit, slice(start, start + size))) for start in range(0, count, size))
        there = columns.rows()
        of = Searched(there, slots, codec)
        scanned_s = median_s(lambda: scanned(of, slots, vectors[0], _BEST), _TIMES)
        read_s = median_s(lambda: there.at(some), _TIMES)
    width = row_bytes(codec, DIM)
    return _Rates(
        count * width / written_s / 1e6,
        count * codec.row_bytes(DIM) / scanned_s / 1e6,
        len(some) * width / read_s / 1e6,
    )
