"""The models as people use them from Python, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence

_BEGIN = """
import json, os, sys, time
os.environ["HF_HUB_OFFLINE"] = "1"
from vexgui.models.worker.torchvision_operators import declare_operators
declare_operators()
"""

_TEXTS = """
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
texts = json.load(sys.stdin)
model.encode(texts[:8])
started = time.perf_counter()
model.encode(texts, batch_size=32)
print(len(texts) / (time.perf_counter() - started))
"""

_PICTURES = """
import open_clip, safetensors.torch, torch
model = open_clip.create_model(sys.argv[1], pretrained=None).eval()
safetensors.torch.save_file({k: v.contiguous() for k, v in model.state_dict().items()}, sys.argv[2])
batch = torch.rand(8, 3, model.visual.image_size[0], model.visual.image_size[1])
rounds = int(sys.argv[3])
with torch.inference_mode():
    model.encode_image(batch)
    started = time.perf_counter()
    for _ in range(rounds):
        model.encode_image(batch)
print(rounds * len(batch) / (time.perf_counter() - started))
"""


def texts_a_second(folder: str, texts: Sequence[str]) -> float:
    """Return how many texts sentence-transformers embeds a second, in float32, with the model in a folder."""
    return _printed(_TEXTS, folder, given=json.dumps(list(texts)))


def pictures_a_second(architecture: str, rounds: int, checkpoint: str) -> float:
    """Return how many pictures open_clip embeds a second in float32, eight at a time, as CLIP search tools do.

    Its weights are random, which is as fast as real ones; they are written to ``checkpoint``.
    """
    return _printed(_PICTURES, architecture, checkpoint, str(rounds))


def _printed(script: str, *arguments: str, given: str = "") -> float:
    """Run a script in a process of its own and return the number it prints last."""
    command = [sys.executable, "-c", _BEGIN + script, *arguments]
    result = subprocess.run(command, input=given, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return float(result.stdout.split()[-1])
