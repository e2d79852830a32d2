"""The product at work on the pictures held out: its reader, its model processes, its queries."""

import hashlib
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PIL import Image
from pool import Pictures
from splits import Entry, categorized, held_out

from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Modality
from vexgui.extract.readers.picture import read_picture
from vexgui.models.process import EmbedderProcesses
from vexgui.models.registry import directory_of, in_directory
from vexgui.system.resources import resource

TARGET = resource("model")
"""Where the embedded model lies."""

_AT_ONCE = 256


class Product:
    """VexGUI's own way from a picture, and from a query, to a vector.

    Args:
        directory: Where the picture model lies.
    """

    def __init__(self, directory: Path) -> None:
        self._cache = tempfile.TemporaryDirectory()
        self._processes = EmbedderProcesses(_chosen(directory), (), os.fsencode(self._cache.name))
        _, self._space = self._processes.spaces()
        assert self._space.modality is Modality.PICTURE

    def __enter__(self) -> "Product":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._processes.close()
        self._cache.cleanup()

    def pictures(self, rgba: np.ndarray) -> np.ndarray:
        """Return the vectors of pictures, uint8 [n, side, side, 4], as if each lay in a file: float32 [n, dim]."""
        return self._processes.embed_pictures(self._space.id, [self._read(picture) for picture in rgba])

    def query(self, text: str) -> np.ndarray:
        """Return the vector of a query, float32 [dim]."""
        return self._processes.embed_query(self._space.id, text)

    def _read(self, rgba: np.ndarray) -> np.ndarray:
        file = io.BytesIO()
        Image.fromarray(rgba).save(file, "PNG", compress_level=0)
        file.seek(0)
        raster = read_picture(file, self._space.picture_px).raster
        assert raster is not None
        return np.frombuffer(raster.rgb, np.uint8).reshape(raster.height, raster.width, 3)


class Judged:
    """The vectors of all pictures held out, and of the texts that are asked of them, each computed once.

    Args:
        pictures: The pool's pictures.
        entries: Theirs.
        product: What computes.
    """

    def __init__(self, pictures: Pictures, entries: Sequence[Entry], product: Product) -> None:
        self.entries = entries
        self.sets = held_out(entries)
        self._rows = np.unique(np.concatenate([*self.sets.values(), *categorized(entries).values()]))
        parts = np.split(self._rows, range(_AT_ONCE, len(self._rows), _AT_ONCE))
        self._vectors = np.concatenate([product.pictures(np.asarray(pictures[rows])) for rows in parts])
        self._product = product
        self._texts: dict[str, np.ndarray] = {}

    def pictures(self, rows: np.ndarray) -> np.ndarray:
        """Return the vectors of rows of the pool that are held out, float32 [n, dim]."""
        return self._vectors[np.searchsorted(self._rows, rows)]

    def texts(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of queries, float32 [n, dim]."""
        for text in texts:
            if text not in self._texts:
                self._texts[text] = self._product.query(text)
        return np.array([self._texts[text] for text in texts])

    def fingerprint(self) -> str:
        """Return what changes when other pictures are judged, or by other names: 16 hex digits."""
        told = [repr((self.entries[row].source, self.entries[row].names)) for row in self._rows]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _chosen(directory: Path) -> PictureModel:
    if directory.resolve() == TARGET.resolve():
        return EMBEDDED
    model = in_directory(os.fsencode(directory))
    found = directory_of(model)
    assert found is not None
    return replace(model, digest=found.digest)
