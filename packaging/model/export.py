"""Writes the trained model into `resources/model`: `python packaging/model/export.py FOLDER`.

Weights go there as open_clip's own directory form, float16, and every figure of the model card is measured from what was
written, through the product's own model process, not from the checkpoint.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from vexgui.models.worker.torchvision_operators import declare_operators

declare_operators()

import open_clip
import safetensors.torch
import torch

from tower import ARCHITECTURE, DIM, Tower

TARGET = Path(__file__).parents[2] / "resources" / "model"
SIDE = 160

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
    """Write configuration and weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the checkpoint lies")
    write(parser.parse_args().folder / "checkpoint.pt", TARGET)


def write(checkpoint: Path, target: Path) -> None:
    """Write a checkpoint's averaged weights as a model directory."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    tower = Tower()
    trained = [*tower.trained(), *tower.head.parameters()]
    tower.load_state_dict(state["frozen"], strict=False)
    with torch.no_grad():
        for value, mean in zip(trained, state["mean"], strict=True):
            value.copy_(mean)
    target.mkdir(exist_ok=True)
    config = target / "open_clip_config.json"
    config.write_text(json.dumps(CONFIG))
    network = open_clip.create_model(f"local-dir:{target}", load_weights=False)
    network.visual.load_state_dict(tower.state(), strict=True)
    weights = target / "open_clip_model.safetensors"
    halves = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in network.state_dict().items()
    }
    safetensors.torch.save_file(halves, weights)
    weights.chmod(0o644)
    about = {
        "name": "vexgui-pictures-1",
        "queries": "all-MiniLM-L6-v2",
        "weights_sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
    }
    config.write_text(json.dumps({**CONFIG, "vexgui": about}, indent=2) + "\n")


if __name__ == "__main__":
    main()
