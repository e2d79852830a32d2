"""Looking after records and store: checking, mending, stripping."""

import os
from collections.abc import Callable, Iterator, Sequence

from vexgui.core.files import FileState
from vexgui.core.paths import joined, lies_in, shown
from vexgui.core.reports import Failure, StripReport, VerifyReport
from vexgui.search.freshness import is_fresh
from vexgui.store.record import RecordFault, reading_of
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileRow
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


def verify(store: Store, keeper: RecordKeeper, mend: Callable[[Sequence[bytes]], None] | None) -> VerifyReport:
    """Check every vector in the store and every record on a known file.

    Args:
        store: The store.
        keeper: Reads records, and writes them anew where they are damaged.
        mend: Brings files back into the store after their damaged vectors were forgotten; None to change nothing.
    """
    check = store.check()
    problems = list(check.problems)
    repaired = 0
    if mend is not None and check.damaged:
        store.forget(check.damaged)
        mend(check.damaged)
        left = set(store.check().damaged)
        repaired += sum(1 for path in check.damaged if path not in left and store.catalog.file(path) is not None)
    records = 0
    for row in store.catalog.all_files():
        checked = _check_record(row, keeper)
        if checked is None:
            continue
        records += 1
        if checked:
            problems.append(checked)
            if mend is not None and row.state is FileState.INDEXED and _rewrite(row, store, keeper):
                repaired += 1
    return VerifyReport(check.slots, records, tuple(problems), repaired)


def strip(paths: Sequence[bytes], keeper: RecordKeeper) -> StripReport:
    """Remove the records of files, and of all files beneath folders; symbolic links are not followed."""
    files = stripped = 0
    failed: list[Failure] = []
    for path in _regular_files(paths, failed):
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


def write_records(folder: bytes, store: Store, keeper: RecordKeeper) -> None:
    """Write the store's vectors to the known files beneath a folder that carry no record."""
    for row in store.catalog.all_files():
        if lies_in(row.path, folder) and row.state is FileState.INDEXED and _check_record(row, keeper) is None:
            _rewrite(row, store, keeper)


def _check_record(row: FileRow, keeper: RecordKeeper) -> str | None:
    """Return what is wrong with a file's record, "" when nothing is, None when it carries none."""
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


def _rewrite(row: FileRow, store: Store, keeper: RecordKeeper) -> bool:
    """Write a file's record anew from the store's vectors; return whether it carries a good one now."""
    vectors = store.vectors_of(row.id)
    if not vectors or not is_fresh(row):
        return False
    try:
        descriptor = attributes.open_for_attributes(row.path)
    except AttributeRefused:
        return False
    try:
        if keeper.read(descriptor).fault is RecordFault.NEWER:
            return False
        reading = reading_of(store.catalog.passages_of(row.id))
        stat = attributes.stat_of(descriptor)
        note = keeper.write(descriptor, row.path, stat, row.content_hash, row.recipe, reading, vectors)
        store.update_stats([(row.path, attributes.stat_of(descriptor))])
        return not note
    finally:
        os.close(descriptor)


def _regular_files(paths: Sequence[bytes], failed: list[Failure]) -> Iterator[bytes]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue

        def refuse(error: OSError) -> None:
            failed.append(Failure(os.fsencode(error.filename), f"It cannot be read: {error.strerror}."))

        for folder, _, names in os.walk(path, onerror=refuse):
            for name in names:
                file = joined(folder, name)
                if os.path.isfile(file) and not os.path.islink(file):
                    yield file
