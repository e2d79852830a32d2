"""A small picture model, made and chosen once a session: loading it takes seconds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from tests.models.directories import make_model_directory
from tests.waiting import PATIENCE_S
from vexgui.core.settings import PictureModel
from vexgui.models.chooser import ModelChooser
from vexgui.models.process import ModelProcess
from vexgui.models.registry import in_directory
from vexgui.system.frames import Frame

SMALL = "ViT-S-32-alt"
"""open_clip's smallest architecture."""
_LOADED_S = 2 * PATIENCE_S
"""A busy computer has loaded a model by then."""

_SAVE_RANDOM_WEIGHTS = """
import sys
import torch
from vexgui.models.worker.libraries import open_clip
torch.manual_seed(0)
network = open_clip.create_model(sys.argv[1], load_weights=False).half()
torch.save(network.state_dict(), sys.argv[2] + "/small.pt")
network.ln_final.weight.data.fill_(float("nan"))
torch.save(network.state_dict(), sys.argv[2] + "/nan.pt")
"""


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return bytes(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def chooser(cache_dir: bytes) -> Iterator[ModelChooser]:
    with ModelChooser(cache_dir) as chooser:
        yield chooser


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``small.pt``, random weights of the small architecture, and ``nan.pt``, some of them spoilt."""
    folder = tmp_path_factory.mktemp("checkpoints")
    subprocess.run([sys.executable, "-c", _SAVE_RANDOM_WEIGHTS, SMALL, folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def picture_model(chooser: ModelChooser, checkpoints: Path) -> PictureModel:
    return chooser.local(SMALL, bytes(checkpoints / "small.pt"))


@pytest.fixture(scope="session")
def model_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the embedded one's form."""
    return make_model_directory(tmp_path_factory.mktemp("models") / "own")


@pytest.fixture(scope="session")
def trial(cache_dir: bytes) -> Iterator[Callable[[PictureModel], PictureModel]]:
    """Tries a model, and returns it with its digest."""
    process = ModelProcess(cache_dir, "The trial of the model")

    def tried(model: PictureModel) -> PictureModel:
        answer = process.ask(Frame({"do": "prepare", "model": astuple(model)}), timeout_s=_LOADED_S)
        return PictureModel(*answer.header["model"])

    yield tried
    process.close()


@pytest.fixture(scope="session")
def directory_model(trial: Callable[[PictureModel], PictureModel], model_directory: Path) -> PictureModel:
    return trial(in_directory(bytes(model_directory)))
