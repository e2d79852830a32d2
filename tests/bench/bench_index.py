"""Indexing with the real models: text files end to end, and pictures through ViT-B-32-256 with random weights."""

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
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality
from vexgui.engine.engine import Engine
from vexgui.models.process import EmbedderProcesses
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
    yield Figure("text files, end to end", report.indexed / report.seconds, "files/s", more_is_better=True)
    yield Figure("  their passages", passages / report.seconds, "passages/s", more_is_better=True)
    yield Figure("  first file, the model's loading included", loading_s, "s")


def _pictures(folder: Path) -> Iterator[Figure]:
    checkpoint = folder / "random.safetensors"
    subprocess.run([sys.executable, "-c", _MAKE_CHECKPOINT, _ARCHITECTURE, str(checkpoint)], check=True)
    embedder = EmbedderProcesses(PictureModel(_ARCHITECTURE, checkpoint=str(checkpoint)), os.fsencode(folder))
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
    yield Figure(f"pictures through {_ARCHITECTURE}", _PICTURES / taken_s, "pictures/s", more_is_better=True)
