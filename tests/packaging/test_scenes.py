"""The drawn training pictures: the same for the same seed, never without captions, of the size asked for."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "model"))

import scenes
from scenes.brush import Brush
from scenes.moments import MOMENTS, drawn
from scenes.stage import Moment
from scenes.things.catalogue import THINGS
from scenes.words import article, counted

KINDS = [kind for kind, _ in scenes.KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_gives_a_picture_of_the_size_and_two_to_five_captions(
    kind: Callable[[np.random.Generator, int], scenes.Scene],
) -> None:
    for seed in range(3):
        scene = kind(np.random.default_rng(seed), 96)
        assert scene.picture.size == (96, 96)
        assert scene.picture.mode == "RGB"
        assert 2 <= len(scene.captions) <= 5
        assert len(set(scene.captions)) == len(scene.captions)
        assert all(caption.strip() == caption and caption for caption in scene.captions)
        assert scene.category


@pytest.mark.parametrize("kind", [kind for kind, _ in MOMENTS], ids=lambda kind: kind.__name__)
def test_every_moment_fills_its_picture_and_says_what_it_shows(kind: Moment) -> None:
    for seed in range(8):
        scene = drawn(np.random.default_rng(seed), 64, kind)
        assert np.asarray(scene.picture).std() > 4
        assert 2 <= len(set(scene.captions)) == len(scene.captions) <= 5
        assert not any(" a a" in caption or "  " in caption for caption in scene.captions)


@pytest.mark.parametrize("seed", range(8))
def test_a_seed_always_gives_the_same_scene(seed: int) -> None:
    first, second = (scenes.draw(np.random.default_rng(seed), 80) for _ in range(2))
    assert first.captions == second.captions
    assert first.category == second.category
    assert first.picture.tobytes() == second.picture.tobytes()


def test_different_seeds_give_different_scenes() -> None:
    drawn = [scenes.draw(np.random.default_rng(seed), 64) for seed in range(12)]
    assert len({scene.picture.tobytes() for scene in drawn}) == len(drawn)


def test_every_variant_of_every_thing_leaves_paint_in_its_frame() -> None:
    for thing in THINGS:
        for variant in thing.variants:
            sheet = Image.new("RGB", (60, 60), (1, 2, 3))
            variant(Brush(sheet, np.random.default_rng(0)))
            painted = np.any(np.asarray(sheet) != (1, 2, 3), axis=2).mean()
            assert painted > 0.03, thing.name


def test_a_background_is_a_square_of_the_size_and_often_white() -> None:
    grounds = [scenes.background(np.random.default_rng(seed), 48) for seed in range(60)]
    assert all(ground.size == (48, 48) and ground.mode == "RGB" for ground in grounds)
    white = sum(np.asarray(ground).min() > 225 for ground in grounds)
    assert white >= 8


@pytest.mark.parametrize(
    ("count", "noun", "said"),
    [
        (1, "apple", "an apple"),
        (3, "cherry", "three cherries"),
        (2, "slice of pizza", "two slices of pizza"),
        (4, "person sitting on a chair", "four people sitting on a chair"),
        (2, "scissors", "two pairs of scissors"),
        (5, "red bus", "five red buses"),
        (2, "brass instrument", "two brass instruments"),
    ],
)
def test_numbers_and_nouns_agree(count: int, noun: str, said: str) -> None:
    assert counted(count, noun) == said


def test_words_without_an_article_get_none() -> None:
    assert article("grapes") == "grapes"
    assert article("bunch of grapes") == "a bunch of grapes"
    assert article("camping tent") == "a camping tent"
    assert article("pyramids in the desert") == "pyramids in the desert"
