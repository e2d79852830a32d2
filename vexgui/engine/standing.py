"""How things stand: the roots, the spaces, and all of it at a glance."""

import os
from collections.abc import Sequence

from vexgui import __version__
from vexgui.core.reports import Failure, RootInfo, SpaceInfo, Status
from vexgui.core.settings import Settings
from vexgui.core.vectors import Space
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.watch import watch_limit
from vexgui.store.store import Store

_LAST_ERRORS = 20


def root_infos(settings: Settings, store: Store) -> tuple[RootInfo, ...]:
    """Return the roots with their counts."""
    infos: list[RootInfo] = []
    for root in settings.roots:
        files, failed = store.catalog.count_files(root)
        records = settings.write_records and root not in settings.unrecorded
        infos.append(RootInfo(root, files, failed, os.path.isdir(root), records))
    return tuple(infos)


def space_infos(active: Sequence[Space], store: Store) -> tuple[SpaceInfo, ...]:
    """Return the spaces in force first, then those that are only kept."""
    spaces = dict.fromkeys((*active, *(kept.space for kept in store.spaces())))
    return tuple(SpaceInfo(space, store.count_vectors(space.id), space in active) for space in spaces)


def status_of(
    profile: bytes, settings: Settings, active: Sequence[Space], store: Store, indexer: Indexer, damage: Sequence[str]
) -> Status:
    """Return the engine at a glance.

    Args:
        profile: Where the profile's data lies.
        settings: The settings in force.
        active: The spaces that new files get vectors in.
        store: The store.
        indexer: The indexer.
        damage: What is damaged and could not be mended.
    """
    files, failed = store.catalog.count_files()
    return Status(
        version=__version__,
        profile=profile,
        roots=root_infos(settings, store),
        files=files,
        failed=failed,
        passages=store.catalog.count_passages(),
        spaces=space_infos(active, store),
        progress=indexer.progress,
        queue=indexer.queue,
        watches=indexer.watches,
        watch_limit=watch_limit(),
        store_bytes=store.size_bytes(),
        last_errors=tuple(Failure(path, reason) for path, reason in store.catalog.failures(_LAST_ERRORS)),
        rebuilding=store.rebuilding,
        damage=tuple(damage),
    )
