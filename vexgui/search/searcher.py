"""The searcher: runs a query over meaning, words and names, and answers with files that are still what they were."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event as Flag

from vexgui.core.errors import VexError
from vexgui.core.filters import And
from vexgui.core.hits import Answer, Band
from vexgui.core.paths import shown
from vexgui.core.query import Example, Order, Query
from vexgui.core.vectors import Space, SpaceId
from vexgui.extract.extractor import Extractor
from vexgui.models.embedder import Embedder
from vexgui.search.answers import Answers, Found, Key
from vexgui.search.asking import Asked, asked_of, named
from vexgui.search.combining import best_of, lowered
from vexgui.search.examples import Likened, likened
from vexgui.search.gathering import NAME, WORDS, Gathering
from vexgui.search.plan import Plan
from vexgui.search.rank import EXACT, Evidence, Ranked, band_of, fused
from vexgui.search.stopping import Stopped, go_on
from vexgui.search.telling import Teller
from vexgui.store.rows import FileId
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

__all__ = ("NAME", "WORDS", "Searcher")

_LEAST_DEPTH = 100
_ANY = And(())
_REMEMBERED = "The same was asked before, and nothing has changed in the store since."


class Searcher:
    """Answers queries over one store.

    Args:
        store: What is searched.
        embedder: Turns queries into vectors.
        extractor: Reads a file that is not indexed when files like it are wanted.
        stale: Is told the paths of files that are not as they were when they were indexed.
    """

    def __init__(
        self, store: Store, embedder: Embedder, extractor: Extractor, stale: Callable[[Sequence[bytes]], None]
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._extractor = extractor
        self._stale = stale
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
            answer = replace(answer, complete=False, note="The search was stopped.")
        return replace(answer, seconds=time.monotonic() - started_s)

    def similar(self, path: bytes, limit: int, *, stop: Flag | None = None) -> Answer:
        """Answer with files like one file, which is read anew when the store does not know it as it is.

        Raises:
            OSError: The file cannot be read.
            VexError: No model that is needed can be had.
        """
        return self.search(Query(examples=(Example(path),)), limit, meaning=True, stop=stop)

    def _answered(self, answer: Answer, query: Query, limit: int, *, meaning: bool, stop: Flag | None) -> Answer:
        depth = max(_LEAST_DEPTH, 2 * limit)
        spaces = self._spaces() if meaning else None
        with self._store.snapshot() as snapshot:
            known = self._answers.get(Key(query, depth, spaces, snapshot.epoch))
            if known is not None:
                known = replace(known, plan=(_REMEMBERED, *known.plan))
                return self._told(answer, known, Teller(snapshot, query), limit)
        asked = asked_of(self._embedder, query, self._has_vectors) if meaning and query.questions else Asked()
        files = self._likened(query, stop) if meaning else ()
        with self._store.snapshot() as snapshot:
            found = self._found(snapshot, query, asked, files, depth, stop)
            if not found.note and not query.examples and not (meaning and spaces is None):
                self._answers.put(Key(query, depth, spaces, snapshot.epoch), found)
            teller = Teller(
                snapshot,
                query,
                frozenset(file.row.id for file in files if file.row is not None),
                frozenset(file.content for file in files if file.asked.weight > 0),
            )
            go_on(stop)
            return self._told(answer, found, teller, limit)

    def _spaces(self) -> tuple[SpaceId, ...] | None:
        """Return the spaces that would be asked now, None where that cannot be told."""
        try:
            return tuple(space.id for space in self._embedder.answering())
        except VexError:
            return None

    def _has_vectors(self, space: SpaceId) -> bool:
        return self._store.count_vectors(space) > 0

    def _likened(self, query: Query, stop: Flag | None) -> tuple[Likened, ...]:
        if not query.examples:
            return ()
        spaces = self._named(query)
        files: list[Likened] = []
        for example in query.examples:
            go_on(stop)
            files.append(likened(example, self._store, self._extractor, self._embedder, spaces))
        return tuple(files)

    def _named(self, query: Query) -> dict[SpaceId, Space]:
        return {space.id: space for space in named(self._embedder.answering(), query.spaces)}

    # Files

    def _found(
        self,
        snapshot: Snapshot,
        query: Query,
        asked: Asked,
        files: Sequence[Likened],
        depth: int,
        stop: Flag | None,
    ) -> Found:
        """Return the files that answer a query, best first or in the order that was asked for."""
        plan = Plan()
        lists = not query.questions and all(example.weight < 0 for example in query.examples)
        among = None
        if query.where is not None and (lists or (query.questions and not query.spaces)):
            among = snapshot.files_where(query.where)
            plan.tell_filter(len(among), snapshot.catalog.count_files()[0])
        go_on(stop)
        gathering = Gathering(snapshot, query.where, among, depth, plan, stop)
        spaces = self._named(query) if files else {}
        like = [self._like(gathering, files, spaces, wanted=wanted) for wanted in (True, False)]
        if lists:
            ids = snapshot.catalog.listed(query.where or _ANY, query.order, depth)
            ranked = [Ranked(file, EXACT, ()) for file in ids]
        else:
            answers = [
                fused(_of_question(gathering, query, asked, number) + like[0]) for number in range(len(query.questions))
            ]
            ranked = best_of(answers or [fused(like[0])])
        unlisted = {file.row.id for file in files if file.row is not None}
        ranked = lowered([item for item in ranked if item.file not in unlisted], like[1])
        go_on(stop)
        if query.order:
            ranked = _in_order(snapshot, ranked, query.order)
            plan.tell_order(query.order)
        notes = (asked.note, *(file.examples.note for file in files))
        return Found(tuple(ranked), " ".join(filter(None, notes)), plan.exact, plan.sentences)

    @staticmethod
    def _like(
        gathering: Gathering, files: Sequence[Likened], spaces: dict[SpaceId, Space], *, wanted: bool
    ) -> list[Evidence]:
        return [
            evidence
            for number, file in enumerate(files)
            if (file.asked.weight > 0) is wanted
            for evidence in gathering.by_likeness(file, number, spaces)
        ]

    # Hits

    def _told(self, answer: Answer, found: Found, teller: Teller, limit: int) -> Answer:
        """Return an answer with the hits that the files found still are."""
        hits = teller.hits(found.ranked, limit)
        if teller.stale:
            self._stale(teller.stale)
        notes = [found.note, _away(teller.away)]
        return replace(answer, hits=hits, note=" ".join(filter(None, notes)), exact=found.exact, plan=found.plan)


def _of_question(gathering: Gathering, query: Query, asked: Asked, number: int) -> list[Evidence]:
    question = query.questions[number]
    evidence = [] if query.spaces else gathering.by_name(question) + gathering.by_words(question)
    return evidence + gathering.by_meaning(asked.of_question(number), named=bool(query.spaces))


def _in_order(snapshot: Snapshot, ranked: Sequence[Ranked], order: Sequence[Order]) -> list[Ranked]:
    """Return files in an order, those that are weak answers after all others."""
    items = {FileId(item.file): item for item in ranked}
    weak = [file for file, item in items.items() if band_of(item.score) is Band.WEAK]
    others = [file for file, item in items.items() if band_of(item.score) is not Band.WEAK]
    return [items[file] for part in (others, weak) for file in snapshot.catalog.in_order(part, order)]


def _away(folders: Sequence[bytes] | dict[bytes, None]) -> str:
    """Return a sentence on files that cannot be opened now, "" where there are none."""
    return f"Some of these files lie where nothing is now: {', '.join(map(shown, folders))}." if folders else ""
