"""The user's key: records signed with another one are not believed."""

import os
import secrets

from vexgui.core.errors import PermissionProblem, WorldProblem
from vexgui.core.paths import joined, shown
from vexgui.system.atomic import replace_file

KEY_BYTES = 32


def load_key(folder: bytes, *, writable: bool) -> bytes:
    """Return the key in a profile's config folder, making one where there is none yet.

    It lies beside the settings and not in the store, so that a deleted store does not make the records worthless.

    Raises:
        PermissionProblem: It may not be read.
        WorldProblem: It is not a key, or could not be written.
    """
    path = joined(folder, b"record.key")
    try:
        with open(path, "rb") as file:
            key = file.read(KEY_BYTES + 1)
    except FileNotFoundError:
        key = secrets.token_bytes(KEY_BYTES)
        if writable:
            replace_file(path, key)
    except OSError as error:
        raise PermissionProblem(
            f"{shown(path)} cannot be read ({error.strerror}).", "Give yourself read permission on it."
        ) from error
    if len(key) != KEY_BYTES:
        raise WorldProblem(
            f"{os.fsdecode(path)} is damaged.", "Remove it: a new one is made, and files are embedded again once."
        )
    return key
