"""Churn: files go and others come, many times over; how much room is lost, and whether passages stay together.

The allocators alone are compared first, with the same files; then the store itself is churned and compacted.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.bench.made_up import DIM, SPACE, clustered
from vexgui.bench.store.filled import disk_bytes, document, document_path
from vexgui.bench.store.placements import Append, Buddy, FirstFit, Placement
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.columns import row_bytes
from vexgui.store.store import Store

ROUNDS = 50
_FILES, _QUICK_FILES = 10_000, 200
_STORED, _QUICK_STORED = 5_000, 50
_LEAVING = 0.1
_MOST_PASSAGES = 300
_MEDIAN_PASSAGES = 12
_SPREAD = 1.3
_MOST_LOST_PERCENT = 15.0
_MOST_LOST_COMPACTED_PERCENT = 1.0
_PEERS: Mapping[str, Callable[[], Placement]] = {"first fit": FirstFit, "append, compacted when 15 % is lost": Append}


@dataclass(frozen=True, slots=True)
class Round:
    """What goes and what comes in one round: files by number, and how many passages the new ones have."""

    leaving: tuple[int, ...]
    coming: dict[int, int]


@dataclass(frozen=True, slots=True)
class Churned:
    """What a way of laying files came to: shares of 1, slots copied for each slot filled, and files a second."""

    lost: float
    whole: float
    moved: float
    files_a_second: float


def rounds(files: int) -> Iterator[Round]:
    """Yield a first filling, then rounds in which a tenth of the files goes and as many come; always the same."""
    random = np.random.default_rng(19)
    here: list[int] = []
    there = 0
    for number in range(ROUNDS + 1):
        count = int(files * _LEAVING) if number else files
        leaving = set(random.choice(len(here), count, replace=False).tolist()) if number else set()
        coming = dict(zip(range(there, there + count), _sizes(random, count), strict=True))
        yield Round(tuple(here[place] for place in leaving), coming)
        here = [file for place, file in enumerate(here) if place not in leaving] + list(coming)
        there += count


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure the allocator beside others, then the store."""
    yield from _allocators(_QUICK_FILES if conditions.quick else _FILES, conditions)
    yield from _store(_QUICK_STORED if conditions.quick else _STORED, conditions)


def _allocators(files: int, conditions: Conditions) -> Iterator[Figure]:
    conditions.tell(f"Churning {files:,} documents.")
    ours = _churned(Buddy(), files)
    peers = {name: _churned(make(), files) for name, make in _PEERS.items()}
    what = f"after {ROUNDS} rounds of churn of {files:,} documents"
    yield Figure(
        f"slots lost to fragmentation {what}",
        ours.lost * 100,
        "%",
        peers={name: peer.lost * 100 for name, peer in peers.items()},
        aim=_MOST_LOST_PERCENT,
    )
    yield Figure(
        f"documents whose passages lie in one run {what}",
        ours.whole * 100,
        "%",
        peers={name: peer.whole * 100 for name, peer in peers.items()},
        more_is_better=True,
    )
    yield Figure(
        "slots copied to keep it so, for each slot filled",
        ours.moved,
        "",
        peers={name: peer.moved for name, peer in peers.items()},
    )
    yield Figure(
        "documents laid and let go",
        ours.files_a_second,
        "/s",
        peers={name: peer.files_a_second for name, peer in peers.items()},
        more_is_better=True,
    )


def _store(files: int, conditions: Conditions) -> Iterator[Figure]:
    folder = joined(conditions.folder, b"churned")
    vectors = clustered(np.random.default_rng(20), _MOST_PASSAGES)
    with closing(Store(folder, CodecName.INT8, writable=True)) as store:
        store.ensure_space(SPACE)
        for number, one in enumerate(rounds(files)):
            conditions.tell(f"Churning a store: {number} of {ROUNDS} rounds.")
            store.forget([document_path(file) for file in one.leaving])
            store.commit([document(file, vectors[:count]) for file, count in one.coming.items()])
        store.tidy()
        churned, churned_bytes = _lost(store), _column_bytes(folder)
        conditions.tell("Compacting a store.")
        store.compact()
        compacted, compacted_bytes = _lost(store), _column_bytes(folder)
        live_bytes = store.count_vectors(SPACE.id) * row_bytes(codec_named(CodecName.INT8), DIM)
    what = f"{ROUNDS} rounds of churn in a store of {files:,} documents"
    yield Figure(f"slots lost after {what}", churned * 100, "%", aim=_MOST_LOST_PERCENT)
    yield Figure("slots lost after its compaction", compacted * 100, "%", aim=_MOST_LOST_COMPACTED_PERCENT)
    yield Figure(
        "its columns, compacted",
        compacted_bytes / 1e6,
        "MB",
        peers={"before": churned_bytes / 1e6, "rows alone, without pages": live_bytes / 1e6},
    )


def _lost(store: Store) -> float:
    """Return which share of slots is free among those up to the highest one in use."""
    with store.snapshot() as snapshot:
        kept = snapshot.catalog.space(SPACE.id)
        assert kept is not None
        live = snapshot.live(snapshot.opened(kept))
    return 1 - len(live) / (int(live[-1]) + 1)


def _column_bytes(folder: bytes) -> int:
    """Return the lengths of the columns in force."""
    return sum(disk_bytes(entry.path) for entry in os.scandir(folder) if entry.is_dir())


def _sizes(random: np.random.Generator, count: int) -> list[int]:
    """Return numbers of passages as documents have them: most few, some very many."""
    drawn = random.lognormal(np.log(_MEDIAN_PASSAGES), _SPREAD, count)
    return [int(size) for size in np.clip(drawn, 1, _MOST_PASSAGES)]


def _churned(placement: Placement, files: int) -> Churned:
    started = time.perf_counter()
    filled = handled = 0
    for one in rounds(files):
        placement.delete(one.leaving)
        placement.insert(one.coming)
        filled += sum(one.coming.values())
        handled += len(one.leaving) + len(one.coming)
    seconds = time.perf_counter() - started
    return Churned(placement.lost, placement.whole, placement.moved / filled, handled / seconds)
