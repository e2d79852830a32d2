"""What every embedder promises, the fake one and the real ones alike."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

from tests.models.embedders import prompt_embedder
from tests.waiting import joined, until
from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed, ModelUnavailable
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FAKE_EMBEDDED, FakeEmbedder
from vexgui.models.process import EmbedderProcesses

MODEL = pytest.mark.model
REAL_PICTURES = [
    pytest.param("open_clip", marks=[MODEL, pytest.mark.slow]),  # as a file of weights: slower, else the same
    pytest.param("directory", marks=MODEL),
]
PICTURED = ["fake pictures", "fake embedded", *REAL_PICTURES]
REAL = [pytest.param("MiniLM", marks=MODEL), *REAL_PICTURES]
EVERY = ["fake texts", "fake pictures", "fake embedded", *REAL]

every = pytest.mark.parametrize("case", EVERY, indirect=True)
pictured = pytest.mark.parametrize("case", PICTURED, indirect=True)
real = pytest.mark.parametrize("case", REAL, indirect=True)

ODD_TEXTS = ("", " ", "\0", "a\0b", "😀🏖️", "漢字 かな", "half a pair \udc80", "word " * 2000, "x" * 10_000)


@dataclass(frozen=True)
class Case:
    """A kind of embedder, and the modality of its space that is tested."""

    make: Callable[[], Embedder]
    modality: Modality

    def space(self, embedder: Embedder) -> Space:
        return next(space for space in embedder.spaces() if space.modality is self.modality)


@pytest.fixture(scope="session")
def case(request: pytest.FixtureRequest, cache_dir: bytes) -> Case:
    match request.param:
        case "fake texts":
            return Case(FakeEmbedder, Modality.TEXT)
        case "fake pictures":
            return Case(lambda: FakeEmbedder(picture=True), Modality.PICTURE)
        case "fake embedded":
            return Case(lambda: FakeEmbedder(picture=FAKE_EMBEDDED), Modality.PICTURE)
        case "MiniLM":
            return Case(lambda: prompt_embedder(None, (), cache_dir), Modality.TEXT)
        case name:
            model: PictureModel = request.getfixturevalue("directory_model" if name == "directory" else "picture_model")
            return Case(lambda: prompt_embedder(model, (), cache_dir), Modality.PICTURE)


@pytest.fixture(scope="session")
def embedder(case: Case) -> Iterator[Embedder]:
    """An embedder used by many tests: loading a model takes seconds."""
    embedder = case.make()
    yield embedder
    embedder.close()


@pytest.fixture
def space(case: Case, embedder: Embedder) -> Space:
    return case.space(embedder)


def passages(space: Space, count: int) -> list[Any]:
    """Passages that differ from each other, in length or shape too."""
    if space.modality is Modality.TEXT:
        words = ("river", "invoice", "sunset", "kernel", "violin", "harvest", "glacier")
        return [
            " ".join(words[(row * step) % 7] for step in range(1, 2 + row * 5 % 23)) + f" {row}" for row in range(count)
        ]
    random = np.random.default_rng(0)
    colours = random.integers(0, 256, (count, 1, 1, 3))
    sizes = random.integers(30, 300, (count, 2))
    return [
        np.clip(colour + random.integers(-20, 20, (*size, 3)), 0, 255).astype(np.uint8)
        for colour, size in zip(colours, sizes, strict=True)
    ]


def embed(embedder: Embedder, space: Space, items: Sequence[Any]) -> Vectors:
    if space.modality is Modality.TEXT:
        return embedder.embed_texts(space.id, items)
    return embedder.embed_pictures(space.id, items)


def assert_unit_rows(vectors: Vectors, count: int, space: Space) -> None:
    assert vectors.shape == (count, space.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


@every
def test_spaces_are_text_first_and_have_ids_of_their_own(embedder: Embedder) -> None:
    spaces = embedder.spaces()
    assert [space.modality for space in spaces] == [Modality.TEXT, Modality.PICTURE][: len(spaces)]
    assert len({space.id for space in spaces}) == len(spaces)
    for space in spaces:
        assert len(bytes.fromhex(space.id)) == 8
        assert (space.picture_px > 0) == (space.modality is Modality.PICTURE)


@every
def test_the_spaces_of_new_passages_answer(embedder: Embedder) -> None:
    assert embedder.answering() == embedder.spaces()


@pictured
def test_where_a_space_takes_anothers_queries_a_query_has_one_vector_for_both(embedder: Embedder, space: Space) -> None:
    text_space = embedder.spaces()[0]
    assert space.queries in (None, text_space.id)
    queries = [embedder.embed_query(one.id, "a red car") for one in (text_space, space)]
    assert np.array_equal(*queries) == (space.queries is not None)


@every
def test_another_embedder_of_the_same_models_has_the_same_spaces(case: Case, embedder: Embedder) -> None:
    other = case.make()
    assert other.spaces() == embedder.spaces()
    other.close()


@every
def test_vectors_have_their_shape_and_unit_rows(embedder: Embedder, space: Space) -> None:
    assert_unit_rows(embed(embedder, space, passages(space, 5)), 5, space)


@every
def test_a_query_has_one_unit_vector(embedder: Embedder, space: Space) -> None:
    assert_unit_rows(embedder.embed_query(space.id, "a red car")[None], 1, space)


@every
def test_nothing_gives_no_rows(embedder: Embedder, space: Space) -> None:
    assert embed(embedder, space, []).shape == (0, space.dim)


@every
def test_the_same_passages_give_the_same_vectors(embedder: Embedder, space: Space) -> None:
    items = passages(space, 3)
    np.testing.assert_array_equal(embed(embedder, space, items), embed(embedder, space, items))
    np.testing.assert_array_equal(embedder.embed_query(space.id, "sea"), embedder.embed_query(space.id, "sea"))


@every
def test_a_batch_keeps_the_order_of_its_passages(embedder: Embedder, space: Space) -> None:
    items = passages(space, 40)
    together = embed(embedder, space, items)
    alone = np.concatenate([embed(embedder, space, [item]) for item in items[::7]])
    assert (together[::7] * alone).sum(axis=1).min() >= 0.998


@every
def test_odd_texts_can_be_asked_for(embedder: Embedder, space: Space) -> None:
    assert_unit_rows(np.stack([embedder.embed_query(space.id, text) for text in ODD_TEXTS]), len(ODD_TEXTS), space)


@every
def test_odd_texts_can_be_embedded(embedder: Embedder) -> None:
    text_space = embedder.spaces()[0]
    assert_unit_rows(embedder.embed_texts(text_space.id, ODD_TEXTS), len(ODD_TEXTS), text_space)


@pictured
def test_pictures_of_any_form_can_be_embedded(embedder: Embedder, space: Space) -> None:
    square = np.full((64, 64, 3), 100, np.uint8)
    pictures = [square, square[:1, :1], np.tile(square, (1, 40, 1)), np.tile(square, (40, 1, 1)), square[::-2, ::2]]
    assert_unit_rows(embedder.embed_pictures(space.id, pictures), len(pictures), space)


@every
def test_texts_of_like_meaning_are_nearer_than_others(embedder: Embedder) -> None:
    text_space = embedder.spaces()[0]
    cats = embedder.embed_texts(text_space.id, ["my cat sleeps on the sofa", "the cat is asleep on our sofa"])
    law = embedder.embed_texts(text_space.id, ["quarterly report of the tax office"])
    assert cats[0] @ cats[1] > cats[0] @ law[0] + 0.2


@every
def test_a_query_lies_where_the_passage_of_the_same_words_lies(embedder: Embedder) -> None:
    text_space = embedder.spaces()[0]
    words = "holiday at the sea with friends"
    assert embedder.embed_query(text_space.id, words) @ embedder.embed_texts(text_space.id, [words])[0] >= 0.999


@every
def test_a_space_of_another_model_is_refused(embedder: Embedder) -> None:
    with pytest.raises(ModelUnavailable):
        embedder.embed_query(SpaceId("0123456789abcdef"), "sea")


@every
def test_texts_are_refused_in_a_space_of_pictures_and_pictures_in_one_of_texts(
    embedder: Embedder, space: Space
) -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    refuse = partial(embedder.embed_texts, space.id, ["sea"])
    if space.modality is Modality.TEXT:
        refuse = partial(embedder.embed_pictures, space.id, [picture])
    with pytest.raises(ModelUnavailable):
        refuse()


@every
def test_it_works_on_after_being_unloaded(embedder: Embedder, space: Space) -> None:
    items = passages(space, 2)
    before = embed(embedder, space, items), embedder.embed_query(space.id, "sea")
    embedder.unload_idle(0)
    after = embed(embedder, space, items), embedder.embed_query(space.id, "sea")
    assert (before[0] * after[0]).sum(axis=1).min() >= 0.998
    assert before[1] @ after[1] >= 0.998


@real
def test_what_was_used_lately_stays_loaded(embedder: Embedder, space: Space) -> None:
    embedder.embed_query(space.id, "sea")
    before = running(embedder)
    embedder.unload_idle(3600)
    assert before
    assert running(embedder) == before


@every
def test_a_closed_embedder_refuses(case: Case) -> None:
    embedder = case.make()
    space = case.space(embedder)
    embedder.close()
    with pytest.raises(ChildFailed):
        embed(embedder, space, passages(space, 1))
    with pytest.raises(ChildFailed):
        embedder.embed_query(space.id, "sea")


@real
def test_closing_ends_a_running_call(case: Case) -> None:
    embedder = case.make()
    space = case.space(embedder)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while True:
                embed(embedder, space, passages(space, 64))
        except ChildFailed as error:
            failures.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        until(lambda: bool(running(embedder)), "a process runs")
    finally:
        embedder.close()
    joined(worker)
    assert len(failures) == 1
    assert not running(embedder)


@real
def test_telling_the_spaces_starts_no_process(case: Case) -> None:
    embedder = case.make()
    embedder.spaces()
    assert not running(embedder)
    embedder.close()


def running(embedder: EmbedderProcesses) -> set[int]:
    """The process ids of an embedder's children."""
    children = [process._child for process in (*embedder._queries.values(), embedder._bulk._process)]
    return {child._process.pid for child in children if child._process is not None}
