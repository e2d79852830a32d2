"""From files in order to hits: those that are still what they were, copies folded into one, with reasons."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vexgui.core.filters import And, Filter, Or, Under
from vexgui.core.hits import Hit, Likeness, Why
from vexgui.core.paths import lies_in, name_of, shown
from vexgui.core.query import Query
from vexgui.search.excerpt import excerpt, marked_name
from vexgui.search.freshness import NEAR, Look, Reach, is_away, look_at
from vexgui.search.rank import Evidence, Ranked, band_of
from vexgui.store.catalog.ordering import Content, is_telling
from vexgui.store.rows import FileId, FileRow, PassageId
from vexgui.store.snapshot import Snapshot


@dataclass(slots=True, eq=False)
class Teller:
    """Tells of files, in one state of the store.

    Attributes:
        snapshot: What is known of them.
        query: What was asked.
        unlisted: Files that are never told of, not even as copies: what others are to be like.
        likeness: How files are like those that they are to be like, where they are more than related; None where they
            are to be like none.
        reach: Looks at the files.
        stale: Paths of files that are not as they were when they were indexed.
        away: Folders that are not there now, in which files lie that were told of.
        passed_over: Folders that are not there now, in which files lie that were not told of.
    """

    snapshot: Snapshot
    query: Query
    unlisted: frozenset[FileId] = frozenset()
    likeness: Mapping[FileId, Likeness] | None = None
    reach: Reach = NEAR
    stale: list[bytes] = field(default_factory=list)
    away: dict[bytes, None] = field(default_factory=dict)
    passed_over: dict[bytes, None] = field(default_factory=dict)
    _roots_away: dict[int, bytes | None] = field(default_factory=dict)

    def hits(self, ranked: Sequence[Ranked], limit: int) -> tuple[Hit, ...]:
        """Return at most so many hits."""
        chosen: list[tuple[Ranked, FileRow]] = []
        seen: set[Content] = set()
        for item, row in self._known(ranked, limit):
            if len(chosen) >= limit:
                break
            content = _content(row)
            if content in seen or not self._is_there(row):
                continue
            if is_telling(content):
                seen.add(content)
            chosen.append((item, row))
        return tuple(self._told(chosen))

    def _known(self, ranked: Sequence[Ranked], limit: int) -> Iterator[tuple[Ranked, FileRow]]:
        """Yield files with what is known of them, looking up no more than are likely to be wanted."""
        step = max(limit, 1)
        for start in range(0, len(ranked), step):
            chunk = ranked[start : start + step]
            rows = self.snapshot.catalog.files([FileId(item.file) for item in chunk])
            yield from ((item, rows[FileId(item.file)]) for item in chunk if item.file in rows)

    def _is_there(self, row: FileRow) -> bool:
        """Tell whether a file may be named: it is as it was, or on a drive that is away and that was asked for."""
        look = look_at(row, self.reach)
        if look is Look.GONE and (root := self._root_of(row)) is not None:
            return self._is_asked_for(root)
        if look is not Look.SAME:
            self.stale.append(row.path)
        return look.is_fresh

    def _root_of(self, row: FileRow) -> bytes | None:
        """Return the root that a file lies in if that is not there now; it is looked at once an answer."""
        if row.root_id not in self._roots_away:
            self._roots_away[row.root_id] = self._root_away(row.root_id)
        return self._roots_away[row.root_id]

    def _is_asked_for(self, root: bytes) -> bool:
        is_asked_for = any(lies_in(folder, root) for folder in _folders(self.query.where))
        (self.away if is_asked_for else self.passed_over)[root] = None
        return is_asked_for

    def _root_away(self, root_id: int) -> bytes | None:
        """Return the path of a root that is not there now; None where it is there, and where there is no such root."""
        catalog = self.snapshot.catalog
        root = next((path for path, number in catalog.roots().items() if number == root_id), None)
        return root if root is not None and is_away(root, catalog, self.reach) else None

    def _copies(self, chosen: Sequence[FileRow]) -> dict[bytes, tuple[bytes, ...]]:
        """Return the paths of files with the same content that would stand where the chosen ones do, by their paths."""
        catalog = self.snapshot.catalog
        same = catalog.with_contents(list(map(_content, chosen)), self.query.where)
        others = {
            row.path: [
                number for number in same.get(_content(row), ()) if number != row.id and number not in self.unlisted
            ]
            for row in chosen
        }
        rows = catalog.files([number for numbers in others.values() for number in numbers])
        return {
            path: tuple(sorted(rows[number].path for number in numbers if self._is_there(rows[number])))
            for path, numbers in others.items()
        }

    def _told(self, chosen: Sequence[tuple[Ranked, FileRow]]) -> Iterator[Hit]:
        copies = self._copies([row for _, row in chosen])
        openings = self.snapshot.catalog.openings([row.id for _, row in chosen])
        why = self._reasons([reason for item, _ in chosen for reason in item.reasons])
        for item, row in chosen:
            yield Hit(
                path=row.path,
                score=item.score,
                band=band_of(item.score),
                why=tuple(why(reason, row) for reason in item.reasons),
                kind=row.kind,
                size=row.stat.size,
                mtime_ns=row.stat.mtime_ns,
                opening=openings.get(row.id, ""),
                copies=copies[row.path],
                likeness=self._likeness(row),
            )

    def _reasons(self, reasons: Sequence[Evidence]) -> Callable[[Evidence, FileRow], Why]:
        """Return what turns evidence into a reason with words; all passages are looked up at once."""
        terms = [term.text for question in self.query.questions for term in question.terms]
        parts = [part for question in self.query.questions for part in question.parts]
        keys = [PassageId(reason.key) for reason in reasons if reason.key]
        passages = self.snapshot.catalog.passages(keys)
        marked = self.snapshot.catalog.marked(terms, keys)

        def why(reason: Evidence, row: FileRow) -> Why:
            passage = passages.get(PassageId(reason.key))
            if passage is None:
                return Why(reason.source, 0, marked_name(shown(name_of(row.path)), parts), "", reason.strength)
            text = excerpt(marked.get(passage.id, passage.text))
            return Why(reason.source, passage.ordinal, text, passage.place, reason.strength)

        return why

    def _likeness(self, row: FileRow) -> Likeness | None:
        return None if self.likeness is None else self.likeness.get(row.id, Likeness.RELATED)


def _content(row: FileRow) -> Content:
    return row.stat.size, row.content_hash


def _folders(where: Filter | None) -> Iterator[bytes]:
    """Yield the folders that a filter asks for; those that are left out are not asked for."""
    match where:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _folders(part)
        case Under(path):
            yield path
