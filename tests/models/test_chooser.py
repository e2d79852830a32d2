"""A picture model is chosen only after it gave vectors, and no file can do harm on the way."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.models.embedders import prompt_embedder
from vexgui.core.errors import CheckpointProblem, ChildFailed, ModelUnavailable, UsageProblem
from vexgui.core.settings import PictureModel
from vexgui.models.chooser import ModelChooser
from vexgui.models.process import ModelProcess
from vexgui.models.registry import picture_space
from vexgui.system.frames import Frame

pytestmark = pytest.mark.model

SMALL = "ViT-S-32-alt"
"""The architecture of the checkpoints made for tests."""

HUB_FOLDER = "models--laion--CLIP-ViT-B-32-256x256-DataComp-s34B-b86K"


def code(victim: Path) -> bytes:
    """A pickle that creates a file when it is loaded carelessly."""
    return b"cbuiltins\nopen\n(V" + str(victim).encode() + b"\nVw\ntR."


def torch_archive(pickled: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("archive/data.pkl", pickled)
        archive.writestr("archive/version", "3\n")
        archive.writestr("archive/byteorder", "little")
    return buffer.getvalue()


def safetensors(header: bytes) -> bytes:
    return struct.pack("<Q", len(header)) + header


STRANGE: dict[str, Callable[[bytes, Path], bytes]] = {
    "empty.pt": lambda good, victim: b"",
    "noise.pt": lambda good, victim: np.random.default_rng(0).bytes(5000),
    "text.pt": lambda good, victim: b"these are no weights\n" * 100,
    "cut.pt": lambda good, victim: good[: len(good) // 2],
    "code.pt": lambda good, victim: code(victim),
    "code-in-archive.pt": lambda good, victim: torch_archive(code(victim)),
    "code.safetensors": lambda good, victim: code(victim),
    "code.npz": lambda good, victim: code(victim),
    "number.pt": lambda good, victim: torch_archive(b"\x80\x02K\x07."),
    "nothing-in-it.pt": lambda good, victim: torch_archive(b"\x80\x02}."),
    "noise.safetensors": lambda good, victim: np.random.default_rng(0).bytes(5000),
    "other-model.safetensors": lambda good, victim: (
        safetensors(b'{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}') + bytes(4)
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_checkpoint_is_refused_by_name_and_runs_no_code(
    chooser: ModelChooser, checkpoints: Path, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "victim"
    file = tmp_path / name
    file.write_bytes(STRANGE[name]((checkpoints / "small.pt").read_bytes(), victim))
    with pytest.raises(CheckpointProblem) as caught:
        chooser.local(SMALL, bytes(file))
    assert str(file) in caught.value.message
    assert not victim.exists()


def test_the_weights_of_another_architecture_are_refused(chooser: ModelChooser, checkpoints: Path) -> None:
    with pytest.raises(CheckpointProblem, match="holds no weights of ViT-M-32-alt"):
        chooser.local("ViT-M-32-alt", bytes(checkpoints / "small.pt"))


def test_weights_that_give_no_vectors_are_refused(chooser: ModelChooser, checkpoints: Path) -> None:
    with pytest.raises(CheckpointProblem, match="no usable vectors"):
        chooser.local(SMALL, bytes(checkpoints / "nan.pt"))


def test_a_missing_checkpoint_is_refused(chooser: ModelChooser, tmp_path: Path) -> None:
    for name in (SMALL, ""):
        with pytest.raises(CheckpointProblem, match=r"^There is nothing at .*gone"):
            chooser.local(name, bytes(tmp_path / "gone"))


def test_a_chosen_model_knows_where_its_weights_are_and_their_digest(
    picture_model: PictureModel, checkpoints: Path
) -> None:
    assert picture_model.architecture == SMALL
    assert picture_model.checkpoint == str(checkpoints / "small.pt")
    assert len(bytes.fromhex(picture_model.digest)) == 32


def test_a_name_that_does_not_exist_is_refused(chooser: ModelChooser) -> None:
    with pytest.raises(UsageProblem, match="Did you mean"):
        chooser.local("ViT-S-32-al")
    with pytest.raises(UsageProblem, match="Did you mean"):
        chooser.fetch("ViT-S-32-al")
    with pytest.raises(UsageProblem) as caught:
        chooser.local("quux")
    assert caught.value.remedy == "See the list: vexgui models"


def test_weights_that_were_never_fetched_are_told_with_the_command_that_fetches_them(chooser: ModelChooser) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        chooser.local("ViT-B-32-256")
    assert caught.value.remedy == "Run: vexgui models download ViT-B-32-256"


def test_weights_that_were_fetched_are_found_in_the_profile(tmp_path: Path) -> None:
    folder = tmp_path / "models" / HUB_FOLDER
    weights = folder / "snapshots" / ("0" * 40) / "open_clip_model.safetensors"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"fetched, but damaged")
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text("0" * 40)
    with ModelChooser(bytes(tmp_path)) as chooser, pytest.raises(CheckpointProblem) as caught:
        chooser.local("ViT-B-32-256")
    assert str(weights) in caught.value.message


def test_a_model_without_published_weights_cannot_be_fetched(chooser: ModelChooser) -> None:
    with pytest.raises(ModelUnavailable, match="no weights to fetch"):
        chooser.local(SMALL)


def test_a_model_whose_tokenizer_is_not_here_names_it(chooser: ModelChooser, checkpoints: Path) -> None:
    with pytest.raises(ModelUnavailable, match="roberta-base"):
        chooser.local("roberta-ViT-B-32", bytes(checkpoints / "small.pt"))


def test_a_file_of_weights_alone_does_not_say_which_model_it_is_of(chooser: ModelChooser, checkpoints: Path) -> None:
    with pytest.raises(UsageProblem, match="does not say which model") as caught:
        chooser.local("", bytes(checkpoints / "small.pt"))
    assert "--checkpoint" in caught.value.remedy


def test_a_directory_is_chosen_by_its_path_and_named_by_what_lies_in_it(
    chooser: ModelChooser, model_directory: Path
) -> None:
    model = chooser.local("", bytes(model_directory))
    assert picture_space(model).model == "random-pictures"
    assert len(bytes.fromhex(model.digest)) == 32


def test_a_checkpoint_that_changed_since_it_was_chosen_is_refused(
    picture_model: PictureModel, cache_dir: bytes
) -> None:
    embedder = prompt_embedder(replace(picture_model, digest="00" * 32), (), cache_dir)
    with pytest.raises(CheckpointProblem, match="not the one that was chosen"):
        embedder.embed_query(embedder.spaces()[1].id, "sea")
    embedder.close()


def test_what_nobody_foresaw_in_the_model_process_becomes_one_error(cache_dir: bytes) -> None:
    process = ModelProcess(cache_dir, "The text model")
    with pytest.raises(ChildFailed, match="failed"):
        process.ask(Frame({"do": "nothing of the kind"}), timeout_s=600)
    process.close()
