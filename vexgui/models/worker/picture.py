"""The open_clip models: pictures by the batch, and queries for them."""

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import CheckpointProblem
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.models.registry import picture_space, weights_of
from vexgui.models.worker.folding import folded
from vexgui.models.worker.form import Form, Forward
from vexgui.models.worker.loading import Loaded, load
from vexgui.models.worker.measured import Measured
from vexgui.models.worker.pixels import Preparation
from vexgui.models.worker.runner import Runner

_PROBE_PICTURES = 32
"""As many as the largest batch that is tried."""

_MODELS_AT_ONCE = 3
"""The chosen model, and those chosen before it that still answer."""


class PictureBulk:
    """Embeds pictures by the batch, in the form that is quickest here.

    Args:
        loaded: The model; its part for words is not kept.
        side: Side of the pictures it looks at, pixels.
        name: What its form is remembered by.
        measured: The forms known.
    """

    def __init__(self, loaded: Loaded, side: int, name: str, measured: Measured) -> None:
        self._preparation = Preparation(loaded.transform)
        probe = self._preparation.batch(_probe_pictures(side))
        visual = folded(loaded.network.visual.to(memory_format=torch.channels_last), probe[:2])

        def made(form: Form) -> Forward:
            exact = (form.device, form.dtype) == ("cpu", torch.float32)  # as it was loaded: no need for a second one
            own = visual if exact else deepcopy(visual).to(form.device, form.dtype)
            return lambda batch: seen(own, batch.to(form.device, form.dtype)).cpu()

        self._runner = Runner(made, probe, name, measured)

    def vectors(self, pictures: Sequence[Pixels]) -> Vectors:
        """Return the vectors of pictures, shape [len(pictures), dim], unit rows."""
        vectors: Vectors = self._runner.vectors(self._preparation.batch(pictures)).numpy()
        return vectors


class PictureQuery:
    """Embeds what is asked for in words, into the space of the pictures.

    Args:
        loaded: The model; its part for pictures is not kept.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        del loaded.network.visual  # half of the memory, and no query needs it

    def vector(self, text: str) -> Vectors:
        """Return the vector of a text, shape [dim], unit length."""
        with torch.inference_mode():
            vector: Vectors = read(self._loaded, text)[0].numpy()
        return vector


@lru_cache(maxsize=_MODELS_AT_ONCE)
def load_bulk(model: PictureModel, space: SpaceId, measured: Measured) -> PictureBulk:
    """Return the model for pictures of a space, loaded once; raises as `load` does."""
    _insist_on_space(model, space)
    return PictureBulk(load(model), picture_space(model).picture_px, weights_of(model)[1], measured)


@lru_cache(maxsize=_MODELS_AT_ONCE)
def load_query(model: PictureModel, space: SpaceId) -> PictureQuery:
    """Return the model for queries to a space, loaded once; raises as `load` does."""
    _insist_on_space(model, space)
    return PictureQuery(load(model))


def seen(visual: Any, batch: torch.Tensor) -> torch.Tensor:
    """Return unit vectors, float32, for prepared pictures."""
    found = visual(batch)
    vectors = found[0] if isinstance(found, tuple) else found  # some towers give their patches besides
    return torch.nn.functional.normalize(vectors.float(), dim=1)


def read(loaded: Loaded, text: str) -> torch.Tensor:
    """Return one unit vector, float32, shape [1, dim]."""
    assert loaded.tokenizer is not None
    # A half of a surrogate pair, as undecodable file names have them, is nothing a tokenizer can take.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return torch.nn.functional.normalize(loaded.network.encode_text(loaded.tokenizer([clean])).float(), dim=1)


def _insist_on_space(model: PictureModel, space: SpaceId) -> None:
    """Refuse a model whose files were exchanged while VexGUI runs: its vectors would be taken for the old ones."""
    found = picture_space(model)
    if found.id != space:
        raise CheckpointProblem(
            f"The files of {found.model} are not the ones that were chosen.", "Start VexGUI again, or choose it again."
        )


def _probe_pictures(side: int) -> list[Pixels]:
    """Return made-up pictures: patches of colour from coarse to fine, and boxes on plain ground.

    Noise alone looks all the same to a model, and of a plain picture it says little that rounding could not change.
    """
    random = np.random.default_rng(0)
    pictures: list[Pixels] = []
    for number in range(_PROBE_PICTURES):
        patch = max(1, side >> (1 + number // 2 % 6))
        if number % 2:
            picture = np.full((side, side, 3), random.choice([255, int(random.integers(256))]), np.uint8)
            top, left = random.integers(0, side // 2, 2)
            picture[top : top + patch, left : left + side // 3] = random.integers(0, 256, 3)
        else:
            patches = random.integers(0, 256, (side // patch + 1, side // patch + 1, 3), np.uint8)
            picture = np.kron(patches, np.ones((patch, patch, 1), np.uint8))[:side, :side]
        pictures.append(picture)
    return pictures
