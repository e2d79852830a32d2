"""Embedders to test, each made once a session: loading a model takes seconds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality, Space
from vexgui.models.chooser import ModelChooser
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.models.process import EmbedderProcesses

SMALL = "ViT-S-32-alt"
"""open_clip's smallest architecture."""

_SAVE_RANDOM_WEIGHTS = """
import sys
from vexgui.models.worker import picture
torch, open_clip = picture.torch, picture.open_clip
torch.manual_seed(0)
network = open_clip.create_model(sys.argv[1], load_weights=False).half()
torch.save(network.state_dict(), sys.argv[2] + "/small.pt")
network.ln_final.weight.data.fill_(float("nan"))
torch.save(network.state_dict(), sys.argv[2] + "/nan.pt")
"""


@dataclass(frozen=True)
class Case:
    """A kind of embedder and the modality of the space to test."""

    make: Callable[[], Embedder]
    modality: Modality
    real: bool = False

    def space(self, embedder: Embedder) -> Space:
        return next(space for space in embedder.spaces() if space.modality is self.modality)


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


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("fake text"),
        pytest.param("fake picture"),
        pytest.param("MiniLM", marks=pytest.mark.model),
        pytest.param("open_clip", marks=pytest.mark.model),
    ],
)
def case(request: pytest.FixtureRequest, cache_dir: bytes) -> Case:
    match request.param:
        case "fake text":
            return Case(FakeEmbedder, Modality.TEXT)
        case "fake picture":
            return Case(lambda: FakeEmbedder(picture=True), Modality.PICTURE)
        case "MiniLM":
            return Case(lambda: EmbedderProcesses(None, cache_dir), Modality.TEXT, real=True)
        case _:
            model: PictureModel = request.getfixturevalue("picture_model")
            return Case(lambda: EmbedderProcesses(model, cache_dir), Modality.PICTURE, real=True)


@pytest.fixture(scope="session")
def embedder(case: Case) -> Iterator[Embedder]:
    embedder = case.make()
    yield embedder
    embedder.close()


@pytest.fixture
def space(case: Case, embedder: Embedder) -> Space:
    return case.space(embedder)
