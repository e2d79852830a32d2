"""The real text model on the sample files: the right file comes first, though it shares no word with the question."""

import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extract.extracting import prompt_decoders
from tests.models.embedders import prompt_embedder
from tests.waiting import PATIENCE_S
from vexgui.core.hits import Band, Hit
from vexgui.core.settings import Settings
from vexgui.engine.engine import Engine
from vexgui.extract.process import ExtractorProcess
from vexgui.system.profile import open_profile

RESOURCES = Path(__file__).parents[2] / "resources"
pytestmark = pytest.mark.model


def questions() -> list[tuple[str, str]]:
    table = tomllib.loads((RESOURCES / "questions.toml").read_text(encoding="utf-8"))
    return [(question["text"], question["file"]) for question in table["question"]]


UNRELATED = [
    "quantum chromodynamics",
    "kernel module does not build",
    "Roman emperors",
    "dinosaur fossils",
    "nuclear reactor design",
    "car insurance claim",
    "football world cup",
    "guitar chords",
    "kubernetes ingress",
    "chainsaw maintenance",
    "Shakespeare sonnet",
    "stock options and hedge funds",
]
"""Nothing among the samples answers these."""

NAMED = [
    ("risotto", "Recipes/Mushroom risotto.md"),
    ("garden birds", "Documents/Garden birds.pdf"),
    ("ring_buffer.c", "Code/ring_buffer.c"),
    ("danke jurgen", "Letters/Danke, Jürgen.txt"),
    ("packing list", "Travel/Packing list.txt"),
    ("flat tire", "Home/Flat tyre.md"),
    ("budget 2024", "Finance/Household budget 2024.csv"),
]
"""Names, parts of names, and a name in another spelling."""

WORDED = [
    ("melatonin", "Notes/Insomnia.md"),
    ("lentils", "Recipes/Lentil soup.md"),
    ("where did I write about melatonin", "Notes/Insomnia.md"),
]
"""Words that stand in one file only, alone and in a sentence."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def engine(home: Path) -> Iterator[Engine]:
    samples = home / "samples"
    shutil.copytree(RESOURCES / "samples", samples)
    profile = open_profile(os.fsencode(home / "profile"), {})
    extractor = ExtractorProcess(Settings().extractor_memory_bytes, PATIENCE_S, worker="prompt")
    with (
        prompt_decoders(),
        Engine(profile, writable=True, make_embedder=prompt_embedder, extractor=extractor) as opened,
    ):
        report = opened.index([os.fsencode(samples)])
        assert not report.failed
        yield opened


def asked(engine: Engine, home: Path, question: str) -> list[tuple[str, Hit]]:
    """Return names and hits, best first."""
    answer = engine.search(question, 10)
    assert answer.complete
    assert answer.note == ""
    return [(os.path.relpath(os.fsdecode(hit.path), home / "samples"), hit) for hit in answer.hits]


def test_the_file_that_answers_a_question_comes_first(engine: Engine, home: Path) -> None:
    """All 44 did when this was written; two close ones may fall the other way where the model runs in other digits."""
    firsts = {question: asked(engine, home, question)[0][0] for question, _ in questions()}
    missed = [(question, firsts[question]) for question, name in questions() if firsts[question] != name]
    assert len(missed) <= 2, missed


def test_right_answers_are_mostly_strong_and_hardly_ever_weak(engine: Engine, home: Path) -> None:
    bands = [
        hit.band for question, right in questions() for name, hit in asked(engine, home, question) if name == right
    ]
    assert bands.count(Band.STRONG) >= 0.65 * len(questions())
    assert bands.count(Band.WEAK) <= 2


def test_fusion_hardly_ever_puts_a_right_answer_below_where_meaning_alone_puts_it(engine: Engine, home: Path) -> None:
    """One of 44 does: half of its words, in another file, weigh a hair more than its meaning."""
    sunk: list[str] = []
    for question, right in questions():
        hits = asked(engine, home, question)
        place = next((place for place, (name, _) in enumerate(hits) if name == right), len(hits))
        meaning = [
            (max((why.score for why in hit.why if why.space not in ("words", "name")), default=0.0), name)
            for name, hit in hits
        ]
        alone = sorted(meaning, reverse=True)
        if place > next((other for other, (_, name) in enumerate(alone) if name == right), len(hits)):
            sunk.append(question)
    assert len(sunk) <= 1, sunk


@pytest.mark.parametrize("question", UNRELATED)
def test_what_has_no_answer_gets_no_strong_one(engine: Engine, home: Path, question: str) -> None:
    assert all(hit.band is not Band.STRONG for _, hit in asked(engine, home, question))


@pytest.mark.parametrize(("typed", "name"), NAMED + WORDED)
def test_names_and_words_come_first_too(engine: Engine, home: Path, typed: str, name: str) -> None:
    assert asked(engine, home, typed)[0][0] == name


def test_files_like_a_recipe_are_recipes(engine: Engine, home: Path) -> None:
    answer = engine.similar([os.fsencode(home / "samples/Recipes/Sourdough.txt")], 3)
    assert all(b"/Recipes/" in hit.path for hit in answer.hits[:2])
