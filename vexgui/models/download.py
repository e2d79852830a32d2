"""Downloading a model: what it needs is fetched from the hub by a child process that alone may use the network."""

import dataclasses
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event as Flag
from typing import Any, Self

from vexgui.core.errors import ChildFailed, ModelUnavailable
from vexgui.core.told import told
from vexgui.models.failures import checked
from vexgui.models.hub.files import HubCache, HubFile, Listing, Source
from vexgui.models.hub.patience import GOES_ON, Patience
from vexgui.system.child import Child
from vexgui.system.frames import Frame

Progress = Callable[[int, int], None]
"""Is told how many bytes are here, and of how many; from a thread of its own, at most five times a second."""

_TICK_S = 0.2
_LIST_TIMEOUT_S = 120.0
_FETCH_TIMEOUT_S = 48 * 3600.0
"""A large model over a slow line; a line that is dead is noticed long before."""


class Download:
    """Fetches what models need; what has come stays, so that it goes on where it broke off.

    Args:
        cache_dir: The profile's cache folder.
        patience: How long to wait for the hub.
    """

    def __init__(self, cache_dir: bytes, patience: Patience = Patience()) -> None:  # noqa: B008 - a frozen value
        self._cache = HubCache(cache_dir)
        self._patience = patience
        self._child = Child("vexgui.models.hub", [], told("The download"))

    def fetch(self, sources: Sequence[Source], progress: Progress | None = None) -> None:
        """Have all that some sources name on this computer, checked against the digests that the hub announces.

        Raises:
            ModelUnavailable: There is no network, the hub fails, breaks off, or sends something else than announced.
            DiskFull: There is no room.
            PermissionProblem: The cache may not be written.
            ChildFailed: `close` was called meanwhile, or the process died.
        """
        listings = [self._listing(source.repository) for source in sources]
        wanted = [(listing, source.wanted(listing)) for source, listing in zip(sources, listings, strict=True)]
        with self._watched(wanted, progress):
            for listing, files in wanted:
                for file in files:
                    self._fetch(listing, file)
        for listing, files in wanted:  # only now: a library that finds a repository expects all of it
            self._cache.place(listing, files)

    def close(self) -> None:
        """End the process, also under a running download."""
        self._child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _listing(self, repository: str) -> Listing:
        header = self._ask(
            {"do": "list", "repository": repository, "timeout_s": self._patience.stall_s}, _LIST_TIMEOUT_S
        )
        return Listing(repository, header["commit"], tuple(HubFile(*file) for file in header["files"]))

    def _fetch(self, listing: Listing, file: HubFile) -> None:
        request = {
            "do": "fetch",
            "repository": listing.repository,
            "commit": listing.commit,
            "file": dataclasses.astuple(file),
            "whole": os.fsdecode(self._cache.blob(listing.repository, file)),
            "partial": os.fsdecode(self._cache.partial(listing.repository, file)),
            "patience": dataclasses.astuple(self._patience),
        }
        self._ask(request, _FETCH_TIMEOUT_S)

    def _ask(self, header: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        return checked(self._child.call(Frame(header), timeout_s)).header

    @contextmanager
    def _watched(
        self, wanted: Sequence[tuple[Listing, Sequence[HubFile]]], progress: Progress | None
    ) -> Iterator[None]:
        """Tell meanwhile how far it is: the files grow before everybody's eyes."""
        files = [(listing.repository, file) for listing, files in wanted for file in files]
        total = sum(file.size for _, file in files)

        def tell() -> None:
            if progress is not None:
                progress(sum(self._cache.have_bytes(*file) for file in files), total)

        with ticking(tell):
            yield
        tell()


@contextmanager
def ticking(tick: Callable[[], None]) -> Iterator[None]:
    """Call a function again and again, from a thread of its own, while something else is done."""
    over = Flag()

    def run() -> None:
        while not over.wait(_TICK_S):
            tick()

    thread = threading.Thread(target=run, name="vexgui-ticking", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def stoppable(stop: Flag | None, title: str, close: Callable[[], None]) -> Iterator[None]:
    """Close what is working as soon as a flag is set.

    Args:
        stop: The flag.
        title: What is done, for the message.
        close: Ends it.

    Raises:
        ModelUnavailable: The flag was set meanwhile.
    """

    def look() -> None:
        if stop is not None and stop.is_set():
            close()

    try:
        with ticking(look):
            yield
    except ChildFailed as error:
        if stop is None or not stop.is_set():
            raise
        raise ModelUnavailable(f"{title} was stopped.", GOES_ON) from error
