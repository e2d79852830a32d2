"""A model process may be killed at any time, and models chosen before answer as long as they can."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import sys
import termios
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.models.embedders import prompt_embedder
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.arrays import Vectors
from vexgui.core.errors import CheckpointProblem, ChildFailed, ModelUnavailable, UsageProblem
from vexgui.core.settings import PictureModel
from vexgui.models.backoff import Backoff
from vexgui.models.failures import answered
from vexgui.models.process import Bulk, EmbedderProcesses, ModelProcess, RequestFailed, measure_rate
from vexgui.models.registry import in_directory
from vexgui.system.child import Child
from vexgui.system.frames import Frame

_LOADED_S = 2 * PATIENCE_S
"""A busy computer has loaded a model by then."""
PLAIN = 1000
"""A passage that no process dies of unless it dies of all."""


class Mortal(ModelProcess):
    """A process that embeds a number as itself, and dies of what it is told to die of.

    Attributes:
        dies: Says of a batch, by the number of batches before, whether it is the end.
        batches: Those asked for so far.
    """

    def __init__(self, dies: Callable[[list[int], int], bool]) -> None:
        super().__init__(b"/nowhere", "The model process")
        self.dies = dies
        self.batches: list[list[int]] = []

    def vectors(self, request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
        batch: list[int] = request.header["texts"]
        self.batches.append(batch)
        if self.dies(batch, len(self.batches) - 1):
            raise RequestFailed("The model process was ended by signal SIGKILL.")
        return np.array(batch, np.float32)[:, None]


def embedded(bulk: Bulk, count: int) -> list[int | None]:
    def request(batch: Sequence[int]) -> Frame:
        return Frame({"texts": list(batch)})

    return [None if np.isnan(value) else int(value) for value in bulk.vectors(range(count), PLAIN, 1, request)[:, 0]]


def sizes(process: Mortal) -> list[int]:
    return [len(batch) for batch in process.batches]


def test_a_batch_whose_process_was_killed_is_embedded_by_the_next_one() -> None:
    process = Mortal(lambda batch, number: number == 1)
    assert embedded(Bulk(process), 80) == list(range(80))
    assert sizes(process) == [32, 32, 1, 32, 16]
    assert process.batches[1] == process.batches[3]


def test_a_batch_that_kills_twice_is_halved_and_so_are_those_after_it() -> None:
    process = Mortal(lambda batch, number: len(batch) > 10)
    assert embedded(Bulk(process), 40) == list(range(40))
    assert sizes(process) == [32, 1, 32, 1, 16, 1, 16, 1, 8, 8, 8, 8, 8]


def test_a_process_that_dies_of_a_plain_passage_too_is_told_at_last() -> None:
    process = Mortal(lambda batch, number: True)
    with pytest.raises(ChildFailed, match="SIGKILL"):
        embedded(Bulk(process), 40)
    assert process.batches == [list(range(32)), [PLAIN]]


def test_a_passage_that_kills_twice_alone_has_no_vector_and_the_others_have_theirs() -> None:
    process = Mortal(lambda batch, number: 5 in batch)
    bulk = Bulk(process)
    assert embedded(bulk, 40) == [None if number == 5 else number for number in range(40)]
    assert process.batches.count([5]) == 2
    assert embedded(bulk, 64)[32:] == list(range(32, 64))
    assert process.batches[-1] == list(range(38, 64)), "those after it are not halved"


def test_a_passage_that_kills_once_alone_has_its_vector() -> None:
    killed: list[int] = []

    def dies(batch: list[int], number: int) -> bool:
        killed.extend(batch if 5 in batch else [])
        return 5 in batch and killed.count(5) < 12  # ten deaths in company, one alone

    assert embedded(Bulk(Mortal(dies)), 32) == list(range(32))


def test_a_passage_at_which_a_process_stalls_is_left_out_and_waited_for_less_than_a_model_that_is_loaded() -> None:
    waits: list[float] = []

    class Stalling(Mortal):
        def vectors(self, request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
            if 5 in request.header["texts"]:
                waits.append(timeout_s)
                try:
                    raise ChildFailed("The model process took longer than it may.") from TimeoutError()
                except ChildFailed as failure:
                    raise RequestFailed(failure.message) from failure
            return super().vectors(request, shape, timeout_s)

    bulk = Bulk(Stalling(lambda batch, number: False))
    assert embedded(bulk, 40) == [None if number == 5 else number for number in range(40)]
    assert waits == [900.0, *[120.0] * 6]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_rest_is_twice_as_long_after_each_failure_until_it_works() -> None:
    clock = Clock()
    backoff = Backoff(clock)
    rests = []
    for _ in range(11):
        backoff.failed()
        rests.append(backoff.left_s)
    assert rests == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    clock.now_s = 299.0
    assert backoff.left_s == 1
    backoff.worked()
    assert (backoff.left_s, backoff.failures) == (0, 0)


def test_a_process_that_ends_over_and_over_is_left_alone_for_a_while_and_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "vexgui_crash.py").write_text("raise SystemExit(5)")
    clock = Clock()
    process = ModelProcess(b"/nowhere", "The model process", patience_s=0.0, backoff=Backoff(clock))
    process._child.close()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process._child = Child("vexgui_crash", [], "The model process")
    started: list[float] = []

    def call(request: Frame, timeout_s: float) -> Frame:
        started.append(clock.now_s)
        return Child.call(process._child, request, timeout_s)

    monkeypatch.setattr(process._child, "call", call)
    try:
        with pytest.raises(RequestFailed, match="ended with status 5"):
            process.ask(Frame({}), 60)
        assert process.ailing == ""
        for _ in range(400):  # asked every second
            clock.now_s += 1.0
            with pytest.raises(ChildFailed):
                process.ask(Frame({}), 60)
    finally:
        process.close()
    assert started == [0, 1, 3, 7, 15, 31, 63, 127, 255]
    assert process.ailing.startswith("The model process ended or stalled again and again.")


def test_what_a_process_fails_at_without_an_end_is_left_out_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def call(request: Frame, _timeout_s: float) -> Frame:
        batch = request.header["texts"]
        asked.append(batch)
        if 3 in batch:
            return answered(lambda: Frame({"": 1 // 0}), "The model process")
        return Frame({}, (np.array(batch, np.float32).tobytes(),))

    process = ModelProcess(b"/nowhere", "The model process")
    monkeypatch.setattr(process._child, "call", call)
    assert embedded(Bulk(process), 8) == [0, 1, 2, None, 4, 5, 6, 7]
    assert asked.count([3]) == 2


def test_after_an_unloading_batches_are_whole_again() -> None:
    process = Mortal(lambda batch, number: number in (0, 2))
    bulk = Bulk(process)
    embedded(bulk, 32)
    bulk.unload_idle(0)
    embedded(bulk, 32)
    assert [size for size in sizes(process) if size > 1] == [32, 32, 16, 16, 32]


def test_a_long_call_is_no_idleness_and_batches_stay_as_they_are() -> None:
    process = Mortal(lambda batch, number: number in (0, 2))
    bulk = Bulk(process)
    embedded(bulk, 32)
    with process._child._lock:  # as a call has it
        bulk.unload_idle(0)
    embedded(bulk, 32)
    assert [size for size in sizes(process) if size > 1] == [32, 32, 16, 16, 16, 16]


def unread_bytes(child: Child) -> int:
    """How much of what a process was sent it has not read yet, as the kernel accounts for it."""
    channel = child._channel
    assert channel is not None
    return int.from_bytes(fcntl.ioctl(channel.fileno(), termios.TIOCOUTQ, bytes(4)), sys.byteorder)


def test_what_a_process_refuses_is_not_asked_twice() -> None:
    class Refusing(Mortal):
        def vectors(self, request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
            self.batches.append([])
            raise ModelUnavailable("The model is gone.")

    process = Refusing(lambda batch, number: False)
    with pytest.raises(ModelUnavailable):
        embedded(Bulk(process), 3)
    assert len(process.batches) == 1


def test_only_what_embeds_passages_gives_way_to_other_programs(cache_dir: bytes) -> None:
    embedder = EmbedderProcesses(None, (), cache_dir)
    ways: list[int] = []
    for process in (*embedder._queries.values(), embedder._bulk._process):
        with pytest.raises(RequestFailed):  # no model is loaded for that
            process.ask(Frame({"do": "nothing known"}), _LOADED_S)
        child = process._child._process
        assert child is not None
        ways.append(os.sched_getscheduler(child.pid))
    embedder.close()
    assert ways == [os.SCHED_OTHER, os.SCHED_OTHER, os.SCHED_IDLE]


@pytest.mark.model
def test_pictures_are_embedded_though_the_process_is_killed_meanwhile(
    directory_model: PictureModel, cache_dir: bytes
) -> None:
    embedder = prompt_embedder(directory_model, (), cache_dir)
    space = embedder.spaces()[1]
    random = np.random.default_rng(0)
    pictures = [random.integers(0, 256, (160, 200, 3), np.uint8) for _ in range(96)]
    expected = embedder.embed_pictures(space.id, pictures)
    found: list[Vectors] = []
    worker = threading.Thread(target=lambda: found.append(embedder.embed_pictures(space.id, pictures)))
    process = embedder._bulk._process._child._process
    assert process is not None
    worker.start()
    until(embedder._bulk._process._child._lock.locked, "it is asked")
    os.kill(process.pid, signal.SIGKILL)
    joined(worker, _LOADED_S)
    embedder.close()
    assert len(found) == 1
    assert (found[0] * expected).sum(axis=1).min() >= 0.998


@pytest.mark.slow
@pytest.mark.model
def test_a_picture_that_kills_the_real_process_too_is_left_out(
    directory_model: PictureModel, cache_dir: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = prompt_embedder(directory_model, (), cache_dir)
    process = embedder._bulk._process
    embedded = process.vectors

    def vectors(request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
        if (8, 8) in request.header["shapes"]:
            process._child.unload()
            raise RequestFailed("The model process was ended by signal SIGKILL.")
        return embedded(request, shape, timeout_s)

    monkeypatch.setattr(process, "vectors", vectors)
    pictures = [np.full((side, side, 3), 90, np.uint8) for side in (160, 8, 170)]
    found = embedder.embed_pictures(embedder.spaces()[1].id, pictures)
    embedder.close()
    assert np.isfinite(found).all(axis=1).tolist() == [True, False, True]


@pytest.mark.model
def test_a_process_that_is_killed_is_told_from_one_that_is_closed(cache_dir: bytes) -> None:
    process = ModelProcess(cache_dir, "The text model")
    request = Frame({"do": "text query", "text": "sea"})
    process.ask(request, timeout_s=_LOADED_S)
    child = process._child._process
    assert child is not None
    os.kill(child.pid, signal.SIGSTOP)
    failures: list[ChildFailed] = []

    def ask() -> None:
        with pytest.raises(ChildFailed) as caught:
            process.ask(request, timeout_s=_LOADED_S)
        failures.append(caught.value)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: unread_bytes(process._child) > 0, "it was asked, before it ends")
    os.kill(child.pid, signal.SIGKILL)
    joined(asking)
    assert isinstance(failures[0], RequestFailed)
    process.close()
    with pytest.raises(ChildFailed) as caught:
        process.ask(request, timeout_s=_LOADED_S)
    assert not isinstance(caught.value, RequestFailed)


@pytest.mark.model
def test_a_model_chosen_before_answers_beside_the_chosen_one(
    directory_model: PictureModel, picture_model: PictureModel, cache_dir: bytes
) -> None:
    embedder = prompt_embedder(directory_model, [picture_model, directory_model], cache_dir)
    text, chosen, former = embedder.answering()
    assert embedder.spaces() == (text, chosen)
    assert former.model == picture_model.architecture
    picture = np.full((64, 64, 3), 200, np.uint8)
    for space in (chosen, former):
        assert embedder.embed_query(space.id, "sea").shape == (space.dim,)
        assert embedder.embed_pictures(space.id, [picture]).shape == (1, space.dim)
    embedder.close()


@pytest.mark.model
def test_a_model_chosen_before_that_is_gone_answers_no_more(
    picture_model: PictureModel, cache_dir: bytes, tmp_path: Path
) -> None:
    gone = PictureModel(f"local-dir:{tmp_path}/gone", checkpoint=f"{tmp_path}/gone/model.safetensors", digest="ab" * 32)
    unknown = replace(picture_model, architecture="no-such-model")
    embedder = prompt_embedder(None, [gone, unknown, picture_model], cache_dir)
    assert [space.model for space in embedder.answering()[1:]] == [picture_model.architecture]
    embedder.close()


@pytest.mark.model
def test_a_model_whose_weights_are_gone_has_no_space_and_says_how_to_get_them(cache_dir: bytes, tmp_path: Path) -> None:
    weights = tmp_path / "own.pt"
    own = PictureModel("ViT-S-32-alt", checkpoint=str(weights), digest="ab" * 32)
    fetched = replace(own, pretrained="datacomp")
    for model, remedy in ((own, "Put them back"), (fetched, "Fetch them again: vexgui models download ViT-S-32-alt$")):
        weights.write_bytes(b"weights")
        known = prompt_embedder(model, (), cache_dir)
        spaces = known.spaces()
        weights.unlink()
        assert known.answering() == spaces, "what answers goes on until another embedder is put in its place"
        with pytest.raises(CheckpointProblem, match=rf"own\.pt are gone\. {remedy}"):
            prompt_embedder(model, (), cache_dir).spaces()


@pytest.mark.model
def test_a_model_whose_weights_vanish_leaves_the_others_answering(
    picture_model: PictureModel, model_directory: Path, cache_dir: bytes, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(model_directory, tmp_path / "own"))
    weights = Path(shutil.copy(picture_model.checkpoint, tmp_path / "small.pt"))
    digest = hashlib.sha256((folder / "open_clip_model.safetensors").read_bytes()).hexdigest()
    chosen = replace(in_directory(bytes(folder)), digest=digest)
    embedder = prompt_embedder(chosen, [replace(picture_model, checkpoint=str(weights))], cache_dir)
    text, own, _ = embedder.answering()
    weights.unlink()
    assert embedder.answering() == (text, own)
    shutil.rmtree(folder)
    assert embedder.answering() == embedder.spaces() == (text, own)
    assert embedder.embed_query(text.id, "sea").shape == (text.dim,)
    with pytest.raises(CheckpointProblem, match=str(folder)):
        embedder.embed_pictures(own.id, [np.zeros((8, 8, 3), np.uint8)])
    embedder.close()


@pytest.mark.model
def test_vectors_of_files_that_were_exchanged_are_not_taken_for_the_old_ones(
    model_directory: Path, cache_dir: bytes, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(model_directory, tmp_path / "own"))
    digest = hashlib.sha256((folder / "open_clip_model.safetensors").read_bytes()).hexdigest()
    embedder = prompt_embedder(replace(in_directory(bytes(folder)), digest=digest), (), cache_dir)
    space = embedder.spaces()[1]
    configuration = json.loads((folder / "open_clip_config.json").read_text())
    configuration["preprocess_cfg"]["mean"] = [0.4, 0.4, 0.4]
    (folder / "open_clip_config.json").write_text(json.dumps(configuration))
    with pytest.raises(CheckpointProblem, match="not the ones that were chosen"):
        embedder.embed_pictures(space.id, [np.zeros((8, 8, 3), np.uint8)])
    embedder.close()


@pytest.mark.model
def test_a_model_is_measured(directory_model: PictureModel, cache_dir: bytes) -> None:
    process = ModelProcess(cache_dir, "The measurement")
    assert measure_rate(process, directory_model) > 0
    process.close()


@pytest.mark.slow
@pytest.mark.model
def test_a_model_is_measured_without_its_weights(cache_dir: bytes) -> None:
    process = ModelProcess(cache_dir, "The measurement")
    assert measure_rate(process, PictureModel("ViT-S-32-alt", pretrained="not_here")) > 0
    process.close()


@pytest.mark.model
def test_a_model_that_is_gone_or_unknown_is_not_measured(cache_dir: bytes, tmp_path: Path) -> None:
    process = ModelProcess(cache_dir, "The measurement")
    gone = PictureModel(f"local-dir:{tmp_path}/gone", checkpoint=f"{tmp_path}/gone/model.safetensors", digest="ab" * 32)
    with pytest.raises(CheckpointProblem, match="gone"):
        measure_rate(process, gone)
    with pytest.raises(UsageProblem, match="no picture model called no-such-model"):
        measure_rate(process, PictureModel("no-such-model"))
    process.close()
