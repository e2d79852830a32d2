"""The searcher: runs a query over meaning, words and names, and answers with files that are still what they were."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from threading import Event as Flag

import numpy as np

from vexgui.core.errors import UsageProblem, VexError
from vexgui.core.files import Kind
from vexgui.core.filters import Filter, Not, Under
from vexgui.core.hits import Answer, Hit
from vexgui.core.paths import shown
from vexgui.core.query import Example, Order, Query, SortBy
from vexgui.core.vectors import SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.models.embedder import Embedder
from vexgui.search.answers import Answers, Found, Key
from vexgui.search.asking import asked_of, named
from vexgui.search.examples import Likened, likened, looks_at
from vexgui.search.finding import Encoded, files_found
from vexgui.search.freshness import NEAR, Reach
from vexgui.search.language.values import together
from vexgui.search.ranking import bands_in, kinds_in, listing_of
from vexgui.search.rankings import Kept, Rankings
from vexgui.search.stopping import Stopped, go_on
from vexgui.search.telling import Rows, Teller
from vexgui.store.rows import FileId
from vexgui.store.store import Store

_LEAST_DEPTH = 100
_DEPTH_A_HIT = 5
"""How deep each source is looked into for a hit that is wanted at first: one may go on in the answer."""
_DEEPER = 4
_MOST_DEEPER = 16
_BY_RELEVANCE = Order(SortBy.RELEVANCE)
_STOPPED = "The search was stopped."
_REMEMBERED = "The same was asked before, and nothing has changed in the store since."


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What of an answer is wanted: so many hits, of a kind or of any; until the flag is set."""

    limit: int
    kind: Kind | None
    stop: Flag | None


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What was found, and told of.

    Attributes:
        found: What was found.
        depth: How deep was looked; 0 where all files were listed.
        teller: Who told of it.
        rows: The rows that answer.
        narrowed: Those of them that are of the kind that is wanted.
        hits: The first of these.
    """

    found: Found
    depth: int
    teller: Teller
    rows: Rows
    narrowed: Rows
    hits: tuple[Hit, ...]


class Searcher:
    """Answers queries over one store.

    Args:
        store: What is searched.
        embedder: Turns queries into vectors.
        extractor: Reads a file that is not indexed when files like it are wanted.
        stale: Is told the paths of files that are not as they were when they were indexed.
        reach: Looks at files.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        extractor: Extractor,
        stale: Callable[[Sequence[bytes]], None],
        reach: Reach = NEAR,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._extractor = extractor
        self._stale = stale
        self._reach = reach
        self._answers = Answers()
        self._rankings = Rankings()

    def search(
        self, query: Query, limit: int, *, meaning: bool, kind: Kind | None = None, stop: Flag | None = None
    ) -> Answer:
        """Answer a query.

        Without ``meaning`` no model is used and the answer is incomplete. Where a model cannot be had the answer says
        so and holds what the rest finds. A query that names spaces is answered by these alone; one of conditions alone
        lists files. Of what is found only files of a ``kind`` are told of. Setting ``stop`` ends it with an incomplete
        answer.

        Raises:
            UsageProblem: The filter is too large; with ``meaning``: the query names a space that is not there.
            OSError: A file that others are to be like cannot be read; the error names it.
            VexError: No model can be had for such a file.
        """
        started_s = time.monotonic()
        asks = bool(query.questions or query.examples)
        answer = Answer((), complete=meaning or not asks, mistakes=query.mistakes)
        if query.is_empty:
            return replace(answer, complete=True)
        try:
            answer = self._answered(answer, query, _Wanted(limit, kind, stop), meaning=meaning and asks)
        except Stopped:
            answer = replace(answer, complete=False, note=_STOPPED)
        return replace(answer, seconds=time.monotonic() - started_s)

    def similar(
        self,
        paths: Sequence[bytes],
        limit: int,
        *,
        order: Sequence[Order] = (),
        kind: Kind | None = None,
        stop: Flag | None = None,
    ) -> Answer:
        """Answer with files like some files, which are read anew where the store does not know them as they are.

        Those that are the same come first, then those that are nearly the same, then those that are related.

        Raises:
            OSError: One of the files cannot be read; the error names it.
            VexError: No model that is needed can be had.
        """
        query = Query(examples=tuple(map(Example, paths)), order=tuple(order))
        return self.search(query, limit, meaning=True, kind=kind, stop=stop)

    def listing(
        self, paths: Sequence[bytes], limit: int, *, order: Sequence[Order] = (), kind: Kind | None = None
    ) -> Answer:
        """Answer with some files themselves, those that are known, in an order or as they are given."""
        started_s = time.monotonic()
        query = Query(order=tuple(order))
        with self._store.snapshot() as snapshot:
            files = snapshot.catalog.ids_at(paths)
            if order:
                files = np.array(snapshot.catalog.in_order([FileId(file) for file in files.tolist()], order), np.int64)
            found = Found(listing_of(files), snapshot.catalog.outlines(files), "", exact=True, plan=())
            teller = Teller(snapshot, query, found, self._reach)
            rows, narrowed, hits = teller.first(kind, limit, None)
        if teller.stale:
            self._stale(teller.stale)
        told = _Told(found, 0, teller, rows, narrowed, hits)
        return replace(self._counted(Answer(hits), query, told), seconds=time.monotonic() - started_s)

    def hits_of(self, token: int, start: int, count: int) -> tuple[Hit, ...]:
        """Return hits for some rows of an answer, as their files are now.

        Raises:
            UsageProblem: The answer is not kept any more.
        """
        kept = self._kept(token)
        start = max(start, 0)
        with self._store.snapshot() as snapshot:
            teller = Teller(snapshot, kept.query, kept.found, self._reach)
            hits = teller.rows(kept.rows[start : start + max(count, 0)])
        if teller.stale:
            self._stale(teller.stale)
        return hits

    def paths_of(self, token: int, stretches: Sequence[range]) -> tuple[bytes, ...]:
        """Return the paths of some rows of an answer as far as they are known; raises as `hits_of`."""
        kept = self._kept(token)
        rows = np.concatenate([kept.rows[stretch.start : stretch.stop] for stretch in stretches or (range(0),)])
        files = [kept.found.ranking.file(row) for row in rows.tolist()]
        with self._store.snapshot() as snapshot:
            known = snapshot.catalog.paths(files)
        return tuple(known[file] for file in files if file in known)

    def _kept(self, token: int) -> Kept:
        kept = self._rankings.get(token)
        if kept is None:
            raise UsageProblem("That answer is not kept any more.", "Ask again.")
        return kept

    def _answered(self, answer: Answer, query: Query, wanted: _Wanted, *, meaning: bool) -> Answer:
        """Return an answer with as many hits as there are, though many files be copies, changed or away."""
        depth = max(_LEAST_DEPTH, _DEPTH_A_HIT * wanted.limit)
        deepest = _MOST_DEEPER * depth
        left_out: dict[bytes, None] = {}
        while True:
            asked = replace(query, where=_outside(query.where, left_out))
            told = self._looked_for(asked, depth, wanted, meaning=meaning)
            passed_over = left_out | told.teller.passed_over
            if len(told.rows) >= wanted.limit or not told.depth:
                break
            if passed_over != left_out:
                left_out = passed_over
            elif len(told.found.ranking) >= depth < deepest:
                depth *= _DEEPER
            else:
                break
        note = " ".join(filter(None, [told.found.note, _away(told.teller.away)]))
        absent = (f"What lies in {shown(root)} was left out: it is not there now." for root in passed_over)
        plan = (*told.found.plan, *absent)
        answer = replace(answer, hits=told.hits, note=note, exact=told.found.exact, plan=plan)
        return self._counted(answer, asked, told)

    def _counted(self, answer: Answer, query: Query, told: _Told) -> Answer:
        """Return an answer with what is in its ranking, which is kept."""
        ranking = told.found.ranking
        is_by_relevance = told.depth > 0 and (not query.order or query.order[0] == _BY_RELEVANCE)
        return replace(
            answer,
            total=len(told.narrowed),
            kinds=kinds_in(told.found.outlines, told.rows),
            bands=bands_in(ranking, told.narrowed) if is_by_relevance else (),
            token=self._rankings.keep(Kept(query, told.found, told.narrowed)),
        )

    def _looked_for(self, query: Query, depth: int, wanted: _Wanted, *, meaning: bool) -> _Told:
        """Return what a query finds, with the hits that those files still are, and with who told them."""
        asked = self._asked() if meaning else ()
        if not query.questions and not query.examples:
            depth = 0  # no file that is listed is better than another: all are
        with ThreadPoolExecutor(1) as lane, self._store.snapshot() as snapshot:
            key = None if asked is None else Key(query, depth, meaning, asked, snapshot.epoch)
            found = None if key is None else self._answers.get(key)
            if found is None:
                encoded = self._encoded(lane, query, wanted.stop, meaning=meaning)
                look = partial(looks_at, extractor=self._extractor)
                found = files_found(snapshot, encoded, depth, look, wanted.stop)
                if key is not None and not found.note and not query.examples:
                    self._answers.put(key, replace(found, plan=(_REMEMBERED, *found.plan)))
                go_on(wanted.stop)
            teller = Teller(snapshot, query, found, self._reach)
            rows, narrowed, hits = teller.first(wanted.kind, wanted.limit, wanted.stop)
        if teller.stale:
            self._stale(teller.stale)
        return _Told(found, depth, teller, rows, narrowed, hits)

    # What is asked

    def _asked(self) -> tuple[SpaceId, ...] | None:
        """Return the spaces that would be asked now, None where that cannot be told."""
        try:
            return tuple(space.id for space in self._embedder.answering())
        except VexError:
            return None

    def _encoded(self, lane: ThreadPoolExecutor, query: Query, stop: Flag | None, *, meaning: bool) -> Encoded:
        encoding = None
        if meaning and query.questions:
            encoding = lane.submit(asked_of, self._embedder, query, self._has_vectors)
        if not (meaning and query.examples):
            return Encoded(query, encoding, (), {}, quick=not meaning)
        spaces = {space.id: space for space in named(self._embedder.answering(), query.spaces)}
        files: list[Likened] = []
        for example in query.examples:
            go_on(stop)
            files.append(likened(example, self._store, self._extractor, self._embedder, spaces))
        return Encoded(query, encoding, tuple(files), spaces, quick=False)

    def _has_vectors(self, space: SpaceId) -> bool:
        return self._store.count_vectors(space) > 0


def _outside(where: Filter | None, folders: Iterable[bytes]) -> Filter | None:
    """Return a filter that lets nothing through that lies in some folders."""
    parts = [*([] if where is None else [where]), *(Not(Under(folder)) for folder in folders)]
    return together(parts) if parts else None


def _away(folders: Iterable[bytes]) -> str:
    """Return a sentence on files that cannot be opened now, "" where there are none."""
    listed = ", ".join(map(shown, folders))
    return f"Some of these files lie where nothing is now: {listed}." if listed else ""
