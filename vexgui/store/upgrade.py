"""Bringing a store of an older version up to date: it is written anew beside, then put in the old one's place."""

import os
import shutil
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Protocol

from vexgui.core.vectors import Space
from vexgui.store.catalog.upgrade import files_of_version_1, is_version_1, spaces_of_version_1
from vexgui.store.rows import FileUpdate
from vexgui.system.atomic import flush_folder

_BATCH = 1000


class NewStore(Protocol):
    """What a store can do that is being filled."""

    def ensure_space(self, space: Space) -> None:
        """Give a space its columns."""

    def commit(self, updates: Sequence[FileUpdate]) -> tuple[bytes, ...]:
        """Keep files."""

    def close(self) -> None:
        """Close all files."""


def bring_up_to_date(folder: bytes, create: Callable[[bytes], NewStore]) -> None:
    """Replace a store of version 1 by one of the present version with all that is sound in it; leave any other alone.

    A crash leaves the old store, or the new one, or neither in its place and both beside; then the next call ends the
    work.

    Args:
        folder: Where the store lies.
        create: Makes an empty store in a folder that is not there.

    Raises:
        VexError: There is no room, or the old store is beyond reading; it stays.
    """
    new, old = folder + b".new", folder + b".1"
    if not os.path.exists(folder) and os.path.exists(new) and os.path.exists(old):
        os.replace(new, folder)
        shutil.rmtree(old, ignore_errors=True)
    if not is_version_1(folder):
        return
    shutil.rmtree(new, ignore_errors=True)
    store = create(new)
    try:
        for space in spaces_of_version_1(folder):
            store.ensure_space(space)
        files = files_of_version_1(folder)
        while batch := list(islice(files, _BATCH)):
            store.commit(batch)
    finally:
        store.close()
    shutil.rmtree(old, ignore_errors=True)
    os.replace(folder, old)
    os.replace(new, folder)
    flush_folder(os.path.dirname(folder))
    shutil.rmtree(old, ignore_errors=True)
