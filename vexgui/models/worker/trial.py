"""A picture model is tried once before it is chosen: its weights found, their digest taken, vectors asked for."""

import logging
import os
from dataclasses import replace

import huggingface_hub
import numpy as np
import torch

from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.core.paths import shown
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.models.registry import directory_of, picture_space, weights_of
from vexgui.models.weights import digest_of
from vexgui.models.worker.libraries import open_clip, pretrained
from vexgui.models.worker.loading import Loaded, default_tag, load
from vexgui.models.worker.picture import read, seen
from vexgui.models.worker.pixels import Preparation

_HUB_TIMEOUT_S = 20.0


def prepare(model: PictureModel, *, fetch: bool) -> PictureModel:
    """Return a model with its weights found and their digest taken, after it gave vectors once.

    Args:
        model: The embedded one, one in a directory, or an architecture with a checkpoint or a tag or neither: then the
            tag best liked.
        fetch: Whether the weights of a tag may come over the network.

    Raises:
        CheckpointProblem: The checkpoint is missing, damaged, or another model's.
        ModelUnavailable: Weights or tokenizer are not on this computer, or cannot be fetched.
    """
    if model != EMBEDDED:
        model = _with_digest(_with_checkpoint(model, fetch=fetch))
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


def _with_checkpoint(model: PictureModel, *, fetch: bool) -> PictureModel:
    if model.checkpoint:
        return model
    tag = model.pretrained or default_tag(model.architecture)
    return replace(model, pretrained=tag, checkpoint=_weights_of_tag(model.architecture, tag, fetch=fetch))


def _with_digest(model: PictureModel) -> PictureModel:
    path = os.fsencode(model.checkpoint)
    digest = digest_of(path)
    directory = directory_of(model)
    if directory is not None and directory.digest not in ("", digest):
        raise CheckpointProblem(
            f"{shown(path)} is damaged: it is not what the configuration beside it announces.", "Fetch it again."
        )
    return replace(model, digest=digest)


def _weights_of_tag(name: str, tag: str, *, fetch: bool) -> str:
    """Return the path of a tag's weights, from the network where that is allowed and needed."""
    config = pretrained.get_pretrained_cfg(name, tag)
    if not config:
        tags = ", ".join(open_clip.list_pretrained_tags_by_model(name))
        raise ModelUnavailable(
            f"open_clip knows no weights {tag or 'to fetch'} for {name}.",
            f"It knows these: {tags}." if tags else "Choose it with a checkpoint of your own.",
        )
    try:
        if fetch:
            # Ask for something small first: the hub's library fails at once here, and only after a minute below.
            huggingface_hub.HfApi().model_info(os.path.dirname(config["hf_hub"]), timeout=_HUB_TIMEOUT_S)
        return str(pretrained.download_pretrained(config))
    except Exception as error:  # the edge to the hub's library and the network
        if fetch:
            raise ModelUnavailable(
                f"The weights of {name} could not be fetched.",
                "Check the network connection and the room on the disk, and try again.",
            ) from error
        raise ModelUnavailable(
            f"The weights of {name} are not on this computer.", f"Run: vexgui models download {name}"
        ) from error
