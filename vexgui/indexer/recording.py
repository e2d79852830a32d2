"""The last look at a file before it is committed: its record is written, if it has all its vectors, or mended."""

import os
from collections.abc import Collection
from dataclasses import replace

from vexgui.core.files import NO_LABELS, RECIPE, FileStat, FileState, Labels
from vexgui.core.vectors import SpaceId
from vexgui.indexer.reading import Read
from vexgui.indexer.vectors import Item
from vexgui.store.record import UNSAID, RecordFault, is_of, reading_of
from vexgui.store.record.keeper import Found, RecordKeeper
from vexgui.store.rows import FileRow, FileUpdate
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal
from vexgui.system.birth import birth_of
from vexgui.system.fingerprint import content_hash
from vexgui.system.labels import read_labels

Written = tuple[int, int, bytes]
"""A file whose record was written: device, inode, and the hash of the content that it describes."""


def recorded(item: Item, keeper: RecordKeeper, written: set[Written], *, final: bool) -> FileUpdate | None:
    """Return what the store is to keep of a file; None when the file is not the one that was read any more.

    Args:
        item: The file, with its vectors.
        keeper: Writes the record, through the descriptor that all else is asked of.
        written: The files whose records were written in this run: one that has several names gets no record by each,
            though what is embedded of its name differs. Takes this one.
        final: Whether no more vectors are to come: then they are written to the file.
    """
    read = item.extraction.stat
    if reason := keeper.out_of_reach(item.path):
        return _update(item, read, reason)
    try:
        descriptor = attributes.open_for_attributes(item.path)
    except AttributeRefused as refused:
        return None if refused.reason is Refusal.GONE else _update(item, read, refused.reason.value)
    try:
        if not _is_as_read(descriptor, item):
            return None
        note = _written(item, keeper, descriptor, written) if final and (item.embedded or not item.recorded) else ""
        now = attributes.stat_of(descriptor)
        # Only what writing the record itself moves may have moved meanwhile.
        if (now.size, now.mtime_ns) != (read.size, read.mtime_ns):
            return None
        # Labels come last: those that change from here on move the file's ctime once more.
        return _update(item, now, note, read_labels(descriptor), birth_of(descriptor))
    finally:
        os.close(descriptor)


def mended(read: Read, store: Store, keeper: RecordKeeper, active: Collection[SpaceId]) -> Read:
    """Write the record of a file anew whose content is the known one, if it carries another file's or a bad one.

    Args:
        read: The file, untouched; it comes back with its stat and labels after that.
        store: Has its vectors.
        keeper: Writes the record.
        active: The spaces in force: in records they come before others.
    """
    row = store.catalog.file(read.path)
    if row is None or row.state is not FileState.INDEXED or keeper.out_of_reach(read.path):
        return read
    try:
        descriptor = attributes.open_for_attributes(read.path)
    except AttributeRefused:
        return read
    try:
        if attributes.stat_of(descriptor) != read.untouched or not _is_wrong(keeper.read(descriptor), row):
            return read
        write_again(descriptor, row, store, keeper, active)
        after = looked_at_after(descriptor, read.untouched)
        return read if after is None else replace(read, untouched=after[0], labels=after[1])
    finally:
        os.close(descriptor)


def looked_at_after(descriptor: int, before: FileStat) -> tuple[FileStat, Labels] | None:
    """Return a file's stat and labels after its record was written; None if it was edited meanwhile: it is read again.

    Labels are looked at, too, since they are not looked at any more for a stat that is known.
    """
    now = attributes.stat_of(descriptor)
    if (now.size, now.mtime_ns) != (before.size, before.mtime_ns):
        return None
    return now, read_labels(descriptor)


def write_again(descriptor: int, row: FileRow, store: Store, keeper: RecordKeeper, active: Collection[SpaceId]) -> str:
    """Write a known file's record from the vectors that the store has; return "" or why it carries none."""
    vectors = [replace(part, spare=part.space not in active) for part in store.vectors_of(row.id)]
    if not vectors:
        return "There are no vectors of it."
    reading = reading_of(store.catalog.passages_of(row.id))
    stat = attributes.stat_of(descriptor)
    return keeper.write(descriptor, row.path, stat, row.content_hash, row.recipe, reading, vectors)


def _is_wrong(found: Found, row: FileRow) -> bool:
    """Tell whether a file carries a record that is damaged or another content's.

    One that was made with another key stays: two computers would go on replacing each other's on a drive they share.
    """
    if found.record is None:
        return found.fault is RecordFault.DAMAGED
    return not is_of(found.record, row.stat, row.content_hash, row.recipe, UNSAID)


def _is_as_read(descriptor: int, item: Item) -> bool:
    """Tell whether a file has the content that was read; its record may have been written by another name since."""
    read, now = item.extraction.stat, attributes.stat_of(descriptor)
    if now.same_content_as(read):
        return True
    if not now.same_content_as(replace(read, ctime_ns=now.ctime_ns)):
        return False
    try:
        return content_hash(descriptor, now.size) == item.extraction.content_hash
    except OSError:
        return False


def _written(item: Item, keeper: RecordKeeper, descriptor: int, written: set[Written]) -> str:
    """Write a file's record; return "" or why it carries none."""
    extraction = item.extraction
    key = (extraction.stat.device, extraction.stat.inode, extraction.content_hash)
    note = keeper.write(
        descriptor,
        item.path,
        extraction.stat,
        extraction.content_hash,
        RECIPE,
        reading_of(extraction.passages),
        tuple(item.vectors.values()),
        anew=item.embedded and key not in written,
    )
    if not note and os.fstat(descriptor).st_nlink > 1:
        written.add(key)
    return note


def _update(item: Item, stat: FileStat, note: str, labels: Labels = NO_LABELS, birth: str | None = None) -> FileUpdate:
    extraction = item.extraction
    problem = extraction.problem or item.problem
    return FileUpdate(
        path=item.path,
        stat=stat,
        content_hash=extraction.content_hash,
        kind=extraction.kind,
        mime=extraction.mime,
        state=FileState.FAILED if problem else FileState.INDEXED,
        reason=problem,
        recipe=RECIPE,
        facts=extraction.facts,
        passages=extraction.passages,
        vectors=tuple(item.vectors.values()),
        record_note=note,
        unread=item.again,
        unseen=item.unseen,
        held=frozenset(item.held),
        labels=labels,
        birth=birth,
        over_ns=item.over_ns,
    )
