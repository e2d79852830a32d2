"""The searcher: runs a query over meaning, words and names, and answers with files that are still what they were."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from threading import Event as Flag

from vexgui.core.errors import VexError
from vexgui.core.filters import And, Filter, Not, Under
from vexgui.core.hits import Answer, Band, Hit
from vexgui.core.paths import shown
from vexgui.core.query import Example, Order, Query
from vexgui.core.vectors import Space, SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.models.embedder import Embedder
from vexgui.search.answers import Answers, Found, Key
from vexgui.search.asking import Asked, asked_of, named
from vexgui.search.combining import best_of, lowered
from vexgui.search.examples import Likened, likened, looks_at
from vexgui.search.freshness import NEAR, Reach
from vexgui.search.gathering import Gathering
from vexgui.search.language.values import together
from vexgui.search.likeness import Comparing, Sample, in_standing
from vexgui.search.plan import Plan
from vexgui.search.rank import EXACT, Evidence, Ranked, band_of, fused
from vexgui.search.stopping import Stopped, go_on
from vexgui.search.telling import Teller
from vexgui.store.catalog.words import QUICK, THOROUGH
from vexgui.store.rows import FileId
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

_LEAST_DEPTH = 100
_DEEPER = 4
_MOST_DEEPER = 16
_ANY = And(())
_STOPPED = "The search was stopped."
_REMEMBERED = "The same was asked before, and nothing has changed in the store since."


@dataclass(frozen=True, slots=True, eq=False)
class _Encoded:
    """A query with all that models and files say of it.

    Attributes:
        query: What was asked.
        encoding: Its questions as vectors, once they are; meanwhile names and words are looked for.
        files: The files that others are to be like or unlike.
        spaces: The spaces that these are compared in.
        quick: Whether nobody waits for more than what is found at once.
    """

    query: Query
    encoding: Future[Asked] | None
    files: tuple[Likened, ...]
    spaces: dict[SpaceId, Space]
    quick: bool

    @property
    def asked(self) -> Asked:
        """Its questions as vectors, or what of that there is; waits for them."""
        return Asked() if self.encoding is None else self.encoding.result()

    @property
    def lists(self) -> bool:
        """Whether nothing is looked for: all files that are as asked for are listed."""
        return not self.query.questions and all(example.weight < 0 for example in self.query.examples)

    @property
    def reads(self) -> bool:
        """Whether names and words are looked for."""
        return bool(self.query.questions) and not self.query.spaces

    @property
    def samples(self) -> tuple[Sample, ...]:
        """What others are to be like."""
        return tuple(file.sample for file in self.files if file.asked.weight > 0)

    @property
    def note(self) -> str:
        """What could not be asked."""
        return " ".join(filter(None, [self.asked.note, *(file.examples.note for file in self.files)]))


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

    def search(self, query: Query, limit: int, *, meaning: bool, stop: Flag | None = None) -> Answer:
        """Answer a query.

        Without ``meaning`` no model is used and the answer is incomplete. Where a model cannot be had the answer says
        so and holds what the rest finds. A query that names spaces is answered by these alone; one of conditions alone
        lists files. Setting ``stop`` ends it with an incomplete answer.

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
            answer = self._answered(answer, query, limit, meaning=meaning and asks, stop=stop)
        except Stopped:
            answer = replace(answer, complete=False, note=_STOPPED)
        return replace(answer, seconds=time.monotonic() - started_s)

    def similar(self, paths: Sequence[bytes], limit: int, *, stop: Flag | None = None) -> Answer:
        """Answer with files like some files, which are read anew where the store does not know them as they are.

        Those that are the same come first, then those that are nearly the same, then those that are related.

        Raises:
            OSError: One of the files cannot be read; the error names it.
            VexError: No model that is needed can be had.
        """
        return self.search(Query(examples=tuple(map(Example, paths))), limit, meaning=True, stop=stop)

    def _answered(self, answer: Answer, query: Query, limit: int, *, meaning: bool, stop: Flag | None) -> Answer:
        """Return an answer with as many hits as there are, though many files be copies, changed or away."""
        depth = max(_LEAST_DEPTH, 2 * limit)
        deepest = _MOST_DEEPER * depth
        left_out: dict[bytes, None] = {}
        while True:
            asked = replace(query, where=_outside(query.where, left_out))
            found, teller, hits = self._looked_for(asked, depth, limit, meaning=meaning, stop=stop)
            if len(hits) >= limit:
                break
            if not teller.passed_over.keys() <= left_out.keys():
                left_out |= teller.passed_over
            elif len(found.ranked) >= depth < deepest:
                depth *= _DEEPER
            else:
                break
        note = " ".join(filter(None, [found.note, _away(teller.away)]))
        plan = (*found.plan, *(f"What lies in {shown(root)} was left out: it is not there now." for root in left_out))
        return replace(answer, hits=hits, note=note, exact=found.exact, plan=plan)

    def _looked_for(
        self, query: Query, depth: int, limit: int, *, meaning: bool, stop: Flag | None
    ) -> tuple[Found, Teller, tuple[Hit, ...]]:
        """Return what a query finds, with the hits that those files still are, and with who told them."""
        asked = self._asked() if meaning else ()
        with ThreadPoolExecutor(1) as lane, self._store.snapshot() as snapshot:
            key = None if asked is None else Key(query, depth, meaning, asked, snapshot.epoch)
            known = None if key is None else self._answers.get(key)
            if known is not None:
                return self._told(known, Teller(snapshot, query, reach=self._reach), limit)
            encoded = self._encoded(lane, query, stop, meaning=meaning)
            found = _found(snapshot, encoded, depth, partial(looks_at, extractor=self._extractor), stop)
            if key is not None and not found.note and not query.examples:
                self._answers.put(key, replace(found, plan=(_REMEMBERED, *found.plan)))
            go_on(stop)
            return self._told(found, Teller(snapshot, query, _own_rows(encoded), found.likeness, self._reach), limit)

    def _told(self, found: Found, teller: Teller, limit: int) -> tuple[Found, Teller, tuple[Hit, ...]]:
        hits = teller.hits(found.ranked, limit)
        if teller.stale:
            self._stale(teller.stale)
        return found, teller, hits

    # What is asked

    def _asked(self) -> tuple[SpaceId, ...] | None:
        """Return the spaces that would be asked now, None where that cannot be told."""
        try:
            return tuple(space.id for space in self._embedder.answering())
        except VexError:
            return None

    def _encoded(self, lane: ThreadPoolExecutor, query: Query, stop: Flag | None, *, meaning: bool) -> _Encoded:
        encoding = None
        if meaning and query.questions:
            encoding = lane.submit(asked_of, self._embedder, query, self._has_vectors)
        if not (meaning and query.examples):
            return _Encoded(query, encoding, (), {}, quick=not meaning)
        spaces = {space.id: space for space in named(self._embedder.answering(), query.spaces)}
        files: list[Likened] = []
        for example in query.examples:
            go_on(stop)
            files.append(likened(example, self._store, self._extractor, self._embedder, spaces))
        return _Encoded(query, encoding, tuple(files), spaces, quick=False)

    def _has_vectors(self, space: SpaceId) -> bool:
        return self._store.count_vectors(space) > 0


