"""The form that a picture model runs in here, and how near its vectors are to those of float32."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from vexgui.bench import model_peers, photos
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality
from vexgui.models.machine import Measurements
from vexgui.models.process import EmbedderProcesses

_PICTURES, _QUICK_PICTURES = 64, 8
_COSINE = 0.999


def measure(architecture: str, model: PictureModel, cache: bytes, conditions: Conditions) -> Iterator[Figure]:
    """Tell what was found by measuring when the model was loaded, and compare its vectors with open_clip's.

    Args:
        architecture: The model's name.
        model: The model, which has been loaded before.
        cache: The profile's cache folder.
        conditions: With what and where.
    """
    precision, batch = _form(model, cache)
    yield Figure(f"{architecture} at a time, in {precision}, as was found by measuring", batch, "pictures")
    conditions.tell("Comparing vectors with those of float32.")
    embedder = EmbedderProcesses(model, (), cache)
    try:
        space = next(space for space in embedder.spaces() if space.modality is Modality.PICTURE)
        size = (space.picture_px, space.picture_px)
        count = _QUICK_PICTURES if conditions.quick else _PICTURES
        pictures = np.stack([np.asarray(photos.photo(scene, size)) for scene in range(count)])
        ours = embedder.embed_pictures(space.id, list(pictures))
    finally:
        embedder.close()
    home = Path(os.fsdecode(conditions.folder))
    exact = model_peers.vectors_in_float32(architecture, pictures, model.checkpoint, home)
    what = f"cosine of {architecture} in {precision} to float32, the lowest of {count} pictures"
    yield Figure(what, float((exact * ours).sum(axis=1).min()), "", aim=_COSINE, more_is_better=True)


def _form(model: PictureModel, cache: bytes) -> tuple[str, int]:
    """Return the number format and the batch that the model process has found for a model.

    Raises:
        WorldProblem: It could not remember them.
    """
    for name, form in Measurements(joined(joined(cache, b"models"), b"measured.json")).read().items():
        if name.startswith(model.digest):
            return form["precision"], form["batch"]
    raise WorldProblem("The form of the model was not found.", "Make room on the disk and try again.")
