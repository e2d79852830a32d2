"""Models as a table, and how far they are, in words."""

from dataclasses import replace

import pytest

from tests.cli.fake_answers import MODELS, SPACE
from tests.cli.fake_engine import FakeEngine
from tests.cli.runner import Screen
from vexgui.cli import standing
from vexgui.cli.model_table import chosen_text, models_text, offer_text
from vexgui.cli.progress import ProgressLine
from vexgui.core.events import ModelProgress, ModelRetired
from vexgui.core.reports import ModelInfo, SpaceInfo

BARE = ModelInfo("bare", "picture", False, False, "", "", 0)
MIB = 1 << 20


def test_the_table_tells_what_models_are_and_what_they_cost_here() -> None:
    assert models_text(MODELS) == (
        "  MODEL     STATE        SIZE       LANGUAGES  LICENCE     QUALITY     HERE          TIME   ON DISK\n"
        "* MiniLM    in use       85.8 MiB              Apache-2.0\n"
        "* Little    in use       9.0 MiB                                       152 a second  1 min  3.0 MiB\n"
        "  ViT-B-32  recommended  600.0 MiB  English    MIT         72.8 % [1]\n"
        "\n"
        "  MiniLM: in the package\n"
        "  Little: drawings well, photographs roughly\n"
        "\n"
        "  [1] open_clip's results, ImageNet\n"
        "  ImageNet: photographs told right among 1,000 kinds. COCO: captions whose photograph is first of 5,000.\n"
        "  TIME is for the pictures that lack a vector, ON DISK for the vectors of all.\n"
    )


def test_a_table_that_is_wider_than_the_screen_is_told_model_by_model() -> None:
    wide = max(map(len, models_text(MODELS).splitlines()[:4]))
    assert models_text(MODELS, wide) == models_text(MODELS)
    assert models_text(MODELS, wide - 1).startswith(
        "* MiniLM  in use\n"
        "    size       85.8 MiB\n"
        "    licence    Apache-2.0\n"
        "* Little  in use\n"
        "    size       9.0 MiB\n"
        "    here       152 a second\n"
        "    time       1 min\n"
        "    on disk    3.0 MiB\n"
        "  ViT-B-32  recommended\n"
    )


def test_columns_that_say_nothing_are_left_out() -> None:
    assert models_text([BARE]) == "  MODEL  STATE\n  bare   to be had\n"


@pytest.mark.parametrize(
    ("model", "state"),
    [
        (replace(BARE, active=True, answering=True, installed=True), "in use"),
        (replace(BARE, answering=True, installed=True), "still answers"),
        (replace(BARE, installed=True), "here"),
        (replace(BARE, recommended=True), "recommended"),
        (replace(BARE, embedded=True), "missing"),
        (replace(BARE, name="none", installed=True), "none"),
    ],
)
def test_a_model_stands_in_one_way(model: ModelInfo, state: str) -> None:
    assert models_text([model]).splitlines()[1].endswith(state)


def test_names_of_models_cannot_command_the_terminal() -> None:
    text = models_text([replace(BARE, name="\x1b[2J", detail="\x1b]0;x\x07")])
    assert not {"\x1b", "\x07"} & set(text)


def test_a_choice_is_told_in_words() -> None:
    assert "found with Little" in chosen_text(MODELS[1])
    assert chosen_text(MODELS[0]) == "Pictures are found by their words from now on.\n"
    assert chosen_text(replace(BARE, name="none")) == "Pictures are found by their words from now on.\n"


def test_what_is_not_known_of_an_offer_is_said() -> None:
    assert offer_text(BARE) == "bare: of unknown size, of unknown licence. Nothing about your files is sent.\n"


def test_a_download_tells_how_much_has_come_how_fast_and_how_long_still() -> None:
    screen, now = Screen(columns=120), [0.0]
    line = ProgressLine(screen.terminal, lambda: now[0])
    for now[0], done in ((0.0, 100), (0.5, 110), (10.0, 200)):
        line.hear(ModelProgress("ViT-B-32", done * MIB, 600 * MIB))
    line.hear(ModelProgress("unheard of", 5, 0))
    shown = screen.err.split("\r\x1b[K")[1:]
    assert shown == [
        "downloading ViT-B-32: 100.0 MiB of 600.0 MiB",
        "downloading ViT-B-32: 110.0 MiB of 600.0 MiB",
        "downloading ViT-B-32: 200.0 MiB of 600.0 MiB, 10.0 MiB a second, 40 s left",
    ]


def test_a_model_that_retires_is_told_with_what_can_be_done() -> None:
    screen = Screen()
    ProgressLine(screen.terminal, lambda: 0.0).hear(ModelRetired("Little", "ViT-B-32"))
    assert screen.err == (
        "All pictures have vectors of ViT-B-32 now. Those of Little are kept, and not searched any more: "
        "vexgui models remove Little\n"
    )


@pytest.mark.parametrize(
    ("space", "told"),
    [
        (SpaceInfo(SPACE, 7, True, 3, 4), "MiniLM (text, 384): 7 vectors, 3 of 4 files, 75 %"),
        (SpaceInfo(SPACE, 7, True, 4, 4), "MiniLM (text, 384): 7 vectors\n"),
        (SpaceInfo(SPACE, 7, False, 4, 4), "7 vectors, answers until its successor is complete"),
        (SpaceInfo(SPACE, 7, False, 4, 4, answering=False), "7 vectors, not used any more"),
    ],
)
def test_the_status_tells_how_far_each_space_is_filled(space: SpaceInfo, told: str) -> None:
    assert told in standing.status_text(replace(FakeEngine().status(), spaces=(space,)))


def test_the_status_tells_why_a_chosen_model_does_not_serve() -> None:
    text = standing.status_text(replace(FakeEngine().status(), model_note="The weights of Little are gone."))
    assert "model       The weights of Little are gone." in text
