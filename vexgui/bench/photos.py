"""Photos of twelve megapixels, from their files to what can be searched, beside what CLIP search tools do with them.

The model has random weights, which are as fast as others.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from vexgui.bench import model_peers
from vexgui.bench.conditions import Conditions
from vexgui.bench.figure import Figure
from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined
from vexgui.engine.engine import Engine
from vexgui.system.profile import open_profile

_ARCHITECTURE, _QUICK_ARCHITECTURE = "ViT-B-32-256", "ViT-S-32-alt"
_SIZE_PX, _QUICK_SIZE_PX = (4000, 3000), (640, 480)
_PHOTOS, _QUICK_PHOTOS = 160, 6
_PEER_PHOTOS = 48
_SCENES = 8
_QUALITY = 90
_TIMES_RCLIP = 5.0
_SOI = b"\xff\xd8"
_COMMENT = 0xFFFE


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure with photos that are made for it."""
    count = _QUICK_PHOTOS if conditions.quick else _PHOTOS
    architecture = _QUICK_ARCHITECTURE if conditions.quick else _ARCHITECTURE
    folder = Path(os.fsdecode(conditions.folder), "photos")
    checkpoint = joined(conditions.folder, b"photos.safetensors")
    conditions.tell(f"Making {count} photos.")
    paths = write_photos(folder, count, _QUICK_SIZE_PX if conditions.quick else _SIZE_PX)
    some = paths[: min(count, _PEER_PHOTOS)]
    conditions.tell(f"Embedding {len(some)} photos with Pillow and open_clip in float32.")
    peer = model_peers.photos_a_second(architecture, some, os.fsdecode(checkpoint))
    profile = open_profile(joined(conditions.folder, b"photos-profile"), {})
    with Engine(profile, writable=True) as engine:
        conditions.tell(f"Loading {architecture}.")
        engine.use_model(architecture, checkpoint)
        _load(engine, folder.parent / "first")
        conditions.tell(f"Indexing {count} photos.")
        report = engine.index([os.fsencode(folder)])
        pictured = sum(info.files for info in engine.status().spaces if info.space.model.startswith(architecture))
        if pictured != count + 1:
            raise WorldProblem(f"Only {pictured - 1} of {count} photos were embedded.")
    rate = count / report.seconds
    peers = {"decoded whole by Pillow in threads, float32, eight at a time": peer}
    yield Figure(
        f"photos of 12 megapixels, read, embedded with {architecture} and stored",
        rate,
        "photos/s",
        peers=peers,
        more_is_better=True,
    )
    aim = None if conditions.quick else _TIMES_RCLIP
    yield Figure("the same, in times of that", rate / peer, "×", aim=aim, more_is_better=True)


def write_photos(folder: Path, count: int, size_px: tuple[int, int]) -> list[Path]:
    """Write JPEGs with shapes, shades and grain as a camera's have, none of which is a copy of another.

    Encoding takes long: the same few scenes come again and again, each with a comment of its own.
    """
    folder.mkdir(parents=True)
    paths: list[Path] = []
    for scene in range(min(_SCENES, count)):
        first = folder / f"scene {scene}.jpg"
        photo(scene, size_px).save(first, quality=_QUALITY)
        paths.append(first)
        encoded = first.read_bytes()
        for number in range(scene + _SCENES, count, _SCENES):
            comment = f"photo {number}".encode()
            path = folder / f"photo {number}.jpg"
            path.write_bytes(_SOI + struct.pack(">HH", _COMMENT, len(comment) + 2) + comment + encoded[2:])
            paths.append(path)
    return paths


def photo(scene: int, size_px: tuple[int, int]) -> Image.Image:
    """Return a picture with shapes, shades and grain."""
    random = np.random.default_rng(scene)
    coarse = Image.fromarray(random.integers(0, 255, (9, 12, 3), np.uint8)).resize(size_px, Image.Resampling.BICUBIC)
    fine = Image.fromarray(random.integers(96, 160, (size_px[1] // 4, size_px[0] // 4, 3), np.uint8)).resize(size_px)
    grain = random.normal(0, 3, (size_px[1], size_px[0], 1))
    pixels = 0.7 * np.asarray(coarse, np.float32) + 0.3 * np.asarray(fine, np.float32) + grain
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _load(engine: Engine, folder: Path) -> None:
    """Index a photo on its own, so that the models are loaded before anything is measured."""
    folder.mkdir()
    photo(_SCENES, _QUICK_SIZE_PX).save(folder / "first.jpg")
    engine.index([os.fsencode(folder)])
