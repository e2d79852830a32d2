"""Makes a directory of the embedded picture model's form, with random weights."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CONFIGURATION: dict[str, Any] = {
    "model_cfg": {
        "embed_dim": 384,
        "vision_cfg": {
            "timm_model_name": "tf_efficientnet_lite0",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "linear",
            "image_size": 160,
        },
        "text_cfg": {"context_length": 1, "vocab_size": 1, "width": 1, "heads": 1, "layers": 1},
    },
    "preprocess_cfg": {
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
        "interpolation": "bilinear",
        "resize_mode": "squash",
        "size": 160,
    },
    "vexgui": {
        "name": "random-pictures",
        "queries": "all-MiniLM-L6-v2",
        "calibration": {"query": {"cosines": [0.1, 0.2, 0.3, 0.5]}, "likeness": [0.2, 0.5, 0.8, 0.99]},
    },
}
"""As the embedded model's, but for name and calibration."""

_SAVE_RANDOM_WEIGHTS = """
import hashlib, json, sys
from pathlib import Path
import torch
from safetensors.torch import save_file
from vexgui.models.worker.libraries import open_clip
folder = Path(sys.argv[1])
torch.manual_seed(0)
network = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
for name, part in network.visual.named_modules():
    if isinstance(part, torch.nn.BatchNorm2d):  # as if it had learnt something: normalisation does nothing when fresh
        part.running_mean.normal_(0, 0.1)
        part.running_var.uniform_(0.5, 1.5)
        part.weight.data.uniform_(0.5, 1.5)
        part.bias.data.normal_(0, 0.1)
state = {name: (t.half() if t.is_floating_point() else t).contiguous() for name, t in network.state_dict().items()}
save_file(state, folder / "open_clip_model.safetensors")
configuration = json.loads((folder / "open_clip_config.json").read_text())
weights = (folder / "open_clip_model.safetensors").read_bytes()
configuration["vexgui"]["weights_sha256"] = hashlib.sha256(weights).hexdigest()
(folder / "open_clip_config.json").write_text(json.dumps(configuration))
"""


def make_model_directory(folder: Path) -> Path:
    """Fill a folder with a model of random weights, in some seconds, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "open_clip_config.json").write_text(json.dumps(CONFIGURATION))
    subprocess.run([sys.executable, "-c", _SAVE_RANDOM_WEIGHTS, folder], check=True, capture_output=True)
    return folder
