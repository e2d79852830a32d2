"""Graphs made in the background, a little at a time, where following one is quicker than any scan."""

import logging
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.errors import DiskFull, PermissionProblem, VexError
from vexgui.core.paths import joined
from vexgui.core.vectors import SpaceId
from vexgui.store.columns.scan import Searched, scanned
from vexgui.store.graph import Graph, GraphUnfit, Growing, are_available, loaded, memory_bytes
from vexgui.store.planning.following import Followed
from vexgui.store.planning.plan import scan_ms
from vexgui.store.planning.rates import Rates
from vexgui.store.snapshot import Snapshot
from vexgui.store.spaces import OpenSpace
from vexgui.system.memory import available_bytes

_log = logging.getLogger(__name__)
_FILE = b"graph"
_LEAST_RECALL = 0.95
_CHANGED = 0.1
"""When so large a share has changed a graph is made anew."""
_PART = 512
"""So many vectors take a core half a second at most: nobody who closes the program waits longer."""
_QUERIES = 40
_BEST = 10
_USUAL_COUNT = 100
_MEMORY_SHARE = 4


@dataclass(frozen=True, slots=True)
class Worth:
    """When a graph is made.

    Attributes:
        scan_ms: Where the quickest scan takes longer than this. What is quicker nobody who types can feel, and a graph
            takes four times the memory of the vectors and minutes to make.
        memory_bytes: Tells how much memory there is to spare; a graph may take a quarter of it.
    """

    scan_ms: float = 25.0
    memory_bytes: Callable[[], int] = available_bytes


@dataclass(slots=True, eq=False)
class _Begun:
    """A graph that is being made: of which slots, and how many of them are in it."""

    growing: Growing
    epoch: int
    slots: NDArray[np.int64]
    done: int = 0


