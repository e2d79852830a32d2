"""open_clip's networks, built and filled with weights that nobody has to trust."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.core.paths import shown
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.models.directory import ModelDirectory
from vexgui.models.registry import directory_of, picture_space, resolve, weights_of
from vexgui.models.weights import digest_of
from vexgui.models.worker.libraries import open_clip, pretrained

Tokenizer = Callable[[list[str]], torch.Tensor]

_NO_WORDS = {"context_length": 1, "vocab_size": 1, "width": 1, "heads": 1, "layers": 1}
"""The least that open_clip takes for a part for words, where none is needed."""

_LIKED = ("datacomp", "dfn", "laion2b")
"""Data sets whose weights find best, best first, where an architecture has weights from several."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A network, for inference, with what its inputs go through first.

    Attributes:
        network: As open_clip builds it.
        transform: What a picture goes through.
        tokenizer: What a query goes through, or None where the text model encodes the queries.
    """

    network: Any
    transform: Any
    tokenizer: Tokenizer | None


def load(model: PictureModel) -> Loaded:
    """Return a model with its weights.

    Raises:
        CheckpointProblem: The weights are missing, damaged, not the ones that were chosen, or another model's.
        ModelUnavailable: Something it needs is not on this computer.
    """
    path, digest = weights_of(model)
    if digest_of(path) != digest:
        remedy = "Install VexGUI again." if model == EMBEDDED else "Choose it again."
        raise CheckpointProblem(f"The checkpoint {shown(path)} is not the one that was chosen.", remedy)
    loaded = _built(model, directory_of(model))
    try:
        # weights_only: a checkpoint is a pickle, and one from the network could name any function to be called.
        open_clip.load_checkpoint(loaded.network, os.fsdecode(path), weights_only=True)
    except Exception as error:  # the edge to open_clip, whose readers raise what they like on a strange file
        raise CheckpointProblem(
            f"{shown(path)} holds no weights of {picture_space(model).model}.",
            "Name a checkpoint that was saved for this architecture.",
        ) from error
    return loaded


def load_random(model: PictureModel) -> Loaded:
    """Return a model of open_clip's list with random weights and no part for words: as quick as the real one."""
    network, transform = _network(model.architecture, text_cfg=dict(_NO_WORDS))
    return Loaded(network, transform, None)


def default_tag(name: str) -> str:
    """Return the tag best liked among an architecture's, or ""."""
    quick_gelu = bool(open_clip.get_model_config(name).get("quick_gelu"))
    known = open_clip.list_pretrained_tags_by_model(name)
    fitting = [tag for tag in known if bool(pretrained.get_pretrained_cfg(name, tag).get("quick_gelu")) == quick_gelu]
    tags = fitting or known  # the list is not always careful about it
    return next((tag for liked in _LIKED for tag in tags if liked in tag), tags[0] if tags else "")


def _built(model: PictureModel, directory: ModelDirectory | None) -> Loaded:
    """Return a model with random weights."""
    if directory is not None:
        return _built_by_directory(directory)
    name = model.architecture
    config = pretrained.get_pretrained_cfg(name, model.pretrained or default_tag(name))
    try:
        network, transform = _network(
            name,
            force_quick_gelu=bool(model.pretrained and config.get("quick_gelu")),
            image_mean=config.get("mean"),
            image_std=config.get("std"),
            image_interpolation=config.get("interpolation"),
            image_resize_mode=config.get("resize_mode"),
        )
        return Loaded(network, transform, open_clip.get_tokenizer(name))
    except Exception as error:  # the edge to open_clip and transformers: a file of the hub's that is not here, mostly
        needed = resolve(name).tokenizer
        raise ModelUnavailable(
            f"{name} cannot be used: its part for words needs {needed or 'something'} that is not on this computer.",
            f"With a network, run: vexgui models download {name}",
        ) from error


def _built_by_directory(directory: ModelDirectory) -> Loaded:
    name = f"local-dir:{os.fsdecode(directory.path)}"
    try:
        network, transform = _network(name)
        return Loaded(network, transform, None if directory.queries else open_clip.get_tokenizer(name))
    except Exception as error:  # the edge to open_clip, timm and transformers, which were given somebody's own words
        raise CheckpointProblem(
            f"The configuration in {shown(directory.path)} describes no model that open_clip can build here.",
            "Check it, above all the names of parts in it; parts that lie on the hub have to be here already.",
        ) from error


def _network(name: str, **options: Any) -> tuple[Any, Any]:
    network, _, transform = open_clip.create_model_and_transforms(
        name, load_weights=False, pretrained_text=False, **options
    )
    return network.eval(), transform
