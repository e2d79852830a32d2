"""Trains the embedded picture model: `python packaging/model/train.py FOLDER`. Resumable: run it again.

The text tower is frozen (locked tuning as in LiT, Zhai et al. 2022, with the towers' roles exchanged): the picture
tower learns to land where all-MiniLM-L6-v2 puts a picture's captions. Three losses:

- contrast: a picture's vector is nearer to its caption than to thousands of other captions, and a caption nearer to its
  picture than to the others of the batch; captions share the target as far as they mean the same;
- nearness: one minus the cosine to the caption, so that scores mean the same from query to query;
- remembering: over the names of ImageNet's classes the vector gives the probabilities that the pretrained classifier
  gave (knowledge distillation, Hinton et al. 2015), so that photographs are not forgotten.

On two processor cores a run takes hours, on a GPU minutes. It fetches what it needs by apt-get, npm and pip.
"""

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from vexgui.models.worker.torchvision_operators import declare_operators

declare_operators()

import numpy as np
import pool
import torch
import torch.nn.functional as F
from augment import in_front, placed, recoloured, worn
from data import BATCH, Examples, examples, with_scenes
from evaluation import evaluate, table
from sources import fetch
from tower import Tower, normalized

from vexgui.models.worker.measured import Measured
from vexgui.models.worker.text_bulk import TextBulk, load_text_bulk

NEGATIVES = 4096
SOFTNESS = 0.07
"""The temperature at which captions' own likeness says how near a picture shall be to each of them."""

NEARNESS, REMEMBERING = 1.0, 0.15
_PEAK_TRUNK, _PEAK_HEAD = 3e-4, 6e-4
_SAVED_EVERY_S = 900

_MIXED_FROM = 0.6
"""From this share of the steps on, the pictures of every second batch are mixed: by then they are known by heart."""

_FIRST = 100
"""Batches that are met before the first step."""

_AGAIN = 3
"""A new batch is met so seldom: making one costs as much as learning from one."""

_FITTED = 150
"""Batches that the head is fitted to at first."""

_VIEWS = 250_000
"""So many pictures as they were met are kept, 16 kB each."""


def main() -> None:
    """Train from where an earlier run stopped."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where packages, the pool and checkpoints lie")
    parser.add_argument("--steps", type=int, default=16_000)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop so soon, to be resumed")
    parser.add_argument("--side", type=int, default=112, help="pixels of the pictures' sides")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    sources = fetch(options.folder)
    pool.build(sources, options.folder / "pool")
    torch.manual_seed(0)
    tower = Tower(sources.weights).to(memory_format=torch.channels_last).eval()
    pictures, entries = pool.load(options.folder / "pool")
    joined, everything = with_scenes(options.folder, pictures, entries)
    given = examples(options.folder, joined, everything, lambda: pool.backgrounds(sources), encoded, tower)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    trainer = Trainer(options.folder / "checkpoint.pt", tower.to(device), given, device)
    trainer.report = lambda: print(table(evaluate(tower, pictures, entries, encoded)), flush=True)
    trainer.run(options.steps, 60 * options.minutes, options.side)


def mixed(fronts: torch.Tensor, others: torch.Tensor, rng: torch.Generator) -> tuple[torch.Tensor, float]:
    """Return pictures mixed with others, and what share of the first is left, one half at least.

    Either both shine through (mixup, Zhang et al. 2018, on what the first layers made: Verma et al. 2019), or a square
    of the other covers part of the one (CutMix, Yun et al. 2019).

    Args:
        fronts: What the frozen part made of pictures, [n, channels, height, width].
        others: Of the pictures they are mixed with.
        rng: Random numbers.
    """
    through, part, top, left = torch.rand(4, generator=rng).tolist()
    if through < 0.5:
        share = 0.5 + 0.5 * part
        return share * fronts + (1 - share) * others, share
    height, width = fronts.shape[-2:]
    high, wide = (round(side * math.sqrt(0.5 * part)) for side in (height, width))
    upper, first = int(top * (height - high + 1)), int(left * (width - wide + 1))
    rows, columns = slice(upper, upper + high), slice(first, first + wide)
    covered = fronts.clone()
    covered[..., rows, columns] = others[..., rows, columns]
    return covered, 1 - high * wide / (height * width)


def encoded(texts: Sequence[str]) -> np.ndarray:
    """Return texts' vectors, float32 [n, 384], as the product computes them."""
    bulk = _text_model()
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    vectors = np.empty((len(texts), 384), np.float32)
    for start in range(0, len(order), 256):
        places = order[start : start + 256]
        vectors[places] = bulk.vectors([texts[place] for place in places])
    return vectors


