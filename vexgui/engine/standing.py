"""How things stand: the roots, the spaces, and all of it at a glance."""

import contextlib
import os
import shutil
import stat
from collections.abc import Sequence

from vexgui import __version__
from vexgui.core.paths import beneath
from vexgui.core.reports import Failure, RootInfo, RootState, SpaceInfo, Status
from vexgui.core.settings import Settings
from vexgui.core.vectors import Modality
from vexgui.engine.models import Models
from vexgui.extract.available import lacking
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.watch import watch_limit
from vexgui.models.embedder import Embedder
from vexgui.search.freshness import is_away
from vexgui.store.store import Store
from vexgui.system.sandbox import confinement

_LAST_ERRORS = 20


def root_infos(settings: Settings, store: Store, indexer: Indexer) -> tuple[RootInfo, ...]:
    """Return the roots with their counts, and how each is kept."""
    infos: list[RootInfo] = []
    for root in settings.roots:
        files, failed = store.catalog.count_files(root, beneath(root, settings.roots))
        records = settings.write_records and root not in settings.unrecorded
        state, current_ns = indexer.stand(root)
        if state is RootState.UNWATCHED and is_away(root, store.catalog, indexer.drives.remote):
            state = RootState.OFFLINE
        present = state is not RootState.OFFLINE
        readable = state is RootState.NOT_RESPONDING or indexer.drives.remote.is_remote(root) or not _is_closed(root)
        infos.append(RootInfo(root, files, failed, present, records, state, current_ns, readable))
    return tuple(infos)


def _is_closed(folder: bytes) -> bool:
    """Tell whether a folder is there, but may not be looked into."""
    with contextlib.suppress(OSError):
        return stat.S_ISDIR(os.lstat(folder).st_mode) and not os.access(folder, os.R_OK | os.X_OK)
    return False


def _room_bytes(folder: bytes) -> int | None:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free
    return None


def space_infos(embedder: Embedder, store: Store) -> tuple[SpaceInfo, ...]:
    """Return the spaces in force first, then those that answer beside them, then those that are only kept.

    Raises:
        VexError: A model in force cannot be had.
    """
    active = {space.id for space in embedder.spaces()}
    answering = {space.id: space for space in embedder.answering()}
    spaces = {kept.space.id: kept.space for kept in store.spaces()}
    counts = {Modality.TEXT: store.catalog.count_files()[0], Modality.PICTURE: store.catalog.count_pictured()}
    infos: list[SpaceInfo] = []
    for space in (answering | {key: space for key, space in spaces.items() if key not in answering}).values():
        files = store.count_files_in(space.id)
        infos.append(
            SpaceInfo(
                space,
                store.count_vectors(space.id),
                active=space.id in active,
                files=files,
                # Of a file that is still unread it is not known; where the model failed there will be none.
                wanted=max(files, counts[space.modality] - store.catalog.count_failed(space.failure)),
                answering=space.id in answering,
            )
        )
    return tuple(infos)


def status_of(
    profile: bytes, settings: Settings, models: Models, store: Store, indexer: Indexer, damage: Sequence[str]
) -> Status:
    """Return the engine at a glance.

    Args:
        profile: Where the profile's data lies.
        settings: The settings in force.
        models: The models in force.
        store: The store.
        indexer: The indexer.
        damage: What is damaged and could not be mended.
    """
    files, failed = store.catalog.count_files()
    held = confinement()
    ailing = models.embedder.ailing()
    return Status(
        version=__version__,
        profile=profile,
        roots=root_infos(settings, store, indexer),
        files=files,
        failed=failed,
        passages=store.catalog.count_passages(),
        spaces=space_infos(models.embedder, store),
        progress=indexer.progress,
        queue=indexer.queue,
        watches=indexer.watches,
        watch_limit=watch_limit(),
        watch_note=indexer.watch_note,
        store_bytes=store.size_bytes(),
        last_errors=tuple(Failure(file.path, file.reason) for file in store.catalog.failures(_LAST_ERRORS)),
        rebuilding=store.rebuilding,
        damage=tuple(damage),
        model_note=models.note or ailing,
        model_rests=bool(ailing) and not models.note,
        confinement=held.in_force,
        unconfined=held.lacking,
        unread=lacking(store.catalog.count_formats()),
        room_bytes=_room_bytes(profile),
    )
