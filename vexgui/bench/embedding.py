"""Embedding with the real models: text files end to end, pictures through the embedded model and a larger one.

The larger one has random weights, which are as fast as others.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from vexgui.bench import faithful, model_peers
from vexgui.bench.conditions import Conditions
from vexgui.bench.corpus import real_text
from vexgui.bench.figure import Figure, taken_s
from vexgui.bench.watched import WatchedEmbedder
from vexgui.core.errors import ModelUnavailable
from vexgui.core.paths import joined
from vexgui.core.reports import IndexReport
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Modality
from vexgui.engine.engine import Engine
from vexgui.models.chooser import ModelChooser
from vexgui.models.process import EmbedderProcesses
from vexgui.models.registry import picture_space
from vexgui.models.weights import text_folder
from vexgui.system.profile import Profile, open_profile
from vexgui.system.resources import resource

_TEXTS, _QUICK_TEXTS = 200, 4
_PEER_TEXTS, _QUICK_PEER_TEXTS = 160, 8
_PICTURES, _QUICK_PICTURES = 192, 32
_EMBEDDED_PICTURES = 1024
_EMBEDDED_AIM = 150.0
"""Pictures a second of two cores: fifty thousand in six minutes."""

_BUSY_PERCENT = 90.0
_PICTURES_A_CALL = 32
_ARCHITECTURE, _QUICK_ARCHITECTURE = "ViT-B-32-256", "ViT-S-32-alt"


def measure(conditions: Conditions) -> Iterator[Figure]:
    """Measure text first, then pictures."""
    profile = open_profile(joined(conditions.folder, b"embedding"), {})
    yield from _text(profile, conditions)
    yield from _embedded(profile, conditions)
    yield from _pictures(profile, conditions)


def _text(profile: Profile, conditions: Conditions) -> Iterator[Figure]:
    files = Path(os.fsdecode(conditions.folder), "texts")
    files.mkdir()
    for number, path in enumerate(real_text(_QUICK_TEXTS if conditions.quick else _TEXTS)):
        shutil.copyfile(path, files / f"{number} {path.name}")
    watched: list[WatchedEmbedder] = []

    def watched_embedder(*arguments: Any) -> WatchedEmbedder:
        watched.append(WatchedEmbedder(EmbedderProcesses(*arguments)))
        return watched[-1]

    with Engine(profile, writable=True, make_embedder=watched_embedder) as engine:
        in_force = watched[0]  # later ones are only asked for their spaces
        conditions.tell("Loading the text model.")
        loading_s = taken_s(lambda: _index_one_note(engine, conditions.folder))
        conditions.tell("Indexing text files.")
        in_force.begin()
        before = engine.status().passages
        report = engine.index([os.fsencode(files)])
        passages = engine.status().passages - before
        texts = [text.text for file in sorted(files.iterdir()) for text in engine.inspect(os.fsencode(file)).passages]
    yield Figure(
        "text files, read, embedded and stored", report.indexed / report.seconds, "files/s", more_is_better=True
    )
    yield Figure(
        "of the time from their first passages to their last, the model works",
        in_force.busy * 100,
        "%",
        aim=None if conditions.quick else _BUSY_PERCENT,
        more_is_better=True,
    )
    conditions.tell("Embedding the same with sentence-transformers.")
    some = texts[: _QUICK_PEER_TEXTS if conditions.quick else _PEER_TEXTS]
    peers = {
        "sentence-transformers, float32, embedding alone": model_peers.texts_a_second(os.fsdecode(text_folder()), some)
    }
    yield Figure("their passages", passages / report.seconds, "passages/s", peers=peers, more_is_better=True)
    yield Figure("first file, with the model's loading", loading_s, "s")


def _index_one_note(engine: Engine, folder: bytes) -> IndexReport:
    """Index a file on its own, so that the model is loaded before anything is measured."""
    home = Path(os.fsdecode(folder), "first")
    home.mkdir()
    (home / "note.txt").write_text("A note that has the model loaded.")
    return engine.index([os.fsencode(home)])


def _embedded(profile: Profile, conditions: Conditions) -> Iterator[Figure]:
    try:
        name = picture_space(EMBEDDED).model
    except ModelUnavailable as error:
        conditions.tell(error.message)
        return
    count = _QUICK_PICTURES if conditions.quick else _EMBEDDED_PICTURES
    conditions.tell("Embedding pictures with the embedded model through open_clip in float32.")
    peer = model_peers.pictures_a_second(
        f"local-dir:{resource('model')}",
        max(1, count // 32),
        os.fsdecode(joined(conditions.folder, b"embedded.safetensors")),
    )
    conditions.tell(f"Embedding pictures with {name}.")
    rate = count / _embedding_s(EMBEDDED, profile.cache, count)
    peers = {"open_clip, float32, eight at a time": peer}
    aim = None if conditions.quick else _EMBEDDED_AIM
    yield Figure(f"pictures through the embedded {name}", rate, "pictures/s", peers=peers, aim=aim, more_is_better=True)


def _pictures(profile: Profile, conditions: Conditions) -> Iterator[Figure]:
    architecture = _QUICK_ARCHITECTURE if conditions.quick else _ARCHITECTURE
    count = _QUICK_PICTURES if conditions.quick else _PICTURES
    checkpoint = joined(conditions.folder, b"random.safetensors")
    conditions.tell("Embedding pictures with open_clip in float32.")
    peer = model_peers.pictures_a_second(architecture, max(1, count // 32), os.fsdecode(checkpoint))
    conditions.tell(f"Loading {architecture}.")
    with ModelChooser(profile.cache) as chooser:
        chosen = chooser.local(architecture, checkpoint)
    conditions.tell(f"Embedding pictures with {architecture}.")
    ours_s = _embedding_s(chosen, profile.cache, count)
    peers = {"open_clip, float32, eight at a time": peer}
    yield Figure(f"pictures through {architecture}", count / ours_s, "pictures/s", peers=peers, more_is_better=True)
    yield from faithful.measure(architecture, chosen, profile.cache, conditions)


def _embedding_s(model: PictureModel, cache: bytes, count: int) -> float:
    """Return how many seconds a loaded model takes to embed so many pictures."""
    embedder = EmbedderProcesses(model, (), cache)
    try:
        space = next(space for space in embedder.spaces() if space.modality is Modality.PICTURE)
        random = np.random.default_rng(3)
        side = space.picture_px
        pictures = [random.integers(0, 255, (side, side * 4 // 3, 3), np.uint8) for _ in range(_PICTURES_A_CALL)]
        embedder.embed_pictures(space.id, pictures)
        return sum(
            taken_s(lambda: embedder.embed_pictures(space.id, pictures)) for _ in range(count // _PICTURES_A_CALL)
        )
    finally:
        embedder.close()
