"""The models as people use them from Python, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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

_PHOTOS = """
from collections import deque
from concurrent.futures import ThreadPoolExecutor
import open_clip, safetensors.torch, torch
from PIL import Image
model, _, prepare = open_clip.create_model_and_transforms(sys.argv[1], pretrained=None)
model.eval()
safetensors.torch.save_file({k: v.contiguous() for k, v in model.state_dict().items()}, sys.argv[2])
paths = json.load(sys.stdin)
def prepared(path):
    with Image.open(path) as image:
        return prepare(image.convert("RGB"))
with torch.inference_mode(), ThreadPoolExecutor(min(16, len(os.sched_getaffinity(0)))) as threads:
    model.encode_image(torch.stack([prepared(paths[0])] * 8))
    started = time.perf_counter()
    batches = [paths[place : place + 8] for place in range(0, len(paths), 8)]
    ahead = deque()
    for place, batch in enumerate(batches + [None] * 3):
        if batch is not None:
            ahead.append([threads.submit(prepared, path) for path in batch])
        if place >= 3 and ahead:
            model.encode_image(torch.stack([future.result() for future in ahead.popleft()]))
    while ahead:
        model.encode_image(torch.stack([future.result() for future in ahead.popleft()]))
print(len(paths) / (time.perf_counter() - started))
"""

_VECTORS = """
import numpy, open_clip, torch
from PIL import Image
model, _, prepare = open_clip.create_model_and_transforms(sys.argv[1], pretrained=None)
from safetensors.torch import load_file
model.load_state_dict(load_file(sys.argv[2]))
pictures = [prepare(Image.fromarray(pixels)) for pixels in numpy.load(sys.argv[3])]
with torch.inference_mode():
    vectors = [model.eval().encode_image(batch, normalize=True) for batch in torch.stack(pictures).split(8)]
numpy.save(sys.argv[4], torch.cat(vectors).numpy())
print(len(pictures))
"""


def texts_a_second(folder: str, texts: Sequence[str]) -> float:
    """Return how many texts sentence-transformers embeds a second, in float32, with the model in a folder."""
    return _printed(_TEXTS, folder, given=json.dumps(list(texts)))


def pictures_a_second(architecture: str, rounds: int, checkpoint: str) -> float:
    """Return how many pictures open_clip embeds a second in float32, eight at a time, as CLIP search tools do.

    Its weights are random, which is as fast as real ones; they are written to ``checkpoint``.
    """
    return _printed(_PICTURES, architecture, checkpoint, str(rounds))


def photos_a_second(architecture: str, photos: Sequence[Path], checkpoint: str) -> float:
    """Return how many photos a second come from their files to vectors as in rclip 3.3.

    Pillow decodes them whole, in a thread for each processor and three batches ahead; open_clip embeds them in float32,
    eight at a time. The random weights are written to ``checkpoint``.
    """
    return _printed(_PHOTOS, architecture, checkpoint, given=json.dumps([str(path) for path in photos]))


def vectors_in_float32(
    architecture: str, pictures: NDArray[np.uint8], checkpoint: str, folder: Path
) -> NDArray[np.float32]:
    """Return the unit vectors that open_clip makes of pictures in float32, [n, dim].

    Args:
        architecture: The model's name.
        pictures: RGB, [n, side, side, 3], of the size that the model looks at.
        checkpoint: Its weights.
        folder: Where files may be written.
    """
    given, made = folder / "pixels.npy", folder / "vectors.npy"
    np.save(given, pictures)
    _printed(_VECTORS, architecture, checkpoint, str(given), str(made))
    vectors: NDArray[np.float32] = np.load(made)
    return vectors


def _printed(script: str, *arguments: str, given: str = "") -> float:
    """Run a script in a process of its own and return the number it prints last."""
    command = [sys.executable, "-c", _BEGIN + script, *arguments]
    result = subprocess.run(command, input=given, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return float(result.stdout.split()[-1])
