"""Writes the trained model: `python packaging/model/export.py FOLDER`.

Into `resources/model` go the weights (float16, in open_clip's own directory form), what their scores are worth, and the
model's card; into `docs/QUALITY.md` its figures. All of these are measured from what was written, through the product's
own reader and model process, not from the checkpoint.
"""

import argparse
import hashlib
import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from vexgui.models.worker.torchvision_operators import declare_operators

declare_operators()

import open_clip
import pool
import safetensors.torch
import torch
from bands import calibrated
from card import Facts, card, with_figures
from data import BATCH, with_scenes
from evaluation import SIDE
from product import TARGET, Judged, Product
from quality import HELD_OUT, in_short, measure, told
from splits import told_by
from tower import ARCHITECTURE, DIM, Tower

from vexgui.models.calibration import calibration_of

NAME = "vexgui-pictures-1"
LICENCE = "GPL-3.0-or-later"
PAGE = Path(__file__).parents[2] / "docs" / "QUALITY.md"

CONFIG = {
    "model_cfg": {
        "embed_dim": DIM,
        "vision_cfg": {
            "timm_model_name": ARCHITECTURE,
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "linear",
            "timm_proj_bias": False,
            "image_size": SIDE,
        },
        # open_clip builds no model without a text tower: this one is never asked, the text model takes its place.
        "text_cfg": {"context_length": 1, "vocab_size": 1, "width": 1, "heads": 1, "layers": 1},
    },
    "preprocess_cfg": {
        "mean": [0.5] * 3,
        "std": [0.5] * 3,
        "interpolation": "bilinear",
        "resize_mode": "squash",
        "size": SIDE,
    },
}


def main() -> None:
    """Write configuration, weights, card and figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the checkpoint and the pool lie, as training left them")
    parser.add_argument(
        "--to", type=Path, default=TARGET, help="the model's directory; the page changes for its own only"
    )
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # open_clip's, that there are no weights yet
    facts = write(options.folder / "checkpoint.pt", options.to)
    pictures, entries = pool.load(options.folder / "pool")
    _, everything = with_scenes(options.folder, pictures, entries)
    with Product(options.to) as product:
        judged = Judged(pictures, entries, product)
        calibration = calibrated(judged)
        measured = measure(judged, calibration_of(calibration))
    quality = {"quality": in_short(measured), "quality_source": "docs/QUALITY.md"}
    _configure(options.to, facts.digest, {"calibration": calibration, **quality})
    figures = told(measured)
    (options.to / "README.md").write_text(card(facts, everything, figures), "utf-8")
    if options.to == TARGET:
        HELD_OUT.write_text(json.dumps(asdict(told_by(entries)), indent=1, ensure_ascii=False) + "\n", "utf-8")
        PAGE.write_text(with_figures(PAGE.read_text("utf-8"), figures), "utf-8")
    print(figures)


def write(checkpoint: Path, target: Path) -> Facts:
    """Write a checkpoint's averaged weights as a model directory without a calibration."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    tower = Tower()
    tower.load_state_dict(state["frozen"], strict=False)
    with torch.no_grad():
        for value, mean in zip([*tower.trained(), *tower.head.parameters()], state["mean"], strict=True):
            value.copy_(mean)
    target.mkdir(parents=True, exist_ok=True)
    (target / "open_clip_config.json").write_text(json.dumps(CONFIG))
    network = open_clip.create_model(f"local-dir:{target}", load_weights=False)
    network.visual.load_state_dict(tower.state(), strict=True)
    weights = target / "open_clip_model.safetensors"
    halves = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in network.state_dict().items()
    }
    safetensors.torch.save_file(halves, weights)
    weights.chmod(0o644)
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    _configure(target, digest, {})
    return Facts(
        name=NAME,
        architecture=ARCHITECTURE,
        parameters=sum(value.numel() for value in network.visual.parameters()),
        dim=DIM,
        side=SIDE,
        size_bytes=weights.stat().st_size,
        digest=digest,
        steps=state["step"],
        batch=BATCH,
    )


def _configure(target: Path, digest: str, figures: Mapping[str, object]) -> None:
    about = {"name": NAME, "queries": "all-MiniLM-L6-v2", "weights_sha256": digest, "licence": LICENCE, **figures}
    (target / "open_clip_config.json").write_text(json.dumps({**CONFIG, "vexgui": about}, indent=2) + "\n")


if __name__ == "__main__":
    main()
