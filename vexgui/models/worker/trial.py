"""A picture model is tried once before it is chosen: its weights found, their digest taken, vectors asked for."""

import logging
import os
from dataclasses import replace

import numpy as np
import torch

from vexgui.core.errors import CheckpointProblem
from vexgui.core.paths import shown
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.models.registry import directory_of, picture_space, weights_of
from vexgui.models.weights import digest_of
from vexgui.models.worker.loading import Loaded, load
from vexgui.models.worker.picture import read, seen
from vexgui.models.worker.pixels import Preparation
from vexgui.models.worker.sources import weights_of_tag, with_tag


def prepare(model: PictureModel) -> PictureModel:
    """Return a model with its weights found and their digest taken, after it gave vectors once.

    Args:
        model: The embedded one, one in a directory, or an architecture with a checkpoint or a tag or neither: then the
            tag best liked, whose weights were fetched before.

    Raises:
        CheckpointProblem: The checkpoint is missing, damaged, or another model's.
        ModelUnavailable: Weights or tokenizer are not on this computer.
    """
    if model != EMBEDDED:
        model = _with_digest(_with_checkpoint(model))
    if not _gives_vectors(load(model), picture_space(model).dim):
        raise CheckpointProblem(
            f"The weights in {shown(weights_of(model)[0])} give no usable vectors.",
            "Download them again, or choose others.",
        )
    return model


def _gives_vectors(loaded: Loaded, dim: int) -> bool:
    """Return whether a picture, and a query where the model reads its own, get vectors of finite numbers."""
    try:
        grey = Preparation(loaded.transform).batch([np.full((200, 300, 3), 128, np.uint8)])
        with torch.inference_mode():
            vectors = [seen(loaded.network.visual, grey)]
            if loaded.tokenizer is not None:
                vectors.append(read(loaded, "grey"))
    except Exception:  # the edge to parts that somebody's configuration put together
        logging.getLogger(__name__).exception("a model could not be run")
        return False
    return all(found.shape == (1, dim) and bool(found.isfinite().all()) for found in vectors)


def _with_checkpoint(model: PictureModel) -> PictureModel:
    if model.checkpoint:
        return model
    tagged = with_tag(model)
    return replace(tagged, checkpoint=weights_of_tag(tagged))


def _with_digest(model: PictureModel) -> PictureModel:
    path = os.fsencode(model.checkpoint)
    digest = digest_of(path)
    directory = directory_of(model)
    if directory is not None and directory.digest not in ("", digest):
        raise CheckpointProblem(
            f"{shown(path)} is damaged: it is not what the configuration beside it announces.", "Fetch it again."
        )
    return replace(model, digest=digest)
