"""What a directory says of its model is read without trust, and no file in it can do harm."""

import json
import os
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.directories import CONFIGURATION
from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Modality
from vexgui.models import registry
from vexgui.models.directory import read_directory
from vexgui.models.registry import in_directory, picture_space, weights_of
from vexgui.models.weights import text_space

Change = Callable[[dict[str, Any]], object]
DIGEST = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory whose weights nobody reads."""
    return written(tmp_path / "own", lambda configuration: None)


def written(folder: Path, change: Change) -> Path:
    """Make a directory whose configuration differs in something."""
    folder.mkdir(exist_ok=True)
    configuration = deepcopy(CONFIGURATION)
    change(configuration)
    (folder / "open_clip_config.json").write_text(json.dumps(configuration))
    (folder / "open_clip_model.safetensors").write_bytes(b"weights")
    return folder


def chosen(folder: Path) -> PictureModel:
    return replace(in_directory(bytes(folder)), digest=DIGEST)


def test_a_directory_says_what_space_its_model_makes(folder: Path) -> None:
    space = picture_space(chosen(folder))
    assert (space.model, space.modality, space.dim, space.picture_px) == ("random-pictures", Modality.PICTURE, 384, 160)
    assert space.queries == text_space().id
    assert space.calibration is not None
    assert space.calibration.likeness.sure == 0.99


def test_a_model_that_says_nothing_of_queries_reads_its_own_and_is_called_like_its_folder(tmp_path: Path) -> None:
    space = picture_space(chosen(written(tmp_path / "my-clip", lambda configuration: configuration.pop("vexgui"))))
    assert (space.model, space.queries, space.calibration) == ("my-clip", None, None)


def test_a_name_is_shown_without_what_moves_the_cursor_and_not_without_end(tmp_path: Path) -> None:
    def name(given: object) -> str:
        return read_directory(bytes(written(tmp_path / "own", lambda found: found["vexgui"].update(name=given)))).name

    assert name("fine\x1b[2J\nname") == "fine[2Jname"
    assert name("\x07") == "own"
    assert len(name("x" * 1000)) == 60


def test_what_is_told_of_a_model_is_read_from_its_configuration(folder: Path, tmp_path: Path) -> None:
    told = {"licence": "MIT", "quality": "recall@10 0.80\x1b[2J" + "!" * 1000, "quality_source": "docs/QUALITY.md"}
    found = read_directory(
        bytes(written(tmp_path / "told", lambda configuration: configuration["vexgui"].update(told)))
    )
    assert (found.licence, found.quality[:17], found.quality_source) == ("MIT", "recall@10 0.80[2J", "docs/QUALITY.md")
    assert len(found.quality) == 200
    silent = read_directory(bytes(folder))
    assert (silent.licence, silent.quality, silent.quality_source) == ("", "", "")


def test_weights_and_preprocessing_make_the_space_name_and_calibration_do_not(tmp_path: Path) -> None:
    def other(change: Change) -> str:
        return picture_space(chosen(written(tmp_path / "other", change))).id

    same = other(lambda configuration: None)
    assert other(lambda configuration: configuration["vexgui"].update(name="renamed")) == same
    assert other(lambda configuration: configuration["vexgui"].pop("calibration")) == same
    assert other(lambda configuration: configuration["preprocess_cfg"].update(mean=[0.4, 0.5, 0.5])) != same
    assert other(lambda configuration: configuration["model_cfg"]["vision_cfg"].update(image_size=192)) != same
    model = chosen(tmp_path / "other")
    assert picture_space(replace(model, digest="cd" * 32)).id != picture_space(model).id


def test_a_directory_that_was_moved_makes_the_same_space(folder: Path, tmp_path: Path) -> None:
    before = picture_space(chosen(folder)).id
    assert picture_space(chosen(folder.rename(tmp_path / "elsewhere"))).id == before


def test_safetensors_are_preferred_to_a_pickle(folder: Path) -> None:
    (folder / "open_clip_pytorch_model.bin").write_bytes(b"other")
    assert in_directory(bytes(folder)).checkpoint == str(folder / "open_clip_model.safetensors")
    (folder / "open_clip_model.safetensors").unlink()
    assert in_directory(bytes(folder)).checkpoint == str(folder / "open_clip_pytorch_model.bin")


def test_a_relative_path_is_understood_from_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert in_directory(b"own") == in_directory(bytes(folder))


NONSENSE: dict[str, Change] = {
    "no model": lambda configuration: configuration.pop("model_cfg"),
    "a list for a model": lambda configuration: configuration.update(model_cfg=[1]),
    "no size": lambda configuration: configuration["model_cfg"]["vision_cfg"].pop("image_size"),
    "a word for a size": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(image_size="large"),
    "no room in a picture": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(image_size=0),
    "an empty vector": lambda configuration: configuration["model_cfg"].update(embed_dim=0),
    "a vector without end": lambda configuration: configuration["model_cfg"].update(embed_dim=float("inf")),
    "a vector longer than memory": lambda configuration: configuration["model_cfg"].update(embed_dim=10**12),
    "pictures larger than memory": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(
        image_size=10**6
    ),
    "a table for a dimension": lambda configuration: configuration["model_cfg"].update(embed_dim={}),
    "a word for what is ours": lambda configuration: configuration.update(vexgui="ours"),
}


@pytest.mark.parametrize("change", NONSENSE.values(), ids=NONSENSE)
def test_a_configuration_of_nonsense_is_refused(tmp_path: Path, change: Change) -> None:
    with pytest.raises(CheckpointProblem, match="describes no open_clip model"):
        read_directory(bytes(written(tmp_path / "own", change)))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000])
def test_a_configuration_that_is_no_json_object_is_refused(folder: Path, text: bytes) -> None:
    (folder / "open_clip_config.json").write_bytes(text)
    with pytest.raises(CheckpointProblem, match=r"open_clip_config\.json"):
        read_directory(bytes(folder))


def test_what_lacks_configuration_or_weights_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "open_clip_model.safetensors").unlink()
    with pytest.raises(CheckpointProblem, match="no weights"):
        read_directory(bytes(folder))
    with pytest.raises(CheckpointProblem, match=r"no open_clip_config\.json"):
        read_directory(bytes(tmp_path))
    with pytest.raises(CheckpointProblem, match="gone"):
        read_directory(bytes(tmp_path / "gone"))


def test_a_pipe_for_a_configuration_is_not_waited_for(folder: Path) -> None:
    (folder / "open_clip_config.json").unlink()
    os.mkfifo(folder / "open_clip_config.json")
    with pytest.raises(CheckpointProblem):
        read_directory(bytes(folder))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_configuration_that_may_not_be_read_is_told_as_that(folder: Path) -> None:
    (folder / "open_clip_config.json").chmod(0)
    with pytest.raises(CheckpointProblem, match="Permission denied"):
        read_directory(bytes(folder))


def test_a_model_in_the_space_of_another_text_model_is_refused(tmp_path: Path) -> None:
    other = written(tmp_path / "own", lambda configuration: configuration["vexgui"].update(queries="all-mpnet-base-v2"))
    with pytest.raises(CheckpointProblem, match="the queries of all-mpnet-base-v2"):
        read_directory(bytes(other))


def test_a_dimension_that_is_not_that_of_its_queries_is_refused(tmp_path: Path) -> None:
    other = written(tmp_path / "own", lambda configuration: configuration["model_cfg"].update(embed_dim=512))
    with pytest.raises(CheckpointProblem, match="512 dimensions, those of its queries 384"):
        read_directory(bytes(other))


def test_a_model_that_was_never_tried_has_no_space(folder: Path) -> None:
    with pytest.raises(ModelUnavailable, match="random-pictures"):
        picture_space(in_directory(bytes(folder)))


def test_the_embedded_model_is_known_by_the_digest_its_configuration_states(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "resource", lambda name: folder.with_name("model") / name)
    with pytest.raises(ModelUnavailable, match="missing or damaged") as caught:
        picture_space(EMBEDDED)
    assert "models use none" in caught.value.remedy
    written(folder, lambda configuration: configuration["vexgui"].update(weights_sha256=DIGEST))
    monkeypatch.setattr(registry, "resource", lambda name: folder)
    assert weights_of(EMBEDDED) == (bytes(folder / "open_clip_model.safetensors"), DIGEST)
    assert picture_space(EMBEDDED) == picture_space(chosen(folder))


Trial = Callable[[PictureModel], PictureModel]


@pytest.fixture
def copy(model_directory: Path, tmp_path: Path) -> Path:
    """A copy of a good model, to be spoilt."""
    return Path(shutil.copytree(model_directory, tmp_path / "copy"))


def reconfigured(folder: Path, change: Change) -> Path:
    file = folder / "open_clip_config.json"
    configuration = json.loads(file.read_text())
    change(configuration)
    file.write_text(json.dumps(configuration))
    return folder


@pytest.mark.model
def test_an_embedded_model_that_is_damaged_is_to_be_installed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vexgui.models.worker.loading import load

    written(folder, lambda configuration: configuration["vexgui"].update(weights_sha256=DIGEST))
    monkeypatch.setattr(registry, "resource", lambda name: folder)
    with pytest.raises(CheckpointProblem, match=str(folder)) as caught:
        load(EMBEDDED)
    assert caught.value.remedy == "Install VexGUI again."


@pytest.mark.model
def test_a_model_that_was_tried_has_the_digest_of_its_weights(
    directory_model: PictureModel, model_directory: Path
) -> None:
    configuration = json.loads((model_directory / "open_clip_config.json").read_text())
    assert directory_model == replace(
        in_directory(bytes(model_directory)), digest=configuration["vexgui"]["weights_sha256"]
    )


@pytest.mark.model
def test_open_clip_itself_loads_the_same_directory_and_sees_the_same(
    directory_model: PictureModel, model_directory: Path, cache_dir: bytes
) -> None:
    from PIL import Image

    from tests.models.embedders import prompt_embedder
    from vexgui.models.worker.libraries import open_clip

    network, _, transform = open_clip.create_model_and_transforms(f"local-dir:{model_directory}")
    random = np.random.default_rng(0)
    pictures = [random.integers(0, 256, (size, 210, 3), np.uint8) for size in (160, 170, 300)]
    expected = [
        network.eval().encode_image(transform(Image.fromarray(picture))[None], normalize=True).detach().numpy()[0]
        for picture in pictures
    ]
    embedder = prompt_embedder(directory_model, (), cache_dir)
    found = embedder.embed_pictures(embedder.spaces()[1].id, pictures)
    embedder.close()
    assert (found * np.stack(expected)).sum(axis=1).min() >= 0.999


@pytest.mark.model
@pytest.mark.parametrize("kept", [0, 7, 500, 20_000, -1])
def test_truncated_weights_are_refused_by_name(trial: Trial, copy: Path, kept: int) -> None:
    reconfigured(copy, lambda configuration: configuration["vexgui"].pop("weights_sha256"))
    weights = copy / "open_clip_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:kept])
    with pytest.raises(CheckpointProblem) as caught:
        trial(in_directory(bytes(copy)))
    assert str(weights) in caught.value.message


@pytest.mark.model
def test_weights_that_are_not_what_the_configuration_announces_are_refused(trial: Trial, copy: Path) -> None:
    weights = copy / "open_clip_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(CheckpointProblem, match="damaged"):
        trial(in_directory(bytes(copy)))


@pytest.mark.model
def test_a_pickle_in_a_directory_runs_no_code(trial: Trial, copy: Path) -> None:
    victim = copy / "victim"
    (copy / "open_clip_model.safetensors").unlink()
    pickled = b"cbuiltins\nopen\n(V" + bytes(victim) + b"\nVw\ntR."
    (copy / "open_clip_pytorch_model.bin").write_bytes(pickled)
    reconfigured(copy, lambda configuration: configuration["vexgui"].pop("weights_sha256"))
    with pytest.raises(CheckpointProblem, match="no weights of random-pictures"):
        trial(in_directory(bytes(copy)))
    assert not victim.exists()


WRONG: dict[str, Change] = {
    "another architecture": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(
        timm_model_name="mobilenetv3_small_100"
    ),
    "another dimension": lambda configuration: (
        configuration["model_cfg"].update(embed_dim=256),
        configuration.pop("vexgui"),
    ),
    "another head": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(timm_proj="mlp"),
}


@pytest.mark.model
@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_weights_that_do_not_fit_the_configuration_are_refused(trial: Trial, copy: Path, change: Change) -> None:
    with pytest.raises(CheckpointProblem, match="holds no weights of"):
        trial(in_directory(bytes(reconfigured(copy, change))))


IMPOSSIBLE: dict[str, Change] = {
    "an unknown tower": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(timm_model_name="quux"),
    "a tower from the hub": lambda configuration: configuration["model_cfg"]["vision_cfg"].update(
        timm_model_name="hf-hub:quux/quux"
    ),
    "an unknown part": lambda configuration: configuration["model_cfg"].update(quux=1),
    "no part for words": lambda configuration: configuration["model_cfg"].pop("text_cfg"),
    "a means of another length": lambda configuration: configuration["preprocess_cfg"].update(resize_mode="quux"),
}


@pytest.mark.model
@pytest.mark.parametrize("change", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_configuration_that_open_clip_cannot_build_is_refused(trial: Trial, copy: Path, change: Change) -> None:
    with pytest.raises(CheckpointProblem, match="no model that open_clip can build"):
        trial(in_directory(bytes(reconfigured(copy, change))))


@pytest.mark.model
def test_a_part_for_words_that_does_not_work_is_found_out_before_the_model_is_chosen(trial: Trial, copy: Path) -> None:
    reconfigured(copy, lambda configuration: configuration.pop("vexgui"))  # now its part for words is asked
    with pytest.raises(CheckpointProblem, match="no usable vectors"):
        trial(in_directory(bytes(copy)))


@pytest.mark.model
def test_a_directory_that_is_gone_since_it_was_chosen_is_told_as_that(
    trial: Trial, copy: Path, cache_dir: bytes
) -> None:
    model = trial(in_directory(bytes(copy)))
    shutil.rmtree(copy)
    with pytest.raises(CheckpointProblem, match=str(copy)):
        picture_space(model)
