"""Indexing with the real models: text files end to end, and pictures through ViT-B-32-256 with random weights."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.bench.corpus import real_text
from tests.bench.measure import Figure
from vexgui.core.vectors import Modality
from vexgui.engine.engine import Engine
from vexgui.models.chooser import ModelChooser
from vexgui.models.process import EmbedderProcesses
from vexgui.models.weights import text_folder
from vexgui.system.profile import open_profile

_TEXTS = 200
_PICTURES = 192
_ARCHITECTURE = "ViT-B-32-256"

_MAKE_CHECKPOINT = """
import sys
from vexgui.models.worker.torchvision_operators import declare_operators
declare_operators()
import open_clip, safetensors.torch
model = open_clip.create_model(sys.argv[1], pretrained=None)
safetensors.torch.save_file({k: v.contiguous() for k, v in model.state_dict().items()}, sys.argv[2])
"""

_FLOAT32_PICTURES = """
import sys, time
from vexgui.models.worker.torchvision_operators import declare_operators
declare_operators()
import open_clip, torch
model = open_clip.create_model(sys.argv[1], pretrained=None).eval()
batch = torch.rand(8, 3, model.visual.image_size[0], model.visual.image_size[1])
with torch.inference_mode():
    model.encode_image(batch)
    started = time.perf_counter()
    for _ in range(6):
        model.encode_image(batch)
print(48 / (time.perf_counter() - started))
"""
"""What CLIP search tools do on a processor: float32, eight pictures at a time."""

_FLOAT32_TEXTS = """
import json, sys, time, os
os.environ["HF_HUB_OFFLINE"] = "1"
from vexgui.models.worker.torchvision_operators import declare_operators
declare_operators()
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
texts = json.load(sys.stdin)
model.encode(texts[:8])
started = time.perf_counter()
model.encode(texts, batch_size=32)
print(len(texts) / (time.perf_counter() - started))
"""
"""The same model as people use it from Python."""


def measure() -> Iterator[Figure]:
    """Measure text first, then pictures."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _text(Path(folder))
        yield from _pictures(Path(folder))


def _text(folder: Path) -> Iterator[Figure]:
    files = folder / "texts"
    files.mkdir()
    for number, path in enumerate(real_text(_TEXTS)):
        shutil.copyfile(path, files / f"{number} {path.name}")
    profile = open_profile(os.fsencode(folder / "profile"), {})
    with Engine(profile, writable=True) as engine:
        (files.parent / "warm").mkdir()
        (files.parent / "warm" / "note.txt").write_text("A note that has the model loaded.")
        started = time.perf_counter()
        engine.index([os.fsencode(files.parent / "warm")])
        loading_s = time.perf_counter() - started
        report = engine.index([os.fsencode(files)])
        passages = engine.status().passages
        texts = [text.text for file in files.iterdir() for text in engine.inspect(os.fsencode(file)).passages]
    yield Figure("text files, end to end", report.indexed / report.seconds, "files/s", more_is_better=True)
    peer = _printed(_FLOAT32_TEXTS, os.fsdecode(text_folder()), given=json.dumps(texts[:160]))
    peers = {"sentence-transformers, float32, embedding alone": peer}
    yield Figure("  their passages", passages / report.seconds, "passages/s", more_is_better=True, peers=peers)
    yield Figure("  first file, the model's loading included", loading_s, "s")


def _pictures(folder: Path) -> Iterator[Figure]:
    checkpoint = folder / "random.safetensors"
    subprocess.run(
        [sys.executable, "-c", _MAKE_CHECKPOINT, _ARCHITECTURE, str(checkpoint)], check=True, capture_output=True
    )
    with ModelChooser(os.fsencode(folder)) as chooser:
        chosen = chooser.local(_ARCHITECTURE, os.fsencode(checkpoint))
    embedder = EmbedderProcesses(chosen, os.fsencode(folder))
    try:
        space = next(space for space in embedder.spaces() if space.modality is Modality.PICTURE)
        random = np.random.default_rng(3)
        pictures = [random.integers(0, 255, (256, 340, 3), np.uint8) for _ in range(16)]
        embedder.embed_pictures(space.id, pictures)
        started = time.perf_counter()
        for _ in range(_PICTURES // len(pictures)):
            embedder.embed_pictures(space.id, pictures)
        taken_s = time.perf_counter() - started
    finally:
        embedder.close()
    peers = {"float32 in batches of eight": _printed(_FLOAT32_PICTURES, _ARCHITECTURE)}
    yield Figure(
        f"pictures through {_ARCHITECTURE}", _PICTURES / taken_s, "pictures/s", more_is_better=True, peers=peers
    )


def _printed(script: str, *arguments: str, given: str = "") -> float:
    """Run a script in a process of its own and return the number it prints last."""
    command = [sys.executable, "-c", script, *arguments]
    result = subprocess.run(command, input=given, check=True, capture_output=True, text=True)
    return float(result.stdout.split()[-1])
