"""What is offered is what open_clip has, and every figure says where it was published."""

import importlib.util
import re
from pathlib import Path

import pytest

from vexgui.models.offers import OFFERS, Offer, offer_of
from vexgui.models.registry import RECOMMENDED, resolve


def open_clips_list() -> str:
    """The source of open_clip's list: importing it would import torch."""
    spec = importlib.util.find_spec("open_clip")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("pretrained.py").read_text()


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
def test_open_clip_knows_the_weights_in_the_repository_that_is_named(offer: Offer) -> None:
    listed = open_clips_list()
    assert f"hf_hub='{offer.repository}/'" in listed
    assert re.search(rf"\b{offer.model.pretrained}=", listed)
    assert resolve(offer.name).dim > 0


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
def test_an_offer_says_what_it_takes_and_how_good_it_is_by_whose_word(offer: Offer) -> None:
    assert 100e6 < offer.size_bytes < 3e9
    assert offer.licence
    assert offer.languages
    assert 0 < offer.coco < offer.imagenet < 100
    assert offer.source.startswith("https://")
    assert f"{offer.imagenet}" in offer.quality


def test_the_recommended_model_comes_first() -> None:
    assert OFFERS[0].model == RECOMMENDED


def test_some_offers_understand_other_languages_than_english() -> None:
    assert {offer.languages for offer in OFFERS} > {"English"}


def test_an_offer_is_found_by_its_name_in_any_case() -> None:
    assert offer_of("mobileclip2-s0") is offer_of("MobileCLIP2-S0") is not None
    assert offer_of("ViT-S-32-alt") is None
