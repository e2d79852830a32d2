"""From a query, encoded, to the files that answer it in one state of the store: gathered, fused, put in order."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event as Flag

from vexgui.core.filters import And
from vexgui.core.hits import Band
from vexgui.core.query import Order, Query
from vexgui.core.vectors import Space, SpaceId
from vexgui.search.answers import Found
from vexgui.search.asking import Asked
from vexgui.search.combining import best_of, lowered
from vexgui.search.examples import Likened
from vexgui.search.gathering import Gathering
from vexgui.search.likeness import Comparing, Sample, in_standing
from vexgui.search.plan import Plan
from vexgui.search.rank import EXACT, Evidence, Ranked, band_of, fused
from vexgui.search.ranking import listing_of, ranking_of
from vexgui.search.stopping import go_on
from vexgui.store.catalog.words import QUICK, THOROUGH
from vexgui.store.rows import FileId
from vexgui.store.snapshot import Snapshot

_ANY = And(())


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
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


def files_found(
    snapshot: Snapshot, encoded: Encoded, depth: int, look: Callable[[bytes], str], stop: Flag | None
) -> Found:
    """Return the files that answer a query, best first or in the order that was asked for; see `Comparing.look`."""
    query, plan = encoded.query, Plan()
    go_on(stop)
    if encoded.lists and not encoded.files:
        return _listed(snapshot, query, plan)
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
    ranking = ranking_of(ranked)
    outlines = snapshot.catalog.outlines(ranking.files)
    return Found(ranking, outlines, encoded.note, plan.exact, plan.sentences, likeness, unlisted)


def _listed(snapshot: Snapshot, query: Query, plan: Plan) -> Found:
    """Return all files that are as asked for."""
    files = snapshot.catalog.listed(query.where or _ANY, query.order)
    if query.where is not None:
        plan.tell_filter(len(files), snapshot.catalog.count_files()[0])
    if query.order:
        plan.tell_order(query.order, listed=True)
    return Found(listing_of(files), snapshot.catalog.outlines(files), "", plan.exact, plan.sentences)


def _ranked(gathering: Gathering, encoded: Encoded) -> list[Ranked]:
    """Return the files that a query finds, best first: each as well as it answers the alternative it answers best."""
    query = encoded.query
    if encoded.lists:
        files = gathering.snapshot.catalog.listed(query.where or _ANY, query.order, gathering.depth)
        return [Ranked(file, EXACT, ()) for file in files.tolist()]
    like = _like(gathering, encoded, wanted=True)
    alternatives = [fused(_of_question(gathering, encoded, number) + like) for number in range(len(query.questions))]
    return best_of(alternatives or [fused(like)])


def _of_question(gathering: Gathering, encoded: Encoded, number: int) -> list[Evidence]:
    question = encoded.query.questions[number]
    evidence = gathering.by_name(question) + gathering.by_words(question) if encoded.reads else []
    return evidence + gathering.by_meaning(encoded.asked.of_question(number), named=bool(encoded.query.spaces))


def _like(gathering: Gathering, encoded: Encoded, *, wanted: bool) -> list[Evidence]:
    """Return what files are like those that they are to be like, or that they are not to be like."""
    return [
        evidence
        for number, file in enumerate(encoded.files)
        if (file.asked.weight > 0) is wanted
        for evidence in gathering.by_likeness(file, number, encoded.spaces)
    ]


def _own_rows(encoded: Encoded) -> frozenset[FileId]:
    """Return the files that a query names itself, which are no answers to it."""
    return frozenset(file.row.id for file in encoded.files if file.row is not None)


def _in_order(snapshot: Snapshot, ranked: Sequence[Ranked], order: Sequence[Order]) -> list[Ranked]:
    """Return files in an order, those that are weak answers after all others."""
    items = {FileId(item.file): item for item in ranked}
    weak = [file for file, item in items.items() if band_of(item.score) is Band.WEAK]
    others = [file for file, item in items.items() if band_of(item.score) is not Band.WEAK]
    return [items[file] for part in (others, weak) for file in snapshot.catalog.in_order(part, order)]