class GraphMaker:
    """Makes graphs, loads them, follows them up and lets them go; asked by one thread at a time.

    Args:
        worth: When a graph is made.
    """

    def __init__(self, worth: Worth | None = None) -> None:
        self._worth = worth or Worth()
        self._begun: dict[tuple[SpaceId, int], _Begun] = {}
        self._looked: set[tuple[SpaceId, int]] = set()
        self._unfit: dict[tuple[SpaceId, int], int] = {}

    def step(self, snapshot: Snapshot, rates: Rates, stop: threading.Event, seconds: float) -> bool:
        """Do some of what is to be done, for about so many seconds or until it is stopped.

        Returns:
            Whether a graph is half made.
        """
        until_s = time.monotonic() + seconds
        kept_spaces = snapshot.spaces()
        current = {(kept.space.id, kept.generation) for kept in kept_spaces}
        self._begun = {key: begun for key, begun in self._begun.items() if key in current}
        for kept in kept_spaces:
            opened = snapshot.opened(kept)
            if opened.followed is not None:
                self._follow_up(snapshot, opened)
            if opened.followed is None and self._pays(snapshot, opened, rates):
                self._make(snapshot, opened, lambda: stop.is_set() or time.monotonic() > until_s)
        return bool(self._begun)

    def _follow_up(self, snapshot: Snapshot, opened: OpenSpace) -> None:
        """Let a graph go that much has changed since, or that does not find what it was asked for."""
        followed = opened.followed
        assert followed is not None
        state = snapshot.state(opened)
        if followed.changed(state) > _CHANGED:
            opened.followed = None
            return
        if len(followed.asked) < (followed.asked.maxlen or 0):
            return
        asked = list(followed.asked)
        followed.asked.clear()
        if judged(followed.graph, snapshot.searched(opened), asked).recall < _LEAST_RECALL:
            self._give_up(opened, len(snapshot.live(opened)))

    def _give_up(self, opened: OpenSpace, vectors: int) -> None:
        opened.followed = None
        self._unfit[_key(opened)] = vectors
        _log.info("A graph of %s found too little", opened.kept.space.id)

    def _pays(self, snapshot: Snapshot, opened: OpenSpace, rates: Rates) -> bool:
        if not are_available():
            return False
        vectors, dim = len(snapshot.live(opened)), opened.kept.space.dim
        failed_with = self._unfit.get(_key(opened))
        if failed_with is not None and abs(vectors - failed_with) <= _CHANGED * failed_with:
            return False
        pays = scan_ms(vectors, dim, _USUAL_COUNT, rates) > self._worth.scan_ms
        begun = _key(opened) in self._begun
        return pays and (begun or memory_bytes(vectors, dim) * _MEMORY_SHARE <= self._worth.memory_bytes())

    def _make(self, snapshot: Snapshot, opened: OpenSpace, enough: Callable[[], bool]) -> None:
        key = _key(opened)
        if key not in self._looked:
            self._looked.add(key)
            graph = self._kept(snapshot, opened)
            if graph is not None and self._take_up(snapshot, opened, graph):
                return
        begun = self._begun.get(key)
        if begun is None:
            slots = snapshot.live(opened)
            space = opened.kept.space
            growing = Growing(space.id, opened.kept.generation, space.dim, snapshot.epoch, len(slots))
            begun = self._begun[key] = _Begun(growing, snapshot.epoch, slots)
        while begun.done < len(begun.slots) and not enough():
            part = begun.slots[begun.done : begun.done + _PART]
            begun.growing.add(*_still_there(snapshot, opened, part, begun.epoch))
            begun.done += len(part)
        if begun.done >= len(begun.slots):
            del self._begun[key]
            graph = begun.growing.grown()
            if self._take_up(snapshot, opened, graph):
                _save(graph, joined(opened.columns.folder, _FILE))

    def _kept(self, snapshot: Snapshot, opened: OpenSpace) -> Graph | None:
        """Return the graph that an earlier run has made, None where there is none that is whole."""
        space = opened.kept.space
        try:
            path = joined(opened.columns.folder, _FILE)
            return loaded(path, space.id, opened.kept.generation, space.dim, snapshot.epoch)
        except VexError as error:
            _log.info("A graph is made anew: %s", error)
            return None

    def _take_up(self, snapshot: Snapshot, opened: OpenSpace, graph: Graph) -> bool:
        """Have a graph be followed, if it finds enough and is not out of date."""
        verdict = judged(graph, snapshot.searched(opened))
        followed = Followed(graph, verdict.query_ms)
        if followed.changed(snapshot.state(opened)) > _CHANGED:
            return False
        if verdict.recall < _LEAST_RECALL:
            self._give_up(opened, len(snapshot.live(opened)))
            return False
        opened.followed = followed
        return True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a graph is worth.

    Attributes:
        recall: Share of the ten nearest that it finds.
        query_ms: Median time of a query.
    """

    recall: float
    query_ms: float


def judged(graph: Graph, of: Searched, queries: Sequence[Vectors] = ()) -> Verdict:
    """Ask a graph and an exact scan the same.

    Args:
        graph: The graph.
        of: The vectors as they are now; of what the graph does not know nothing is asked.
        queries: What was asked lately; without any, some between two vectors each, nearer to one or to none of them.
    """
    known = of.live[of.rows.born[of.live] <= graph.covered.epoch]
    if not len(known):
        return Verdict(0.0, 0.0)
    found = wanted = 0
    times: list[float] = []
    for query in queries or _sample_queries(of, known, graph.covered.dim):
        right = scanned(of, known, query, _BEST).passages
        started = time.perf_counter()
        try:
            slots, _ = graph.nearest(query, 2 * _BEST)
        except GraphUnfit:
            return Verdict(0.0, 0.0)
        times.append(time.perf_counter() - started)
        slots = np.intersect1d(slots, known)
        found += len(set(scanned(of, slots, query, _BEST).passages) & set(right))
        wanted += len(right)
    if not times:  # no vector is intact
        return Verdict(0.0, 0.0)
    return Verdict(found / max(1, wanted), statistics.median(times) * 1000)


def _sample_queries(of: Searched, slots: NDArray[np.int64], dim: int) -> list[Vectors]:
    random = np.random.default_rng(0)
    ends = of.rows.at(slots[random.integers(0, len(slots), 2 * _QUERIES)])
    units = of.codec.decode(ends.codes, ends.scale, dim)
    one, other = units[:_QUERIES], units[_QUERIES:]
    share = np.linspace(0.2, 1.0, _QUERIES, dtype=np.float32)[:, None]
    with np.errstate(invalid="ignore", over="ignore"):
        mixed = one + share * other
        mixed /= np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)
    return [query for query in mixed if np.isfinite(query).all()]


def _still_there(
    snapshot: Snapshot, opened: OpenSpace, slots: NDArray[np.int64], epoch: int
) -> tuple[Vectors, NDArray[np.int64]]:
    """Return the vectors of those slots that hold what they held at an epoch, and these slots."""
    state = snapshot.state(opened)
    slots = slots[state.alive[slots] & (state.born[slots] <= epoch)]
    rows = opened.columns.rows().at(slots)
    intact = rows.intact()
    units = opened.codec.decode(rows.codes[intact], rows.scale[intact], opened.kept.space.dim)
    units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-9)
    return units, slots[intact]


def _save(graph: Graph, path: bytes) -> None:
    try:
        graph.save(path)
    except (DiskFull, PermissionProblem) as problem:
        _log.info("A graph is kept in memory only: %s", problem)


def _key(opened: OpenSpace) -> tuple[SpaceId, int]:
    return opened.kept.space.id, opened.kept.generation
