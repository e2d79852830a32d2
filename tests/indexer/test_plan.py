"""What a scan decides about a folder's files, as a table."""

import os

import pytest

from vexgui.core.files import FileStat
from vexgui.indexer.plan import FolderPlan, plan_folder
from vexgui.indexer.walk import Entry
from vexgui.store.rows import KnownFile

RECIPE = 3


def seen_at(time_ns: int) -> os.stat_result:
    """Return the stat of a file with these times; the last three of the fields are the times in ns."""
    return os.stat_result((0o100644, 7, 1, 1, 0, 0, 5, 0, 0, 0, 0.0, 0.0, 0.0, time_ns, time_ns, time_ns))


SEEN = seen_at(1_700_000_000_000_000_001)
STAT = FileStat.of(SEEN)
KNOWN = KnownFile(STAT.inode, STAT.size, STAT.mtime_ns, STAT.ctime_ns, RECIPE)


def test_a_file_as_it_was_is_unchanged_and_one_that_is_not_there_is_gone() -> None:
    plan = plan_folder([Entry(b"same", SEEN)], {b"same": KNOWN, b"lost": KNOWN}, RECIPE, force=False)
    assert plan == FolderPlan(changed=(), unchanged=1, gone=(b"lost",))


@pytest.mark.parametrize("field", ["inode", "size", "mtime_ns", "ctime_ns", "recipe", "unread"])
def test_any_other_number_makes_it_changed(field: str) -> None:
    other = KNOWN._replace(**{field: getattr(KNOWN, field) + 1})
    plan = plan_folder([Entry(b"file", SEEN)], {b"file": other}, RECIPE, force=False)
    assert plan == FolderPlan(changed=(b"file",), unchanged=0, gone=())


def test_an_unknown_file_is_changed_and_force_makes_every_one_so() -> None:
    assert plan_folder([Entry(b"file", SEEN)], {}, RECIPE, force=False).changed == (b"file",)
    assert plan_folder([Entry(b"file", SEEN)], {b"file": KNOWN}, RECIPE, force=True).changed == (b"file",)


def test_a_time_that_64_bits_cannot_count_is_compared_as_it_is_kept() -> None:
    seen = seen_at(430 * 365 * 86_400 * 10**9)  # in the year 2400
    stat = FileStat.of(seen)
    assert stat.mtime_ns < seen.st_mtime_ns
    known = KnownFile(stat.inode, stat.size, stat.mtime_ns, stat.ctime_ns, RECIPE)
    assert plan_folder([Entry(b"far", seen)], {b"far": known}, RECIPE, force=False).unchanged == 1
