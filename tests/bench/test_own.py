"""The user's own vectors are taken from the store without changing it, and made anew."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from vexgui.bench.conditions import Conditions
from vexgui.bench.corpus import write_notes
from vexgui.bench.own import own_vectors
from vexgui.core.errors import WorldProblem
from vexgui.core.settings import PictureModel
from vexgui.engine.engine import Engine
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FAKE_TEXT, FakeEmbedder
from vexgui.system.profile import Profile, open_profile


def fake(_model: PictureModel | None, _former: Sequence[PictureModel], _cache: bytes) -> Embedder:
    return FakeEmbedder()


@pytest.fixture
def index(tmp_path: Path) -> Callable[[int], Profile]:
    """Return what indexes so many notes, and returns their profile."""

    def indexed(notes: int) -> Profile:
        profile = open_profile(os.fsencode(tmp_path / "profile"), {})
        write_notes(tmp_path / "notes", notes)
        with Engine(profile, writable=True, make_embedder=fake) as engine:
            engine.index([os.fsencode(tmp_path / "notes")])
        return profile

    return indexed


def conditions(tmp_path: Path, passages: int = 1000) -> Conditions:
    return Conditions(os.fsencode(tmp_path), lambda sentence: None, passages=passages)


def test_every_passage_is_embedded_once_in_full_precision(index: Callable[[int], Profile], tmp_path: Path) -> None:
    own = own_vectors(index(30), conditions(tmp_path), fake)
    assert own.space == FAKE_TEXT
    assert own.vectors.dtype == own.queries.dtype == np.float32
    assert own.vectors.shape == (60, FAKE_TEXT.dim)  # each note has its name and its text
    assert len(own.queries) == 60
    assert len(np.unique(own.vectors, axis=0)) == 60


def test_a_query_is_like_the_passage_it_has_its_words_from(index: Callable[[int], Profile], tmp_path: Path) -> None:
    own = own_vectors(index(30), conditions(tmp_path), fake)
    like_its_own = np.einsum("nd,nd->n", own.queries, own.vectors).mean()
    assert like_its_own > (own.queries @ own.vectors.T).mean() + 0.1


def test_no_more_than_asked_for_are_taken_and_the_same_ones_every_time(
    index: Callable[[int], Profile], tmp_path: Path
) -> None:
    profile = index(30)
    first, again = (own_vectors(profile, conditions(tmp_path, passages=25), fake).vectors for _ in range(2))
    assert len(first) == 25
    assert np.array_equal(first, again)


def test_the_store_stays_as_it_is(index: Callable[[int], Profile], tmp_path: Path) -> None:
    profile = index(30)

    def contents() -> dict[Path, bytes]:
        files = Path(os.fsdecode(profile.data), "store").rglob("*")
        beside = ("-wal", "-shm")  # SQLite's own, empty: any reader makes them
        return {path: path.read_bytes() for path in files if path.is_file() and not path.name.endswith(beside)}

    before = contents()
    own_vectors(profile, conditions(tmp_path), fake)
    assert contents() == before


@pytest.mark.parametrize("notes", [0, 3])
def test_too_little_is_told_with_the_remedy(index: Callable[[int], Profile], tmp_path: Path, notes: int) -> None:
    with pytest.raises(WorldProblem) as caught:
        own_vectors(index(notes) if notes else open_profile(os.fsencode(tmp_path), {}), conditions(tmp_path), fake)
    assert "vexgui index" in caught.value.remedy
    assert caught.value.exit_code == 3
