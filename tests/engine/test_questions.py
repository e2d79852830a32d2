"""Queries as they are typed reach the store with folder, home and drives of the one who asks."""

import os
import threading

import pytest

from tests.engine.conftest import Desk
from vexgui.core.errors import PathProblem, PermissionProblem, UsageProblem
from vexgui.core.query import QueryProblem


@pytest.fixture
def notes(desk: Desk) -> Desk:
    desk.write("fog.txt", "Fog over the water.")
    desk.write("mist.txt", "Mist and fog over the water.")
    desk.write("sun.txt", "The sun above the hills.")
    desk.engine.index([desk.path("")])
    return desk


def names(notes: Desk, query: str, folder: bytes = b"") -> list[bytes]:
    return [os.path.basename(hit.path) for hit in notes.engine.search(query, 10, folder=folder).hits]


def test_a_file_that_others_are_to_be_like_is_named_relative_to_the_folder(notes: Desk) -> None:
    assert names(notes, "like:fog.txt", notes.path(""))[0] == b"mist.txt"
    with pytest.raises(PathProblem, match=r"fog\.txt does not exist\. Check the spelling\."):
        notes.engine.search("like:fog.txt", 10, folder=notes.path("elsewhere"), strict=True)


def test_a_folder_is_no_file_that_others_could_be_like(notes: Desk) -> None:
    with pytest.raises(PathProblem, match="is not a file"):
        notes.engine.search(f"like:{os.fsdecode(notes.path(''))}", 10, strict=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_with_what_to_do(notes: Desk) -> None:
    secret = notes.write("secret.txt", "Nobody knows.")
    os.chmod(secret, 0)
    with pytest.raises(PermissionProblem, match=r"secret\.txt cannot be read .* Check its permissions\."):
        notes.engine.search("like:secret.txt", 10, folder=notes.path(""))


def test_a_mistake_is_told_with_the_answer_or_instead_of_it(notes: Desk) -> None:
    answer = notes.engine.search("fog size:huge", 10)
    assert [os.path.basename(hit.path) for hit in answer.hits][:1] == [b"fog.txt"]
    (mistake,) = answer.mistakes
    with pytest.raises(QueryProblem) as caught:
        notes.engine.search("fog size:huge", 10, strict=True)
    assert caught.value.mistake == mistake
    assert isinstance(caught.value, UsageProblem)
    assert notes.engine.search("fog type:", 10, strict=True).mistakes[0].unfinished


def test_files_on_a_drive_that_is_away_are_asked_for_by_name(notes: Desk) -> None:
    assert names(notes, "is:offline") == []
    os.rename(notes.path(""), notes.path("") + b".away")
    answer = notes.engine.search("is:offline", 10)
    assert len(answer.hits) == 3
    assert "lie where nothing is now" in answer.note
    os.rename(notes.path("") + b".away", notes.path(""))


def test_a_search_that_is_stopped_is_incomplete(notes: Desk) -> None:
    stop = threading.Event()
    stop.set()
    answer = notes.engine.search("fog", 10, stop=stop)
    assert (answer.hits, answer.complete) == ((), False)


def test_a_file_to_be_like_that_is_missing_is_a_mistake_and_the_rest_counts(notes: Desk) -> None:
    answer = notes.engine.search("fog like:/nowhere.txt", 10)
    assert answer.hits
    assert [mistake.sentence for mistake in answer.mistakes] == ["/nowhere.txt does not exist."]
    with pytest.raises(PathProblem):
        notes.engine.search("fog like:/nowhere.txt", 10, strict=True)
