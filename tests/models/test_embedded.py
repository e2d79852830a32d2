"""The picture model that comes with VexGUI is sound, small, and sees the same in every form it runs in."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.models.embedders import prompt_embedder
from vexgui.core.settings import EMBEDDED
from vexgui.core.vectors import Space
from vexgui.models.process import EmbedderProcesses
from vexgui.models.registry import picture_space, weights_of
from vexgui.models.weights import text_space
from vexgui.system.resources import resource

pytestmark = pytest.mark.model

MOST_BYTES = 12_000_000


@pytest.fixture(scope="module")
def embedder(cache_dir: bytes) -> Iterator[EmbedderProcesses]:
    embedder = prompt_embedder(EMBEDDED, (), cache_dir)
    yield embedder
    embedder.close()


@pytest.fixture
def space(embedder: EmbedderProcesses) -> Space:
    return embedder.spaces()[1]


@pytest.fixture(scope="module")
def pictures() -> list[np.ndarray]:
    """The sample pictures as the extractor hands them over, near enough."""
    paths = sorted(resource("samples").rglob("*.png")) + sorted(resource("samples").rglob("*.jpg"))
    found = []
    for path in paths:
        with Image.open(path) as image:
            small = image.convert("RGB")
            small.thumbnail((400, 400))
            found.append(np.asarray(small))
    return found


def test_its_weights_are_the_ones_its_configuration_announces_and_small() -> None:
    path, digest = weights_of(EMBEDDED)
    content = Path(os.fsdecode(path)).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest
    assert len(content) <= MOST_BYTES


def test_its_pictures_lie_in_the_space_of_the_texts_and_are_calibrated() -> None:
    space = picture_space(EMBEDDED)
    assert space.queries == text_space().id
    assert space.dim == text_space().dim
    assert space.calibration is not None


def test_its_card_names_its_digest() -> None:
    configuration = json.loads((resource("model") / "open_clip_config.json").read_text())
    assert configuration["vexgui"]["weights_sha256"] in (resource("model") / "README.md").read_text()


def test_a_query_is_nearest_to_the_picture_that_shows_what_it_says(embedder: EmbedderProcesses, space: Space) -> None:
    pictures = [np.full((160, 160, 3), colour, np.uint8) for colour in ((220, 20, 20), (20, 40, 220))]
    seen = embedder.embed_pictures(space.id, pictures)
    asked = np.stack([embedder.embed_query(space.id, f"the colour {colour}") for colour in ("red", "blue")])
    assert ((asked @ seen.T).argmax(axis=1) == [0, 1]).all()


def test_the_form_that_is_quickest_here_sees_what_float32_sees(
    embedder: EmbedderProcesses, space: Space, pictures: list[np.ndarray]
) -> None:
    torch = pytest.importorskip("torch")
    from vexgui.models.worker.libraries import open_clip

    network, _, transform = open_clip.create_model_and_transforms(f"local-dir:{resource('model')}")
    with torch.inference_mode():
        batch = torch.stack([transform(Image.fromarray(picture)) for picture in pictures])
        exact = network.eval().encode_image(batch, normalize=True).numpy()
    assert len(pictures) > 10
    assert (embedder.embed_pictures(space.id, pictures) * exact).sum(axis=1).min() >= 0.999
