"""The questions about what pictures show, and the embedded model's answers to them with all names hidden."""

import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.extract.extracting import prompt_decoders
from tests.models.embedders import prompt_embedder
from tests.waiting import PATIENCE_S
from vexgui.core.settings import Settings
from vexgui.engine.engine import Engine
from vexgui.extract.process import ExtractorProcess
from vexgui.system.profile import open_profile

RESOURCES = Path(__file__).parents[2] / "resources"
LEAST = 27
"""So many of the 30 pictures have to come first: as many did when this model was trained."""


def questions() -> list[tuple[str, str]]:
    table = tomllib.loads((RESOURCES / "picture_questions.toml").read_text(encoding="utf-8"))
    return [(question["text"], question["file"]) for question in table["question"]]


def test_there_are_thirty_different_questions() -> None:
    assert len({text for text, _ in questions()}) == len(questions()) == 30


@pytest.mark.parametrize(("text", "name"), questions())
def test_a_question_is_about_a_sample_picture(text: str, name: str) -> None:
    with Image.open(RESOURCES / "samples" / name) as picture:
        picture.verify()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def engine(home: Path) -> Iterator[Engine]:
    shutil.copytree(RESOURCES / "samples", home / "samples")
    profile = open_profile(os.fsencode(home / "profile"), {})
    extractor = ExtractorProcess(Settings().extractor_memory_bytes, PATIENCE_S, worker="prompt")
    with (
        prompt_decoders(),
        Engine(profile, writable=True, make_embedder=prompt_embedder, extractor=extractor) as opened,
    ):
        assert not opened.index([os.fsencode(home / "samples")]).failed
        yield opened


@pytest.mark.model
def test_the_embedded_model_finds_pictures_by_what_they_show(engine: Engine, home: Path) -> None:
    missed = []
    for text, name in questions():
        hits = engine.search(f"space:pictures {text}", 3).hits
        found = [os.path.relpath(os.fsdecode(hit.path), home / "samples") for hit in hits]
        if found[:1] != [name]:
            missed.append(f"{text}: {found}")
    assert len(questions()) - len(missed) >= LEAST, "\n".join(missed)


@pytest.mark.model
def test_names_have_no_say(engine: Engine) -> None:
    for query in ("IMG_2057", "Tulips in April", "penguin"):
        for hit in engine.search(f"space:pictures {query}", 5).hits:
            assert not {why.space for why in hit.why} & {"name", "words"}
