"""Records: what one vector takes on a file, and how long it takes to be read from there."""

from collections.abc import Callable, Iterator

import numpy as np

from vexgui.bench.blobs import blob_bytes
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure, median_s
from vexgui.bench.made_up import DIM, SPACE, clustered
from vexgui.bench.store.vectorvfs import OWN_DIM, attribute
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName
from vexgui.store.format import RECORD_MAX_BYTES
from vexgui.store.record import UNSAID, Fingerprint, Record, SpaceVectors, fitted, pack_record, unpack_record

_ROUNDS, _QUICK_ROUNDS = 2_000, 20
_ROWS, _QUICK_ROWS = 20_000, 500
_KEY = bytes(32)
_MOST_US = 8.0
_MOST_BYTES = 620


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure a record of one vector in int8, as most files have."""
    rounds = _QUICK_ROUNDS if conditions.quick else _ROUNDS
    vectors = clustered(np.random.default_rng(1), _QUICK_ROWS if conditions.quick else _ROWS)
    part = SpaceVectors(SPACE.id, np.zeros(1, np.uint32), vectors[:1])
    value = pack_record(_made(part), _KEY)
    conditions.tell("Reading VectorVFS' attributes.")
    theirs, of_ours_dim = attribute(OWN_DIM, rounds), attribute(DIM, rounds)
    yield Figure(
        f"read a record of one vector: parse, verify, {DIM} components ready",
        _each_us(lambda: unpack_record(value, _KEY).sections[0].vectors, rounds),
        "µs",
        peers={
            f"VectorVFS, {OWN_DIM} components": theirs.decode_us,
            f"VectorVFS, {DIM} components": of_ours_dim.decode_us,
            "nothing but np.frombuffer of the codes": _each_us(lambda: np.frombuffer(value, np.int8, DIM), rounds),
        },
        aim=_MOST_US,
    )
    yield Figure(
        f"write a record of one vector: quantize, sign, {DIM} components",
        _each_us(lambda: pack_record(_made(part), _KEY), rounds),
        "µs",
    )
    conditions.tell("Filling a table of rclip's.")
    yield Figure(
        "a file's record of one vector",
        len(value),
        "B",
        peers={
            f"VectorVFS, {OWN_DIM} components": theirs.value_bytes,
            f"VectorVFS, {DIM} components": of_ours_dim.value_bytes,
            "rclip, a row of its table": blob_bytes(joined(conditions.folder, b"rows.db"), vectors),
        },
        aim=_MOST_BYTES,
    )


def _made(part: SpaceVectors) -> Record:
    return Record(1, UNSAID, 1, Fingerprint(1, 1, bytes(16)), fitted([part], CodecName.INT8, RECORD_MAX_BYTES))


def _each_us(action: Callable[[], object], rounds: int) -> float:
    """Return the time of an action in microseconds, without the clock's own."""

    def repeated() -> None:
        for _ in range(rounds):
            action()

    return median_s(repeated, 5) / rounds * 1e6
