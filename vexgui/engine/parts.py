"""What hangs on one open store."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from vexgui.core.events import Event
from vexgui.core.paths import joined
from vexgui.core.settings import Settings
from vexgui.engine.libraries import take_up
from vexgui.engine.rebuilding import open_store
from vexgui.extract.extractor import Extractor
from vexgui.indexer.drives import Drives
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.manners import Bounds, Manners, Sensed
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import USUAL, Rules
from vexgui.models.embedder import Embedder
from vexgui.search.searcher import Searcher
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system.profile import Profile
from vexgui.system.recent import Look
from vexgui.system.thumbnails import ThumbnailCache
from vexgui.system.work_trees import WorkTrees


@dataclass(frozen=True, slots=True)
class Tools:
    """What outlives a store.

    Attributes:
        keeper: Reads and writes records.
        extractor: Reads files.
        embedder: Makes vectors.
        looks: Tells what is looked at.
        sense: Tells what speaks against work.
        drives: Tells on which drive a folder lies, and asks those that may never answer.
        thumbnails: The desktop's; None where there are none.
    """

    keeper: RecordKeeper
    extractor: Extractor
    embedder: Embedder
    looks: Callable[[], Mapping[bytes, Look]]
    sense: Callable[[], Sensed]
    drives: Drives
    thumbnails: ThumbnailCache | None


@dataclass(frozen=True, slots=True)
class Parts:
    """An open store, and what reads and writes it."""

    store: Store
    pipeline: Pipeline
    indexer: Indexer
    searcher: Searcher
    manners: Manners

    @classmethod
    def opened(
        cls,
        profile: Profile,
        settings: Settings,
        tools: Tools,
        emit: Callable[[Event], None],
        stale: Callable[[Sequence[bytes]], None],
        *,
        settle_s: float,
        writable: bool,
    ) -> Self:
        """Open the store of a profile and join the rest to it.

        Args:
            profile: Where everything lies.
            settings: The settings in force.
            tools: What the parts work with.
            emit: Is told what the indexer does.
            stale: Is told of files that are not as the store knows them.
            settle_s: A file that changes is looked at when nothing has happened for so long.
            writable: Whether this process owns the profile.

        Raises:
            VexError: The store cannot be opened.
        """
        store = open_store(store_folder(profile), settings, writable=writable)
        if writable:
            store.set_roots(settings.roots)
            take_up(store, profile.data)
        pipeline = Pipeline(store, tools.keeper, tools.extractor, tools.embedder, tools.looks, tools.drives.is_away)
        own = (profile.data, profile.config, profile.cache, profile.runtime)
        rules = Rules(settings.exclude, usual=USUAL, home=os.path.expanduser(b"~"), gitignore=settings.gitignore)
        manners = Manners(bounds_of(settings), tools.sense)
        manners.pause(settings.paused_until_s)
        indexer = Indexer(
            store,
            pipeline,
            rules,
            own,
            emit,
            manners=manners,
            drives=tools.drives,
            thumbnails=tools.thumbnails,
            on_battery=lambda: tools.sense().on_battery,
            settle_s=settle_s,
        )
        searcher = Searcher(store, tools.embedder, tools.extractor, stale, tools.drives.remote)
        return cls(store, pipeline, indexer, searcher, manners)

    def watch(self, roots: Sequence[bytes]) -> None:
        """Follow what happens in folders, and be ready for somebody who types."""
        self.store.catalog.hold_names()
        self.indexer.start(roots)

    def close(self) -> None:
        """End the indexer, then close the store."""
        self.indexer.close()
        self.store.close()


def bounds_of(settings: Settings) -> Bounds:
    """Return what settings allow before the work in the background rests."""
    return Bounds(settings.work_on_battery, settings.most_memory_stall, settings.most_disk_stall)


def store_folder(profile: Profile) -> bytes:
    """Return where a profile's store lies."""
    return joined(profile.data, b"store")


def keeper_for(settings: Settings, key: bytes, is_remote: Callable[[bytes], bool], *, writable: bool) -> RecordKeeper:
    """Return who reads and writes records.

    Args:
        settings: Say whether records are written, and where not.
        key: What they are signed with.
        is_remote: Tells where none are written.
        writable: Whether this process owns the profile.
    """
    spared = None if settings.records_in_work_trees else WorkTrees(settings.roots, os.path.expanduser(b"~"))
    return RecordKeeper(
        key,
        settings.codec,
        enabled=settings.write_records and writable,
        unrecorded=settings.unrecorded,
        recorded=[root for root in settings.roots if root not in settings.unrecorded],
        work_trees=spared,
        is_remote=is_remote,
    )
