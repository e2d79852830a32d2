"""From files in order to hits: those that are still what they were, copies folded into one, with reasons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event as Flag

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import Kind
from vexgui.core.filters import And, Filter, Or, Under
from vexgui.core.hits import Hit, Likeness, Why
from vexgui.core.paths import lies_in, name_of, shown
from vexgui.core.query import Query
from vexgui.search.answers import Found
from vexgui.search.excerpt import excerpt, marked_name
from vexgui.search.freshness import NEAR, Look, Reach, is_away, look_at
from vexgui.search.rank import band_of
from vexgui.search.ranking import Reason, folded
from vexgui.search.stopping import go_on
from vexgui.store.catalog.ordering import Content
from vexgui.store.catalog.outlines import KINDS
from vexgui.store.rows import FileRow, PassageId
from vexgui.store.snapshot import Snapshot

Rows = NDArray[np.int64]
"""Rows of a ranking, ascending, [k] int64."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row of a ranking with what a look at its file gave.

    Attributes:
        row: The row.
        file: What is known of the file that stands there, or of a copy in its place; None where it is not known.
        offline: Its drive is away.
        stale: It has changed.
        gone: It is not there.
    """

    row: int
    file: FileRow | None
    offline: bool = False
    stale: bool = False
    gone: bool = False


@dataclass(slots=True, eq=False)
class Teller:
    """Tells of files that were found, in one state of the store.

    Attributes:
        snapshot: What is known of them.
        query: What was asked.
        found: What was found.
        reach: Looks at the files.
        stale: Paths of files that are not as they were when they were indexed.
        away: Folders that are not there now, in which files lie that were told of.
        passed_over: Folders that are not there now, in which files lie that were not told of.
    """

    snapshot: Snapshot
    query: Query
    found: Found
    reach: Reach = NEAR
    stale: list[bytes] = field(default_factory=list)
    away: dict[bytes, None] = field(default_factory=dict)
    passed_over: dict[bytes, None] = field(default_factory=dict)
    _roots_away: dict[int, bytes | None] = field(default_factory=dict)

    def first(self, kind: Kind | None, limit: int, stop: Flag | None = None) -> tuple[Rows, Rows, tuple[Hit, ...]]:
        """Look at the first files, as many as are wanted.

        Returns:
            The rows that answer, without copies and without what was found to be no answer; those of them that are of
            the kind; and hits for the first of these.
        """
        dropped = self._absent()
        seen: dict[int, _Seen] = {}
        while True:
            go_on(stop)
            rows = folded(self.found.outlines, dropped)
            narrowed = rows if kind is None else rows[self.found.outlines.kinds[rows] == KINDS.index(kind)]
            page = narrowed[:limit].tolist()
            known = self._known([row for row in page if row not in seen])
            seen |= {
                row: _Seen(row, file, offline=self._is_offline(file)) for row, file in known if self._is_there(file)
            }
            missing = [row for row in page if row not in seen]
            if not missing:
                return rows, narrowed, tuple(self._told([seen[row] for row in page]))
            dropped += missing

    def rows(self, rows: Rows) -> tuple[Hit, ...]:
        """Return a hit for each of some rows, whatever has become of its file; a copy may stand in for it."""
        known = dict(self._known(rows.tolist()))
        return tuple(self._told([self._seen(row, known.get(row)) for row in rows.tolist()]))

    def _absent(self) -> list[int]:
        """Return the rows of files that lie in roots that are not there now and were not asked for.

        Remote ones are not looked at for that: nobody is to wait for a server whose files may not even be shown.
        """
        absent: list[int] = []
        for root, number in self.snapshot.catalog.roots().items():
            is_away = not self.reach.is_remote(root) and self._away(number) is not None
            if is_away and not self._asks_for(root) and (rows := self._rows_in(root)):
                self.passed_over[root] = None
                absent += rows
        return absent

    def _rows_in(self, folder: bytes) -> list[int]:
        files = self.snapshot.files_where(Under(folder))
        return np.flatnonzero(np.isin(self.found.ranking.files, files)).tolist()

    def _known(self, rows: Sequence[int]) -> list[tuple[int, FileRow]]:
        """Return rows with what is known of their files; those of which nothing is known are left out."""
        files = [self.found.ranking.file(row) for row in rows]
        known = self.snapshot.catalog.files(files)
        return [(row, known[file]) for row, file in zip(rows, files, strict=True) if file in known]

    def _seen(self, row: int, file: FileRow | None) -> _Seen:
        if file is None:
            return _Seen(row, None, gone=True)
        look = look_at(file, self.reach)
        if look.is_fresh:
            return _Seen(row, file)
        if look is Look.GONE and self._away(file.root_id) is not None:
            return _Seen(row, file, offline=True)
        self.stale.append(file.path)
        if copies := self._copies([file])[file.path]:
            return _Seen(row, copies[0])
        return _Seen(row, file, stale=look is Look.CHANGED, gone=look is Look.GONE)

    def _is_there(self, row: FileRow) -> bool:
        """Tell whether a file may be named: it is as it was, or on a drive that is away and that was asked for."""
        look = look_at(row, self.reach)
        if look is Look.GONE and (root := self._away(row.root_id)) is not None:
            (self.away if self._asks_for(root) else self.passed_over)[root] = None
            return self._asks_for(root)
        if look is not Look.SAME:
            self.stale.append(row.path)
        return look.is_fresh

    def _away(self, root_id: int) -> bytes | None:
        """Return the path of a root that is not there now, by its number; it is looked at once an answer.

        None where it is there, and where there is no such root.
        """
        if root_id not in self._roots_away:
            catalog = self.snapshot.catalog
            root = next((path for path, number in catalog.roots().items() if number == root_id), None)
            self._roots_away[root_id] = root if root is not None and is_away(root, catalog, self.reach) else None
        return self._roots_away[root_id]

    def _is_offline(self, row: FileRow) -> bool:
        """Tell whether a file that may be named cannot be opened now."""
        return self._roots_away.get(row.root_id) is not None

    def _asks_for(self, root: bytes) -> bool:
        return any(lies_in(folder, root) for folder in _folders(self.query.where))

    def _copies(self, chosen: Sequence[FileRow]) -> dict[bytes, tuple[FileRow, ...]]:
        """Return the files with the same content that would stand where the chosen ones do, by their paths."""
        catalog, unlisted = self.snapshot.catalog, self.found.unlisted
        same = catalog.with_contents(list(map(_content, chosen)), self.query.where)
        others = {
            row.path: [number for number in same.get(_content(row), ()) if number != row.id and number not in unlisted]
            for row in chosen
        }
        rows = catalog.files([number for numbers in others.values() for number in numbers])
        return {
            path: tuple(
                sorted((rows[number] for number in numbers if self._is_there(rows[number])), key=lambda row: row.path)
            )
            for path, numbers in others.items()
        }

    def _told(self, chosen: Sequence[_Seen]) -> Iterator[Hit]:
        files = [seen.file for seen in chosen if seen.file is not None]
        copies = self._copies([seen.file for seen in chosen if seen.file is not None and not (seen.stale or seen.gone)])
        openings = self.snapshot.catalog.openings([file.id for file in files])
        ranking, kinds = self.found.ranking, self.found.outlines.kinds
        reasons = {seen.row: ranking.reasons(seen.row) for seen in chosen}
        why = self._reasons([reason for reasons_of in reasons.values() for reason in reasons_of])
        for seen in chosen:
            score, file = float(ranking.scores[seen.row]), seen.file
            if file is None:
                yield Hit(b"", score, band_of(score), (), KINDS[kinds[seen.row]], 0, 0, gone=True)
                continue
            yield Hit(
                path=file.path,
                score=score,
                band=band_of(score),
                why=tuple(why(reason, file) for reason in reasons[seen.row]),
                kind=file.kind,
                size=file.stat.size,
                mtime_ns=file.stat.mtime_ns,
                opening=openings.get(file.id, ""),
                copies=tuple(copy.path for copy in copies.get(file.path, ())),
                likeness=self._likeness(file),
                offline=seen.offline,
                stale=seen.stale,
                gone=seen.gone,
            )

    def _reasons(self, reasons: Sequence[Reason]) -> Callable[[Reason, FileRow], Why]:
        """Return what puts a reason into words; all passages are looked up at once."""
        terms = [term.text for question in self.query.questions for term in question.terms]
        parts = [part for question in self.query.questions for part in question.parts]
        keys = [PassageId(reason.key) for reason in reasons if reason.key]
        passages = self.snapshot.catalog.passages(keys)
        marked = self.snapshot.catalog.marked(terms, keys)

        def why(reason: Reason, row: FileRow) -> Why:
            passage = passages.get(PassageId(reason.key))
            if passage is None:
                return Why(reason.source, 0, marked_name(shown(name_of(row.path)), parts), "", reason.strength)
            text = excerpt(marked.get(passage.id, passage.text))
            return Why(reason.source, passage.ordinal, text, passage.place, reason.strength)

        return why

    def _likeness(self, row: FileRow) -> Likeness | None:
        likeness = self.found.likeness
        return None if likeness is None else likeness.get(row.id, Likeness.RELATED)


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
