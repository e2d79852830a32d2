"""Optional libraries over time: what was installed since the last start lets files be read that could not be."""

import contextlib
import json
from collections.abc import Callable

from vexgui.core.errors import VexError
from vexgui.core.paths import joined
from vexgui.extract.available import LIBRARIES, Library, is_installed
from vexgui.store.store import Store
from vexgui.system.atomic import replace_file

_MOST_BYTES = 10_000


def take_up(store: Store, folder: bytes, installed: Callable[[Library], bool] = is_installed) -> None:
    """Have the files be read again for which a library was installed since the last call, and remember which are there.

    The store comes first: a crash in between, or no room to remember it, has files read once more and none forgotten.

    Args:
        store: What knows the files.
        folder: Where ``libraries.json`` lies.
        installed: Tells whether a library is there.

    Raises:
        VexError: The store failed.
    """
    path = joined(folder, b"libraries.json")
    before = _remembered(path)
    now = sorted(library.module for library in LIBRARIES if installed(library))
    if before == now:
        return
    for library in LIBRARIES:
        if before is not None and library.module in now and library.module not in before:
            store.doubt_formats(library.formats, seen_only=library.sees_only)
    with contextlib.suppress(VexError):  # a full disk keeps nobody from searching
        replace_file(path, json.dumps(now).encode())


def _remembered(path: bytes) -> list[str] | None:
    """Return the modules that were there, None where it is not known."""
    try:
        with open(path, "rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError):
        return None
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else None
