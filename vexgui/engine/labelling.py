"""Tags and ratings: written to files as the desktop has them, and noted in the store at once."""

import os
from collections.abc import Callable, Collection, Sequence

from vexgui.core.events import Event, IndexChanged
from vexgui.core.files import Labels
from vexgui.core.reports import Failure, LabelledFile, LabelReport
from vexgui.engine.given import given_file
from vexgui.indexer.plan import is_unchanged
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.labels import change_tags, insist_on_rating, insist_on_tag, read_labels, set_rating

Change = Callable[[int], None]
"""Changes the labels of an open file; raises AttributeRefused."""


def tagging(add: Sequence[str], remove: Collection[str]) -> Change | None:
    """Return what gives a file tags and takes others from it; None where there are none.

    Raises:
        UsageProblem: Something cannot be a tag, or is to be given and taken.
    """
    for tag in add:
        insist_on_tag(tag, remove)
    return (lambda descriptor: change_tags(descriptor, add, remove)) if add or remove else None


def rating(number: int | None) -> Change:
    """Return what rates a file.

    Raises:
        UsageProblem: It cannot be a rating.
    """
    insist_on_rating(number)
    return lambda descriptor: set_rating(descriptor, number)


def label(paths: Sequence[bytes], change: Change | None, store: Store, emit: Callable[[Event], None]) -> LabelReport:
    """Change the labels of files, or only read them, and have the store know what they are then.

    Nothing else about the files changes; that their ctime moves is noted too, so that nobody need look at them again.

    Args:
        paths: The files.
        change: What is done to each; None to read them.
        store: What knows of them.
        emit: Is told that what is known of files has changed.

    Raises:
        PathProblem: One of them is missing, or no regular file; none is changed.
        PermissionProblem: The folder of one may not be looked into; none is changed.
    """
    files = [given_file(path) for path in dict.fromkeys(paths)]
    done: list[LabelledFile] = []
    failed: list[Failure] = []
    for path in files:
        try:
            labels = _labelled(path, change, store)
        except AttributeRefused as refused:
            failed.append(Failure(path, refused.reason.value))
        else:
            done.append(LabelledFile(path, labels.tags, labels.rating))
    if change is not None and done:
        emit(IndexChanged(len(done)))
    return LabelReport(len(files), tuple(done), tuple(failed))


def _labelled(path: bytes, change: Change | None, store: Store) -> Labels:
    descriptor = attributes.open_for_attributes(path)
    try:
        before = attributes.stat_of(descriptor)
        if change is not None:
            change(descriptor)
        after = attributes.stat_of(descriptor)
        labels = read_labels(descriptor)
    finally:
        os.close(descriptor)
    row = store.catalog.file(path)
    if change is not None and row is not None:
        # A file that had changed before, or changes now, is still to be looked at: its old stat stays.
        was_written = (after.size, after.mtime_ns) != (before.size, before.mtime_ns)
        stat = after if is_unchanged(before, row.known, row.recipe) and not was_written else row.stat
        store.update_stats([(path, stat)], {path: labels})
    return labels
