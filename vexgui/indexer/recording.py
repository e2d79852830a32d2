"""The last look at a file before it is committed: its record is written, if it has all its vectors."""

import os

from vexgui.core.files import NO_LABELS, RECIPE, FileStat, FileState, Labels
from vexgui.indexer.vectors import Item
from vexgui.store.record import reading_of
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileUpdate
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal
from vexgui.system.birth import birth_of
from vexgui.system.labels import read_labels


def recorded(item: Item, keeper: RecordKeeper, *, final: bool) -> FileUpdate | None:
    """Return what the store is to keep of a file; None when the file is not the one that was read any more.

    Args:
        item: The file, with its vectors.
        keeper: Writes the record, through the descriptor that all else is asked of.
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
        if not attributes.stat_of(descriptor).same_content_as(read):
            return None
        note = _written(item, keeper, descriptor) if final and (item.embedded or not item.recorded) else ""
        now = attributes.stat_of(descriptor)
        # Only what writing the record itself moves may have moved meanwhile.
        if (now.size, now.mtime_ns) != (read.size, read.mtime_ns):
            return None
        # Labels come last: those that change from here on move the file's ctime once more.
        return _update(item, now, note, read_labels(descriptor), birth_of(descriptor))
    finally:
        os.close(descriptor)


def _written(item: Item, keeper: RecordKeeper, descriptor: int) -> str:
    """Write a file's record; return "" or why it carries none."""
    extraction = item.extraction
    return keeper.write(
        descriptor,
        item.path,
        extraction.stat,
        extraction.content_hash,
        RECIPE,
        reading_of(extraction.passages),
        tuple(item.vectors.values()),
    )


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
