"""Models chosen before: when they have done their service, and removing their vectors."""

import os
from collections.abc import Callable
from threading import Event as Flag

from vexgui.core.events import Activity, Progress
from vexgui.core.vectors import Space, SpaceId
from vexgui.indexer.pipeline import Pipeline
from vexgui.search.freshness import is_fresh
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused

_TOLD_FILES = 100


def is_complete(space: Space, store: Store, *, tried: bool) -> bool:
    """Tell whether all files have their vectors in a picture space, as far as they can be had.

    Args:
        space: The space.
        store: The store.
        tried: Whether every file that lacks some has been gone through. Then only those count that are out of sight, on
            a drive that is not there: they will get theirs later.
    """
    if not tried and store.count_vectors(space.id) < store.catalog.count_pictures():
        return False  # which is told much sooner than which files they are
    lacking = store.lacking_vectors(space)
    return not lacking or (tried and all(map(os.path.lexists, lacking)))


def forget_space(
    space: SpaceId, store: Store, pipeline: Pipeline, stop: Flag, told: Callable[[Progress], None]
) -> None:
    """Remove a space's vectors from files and store.

    The store goes last: as long as it names the space, what is broken off can be seen, and done once more.

    Args:
        space: The space, which no model in force has.
        store: Where its vectors are, and which files have some.
        pipeline: Writes no more of them.
        stop: Ends it early.
        told: Is told how far it is.
    """
    kept = store.catalog.space(space)
    if kept is None:
        return
    pipeline.forsake(space)
    paths = store.catalog.files_in(kept.number)
    for start in range(0, len(paths), _TOLD_FILES):
        if stop.is_set():
            return
        told(Progress(Activity.FORGETTING, start, len(paths), paths[start]))
        _take_out(paths[start : start + _TOLD_FILES], space, store, pipeline)
    store.drop_space(space)


def _take_out(paths: tuple[bytes, ...], space: SpaceId, store: Store, pipeline: Pipeline) -> None:
    """Write files' records anew without a space; nothing else about the files is said to have changed."""
    with pipeline.settling:
        stats = []
        for path in paths:
            row = store.catalog.file(path)
            try:
                descriptor = attributes.open_for_attributes(path)
            except AttributeRefused:
                continue  # it has none, or not for us
            try:
                is_known = row is not None and is_fresh(row)
                if pipeline.keeper.leave_out(descriptor, space) and is_known:
                    stats.append((path, attributes.stat_of(descriptor)))
            except AttributeRefused:
                continue  # a file that may not be written any more keeps its record, of which this part is not read
            finally:
                os.close(descriptor)
        store.update_stats(stats)
