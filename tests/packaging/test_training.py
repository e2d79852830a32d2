"""Training from a few pictures: it can be repeated and resumed, and what it makes is timm's own network."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "model"))

import train  # declares torchvision's operators: first
import timm
import torch
from data import Examples
from tower import ARCHITECTURE, DIM, Tower

SIDE, COUNT = 32, 130


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "_FIRST", 1)
    monkeypatch.setattr(train, "_FITTED", 1)
    monkeypatch.setattr(train, "_VIEWS", 256)


def examples() -> Examples:
    """Return pictures of noise, each with two captions."""
    chance = np.random.default_rng(7)

    def unit(*shape: int) -> np.ndarray:
        rows = chance.normal(size=shape)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    return Examples(
        pictures=chance.integers(0, 255, (COUNT, SIDE, SIDE, 4), np.uint8),
        rows=np.arange(COUNT),
        weights=torch.ones(COUNT, dtype=torch.float64),
        hue=torch.tensor([True, False] * (COUNT // 2)),
        phrasings=[np.array([row, COUNT + row]) for row in range(COUNT)],
        captions=torch.from_numpy(unit(2 * COUNT, DIM)),
        seen=(torch.zeros(COUNT, 20, dtype=torch.int64), torch.full((COUNT, 20), 0.05)),
        classes=torch.from_numpy(unit(1000, DIM)),
        bank=torch.from_numpy(chance.integers(0, 255, (2, 3, 16, 16), np.uint8)),
    )


def trainer(folder: Path) -> train.Trainer:
    torch.manual_seed(0)
    tower = Tower().to(memory_format=torch.channels_last).eval()
    return train.Trainer(folder / "checkpoint.pt", tower, examples(), torch.device("cpu"))


def weights(of: train.Trainer) -> torch.Tensor:
    return torch.cat([value.detach().flatten() for value in of.trained])


def test_the_same_seeds_give_the_same_weights_and_what_is_frozen_stays(tmp_path: Path) -> None:
    runs = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        runs.append(trainer(tmp_path / name))
        before = runs[-1].tower.trunk.conv_stem.weight.clone()
        untrained = weights(runs[-1])
        runs[-1].run(2, 600, SIDE)
        assert torch.equal(runs[-1].tower.trunk.conv_stem.weight, before)
    assert torch.equal(weights(runs[0]), weights(runs[1]))
    assert not torch.equal(weights(runs[0]), untrained)


def test_a_run_that_ended_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    first = trainer(tmp_path)
    first.run(2, 600, SIDE)
    second = trainer(tmp_path)
    second.run(2, 600, SIDE)  # as far as it is: nothing to do
    assert second.step == 2
    assert torch.equal(weights(first), weights(second))
    second.run(5, 600, SIDE)  # the fourth step mixes pictures
    assert second.step == 5
    assert torch.isfinite(weights(second)).all()


def test_mixed_pictures_keep_half_of_themselves_at_least_and_the_rest_is_the_others() -> None:
    ones, zeros = torch.ones(2, 3, 14, 14), torch.zeros(2, 3, 14, 14)
    through = covered = 0
    for seed in range(40):
        found, share = train.mixed(ones, zeros, torch.Generator().manual_seed(seed))
        assert 0.5 - 0.05 <= share <= 1
        assert found.mean().item() == pytest.approx(share, abs=1e-5)
        through += len(found.unique()) == 1
        covered += len(found.unique()) == 2
    assert through > 5
    assert covered > 5


def test_what_was_trained_is_timms_own_network_and_computes_the_same_there(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    run.run(1, 600, SIDE)
    state = run.tower.state()
    plain = timm.create_model(ARCHITECTURE, pretrained=False, num_classes=0).eval()
    plain.load_state_dict({name.removeprefix("trunk."): state[name] for name in state if name.startswith("trunk.")})
    pictures = torch.rand(2, 3, 64, 64)
    with torch.inference_mode():
        there = torch.nn.functional.normalize(plain(pictures) @ state["head.proj.weight"].T, dim=1)
        here = run.tower(pictures)
    assert (here * there).sum(1).min() > 0.999
