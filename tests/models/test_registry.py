"""The list of picture models is read without loading any."""

import subprocess
import sys

import pytest

from vexgui.core.errors import ModelUnavailable, UsageProblem
from vexgui.core.settings import PictureModel
from vexgui.models.registry import RECOMMENDED, architectures, picture_space, resolve

FITTED = PictureModel("ViT-B-32-256", checkpoint="/somewhere/weights.pt", digest="ab" * 32)


def test_every_architecture_of_open_clip_can_be_resolved() -> None:
    assert len(architectures()) > 100
    for name in architectures():
        shape = resolve(name)
        assert shape.name == name
        assert shape.dim > 0
        assert shape.picture_px > 0


def test_the_recommended_model_is_one_of_them() -> None:
    shape = resolve(RECOMMENDED.architecture)
    assert (shape.dim, shape.picture_px, shape.tokenizer) == (512, 256, "")


def test_a_model_whose_tokenizer_lies_on_the_hub_says_so() -> None:
    assert resolve("roberta-ViT-B-32").tokenizer == "roberta-base"


@pytest.mark.parametrize("name", ["ViT-B32-256", "VIT_B_32_256"])
def test_a_misspelt_name_gets_a_suggestion(name: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        resolve(name)
    assert "ViT-B-32-256" in caught.value.remedy


def test_a_name_means_the_same_in_any_case() -> None:
    assert resolve("vit-b-32-256") == resolve("VIT-B-32-256") == resolve("ViT-B-32-256")


@pytest.mark.parametrize("name", ["quux", "nonsense", "nothere"])
def test_whoever_names_something_else_altogether_is_shown_the_list(name: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        resolve(name)
    assert caught.value.remedy == "See the list: vexgui models"


@pytest.mark.parametrize("name", ["../ViT-B-32", "/etc/passwd", ""])
def test_a_path_is_no_name(name: str) -> None:
    with pytest.raises(UsageProblem):
        resolve(name)


def test_other_weights_or_another_architecture_make_another_space() -> None:
    spaces = {
        picture_space(FITTED).id,
        picture_space(PictureModel(FITTED.architecture, checkpoint=FITTED.checkpoint, digest="cd" * 32)).id,
        picture_space(PictureModel("ViT-B-32", checkpoint=FITTED.checkpoint, digest=FITTED.digest)).id,
    }
    assert len(spaces) == 3


def test_the_place_of_the_weights_does_not_change_the_space() -> None:
    moved = PictureModel(FITTED.architecture, checkpoint="/elsewhere/weights.pt", digest=FITTED.digest)
    assert picture_space(moved) == picture_space(FITTED)


def test_a_model_that_was_never_prepared_has_no_space() -> None:
    with pytest.raises(ModelUnavailable):
        picture_space(RECOMMENDED)


def test_nothing_outside_the_model_process_loads_torch_or_open_clip() -> None:
    script = """
import sys
from vexgui.models import chooser, embedder, fake, process, registry, weights
registry.resolve("ViT-B-32-256")
weights.text_space()
assert not {"torch", "open_clip", "torchvision", "transformers", "tokenizers", "PIL"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
