"""The real embedder: three model processes, so that a query waits neither for indexing nor for a larger model."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import TypeVar

import numpy as np
from typing_extensions import override

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import ChildFailed, ModelResting, VexError
from vexgui.core.settings import PictureModel
from vexgui.core.told import told
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.backoff import Backoff
from vexgui.models.embedder import Embedder, space_among
from vexgui.models.failures import checked
from vexgui.models.registry import insist_on_weights, picture_space
from vexgui.models.weights import text_folder, text_space
from vexgui.system.child import Child
from vexgui.system.frames import Frame

_A_CALL = 32
"""Small enough that closing and unloading come soon, large enough that the pipe costs nothing."""

_QUERY_TIMEOUT_S = 120.0
_BULK_TIMEOUT_S = 900.0
"""Generous: the first call loads the model, on a slow disk and a slow processor too."""
_LOADED_TIMEOUT_S = 120.0
_LOADED_PATIENCE = 10
"""A process that has answered before is waited for so much longer than for its longest answer, but not for less."""

_QUERY_PATIENCE_S = 1.0
_BULK_PATIENCE_S = 8.0
"""A call waits for a rest that ends so soon; else it is refused at once."""
_RESTING_AFTER = 3
"""So many failures in a row are no accident."""

_PLAIN_TEXT = "plain"

_Passage = TypeVar("_Passage")


class RequestFailed(ChildFailed):
    """A model process ended or stalled at a request, or failed at it as nobody foresaw; it can be asked again."""


class ModelProcess:
    """A child process that runs models; what it could not do is raised here.

    One that ends by itself or stalls is started again after a rest, longer each time until it has answered.

    Args:
        cache_dir: The profile's cache folder; what is fetched from the hub lies in its folder ``models``.
        title: What to call it in messages.
        arguments: Its command-line arguments: see `vexgui.models.worker.__main__`.
        patience_s: A call waits for a rest of at most so long.
        backoff: Decides how long it rests.
    """

    def __init__(
        self,
        cache_dir: bytes,
        title: str,
        *arguments: str,
        patience_s: float = _BULK_PATIENCE_S,
        backoff: Backoff | None = None,
    ) -> None:
        cache = os.fsdecode(os.path.join(cache_dir, b"models"))
        self._title = title
        self._child = Child("vexgui.models.worker", ["--cache", cache, *arguments], title)
        self._patience_s = patience_s
        self._backoff = backoff or Backoff()
        self._closed = threading.Event()

    @property
    def ailing(self) -> str:
        """Why it does not answer at the moment, a sentence, or ""."""
        return self._resting().message if self._backoff.failures >= _RESTING_AFTER else ""

    def ask(self, request: Frame, timeout_s: float) -> Frame:
        """Return the answer to a request.

        Raises:
            ModelUnavailable: The model is not on this computer.
            CheckpointProblem: Its weights are missing, damaged, or another model's.
            UsageProblem: There is no such model.
            RequestFailed: The process ended, killed perhaps, stalled, or failed in a way that nobody foresaw.
            ModelResting: It has ended or stalled again and again, and is given a rest.
            ChildFailed: It was closed.
        """
        rest_s = self._backoff.left_s
        if rest_s > self._patience_s:
            raise self._resting()
        self._closed.wait(rest_s)
        try:
            answer = self._child.call(request, timeout_s)
        except ChildFailed as error:
            if self._closed.is_set():
                raise
            self._backoff.failed()
            if self._backoff.failures >= _RESTING_AFTER:
                raise self._resting() from error
            raise RequestFailed(error.message, error.remedy) from error
        self._backoff.worked()
        try:
            return checked(answer)
        except ChildFailed as error:
            raise RequestFailed(error.message, error.remedy) from error

    def vectors(self, request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
        """Return the vectors that answer a request, as many and as long as ``shape`` says; raises as `ask` does."""
        blobs = self.ask(request, timeout_s).blobs
        if [len(blob) for blob in blobs] != [shape[0] * shape[1] * np.float32().itemsize]:
            raise ChildFailed(f"{self._title} answered with vectors of another length.")
        return np.frombuffer(blobs[0], np.float32).reshape(shape)

    def unload_idle(self, idle_s: float) -> bool:
        """End the process if it was not asked for so many seconds, and tell whether there is one still."""
        return self._child.unload_idle(idle_s)

    def close(self) -> None:
        """End the process, also under a running request."""
        self._closed.set()
        self._child.close()

    def _resting(self) -> ModelResting:
        return ModelResting(
            f"{self._title} ended or stalled again and again. It is started again from time to time.",
            "Memory may be short: close some programs, or choose a smaller model: vexgui models.",
        )


class Bulk:
    """Has passages embedded, as many at a time as the process survives.

    Whoever ends it, mostly the kernel where memory runs short, or a passage at which it stalls: when it fails at a
    batch, it has to prove itself on a plain passage first. Then the batch is tried once more, unless it took too long.
    When that fails, too, batches are halved until the process has been unloaded. A passage at which it fails twice
    alone is left out.

    Args:
        process: What embeds them; closed with this.
    """

    def __init__(self, process: ModelProcess) -> None:
        self._process = process
        self._a_call = _A_CALL
        self._is_loaded = False
        self._longest_s = 0.0

    @property
    def ailing(self) -> str:
        """Why it makes no vectors at the moment, a sentence, or ""."""
        return self._process.ailing

    def vectors(
        self, passages: Sequence[_Passage], plain: _Passage, dim: int, request: Callable[[Sequence[_Passage]], Frame]
    ) -> Vectors:
        """Return the vectors of passages, shape [len(passages), dim]; a row of one that is left out is not a number.

        Args:
            passages: What to embed.
            plain: A passage with which nothing can be wrong.
            dim: Length of a vector.
            request: Makes the request for some of them.

        Raises:
            VexError: As `ModelProcess.ask` does; it fails at the plain passage, too.
        """

        def embedded(batch: Sequence[_Passage]) -> Vectors:
            return self._asked(request(batch), (len(batch), dim))

        def embedded_patiently(batch: Sequence[_Passage]) -> Vectors | None:
            """Return the vectors of a batch, or None where it is to blame for what became of the process."""
            for attempts_left in (1, 0):
                try:
                    return embedded(batch)
                except RequestFailed as failure:
                    embedded([plain])
                    if attempts_left and len(batch) > 1 and _is_stalled(failure):
                        return None
            return None

        vectors = np.full((len(passages), dim), np.nan, np.float32)
        done = 0
        while done < len(passages):
            batch = passages[done : done + self._a_call]
            found = embedded_patiently(batch)
            if found is not None:
                vectors[done : done + len(batch)] = found
            elif len(batch) > 1:
                self._a_call = len(batch) // 2
                continue
            else:
                self._a_call = _A_CALL  # it was not for want of memory
            done += len(batch)
        return vectors

    def unload_idle(self, idle_s: float) -> bool:
        """End the process if it was not asked for so many seconds, and tell whether there is one still."""
        if self._process.unload_idle(idle_s):
            return True
        self._a_call = _A_CALL
        self._is_loaded = False
        return False

    def close(self) -> None:
        """End the process, also under a running call, which then raises."""
        self._process.close()

    def _asked(self, request: Frame, shape: tuple[int, int]) -> Vectors:
        """Ask for vectors, patiently as long as the model may have to be loaded first."""
        loaded_s = max(_LOADED_TIMEOUT_S, _LOADED_PATIENCE * self._longest_s)
        was_loaded, self._is_loaded = self._is_loaded, False
        began_s = time.monotonic()
        vectors = self._process.vectors(request, shape, loaded_s if was_loaded else _BULK_TIMEOUT_S)
        if was_loaded:
            self._longest_s = max(self._longest_s, time.monotonic() - began_s)
        self._is_loaded = True
        return vectors


def _is_stalled(failure: RequestFailed) -> bool:
    """Tell whether a process took too long, and did not end by itself."""
    return failure.__cause__ is not None and isinstance(failure.__cause__.__cause__, TimeoutError)


class EmbedderProcesses(Embedder):
    """Computes vectors in processes that load their models at the first call.

    Text queries have a process of their own that starts in a fifth of a second, picture queries one that loads torch,
    and all passages one that gives way to other programs.

    Args:
        chosen: The picture model that new passages get vectors of, prepared by `ModelChooser`; None for no pictures.
        former: Picture models chosen before, latest first, whose vectors are still searched.
        cache_dir: The profile's cache folder.
        gives_way: Whether passages are embedded only when nothing else wants the processor: on a busy computer the
            first of them are waited for for minutes.
    """

    def __init__(
        self,
        chosen: PictureModel | None,
        former: Sequence[PictureModel],
        cache_dir: bytes,
        *,
        gives_way: bool = True,
    ) -> None:
        self._chosen = chosen
        self._former = tuple(former)
        self._known: dict[PictureModel, Space] = {}
        self._queries = {
            Modality.TEXT: ModelProcess(cache_dir, told("The text model"), patience_s=_QUERY_PATIENCE_S),
            Modality.PICTURE: ModelProcess(cache_dir, told("The picture model"), patience_s=_QUERY_PATIENCE_S),
        }
        manner = ("--bulk",) if gives_way else ()
        self._bulk = Bulk(ModelProcess(cache_dir, told("The model process"), *manner))

    @override
    def spaces(self) -> tuple[Space, ...]:
        text_folder()  # raises where the text model is not installed: better now than at every file
        if self._chosen is None:
            return (text_space(),)
        return text_space(), self._space_of(self._chosen)

    @override
    def answering(self) -> tuple[Space, ...]:
        spaces = {space.id: space for space in self.spaces()}
        for model in self._former:
            with contextlib.suppress(VexError):  # what cannot be loaded any more answers nothing
                insist_on_weights(model)
                space = self._space_of(model)
                spaces.setdefault(space.id, space)
        return tuple(spaces.values())

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        dim = self._space(space, Modality.TEXT).dim
        by_length = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # so that little is padded
        vectors = np.empty((len(texts), dim), np.float32)
        vectors[by_length] = self._bulk.vectors(
            [texts[row] for row in by_length],
            _PLAIN_TEXT,
            dim,
            lambda batch: Frame({"do": "texts", "texts": list(batch)}),
        )
        return vectors

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        found = self._space(space, Modality.PICTURE)
        model = self._model(space)
        plain = np.zeros((found.picture_px, found.picture_px, 3), np.uint8)

        def request(batch: Sequence[Pixels]) -> Frame:
            header = {"do": "pictures", **model, "shapes": [picture.shape[:2] for picture in batch]}
            return Frame(header, tuple(picture.tobytes() for picture in batch))

        return self._bulk.vectors(pictures, plain, found.dim, request)

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        found = self._space(space)
        if found.queries is not None:
            return self.embed_query(found.queries, text)
        header: dict[str, object] = {"do": f"{found.modality} query", "text": text}
        if found.modality is Modality.PICTURE:
            header |= self._model(space)
        vectors = self._queries[found.modality].vectors(Frame(header), (1, found.dim), _QUERY_TIMEOUT_S)
        return vectors.reshape(found.dim)

    @override
    def ailing(self) -> str:
        return self._bulk.ailing or next(filter(None, (process.ailing for process in self._queries.values())), "")

    @override
    def unload_idle(self, idle_s: float) -> bool:
        left = [process.unload_idle(idle_s) for process in self._queries.values()]
        return any([*left, self._bulk.unload_idle(idle_s)])

    @override
    def close(self) -> None:
        for process in self._queries.values():
            process.close()
        self._bulk.close()

    def _space(self, space: SpaceId, modality: Modality | None = None) -> Space:
        return space_among(self.answering(), space, modality)

    def _space_of(self, model: PictureModel) -> Space:
        """Return a model's space as it was at first: whatever becomes of its files, the others go on answering."""
        if model not in self._known:
            space = picture_space(model)
            insist_on_weights(model)
            self._known[model] = space
        return self._known[model]

    def _model(self, space: SpaceId) -> dict[str, object]:
        """Return what a request says of the model of a space."""
        known = list(self._known.items())  # at once: other threads may add to it
        model = next(model for model, found in known if found.id == space)
        return {"model": astuple(model), "space": space}


def measure_rate(process: ModelProcess, model: PictureModel) -> float:
    """Return how many pictures a second a model embeds on this computer, with random weights if its own are not here.

    Args:
        process: What measures it; to close it ends the measurement.
        model: Any, chosen or not.

    Raises:
        ModelUnavailable: It cannot be built with what is on this computer.
        CheckpointProblem: Its weights are damaged, or another model's.
        ChildFailed: The process was closed, took too long, or failed in a way that nobody foresaw.
    """
    return float(process.ask(Frame({"do": "measure", "model": astuple(model)}), _BULK_TIMEOUT_S).header["rate"])
