"""A picture model in a directory of open_clip's form: what its configuration says, read without open_clip."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vexgui.core.errors import CheckpointProblem
from vexgui.core.paths import shown
from vexgui.core.vectors import Calibration
from vexgui.models.calibration import calibration_of
from vexgui.models.weights import TEXT_MODEL, text_space

CONFIGURATION = b"open_clip_config.json"
"""What open_clip itself calls the file: ``open_clip.create_model("local-dir:…")`` takes the same directories."""

_WEIGHTS = (
    b"open_clip_model.safetensors",
    b"open_clip_pytorch_model.safetensors",
    b"model.safetensors",
    b"open_clip_pytorch_model.bin",
    b"open_clip_model.bin",
    b"open_clip_model.pt",
)
"""Names of weights files, first choice first."""

_MAX_CONFIGURATION_BYTES = 1 << 20
_MAX_NAME = 60
_MAX_WORDS = 200
_LARGEST = 1 << 14
"""Dimensions, and pixels of a side; the largest models have a tenth of either."""

_REMEDY = "Name a directory as open_clip saves a model: open_clip_config.json beside open_clip_model.safetensors."


@dataclass(frozen=True, slots=True)
class ModelDirectory:
    """What a directory says of the model in it.

    Attributes:
        path: The directory.
        name: The model's name.
        dim: Length of its vectors.
        picture_px: Side of the square pictures it looks at, pixels.
        weights: Path of its weights file.
        digest: SHA-256 of the weights, hex, as the configuration says; "" where it says nothing.
        queries: The text model in whose space its pictures lie, and which encodes its queries; "" for itself.
        calibration: What its scores are worth, or None.
        licence: Of its weights, or "".
        quality: How well it finds, a figure in words, or "".
        quality_source: Where that figure stands, or "".
        preprocessing: Whatever changes a vector besides the weights.
    """

    path: bytes
    name: str
    dim: int
    picture_px: int
    weights: bytes
    digest: str
    queries: str
    calibration: Calibration | None
    licence: str
    quality: str
    quality_source: str
    preprocessing: Mapping[str, object]


def read_directory(path: bytes) -> ModelDirectory:
    """Return what a directory says of its model.

    Its configuration is open_clip's, with a part ``vexgui`` of ours that may be missing: ``name``, ``queries`` (whose
    queries it is searched with), ``weights_sha256``, ``calibration``, ``licence``, ``quality``, ``quality_source``.

    Raises:
        CheckpointProblem: The directory holds no model, or one that cannot be used here.
    """
    configuration = _configuration(path)
    try:
        found = _described(path, configuration)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise CheckpointProblem(f"The configuration in {shown(path)} describes no open_clip model.", _REMEDY) from error
    if found.queries:
        _insist_on_text_space(found)
    return found


def _described(path: bytes, configuration: dict[str, Any]) -> ModelDirectory:
    model = configuration["model_cfg"]
    size = model["vision_cfg"]["image_size"]
    ours = configuration.get("vexgui", {})
    found = ModelDirectory(
        path=path,
        name=_words(ours.get("name", ""), _MAX_NAME) or shown(os.path.basename(os.path.abspath(path))),
        dim=int(model["embed_dim"]),
        picture_px=int(size if isinstance(size, int) else min(size)),
        weights=_weights(path),
        digest=str(ours.get("weights_sha256", "")),
        queries=str(ours.get("queries", "")),
        calibration=calibration_of(ours["calibration"]) if "calibration" in ours else None,
        licence=_words(ours.get("licence", ""), _MAX_WORDS),
        quality=_words(ours.get("quality", ""), _MAX_WORDS),
        quality_source=_words(ours.get("quality_source", ""), _MAX_WORDS),
        preprocessing={"model": model, "pictures": configuration.get("preprocess_cfg", {})},
    )
    if not (1 <= found.dim <= _LARGEST and 1 <= found.picture_px <= _LARGEST):
        raise ValueError("no model is of such a size")
    return found


def _words(given: object, most: int) -> str:
    """Return words as they may be shown: nothing that moves a terminal's cursor, and not without end."""
    return "".join(letter for letter in str(given) if letter.isprintable()).strip()[:most]


def _configuration(path: bytes) -> dict[str, Any]:
    file = os.path.join(path, CONFIGURATION)
    if not os.path.isfile(file):
        raise CheckpointProblem(f"{shown(path)} holds no {os.fsdecode(CONFIGURATION)}.", _REMEDY)
    try:
        with open(file, "rb") as stream:
            configuration = json.loads(stream.read(_MAX_CONFIGURATION_BYTES))
    except OSError as error:
        raise CheckpointProblem(
            f"{shown(file)} cannot be read ({error.strerror}).", "Check its permissions."
        ) from error
    except (ValueError, RecursionError) as error:
        raise CheckpointProblem(f"{shown(file)} is no JSON, or damaged.", _REMEDY) from error
    if not isinstance(configuration, dict):
        raise CheckpointProblem(f"{shown(file)} holds no JSON object.", _REMEDY)
    return configuration


def _weights(path: bytes) -> bytes:
    for name in _WEIGHTS:
        if os.path.isfile(file := os.path.join(path, name)):
            return file
    raise CheckpointProblem(f"{shown(path)} holds no weights.", _REMEDY)


def _insist_on_text_space(found: ModelDirectory) -> None:
    text = text_space()
    if found.queries != TEXT_MODEL:
        raise CheckpointProblem(
            f"{found.name} is searched with the queries of {found.queries}, which VexGUI does not have.",
            f"Choose a model for {TEXT_MODEL}, or one with a part for words of its own.",
        )
    if found.dim != text.dim:
        raise CheckpointProblem(
            f"The vectors of {found.name} have {found.dim} dimensions, those of its queries {text.dim}.",
            f"Choose a model that was made for {TEXT_MODEL}.",
        )
