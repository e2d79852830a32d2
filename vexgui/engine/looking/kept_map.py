"""The map that is kept in the profile's cache."""

import io
import os
import zipfile
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.paths import joined
from vexgui.system.atomic import replace_file

NAME = b"map.npz"
_VERSION = 1


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where files lie on a map.

    Attributes:
        files: Their ids, ascending, [n] int64.
        xy: Their places, [n, 2] float32; see `CollectionMap.xy`.
    """

    files: NDArray[np.int64]
    xy: NDArray[np.float32]


def load(cache: bytes) -> Places | None:
    """Return the map in a cache folder; None where there is none, or it cannot be read."""
    try:
        with np.load(os.fsdecode(joined(cache, NAME)), allow_pickle=False) as kept:
            version, files, xy = int(kept["version"]), kept["files"], kept["xy"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = files.dtype == np.int64 and xy.dtype == np.float32 and xy.shape == (len(files), 2)
    return Places(files, xy) if version == _VERSION and fits and bool(np.isfinite(xy).all()) else None


def save(cache: bytes, places: Places) -> None:
    """Keep a map in a cache folder.

    Raises:
        VexError: It cannot be written; what was there stays.
    """
    content = io.BytesIO()
    np.savez(content, version=np.array(_VERSION), files=places.files, xy=places.xy)
    replace_file(joined(cache, NAME), content.getvalue())