def _found(snapshot: Snapshot, encoded: _Encoded, depth: int, look: Callable[[bytes], str], stop: Flag | None) -> Found:
    """Return the files that answer a query, best first or in the order that was asked for; see `Comparing.look`."""
    query, plan = encoded.query, Plan()
    go_on(stop)
    among = None
    if query.where is not None and (encoded.lists or encoded.reads or encoded.samples):
        among = snapshot.files_where(query.where)
        plan.tell_filter(len(among), snapshot.catalog.count_files()[0])
    effort = QUICK if encoded.quick else THOROUGH
    gathering = Gathering(snapshot, query.where, among, depth, effort, plan, stop)
    ranked = lowered(_ranked(gathering, encoded), _like(gathering, encoded, wanted=False))
    unlisted = _own_rows(encoded)
    ranked = [item for item in ranked if item.file not in unlisted]
    go_on(stop)
    likeness = None
    if encoded.samples:
        found = Comparing(snapshot.catalog, encoded.samples, query.where, among, look, stop).standings(ranked)
        standings = {file: standing for file, standing in found.items() if file not in unlisted}
        ranked = ranked if query.questions else in_standing(ranked, standings)
        likeness = {file: standing.likeness for file, standing in standings.items()}
    if query.order:
        plan.tell_order(query.order, listed=encoded.lists)
        ranked = _in_order(snapshot, ranked, query.order)
    return Found(tuple(ranked), encoded.note, plan.exact, plan.sentences, likeness)


def _ranked(gathering: Gathering, encoded: _Encoded) -> list[Ranked]:
    """Return the files that a query finds, best first: each as well as it answers the alternative it answers best."""
    query = encoded.query
    if encoded.lists:
        files = gathering.snapshot.catalog.listed(query.where or _ANY, query.order, gathering.depth)
        return [Ranked(file, EXACT, ()) for file in files]
    like = _like(gathering, encoded, wanted=True)
    alternatives = [fused(_of_question(gathering, encoded, number) + like) for number in range(len(query.questions))]
    return best_of(alternatives or [fused(like)])


def _of_question(gathering: Gathering, encoded: _Encoded, number: int) -> list[Evidence]:
    question = encoded.query.questions[number]
    evidence = gathering.by_name(question) + gathering.by_words(question) if encoded.reads else []
    return evidence + gathering.by_meaning(encoded.asked.of_question(number), named=bool(encoded.query.spaces))


def _like(gathering: Gathering, encoded: _Encoded, *, wanted: bool) -> list[Evidence]:
    """Return what files are like those that they are to be like, or that they are not to be like."""
    return [
        evidence
        for number, file in enumerate(encoded.files)
        if (file.asked.weight > 0) is wanted
        for evidence in gathering.by_likeness(file, number, encoded.spaces)
    ]


def _own_rows(encoded: _Encoded) -> frozenset[FileId]:
    """Return the files that a query names itself, which are no answers to it."""
    return frozenset(file.row.id for file in encoded.files if file.row is not None)


def _in_order(snapshot: Snapshot, ranked: Sequence[Ranked], order: Sequence[Order]) -> list[Ranked]:
    """Return files in an order, those that are weak answers after all others."""
    items = {FileId(item.file): item for item in ranked}
    weak = [file for file, item in items.items() if band_of(item.score) is Band.WEAK]
    others = [file for file, item in items.items() if band_of(item.score) is not Band.WEAK]
    return [items[file] for part in (others, weak) for file in snapshot.catalog.in_order(part, order)]


def _outside(where: Filter | None, folders: Iterable[bytes]) -> Filter | None:
    """Return a filter that lets nothing through that lies in some folders."""
    parts = [*([] if where is None else [where]), *(Not(Under(folder)) for folder in folders)]
    return together(parts) if parts else None


def _away(folders: Iterable[bytes]) -> str:
    """Return a sentence on files that cannot be opened now, "" where there are none."""
    listed = ", ".join(map(shown, folders))
    return f"Some of these files lie where nothing is now: {listed}." if listed else ""
