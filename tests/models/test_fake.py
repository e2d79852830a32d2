"""The fake embedder finds what a test would expect it to."""

import numpy as np

from vexgui.core.arrays import Pixels
from vexgui.models.fake import FAKE_PICTURE, FAKE_TEXT, FakeEmbedder


def filled(colour: tuple[int, int, int]) -> Pixels:
    return np.full((20, 30, 3), colour, np.uint8)


def test_the_name_of_a_colour_finds_the_picture_of_that_colour() -> None:
    embedder = FakeEmbedder(picture=True)
    vectors = embedder.embed_pictures(FAKE_PICTURE.id, [filled((200, 10, 20)), filled((10, 30, 200))])
    assert (vectors @ embedder.embed_query(FAKE_PICTURE.id, "something red")).argmax() == 0
    assert (vectors @ embedder.embed_query(FAKE_PICTURE.id, "the blue one")).argmax() == 1


def test_texts_that_share_a_word_are_near_and_common_words_do_not_count() -> None:
    embedder = FakeEmbedder()
    cat, mat, law = embedder.embed_texts(FAKE_TEXT.id, ["the cat", "a cat on the mat", "the law of the land"])
    assert cat @ mat > 0.5
    assert cat @ law < 0.3


def test_passages_are_counted_and_queries_are_not() -> None:
    embedder = FakeEmbedder(picture=True)
    embedder.embed_texts(FAKE_TEXT.id, ["one", "two"])
    embedder.embed_pictures(FAKE_PICTURE.id, [filled((0, 0, 0))])
    embedder.embed_query(FAKE_TEXT.id, "three")
    assert (embedder.texts_embedded, embedder.pictures_embedded) == (2, 1)
