"""Models chosen before: taking their vectors out of the files' records."""

import os
from collections.abc import Callable

from vexgui.core.events import Activity, Progress
from vexgui.core.files import FileStat, Labels
from vexgui.core.vectors import SpaceId
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.recording import looked_at_after
from vexgui.search.freshness import compared
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused

_TOLD_FILES = 100


def leave_out(
    space: SpaceId, store: Store, pipeline: Pipeline, is_over: Callable[[], bool], told: Callable[[Progress], None]
) -> None:
    """Take a space's vectors out of the records of the files that have some in the store.

    Args:
        space: The space, which is forsaken by the pipeline meanwhile.
        store: Tells which files have some.
        pipeline: Writes records.
        is_over: Ends it early.
        told: Is told how far it is.
    """
    paths = store.files_in(space)
    for start in range(0, len(paths), _TOLD_FILES):
        if is_over():
            return
        told(Progress(Activity.FORGETTING, start, len(paths), paths[start]))
        _take_out(paths[start : start + _TOLD_FILES], space, store, pipeline)


def _take_out(paths: tuple[bytes, ...], space: SpaceId, store: Store, pipeline: Pipeline) -> None:
    """Write files' records anew without a space; nothing else about the files is said to have changed."""
    with pipeline.settling:
        stats: list[tuple[bytes, FileStat]] = []
        labels: dict[bytes, Labels] = {}
        for path in paths:
            row = store.catalog.file(path)
            try:
                descriptor = attributes.open_for_attributes(path)
            except AttributeRefused:
                continue  # it has none, or not for us
            try:
                before = attributes.stat_of(descriptor)
                is_known = row is not None and compared(row, before).is_fresh
                is_written = pipeline.keeper.leave_out(descriptor, space)
                if is_written and is_known and (after := looked_at_after(descriptor, before)) is not None:
                    stats.append((path, after[0]))
                    labels[path] = after[1]
            except AttributeRefused:
                continue  # a file that may not be written any more keeps its record, of which this part is not read
            finally:
                os.close(descriptor)
        store.update_stats(stats, labels)