def _text_model() -> TextBulk:
    return load_text_bulk(Measured(tempfile.gettempdir().encode()))


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step looks at.

    Attributes:
        fronts: What the frozen part of the tower makes of the pictures, [n, channels, height, width].
        rows: Which examples they are, [n].
        captions: The vectors of the captions chosen, [n, 384].
    """

    fronts: torch.Tensor
    rows: torch.Tensor
    captions: torch.Tensor


class Views:
    """What the frozen part made of pictures as they were met lately: looked at again without being made again.

    Args:
        count: How many are kept; the oldest go.
        shape: Of one.
        device: Where they lie.
    """

    def __init__(self, count: int, shape: torch.Size, device: torch.device) -> None:
        self._fronts = torch.empty((count, *shape), dtype=torch.bfloat16, device=device)
        self._rows = torch.empty(count, dtype=torch.long)
        self._met = 0

    def add(self, fronts: torch.Tensor, rows: torch.Tensor) -> None:
        """Keep a batch."""
        places = (self._met + torch.arange(len(rows))) % len(self._rows)
        self._fronts[places] = fronts.bfloat16()
        self._rows[places] = rows
        self._met += len(rows)

    def some(self, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Return a batch of them, and of which examples they are."""
        places = torch.randint(min(self._met, len(self._rows)), (BATCH,), generator=rng)
        return self._fronts[places], self._rows[places]


