"""A model is chosen after it came from the hub: fetched, checked, and tried without a network."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.loopback_hub import LoopbackHub, serving
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.models.chooser import ModelChooser
from vexgui.models.hub.files import HubCache
from vexgui.models.hub.patience import Patience
from vexgui.models.offers import OFFERS, offer_of
from vexgui.models.registry import picture_space

pytestmark = pytest.mark.model

QUICK = Patience(pause_s=0.01, tries=2)
ENDLESS = Patience(stall_s=10 * PATIENCE_S)
WEIGHTS = "open_clip_model.safetensors"
SMALLEST = "MobileCLIP2-S0"
ROBERTA, ROBERTA_WEIGHTS = "roberta-ViT-B-32", "laion/CLIP-ViT-B-32-roberta-base-laion2B-s12B-b32k"

_SAVE_RANDOM_WEIGHTS = """
import sys, torch
from safetensors.torch import save_file
from vexgui.models.worker.libraries import open_clip
torch.manual_seed(0)
network = open_clip.create_model(sys.argv[1], load_weights=False)
state = network.state_dict()
save_file({name: (t.half() if t.is_floating_point() else t).contiguous() for name, t in state.items()}, sys.argv[2])
"""

_SAVE_TOKENIZER = """
import sys
from tokenizers import Tokenizer, models, pre_tokenizers
words = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "grey", "sea"]
tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
tokenizer.save(sys.argv[1])
"""

_SPLIT = """
import sys
from transformers import AutoTokenizer
print(*AutoTokenizer.from_pretrained(sys.argv[1])(sys.argv[2], add_special_tokens=False)["input_ids"])
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackHub]:
    with serving(LoopbackHub()) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield hub


def test_a_fetched_model_is_ready_to_be_chosen_and_from_then_on_needs_no_network(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    file = tmp_path / "weights"
    subprocess.run([sys.executable, "-c", _SAVE_RANDOM_WEIGHTS, SMALLEST, file], check=True, capture_output=True)
    offer = offer_of(SMALLEST)
    assert offer is not None
    digest = hub.put(offer.repository, WEIGHTS, file.read_bytes())
    told: list[tuple[int, int]] = []
    with ModelChooser(bytes(tmp_path), QUICK) as chooser:
        model = chooser.fetch(SMALLEST, progress=lambda done, total: told.append((done, total)))
        assert (model.architecture, model.pretrained, model.digest) == (SMALLEST, offer.model.pretrained, digest)
        assert picture_space(model).dim == 512
        assert told[-1] == (file.stat().st_size, file.stat().st_size)
        hub.deny["/"] = 500
        assert chooser.local(SMALLEST) == model


def test_weights_that_do_not_fit_are_not_listed_as_here_and_not_fetched_twice(hub: LoopbackHub, tmp_path: Path) -> None:
    offer = offer_of(SMALLEST)
    assert offer is not None
    hub.put(offer.repository, WEIGHTS, b"no weights of this architecture")
    with ModelChooser(bytes(tmp_path), QUICK) as chooser:
        for _ in range(2):
            with pytest.raises(CheckpointProblem, match=f"^What the hub has as {SMALLEST} cannot be used") as caught:
                chooser.fetch(SMALLEST)
            assert caught.value.remedy.endswith(f"vexgui models remove {SMALLEST}")
            assert HubCache(bytes(tmp_path)).path(offer.repository, [WEIGHTS]) == b""
        with pytest.raises(ModelUnavailable, match="not on this computer"):
            chooser.local(SMALLEST)
    assert len([path for path, _ in hub.requests if path.endswith(WEIGHTS)]) == 1
    assert HubCache(bytes(tmp_path)).remove(offer.repository) > 0


@pytest.mark.slow
def test_what_splits_words_is_fetched_with_the_weights(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.put(ROBERTA_WEIGHTS, WEIGHTS, b"no weights")
    with ModelChooser(bytes(tmp_path), QUICK) as chooser:
        with pytest.raises(ModelUnavailable, match="does not give out roberta-base"):
            chooser.fetch(ROBERTA)
        file = tmp_path / "tokenizer.json"
        subprocess.run([sys.executable, "-c", _SAVE_TOKENIZER, file], check=True, capture_output=True)
        hub.put("roberta-base", "tokenizer.json", file.read_bytes(), large=False)
        hub.put("roberta-base", "tokenizer_config.json", tokenizer_config(), large=False)
        hub.put("roberta-base", "config.json", tiny_roberta(), large=False)
        with pytest.raises(CheckpointProblem, match=f"holds no weights of {ROBERTA}"):  # the words were no problem
            chooser.fetch(ROBERTA)
    split = subprocess.run(
        [sys.executable, "-c", _SPLIT, "roberta-base", "grey sea"],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(tmp_path / "models")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert split.stdout.split() == ["5", "6"]


def test_offline_is_told_in_a_sentence_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nothing answers there
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ModelChooser(bytes(tmp_path)) as chooser, pytest.raises(ModelUnavailable) as caught:
        chooser.fetch("ViT-B-32-256")
    assert caught.value.message.startswith("There is no network")
    assert caught.value.remedy.startswith("Connect to a network")


@pytest.mark.parametrize("when", ["while open_clip is asked", "while it downloads"])
def test_fetching_is_stopped_at_once(hub: LoopbackHub, tmp_path: Path, when: str) -> None:
    hub.put("laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K", WEIGHTS, bytes(200_000))
    hub.stall_at = 100_000
    stop = threading.Event()
    stopped: list[str] = []

    def work() -> None:
        with ModelChooser(bytes(tmp_path), ENDLESS) as chooser, pytest.raises(ModelUnavailable) as caught:
            chooser.fetch("ViT-B-32-256", stop=stop)
        stopped.append(caught.value.message)

    thread = threading.Thread(target=work)
    thread.start()
    if when == "while it downloads":
        until(lambda: any(path.stat().st_size == 100_000 for path in tmp_path.rglob("*.partial")), "a part had come")
    stop.set()
    joined(thread)
    assert stopped == ["The download of ViT-B-32-256 was stopped."]


def test_open_clip_has_all_that_is_offered_where_it_is_said_to_be(tmp_path: Path) -> None:
    with ModelChooser(bytes(tmp_path)) as chooser:
        for offer in OFFERS:
            found = chooser._sources(offer.model)
            assert [source.repository for source in found] == [offer.repository]
            assert bool(found[0].all_of) == ("SigLIP" in offer.name)  # the others' words are split by open_clip itself


def tiny_roberta() -> bytes:
    """A configuration of a text model that takes no room."""
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    return json.dumps({"model_type": "roberta", "vocab_size": 7, "max_position_embeddings": 80, **sizes}).encode()


def tokenizer_config() -> bytes:
    """What makes a tokenizer of its words alone."""
    special = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    return json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", **special}).encode()
