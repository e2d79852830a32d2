"""The picture models open_clip knows, read from its files: importing open_clip would import torch."""

import difflib
import importlib.util
import json
import os
from dataclasses import dataclass
from functools import cache

from vexgui.core.errors import ModelUnavailable, UsageProblem
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality, Space
from vexgui.models.weights import space_id

RECOMMENDED = PictureModel("ViT-B-32-256", pretrained="datacomp_s34b_b86k")
"""Small, quick and good: what `models download` suggests."""

_PREPROCESSING = 1
"""Raised whenever the same picture or query would be given to a model in another form than before."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """A picture model's shape.

    Attributes:
        name: Its name in open_clip's list.
        dim: Length of its vectors.
        picture_px: Side of the square pictures it looks at, pixels.
        tokenizer: What splits its queries where open_clip does not carry that itself: a name on the hub, or "".
    """

    name: str
    dim: int
    picture_px: int
    tokenizer: str


@cache
def architectures() -> tuple[str, ...]:
    """Return the names open_clip knows, sorted.

    Raises:
        ModelUnavailable: open_clip is not installed.
    """
    return tuple(sorted(name.removesuffix(".json") for name in os.listdir(_folder()) if name.endswith(".json")))


def resolve(name: str) -> Architecture:
    """Return the shape of a model by its name.

    Raises:
        UsageProblem: There is no such model; the remedy suggests what may have been meant.
        ModelUnavailable: open_clip is not installed.
    """
    known = architectures()
    if name not in known:
        by_lower = {candidate.lower(): candidate for candidate in known}
        near = difflib.get_close_matches(name.lower(), by_lower, n=3)
        meant = ", ".join(by_lower[match] for match in near) or RECOMMENDED.architecture
        raise UsageProblem(f"There is no picture model called {name}.", f"Did you mean {meant}?")
    with open(os.path.join(_folder(), f"{name}.json"), encoding="utf-8") as file:
        config = json.load(file)
    size = config["vision_cfg"]["image_size"]
    return Architecture(
        name=name,
        dim=int(config["embed_dim"]),
        picture_px=int(size if isinstance(size, int) else min(size)),
        tokenizer=str(config["text_cfg"].get("hf_tokenizer_name", "")),
    )


def picture_space(model: PictureModel) -> Space:
    """Return the space of a picture model.

    Raises:
        UsageProblem: There is no such model.
        ModelUnavailable: open_clip is not installed, or the model was never prepared by `ModelChooser`.
    """
    shape = resolve(model.architecture)
    if not (model.checkpoint and model.digest):
        raise ModelUnavailable(
            f"The weights of {shape.name} have not been chosen.", f"Run: vexgui models use {shape.name}"
        )
    preprocessing = {"architecture": shape.name, "tag": model.pretrained, "version": _PREPROCESSING}
    return Space(
        space_id(model.digest, preprocessing), shape.name, Modality.PICTURE, shape.dim, picture_px=shape.picture_px
    )


def _folder() -> str:
    spec = importlib.util.find_spec("open_clip")
    for place in (spec and spec.submodule_search_locations) or ():
        folder = os.path.join(place, "model_configs")
        if os.path.isdir(folder):
            return folder
    raise ModelUnavailable("open_clip is not installed.", "Install the package open_clip_torch.")
