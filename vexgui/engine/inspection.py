"""Telling all that is known of one file."""

import os
import stat
from contextlib import suppress
from typing import NamedTuple, Protocol

from vexgui.core.errors import PathProblem, VexError
from vexgui.core.files import NO_LABELS, FileFacts, FileStat, Kind, Labels
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import Freshness, Happening, Inspection, PassageText, RecordPlace, VectorFacts
from vexgui.core.told import told
from vexgui.engine.given import looked_at
from vexgui.extract.kinds import format_of
from vexgui.search.freshness import compared, holds_content
from vexgui.store.codecs import codec_named
from vexgui.store.columns import row_bytes
from vexgui.store.record.keeper import Found, RecordKeeper
from vexgui.store.record.place import record_place
from vexgui.store.rows import FileRow
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.birth import birth_of
from vexgui.system.labels import NO_CHANGE, read_labels
from vexgui.system.remote import NotResponding, Remote
from vexgui.system.remote_labels import labelled_anywhere

_SECOND_NS = 1_000_000_000


class WhyNot(Protocol):
    """Tells why a path is not indexed, or ""."""

    def __call__(self, *, folder: bool) -> str: ...  # noqa: D102


def inspect(path: bytes, store: Store, keeper: RecordKeeper, remote: Remote, why_not: WhyNot) -> Inspection:
    """Tell all that is known of a file; of one whose file system does not answer, that and what the store says.

    Raises:
        PathProblem: There is no such file, and the store does not know one.
        PermissionProblem: Whether there is one may not be seen, and the store does not know one.
        WorldProblem: Its file system does not answer, and the store does not know one.
    """
    row = store.catalog.file(path)
    seen: FileStat | None = None
    place, silence = path, ""
    try:
        place, seen = looked_at(path, remote, follow=False)
    except VexError as problem:
        if row is None:
            raise
        silence = str(problem) if isinstance(problem.__cause__, NotResponding) else ""
    carried = _carried(place, row, store, keeper, remote, is_there=seen is not None)
    found = carried.found
    named = format_of(name_of(path), b"")
    now = seen or (row.stat if row else None)
    assert now is not None
    return Inspection(
        path=path,
        known=row is not None,
        state=row.state if row else None,
        reason=(silence or row.reason or ("" if found.record else row.record_note))
        if row
        else why_not(folder=stat.S_ISDIR(now.mode)),
        kind=row.kind if row else _kind_of_unknown(now, named.kind),
        mime=row.mime if row else named.mime,
        size=now.size,
        mtime_ns=now.mtime_ns,
        mode=now.mode,
        facts=row.facts if row else FileFacts(),
        indexed_ns=row.indexed_ns if row else 0,
        vectors=_vectors(row, store, found) if row else (),
        passages=_passages(row, store) if row else (),
        record_place=carried.place,
        record_bytes=found.bytes,
        record_verified=found.record is not None,
        record_note=_note(place, now, found),
        freshness=_freshness(row, seen, remote),
        foreign=carried.foreign,
        tags=carried.labels.tags,
        rating=carried.labels.rating,
        birth=carried.birth,
    )


def history(path: bytes, store: Store) -> tuple[Happening, ...]:
    """Tell what happened to a file, the latest first.

    Raises:
        PathProblem: The store does not know such a file.
    """
    row = store.catalog.file(path)
    if row is None:
        raise PathProblem(f"{shown(path)} is not indexed.", "Index it: vexgui index FILE.")
    return tuple(
        Happening(
            at_ns=entry.at_ns,
            event=entry.event.value,
            model=entry.model,
            vectors=entry.vectors,
            source=entry.source,
            content=entry.content_hash.hex(),
            detail="" if entry.detail == "{}" else entry.detail,
        )
        for entry in store.catalog.history(row.id)
    )


def _kind_of_unknown(now: FileStat, kind: Kind) -> Kind | None:
    return kind if stat.S_ISREG(now.mode) else None


def _freshness(row: FileRow | None, seen: FileStat | None, remote: Remote) -> Freshness:
    if row is None:
        return Freshness.ABSENT
    return Freshness.FRESH if seen is not None and compared(row, seen, remote).is_fresh else Freshness.STALE


class _Carried(NamedTuple):
    """What lies on a file beside its content: its record and where that lies, others' records, labels, its birth."""

    found: Found = Found(None, None, 0, 0)
    place: RecordPlace = RecordPlace.STORE_ONLY
    foreign: tuple[str, ...] = ()
    labels: Labels = NO_LABELS
    birth: str | None = None


def _carried(
    path: bytes, row: FileRow | None, store: Store, keeper: RecordKeeper, remote: Remote, *, is_there: bool
) -> _Carried:
    """Return what lies on a file; on a remote file system its labels are all that is asked for."""
    if not remote.is_remote(path):
        return _on_file(path, keeper)
    birth = row.birth if row else None
    with suppress(AttributeRefused):
        if is_there:
            return _Carried(labels=labelled_anywhere(path, NO_CHANGE, remote).labels, birth=birth)
    labels = store.catalog.labels([row.id]).get(row.id, NO_LABELS) if row else NO_LABELS
    return _Carried(labels=labels, birth=birth)


def _on_file(path: bytes, keeper: RecordKeeper) -> _Carried:
    try:
        descriptor = attributes.open_for_attributes(path)
    except AttributeRefused:
        return _Carried()
    try:
        found = keeper.read(descriptor)
        return _Carried(
            found,
            record_place(descriptor, found.bytes, found.parts),
            keeper.foreign(descriptor),
            read_labels(descriptor),
            birth_of(descriptor),
        )
    finally:
        os.close(descriptor)


def _note(path: bytes, now: FileStat, found: Found) -> str:
    if found.fault is not None:
        return found.fault.value
    if found.record is None:
        return ""
    fingerprint = found.record.fingerprint
    if fingerprint.size == now.size and holds_content(path, now.size, fingerprint.content_hash):
        return ""
    return told("the record describes an older content")


def _vectors(row: FileRow, store: Store, found: Found) -> tuple[VectorFacts, ...]:
    recorded = {section.space: section for section in found.record.sections} if found.record else {}
    extents = store.catalog.extents(row.id)
    facts: list[VectorFacts] = []
    for kept in store.spaces():
        runs = [extent for extent in extents if extent.space == kept.number]
        section = recorded.get(kept.space.id)
        if runs or section:
            count = sum(run.count for run in runs)
            facts.append(
                VectorFacts(
                    space=kept.space,
                    passages=count,
                    codec=kept.codec,
                    bytes=count * row_bytes(codec_named(kept.codec, kept.basis), kept.space.dim),
                    recorded=len(section.ordinals) if section else 0,
                    record_codec=section.codec.name if section else None,
                    source=runs[0].source if runs else None,
                    confidence=min((run.confidence for run in runs), default=1.0),
                    made_ns=max((run.made_s for run in runs), default=0) * _SECOND_NS,
                )
            )
    return tuple(facts)


def _passages(row: FileRow, store: Store) -> tuple[PassageText, ...]:
    return tuple(
        PassageText(passage.ordinal, passage.kind.value, passage.place, passage.text)
        for passage in store.catalog.passages_of(row.id)
    )
