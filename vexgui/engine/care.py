"""Looking after records and store: checking, mending, stripping."""

import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence

from vexgui.core.care import CompactReport, StripReport, VerifyReport
from vexgui.core.events import Activity, Progress
from vexgui.core.files import FileState
from vexgui.core.paths import joined, lies_in, shown
from vexgui.core.reports import Failure
from vexgui.core.vectors import SpaceId
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.recording import looked_at_after, write_again
from vexgui.search.freshness import compared, is_fresh
from vexgui.store.record import RecordFault
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileRow
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


def verify(
    store: Store, keeper: RecordKeeper, indexer: Indexer | None, active: Collection[SpaceId] = ()
) -> VerifyReport:
    """Check every vector in the store and every record on a known file.

    Args:
        store: The store.
        keeper: Reads records, and writes them anew where they are damaged.
        indexer: Brings files back into the store whose vectors are damaged; None to change nothing.
        active: The spaces in force: in records they come before others.
    """
    check = store.check()
    left = list(check.problems)
    if indexer is not None and left:
        mend(check.damaged, store, indexer)
        left = list(store.check().problems)
        if left:
            store.mend()
            left = list(store.check().problems)
    problems = [*check.problems]
    records = 0
    for row in store.catalog.all_files():
        problem = _check_record(row, keeper)
        if problem is None:
            continue
        records += 1
        if problem:
            problems.append(problem)
            if indexer is None or row.state is not FileState.INDEXED or not _rewrite(row, store, keeper, active):
                left.append(problem)
    unrepaired = tuple(left) if indexer is not None else ()
    return VerifyReport(check.slots, records, tuple(problems), max(0, len(problems) - len(left)), unrepaired)


def mend(paths: Sequence[bytes], store: Store, indexer: Indexer) -> None:
    """Give files whose vectors are damaged others, from their records or their contents.

    Files that cannot be seen now keep what they have, and are mended when they are back.
    """
    store.doubt(paths)
    indexer.index((), [path for path in paths if os.path.lexists(path)], threading.Event(), force=False)


def compact(store: Store, stop: threading.Event, told: Callable[[Progress], None]) -> CompactReport:
    """Collect garbage; a stop leaves the spaces that were not reached as they were."""
    before = store.size_bytes()
    total = max(1, sum(store.count_vectors(kept.space.id) for kept in store.spaces()))
    complete = store.compact(stop, lambda done: told(Progress(Activity.COMPACTING, 100 * done // total, 100)))
    return CompactReport(before, store.size_bytes(), complete)


def strip(paths: Sequence[bytes], keeper: RecordKeeper, *, spared: Collection[bytes] = ()) -> StripReport:
    """Remove the records of files, and of all files beneath folders but those spared; links are not followed.

    What lies on file systems that may never answer carries none, and is not looked at.
    """
    files = stripped = 0
    failed: list[Failure] = []
    near = [path for path in paths if not keeper.out_of_reach(path)]
    for path in _regular_files(near, lambda folder: folder in spared or bool(keeper.out_of_reach(folder)), failed):
        files += 1
        try:
            descriptor = attributes.open_for_attributes(path)
        except AttributeRefused as refused:
            failed.append(Failure(path, refused.reason.value))
            continue
        try:
            stripped += keeper.remove(descriptor)
        except AttributeRefused as refused:
            failed.append(Failure(path, refused.reason.value))
        finally:
            os.close(descriptor)
    return StripReport(files, stripped, tuple(failed))


def write_records(folder: bytes, store: Store, keeper: RecordKeeper, active: Collection[SpaceId]) -> None:
    """Write the store's vectors to the known files beneath a folder that carry no record; see `verify`."""
    for row in store.catalog.all_files():
        if lies_in(row.path, folder):
            write_record(row, store, keeper, active)


def write_record(row: FileRow, store: Store, keeper: RecordKeeper, active: Collection[SpaceId]) -> None:
    """Write the store's vectors to a known file that carries no record and may carry one; see `verify`."""
    is_near = row.state is FileState.INDEXED and not keeper.out_of_reach(row.path)
    if is_near and _check_record(row, keeper) is None:
        _rewrite(row, store, keeper, active)


def _check_record(row: FileRow, keeper: RecordKeeper) -> str | None:
    """Return what is wrong with a file's record, "" when nothing is, None when it carries none."""
    if keeper.out_of_reach(row.path):
        return None
    try:
        descriptor = attributes.open_for_attributes(row.path)
    except AttributeRefused:
        return None
    try:
        found = keeper.read(descriptor)
    finally:
        os.close(descriptor)
    if not found.bytes:
        return None
    if found.fault is not None:
        return f"{shown(row.path)}: {found.fault.value}."
    assert found.record is not None
    if found.record.fingerprint.content_hash != row.content_hash and is_fresh(row):
        return f"{shown(row.path)}: the record describes another content."
    return ""


def _rewrite(row: FileRow, store: Store, keeper: RecordKeeper, active: Collection[SpaceId]) -> bool:
    """Write a file's record anew from the store's vectors; return whether it carries a good one now."""
    try:
        descriptor = attributes.open_for_attributes(row.path)
    except AttributeRefused:
        return False
    try:
        before = attributes.stat_of(descriptor)
        if keeper.read(descriptor).fault is RecordFault.NEWER or not compared(row, before).is_fresh:
            return False
        note = write_again(descriptor, row, store, keeper, active)
        after = looked_at_after(descriptor, before)
        if after is None:
            return False
        if (after[0], note) != (row.stat, row.record_note):
            store.update_stats([(row.path, after[0])], {row.path: after[1]}, {row.path: note})
        return not note
    finally:
        os.close(descriptor)


def _regular_files(
    paths: Sequence[bytes], is_passed_over: Callable[[bytes], bool], failed: list[Failure]
) -> Iterator[bytes]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue

        def refuse(error: OSError) -> None:
            failed.append(Failure(os.fsencode(error.filename), f"It cannot be read: {error.strerror}."))

        for folder, inner, names in os.walk(path, onerror=refuse):
            inner[:] = [name for name in inner if not is_passed_over(joined(folder, name))]
            for name in names:
                file = joined(folder, name)
                if os.path.isfile(file) and not os.path.islink(file):
                    yield file
