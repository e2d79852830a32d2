"""Tags and ratings: written to files as the desktop has them, and noted in the store at once."""

from collections.abc import Callable, Sequence

from vexgui.core.events import Event, IndexChanged
from vexgui.core.files import FileStat, Labels
from vexgui.core.labels import LabelledFile, LabelReport, TagCount
from vexgui.core.reports import Failure
from vexgui.engine.given import given_file
from vexgui.indexer.plan import is_unchanged
from vexgui.store.rows import FileId
from vexgui.store.store import Store
from vexgui.system.attributes import AttributeRefused
from vexgui.system.labels import NO_CHANGE, LabelChange, Labelled, insist_on_rating, insist_on_tag
from vexgui.system.remote import Remote
from vexgui.system.remote_labels import labelled_anywhere


def tagging(add: Sequence[str], remove: Sequence[str]) -> LabelChange:
    """Return what gives a file tags and takes others from it.

    Raises:
        UsageProblem: Something cannot be a tag, or is to be given and taken.
    """
    for tag in add:
        insist_on_tag(tag, remove)
    return LabelChange(tuple(add), tuple(remove))


def rating(number: int | None) -> LabelChange:
    """Return what rates a file.

    Raises:
        UsageProblem: It cannot be a rating.
    """
    insist_on_rating(number)
    return LabelChange(rating=number or 0)


def tags(store: Store, among: Sequence[bytes] | None) -> tuple[TagCount, ...]:
    """Return the tags of all known files, or of those among some paths, and how many have each."""
    catalog = store.catalog
    ids = None if among is None else [FileId(number) for number in catalog.ids_at(among).tolist()]
    return tuple(TagCount(tag, files) for tag, files in catalog.tag_counts(ids).items())


def label(
    paths: Sequence[bytes], change: LabelChange, store: Store, remote: Remote, emit: Callable[[Event], None]
) -> LabelReport:
    """Change the labels of files, or only read them, and have the store know what they are then.

    Nothing else about the files changes; that their ctime moves is noted too, so that nobody need look at them again.

    Args:
        paths: The files.
        change: What is done to each.
        store: What knows of them.
        remote: Does it where nobody may ever answer.
        emit: Is told that what is known of files has changed.

    Raises:
        PathProblem: One of them is missing, or no regular file; none is changed.
        PermissionProblem: The folder of one may not be looked into; none is changed.
        WorldProblem: The file system of one does not answer; none is changed.
    """
    files = [given_file(path, remote) for path in dict.fromkeys(paths)]
    done: list[LabelledFile] = []
    failed: list[Failure] = []
    noted: dict[bytes, tuple[FileStat, Labels]] = {}
    for path in files:
        try:
            found = labelled_anywhere(path, change, remote)
        except AttributeRefused as refused:
            failed.append(Failure(path, refused.reason.value))
            continue
        if change != NO_CHANGE and (stat := _stat_to_keep(path, found, store)):
            noted[path] = (stat, found.labels)
        done.append(LabelledFile(path, found.labels.tags, found.labels.rating))
    # One transaction for all: with one a file, thousands of files would take minutes.
    store.update_stats(
        [(path, stat) for path, (stat, _) in noted.items()], {path: said for path, (_, said) in noted.items()}
    )
    if change != NO_CHANGE and done:
        emit(IndexChanged(len(done)))
    return LabelReport(len(files), tuple(done), tuple(failed))


def _stat_to_keep(path: bytes, found: Labelled, store: Store) -> FileStat | None:
    """Return what the store is to keep as the stat of a file that was labelled; None where it does not know it."""
    row = store.catalog.file(path)
    if row is None:
        return None
    before, after = found.before, found.after
    # A file that had changed before, or changes now, is still to be looked at: its old stat stays.
    was_written = (after.size, after.mtime_ns) != (before.size, before.mtime_ns)
    return after if is_unchanged(before, row.known, row.recipe) and not was_written else row.stat
