"""Picture models and the spaces they make, read from files: importing open_clip would import torch."""

import difflib
import importlib.util
import json
import os
from dataclasses import dataclass
from functools import cache

from vexgui.core.errors import CheckpointProblem, ModelUnavailable, UsageProblem
from vexgui.core.paths import shown
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Modality, Space
from vexgui.models.directory import ModelDirectory, read_directory
from vexgui.models.weights import space_id, text_space
from vexgui.system.resources import resource

RECOMMENDED = PictureModel("ViT-B-32-256", pretrained="datacomp_s34b_b86k")
"""Small, quick and good: what `models download` suggests."""

_LOCAL = "local-dir:"
"""How open_clip begins the name of a model in a directory: the path follows."""

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
    """Return the shape of a model by its name, in any case.

    Raises:
        UsageProblem: There is no such model; the remedy suggests what may have been meant.
        ModelUnavailable: open_clip is not installed.
    """
    by_lower = {known.lower(): known for known in architectures()}
    if name.lower() not in by_lower:
        near = difflib.get_close_matches(name.lower(), by_lower, n=3)
        meant = ", ".join(by_lower[match] for match in near)
        raise UsageProblem(
            f"There is no picture model called {name}.",
            f"Did you mean {meant}?" if meant else "See the list: vexgui models",
        )
    name = by_lower[name.lower()]
    with open(os.path.join(_folder(), f"{name}.json"), encoding="utf-8") as file:
        config = json.load(file)
    size = config["vision_cfg"]["image_size"]
    return Architecture(
        name=name,
        dim=int(config["embed_dim"]),
        picture_px=int(size if isinstance(size, int) else min(size)),
        tokenizer=str(config["text_cfg"].get("hf_tokenizer_name", "")),
    )


def in_directory(path: bytes) -> PictureModel:
    """Return the picture model in a directory of open_clip's form, its digest not taken yet.

    Raises:
        CheckpointProblem: The directory holds no model, or one that cannot be used here.
    """
    found = read_directory(os.path.abspath(path))
    return PictureModel(_LOCAL + os.fsdecode(found.path), checkpoint=os.fsdecode(found.weights))


def directory_of(model: PictureModel) -> ModelDirectory | None:
    """Return what the directory of a picture model says; None for the architectures of open_clip's list.

    Raises:
        ModelUnavailable: The embedded model is not installed.
        CheckpointProblem: The directory is gone, or holds no model that can be used here.
    """
    if model.architecture.startswith(_LOCAL):
        return read_directory(os.fsencode(model.architecture.removeprefix(_LOCAL)))
    if model.architecture != EMBEDDED.architecture:
        return None
    try:
        return read_directory(os.fsencode(resource("model")))
    except CheckpointProblem as error:
        raise ModelUnavailable(
            "The picture model that comes with VexGUI is missing or damaged.",
            "Install VexGUI again, or do without: vexgui models use none",
        ) from error


def weights_of(model: PictureModel) -> tuple[bytes, str]:
    """Return the path of a model's weights and the SHA-256 they ought to have, hex; raises as `directory_of` does."""
    found = directory_of(model) if model.architecture == EMBEDDED.architecture else None
    return (found.weights, found.digest) if found else (os.fsencode(model.checkpoint), model.digest)


def insist_on_weights(model: PictureModel) -> None:
    """Refuse a model whose weights are not where they were when they were chosen; raises as `directory_of` does, too.

    Raises:
        CheckpointProblem: They are gone.
    """
    path, _ = weights_of(model)
    if path and not os.path.isfile(path):
        fetched = f"Fetch them again: vexgui models download {model.architecture}"
        own = "Put them back, or choose another model: vexgui models"
        raise CheckpointProblem(f"The weights {shown(path)} are gone.", fetched if model.pretrained else own)


def picture_space(model: PictureModel) -> Space:
    """Return the space of a picture model.

    Raises:
        UsageProblem: There is no such model.
        CheckpointProblem: Its directory is gone, or holds no model that can be used here.
        ModelUnavailable: It is not installed, or was never prepared by `ModelChooser`.
    """
    _, digest = weights_of(model)
    found = directory_of(model)
    if found is not None:
        return _space_of_directory(found, digest)
    shape = resolve(model.architecture)
    _insist_on_weights(shape.name, model.checkpoint and digest)
    preprocessing = {"architecture": shape.name, "tag": model.pretrained, "version": _PREPROCESSING}
    return Space(space_id(digest, preprocessing), shape.name, Modality.PICTURE, shape.dim, picture_px=shape.picture_px)


def _space_of_directory(found: ModelDirectory, digest: str) -> Space:
    _insist_on_weights(found.name, digest)
    return Space(
        space_id(digest, {**found.preprocessing, "version": _PREPROCESSING}),
        found.name,
        Modality.PICTURE,
        found.dim,
        picture_px=found.picture_px,
        queries=text_space().id if found.queries else None,
        calibration=found.calibration,
    )


def _insist_on_weights(name: str, digest: str) -> None:
    if not digest:
        raise ModelUnavailable(f"The weights of {name} have not been chosen.", f"Run: vexgui models use {name}")


def _folder() -> str:
    spec = importlib.util.find_spec("open_clip")
    for place in (spec and spec.submodule_search_locations) or ():
        folder = os.path.join(place, "model_configs")
        if os.path.isdir(folder):
            return folder
    raise ModelUnavailable("open_clip is not installed.", "Install the package open_clip_torch.")
