"""The open_clip models: pictures by the batch, and queries for them."""

import os
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import huggingface_hub
import numpy as np
import torch
from PIL import Image

from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.core.files import Pixels
from vexgui.core.paths import shown
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Vectors
from vexgui.models.registry import resolve
from vexgui.models.weights import digest_of
from vexgui.models.worker.precision import quicker
from vexgui.models.worker.torchvision_operators import declare_operators

declare_operators()
import open_clip  # noqa: E402 - it works only after the declaration
from open_clip import pretrained  # noqa: E402

_LIKED = ("datacomp", "dfn", "laion2b")
"""Data sets whose weights find best, best first, where an architecture has weights from several."""

_PROBE_PICTURES = 4
_HUB_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A model with what its inputs go through first."""

    network: Any
    transform: Callable[[Image.Image], torch.Tensor]
    tokenizer: Callable[[list[str]], torch.Tensor]


def prepare(model: PictureModel, *, fetch: bool) -> PictureModel:
    """Return a model with its weights found and their digest taken, after it gave vectors once.

    Args:
        model: Its architecture, and a checkpoint or a tag or neither: then the tag best liked.
        fetch: Whether the weights of a tag may come over the network.

    Raises:
        CheckpointProblem: The checkpoint is missing, damaged, or another model's.
        ModelUnavailable: Weights or tokenizer are not on this computer, or cannot be fetched.
    """
    if not model.checkpoint:
        tag = model.pretrained or _default_tag(model.architecture)
        model = replace(model, pretrained=tag, checkpoint=_weights_of_tag(model.architecture, tag, fetch=fetch))
    model = replace(model, digest=digest_of(os.fsencode(model.checkpoint)))
    loaded = _load(model)
    grey = torch.stack([loaded.transform(Image.new("RGB", (300, 200), "grey"))])
    with torch.inference_mode():
        sizes = [
            vectors.shape[1] if vectors.isfinite().all() else 0
            for vectors in (_seen(loaded.network, grey), _read(loaded, "grey"))
        ]
    if sizes != [resolve(model.architecture).dim] * 2:
        raise CheckpointProblem(
            f"The weights in {_name(model)} give no usable vectors.", "Download them again, or choose others."
        )
    return model


class PictureBulk:
    """Embeds pictures by the batch, in the quicker precision."""

    def __init__(self, model: PictureModel) -> None:
        loaded = _load(model)
        exact = loaded.network
        short = deepcopy(exact).to(torch.bfloat16)
        side = resolve(model.architecture).picture_px
        noise = np.random.default_rng(0).integers(0, 256, (_PROBE_PICTURES, side, side, 3), np.uint8)
        self._transform = loaded.transform
        self._forward = quicker(
            lambda batch: _seen(exact, batch),
            lambda batch: _seen(short, batch.to(torch.bfloat16)),
            self._batch(list(noise)),
        )

    def vectors(self, pictures: Sequence[Pixels]) -> Vectors:
        """Return the vectors of pictures, shape [len(pictures), dim], unit rows."""
        with torch.inference_mode():
            vectors: Vectors = self._forward(self._batch(pictures)).numpy()
        return vectors

    def _batch(self, pictures: Sequence[Pixels]) -> torch.Tensor:
        return torch.stack([self._transform(Image.fromarray(picture)) for picture in pictures])


class PictureQuery:
    """Embeds what is asked for in words, into the space of the pictures."""

    def __init__(self, model: PictureModel) -> None:
        self._loaded = _load(model)
        del self._loaded.network.visual  # half of the memory, and no query needs it

    def vector(self, text: str) -> Vectors:
        """Return the vector of a text, shape [dim], unit length."""
        with torch.inference_mode():
            vector: Vectors = _read(self._loaded, text)[0].numpy()
        return vector


@lru_cache(maxsize=1)
def load_bulk(model: PictureModel) -> PictureBulk:
    """Return the model for pictures, loaded once; raises as `prepare` does."""
    return PictureBulk(model)


@lru_cache(maxsize=1)
def load_query(model: PictureModel) -> PictureQuery:
    """Return the model for queries, loaded once; raises as `prepare` does."""
    return PictureQuery(model)


def _seen(network: Any, batch: torch.Tensor) -> torch.Tensor:
    """Return unit vectors, float32, for transformed pictures."""
    return torch.nn.functional.normalize(network.encode_image(batch).float(), dim=1)


def _read(loaded: _Loaded, text: str) -> torch.Tensor:
    """Return one unit vector, float32, shape [1, dim]."""
    # A half of a surrogate pair, as undecodable file names have them, is nothing a tokenizer can take.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return torch.nn.functional.normalize(loaded.network.encode_text(loaded.tokenizer([clean])).float(), dim=1)


def _load(model: PictureModel) -> _Loaded:
    path = os.fsencode(model.checkpoint)
    if digest_of(path) != model.digest:
        raise CheckpointProblem(f"The checkpoint {shown(path)} is not the one that was chosen.", "Choose it again.")
    loaded = _built(model)
    try:
        # weights_only: a checkpoint is a pickle, and one from the network could name any function to be called.
        open_clip.load_checkpoint(loaded.network, model.checkpoint, weights_only=True)
    except Exception as error:  # the edge to open_clip, whose readers raise what they like on a strange file
        raise CheckpointProblem(
            f"{shown(path)} holds no weights of {model.architecture}.",
            "Name a checkpoint that was saved for this architecture.",
        ) from error
    return loaded


def _built(model: PictureModel) -> _Loaded:
    """Return the model with random weights, and what its inputs go through."""
    name = model.architecture
    config = pretrained.get_pretrained_cfg(name, model.pretrained or _default_tag(name))
    try:
        network, _, transform = open_clip.create_model_and_transforms(
            name,
            load_weights=False,
            pretrained_text=False,
            force_quick_gelu=bool(model.pretrained and config.get("quick_gelu")),
            image_mean=config.get("mean"),
            image_std=config.get("std"),
            image_interpolation=config.get("interpolation"),
            image_resize_mode=config.get("resize_mode"),
        )
        tokenizer = open_clip.get_tokenizer(name)
    except Exception as error:  # the edge to open_clip and transformers: a file of the hub's that is not here, mostly
        needed = resolve(name).tokenizer
        raise ModelUnavailable(
            f"{name} cannot be used: its part for words needs {needed or 'something'} that is not on this computer.",
            f"With a network, run: vexgui models download {name}",
        ) from error
    return _Loaded(network.eval(), transform, tokenizer)


def _default_tag(name: str) -> str:
    """Return the tag best liked among an architecture's, or ""."""
    quick_gelu = bool(open_clip.get_model_config(name).get("quick_gelu"))
    tags = [
        tag
        for tag in open_clip.list_pretrained_tags_by_model(name)
        if bool(pretrained.get_pretrained_cfg(name, tag).get("quick_gelu")) == quick_gelu
    ]
    return next((tag for liked in _LIKED for tag in tags if liked in tag), tags[0] if tags else "")


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


def _name(model: PictureModel) -> str:
    return shown(os.fsencode(model.checkpoint))