class Trainer:
    """One training run.

    Args:
        checkpoint: Where its state is kept.
        tower: What is trained.
        given: What it is trained on.
        device: What computes.
    """

    def __init__(self, checkpoint: Path, tower: Tower, given: Examples, device: torch.device) -> None:
        self.checkpoint, self.tower, self.given, self.device = checkpoint, tower, given, device
        self.report = lambda: None
        trunk = tower.trained()
        self.scale = torch.nn.Parameter(torch.tensor(math.log(20.0), device=device))
        self.trained = [*trunk, *tower.head.parameters()]
        groups = [
            {"params": trunk, "peak": _PEAK_TRUNK},
            {"params": [*tower.head.parameters(), self.scale], "peak": _PEAK_HEAD},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.02)
        self.step = 0

    def run(self, steps: int, seconds: float, side: int) -> None:
        """Train up to a number of steps, or for so long; a checkpoint holds the average of the last ones' weights."""
        self._resume()
        if self.step == 0:
            self._fit_head(side)
            self.mean = [value.detach().clone() for value in self.trained]
            self.report()
        started_s = saved_s = time.monotonic()
        first = self.step
        for batch in self._batches(steps, side):
            self._take(batch, steps)
            now_s = time.monotonic()
            if self.step % 50 == 0:
                rate = BATCH * (self.step - first) / (now_s - started_s)
                print(f"step {self.step}, {rate:.0f} pictures/s, loss {self.told}", flush=True)
            over = now_s - started_s > seconds or self.step == steps
            if over or now_s - saved_s > _SAVED_EVERY_S:
                saved_s = now_s
                self._save()
            if over:
                break

    def _take(self, batch: Batch, steps: int) -> None:
        """Take one step."""
        progress = self.step / steps
        rate = min(1.0, (self.step + 1) / 200) * max(0.01, 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        self.optimizer.zero_grad()
        self._loss(batch, mix=progress >= _MIXED_FROM and self.step % 2 == 1).backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.step += 1
        share = min(0.998, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(self.mean, [value.detach() for value in self.trained], 1 - share)

    def _loss(self, batch: Batch, *, mix: bool) -> torch.Tensor:
        """Return the loss of a batch; a mixed picture shall lie near both captions, as far as each is to be seen."""
        rng = torch.Generator().manual_seed(self.step)
        fronts = batch.fronts.float().contiguous(memory_format=torch.channels_last)
        shown, share = torch.arange(len(fronts)), 1.0
        if mix:
            shown = torch.randperm(len(fronts), generator=rng)
            fronts, share = mixed(fronts, fronts[shown], rng)
        own, wide = batch.captions, torch.cat([batch.captions, self._others(rng)])

        def both(of_each: torch.Tensor) -> torch.Tensor:
            return share * of_each + (1 - share) * of_each[shown]

        vectors = F.normalize(self.tower.head(self.tower.features(fronts)), dim=1)
        scale = self.scale.exp().clamp(max=60)
        scores, meanings = scale * vectors @ wide.T, own @ wide.T / SOFTNESS
        by_picture = F.cross_entropy(scores, both(meanings.softmax(1)))
        by_caption = F.cross_entropy(scores[:, : len(own)].T, both(meanings[:, : len(own)].softmax(1).T).T)
        nearness = (1 - (vectors * both(own)).sum(1)).mean()
        guess = (20.0 * vectors @ self.given.classes.to(self.device).T).log_softmax(1)
        likely = torch.zeros_like(guess).scatter(1, *(part[batch.rows].to(self.device) for part in self.given.seen))
        remembering = -(both(likely) * guess).sum(1).mean()
        self.told = " ".join(f"{value.item():.2f}" for value in (by_picture, by_caption, nearness, remembering, scale))
        return by_picture + 0.5 * by_caption + NEARNESS * nearness + REMEMBERING * remembering

    def _others(self, rng: torch.Generator) -> torch.Tensor:
        """Return captions of whatever pictures, [NEGATIVES, 384]."""
        places = torch.randint(len(self.given.captions), (NEGATIVES,), generator=rng)
        return self.given.captions[places].to(self.device)

    def _batches(self, steps: int, side: int) -> Iterator[Batch]:
        """Yield batches, each prepared while the one before is learnt from."""
        views: Views | None = None
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(self._met, self.step * _FIRST, side)
            for step in range(self.step, steps):
                fresh = _FIRST if views is None else int(step % _AGAIN == 0)
                for number in range(fresh):
                    fronts, rows = coming.result()
                    coming = ahead.submit(self._met, step * _FIRST + number + 1, side)
                    if views is None:
                        views = Views(_VIEWS, fronts.shape[1:], self.device)
                    views.add(fronts, rows)
                assert views is not None
                fronts, rows = views.some(torch.Generator().manual_seed(step))
                yield Batch(fronts, rows, self._captions(rows, torch.Generator().manual_seed(step)))

    def _met(self, seed: int, side: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the frozen part makes of some pictures as they might be met, and which examples they are."""
        rng = torch.Generator().manual_seed(seed)
        rows = torch.multinomial(self.given.weights, BATCH, generator=rng)
        pixels = torch.from_numpy(self.given.pictures[self.given.rows[rows.numpy()]]).to(self.device)
        rgba = placed(pixels, side, rng, zoom=(0.55, 1.15))
        pictures = in_front(rgba, self.given.bank, rng)
        hue = self.given.hue[rows] & (torch.rand(BATCH, generator=rng) < 0.3)
        pictures = normalized(worn(recoloured(pictures, rng, hue=hue), rng))
        with torch.no_grad(), torch.autocast(self.device.type, torch.bfloat16):
            return self.tower.front(pictures), rows

    def _captions(self, rows: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
        """Return the vectors of a caption of each example: its best name as often as all the others together."""
        pick = torch.rand(len(rows), generator=rng)
        places = [
            int(of[0] if part < 0.5 else of[int((part - 0.5) * 2 * len(of)) % len(of)])
            for of, part in zip([self.given.phrasings[row] for row in rows.tolist()], pick.tolist(), strict=True)
        ]
        return self.given.captions[places].to(self.device)

    def _fit_head(self, side: int) -> None:
        """Begin with the linear head that fits the pictures as they are best: ridge regression in closed form."""
        features, targets = [], []
        with torch.no_grad(), torch.autocast(self.device.type, torch.bfloat16):
            for seed in range(10**9, 10**9 + _FITTED):
                fronts, rows = self._met(seed, side)
                features.append(self.tower.features(fronts).float())
                targets.append(self._captions(rows, torch.Generator().manual_seed(seed)))
        x, y = torch.cat(features).double(), torch.cat(targets).double()
        ridge = 0.05 * x.square().sum(0).mean() * torch.eye(x.shape[1], dtype=torch.float64, device=x.device)
        self.tower.head.weight.data = torch.linalg.solve(x.T @ x + ridge, x.T @ y).T.float().contiguous()

    def _with_mean(self, act: object) -> None:
        """Call something with the average weights in place of the last ones."""
        last = [value.detach().clone() for value in self.trained]
        self._put(self.mean)
        act()
        self._put(last)

    def _put(self, values: list[torch.Tensor]) -> None:
        with torch.no_grad():
            for value, other in zip(self.trained, values, strict=True):
                value.copy_(other)

    def _save(self) -> None:
        state = {
            "step": self.step,
            "trained": [value.detach() for value in self.trained],
            "frozen": self.tower.state_dict(),
            "mean": self.mean,
            "scale": self.scale.detach(),
            "optimizer": self.optimizer.state_dict(),
        }
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)
        self._with_mean(self.report)

    def _resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.step, self.mean = state["step"], state["mean"]
        self._put(state["trained"])
        self.scale.data = state["scale"]
        self.optimizer.load_state_dict(state["optimizer"])


if __name__ == "__main__":
    main()
