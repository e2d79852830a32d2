"""The real embedder: three model processes, so that a query waits neither for indexing nor for a larger model."""

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import TypeVar

import numpy as np
from typing_extensions import override

from vexgui.core.errors import ChildFailed, ModelUnavailable, VexError
from vexgui.core.files import Pixels
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality, Space, SpaceId, Vectors
from vexgui.models.embedder import Embedder
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

_PLAIN_TEXT = "plain"

_Passage = TypeVar("_Passage")


class RequestFailed(ChildFailed):
    """A model process ended in the middle of a request, or failed at it as nobody foresaw; it can be asked again."""


class ModelProcess:
    """A child process that runs models; what it could not do is raised here.

    Args:
        cache_dir: The profile's cache folder; what is fetched from the hub lies in its folder ``models``.
        title: What to call it in messages.
        arguments: Its command-line arguments: see `vexgui.models.worker.__main__`.
    """

    def __init__(self, cache_dir: bytes, title: str, *arguments: str) -> None:
        cache = os.fsdecode(os.path.join(cache_dir, b"models"))
        self._title = title
        self._child = Child("vexgui.models.worker", ["--cache", cache, *arguments], title)
        self._closed = False

    def ask(self, request: Frame, timeout_s: float) -> Frame:
        """Return the answer to a request.

        Raises:
            ModelUnavailable: The model is not on this computer.
            CheckpointProblem: Its weights are missing, damaged, or another model's.
            UsageProblem: There is no such model.
            RequestFailed: The process ended, killed perhaps, or failed in a way that nobody foresaw.
            ChildFailed: It was closed, or took too long.
        """
        try:
            return checked(self._child.call(request, timeout_s))
        except ChildFailed as error:
            if self._closed or isinstance(error.__cause__, TimeoutError):
                raise
            raise RequestFailed(error.message, error.remedy) from error

    def vectors(self, request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
        """Return the vectors that answer a request, as many and as long as ``shape`` says; raises as `ask` does."""
        blobs = self.ask(request, timeout_s).blobs
        if [len(blob) for blob in blobs] != [shape[0] * shape[1] * np.float32().itemsize]:
            raise ChildFailed(f"{self._title} answered with vectors of another length.")
        return np.frombuffer(blobs[0], np.float32).reshape(shape)

    def unload_idle(self, idle_s: float) -> bool:
        """End the process if it was not asked for so many seconds; the next request starts it again.

        Returns:
            Whether it was idle for so long.
        """
        return self._child.idle_s >= idle_s and self._child.unload()

    def close(self) -> None:
        """End the process, also under a running request."""
        self._closed = True
        self._child.close()


class Bulk:
    """Has passages embedded, as many at a time as the process survives.

    Whoever kills it, mostly the kernel where memory runs short: the batch is tried once more. When that fails, too,
    batches are halved until the process has been unloaded. A passage at which it fails twice, though that was alone, is
    left out if a plain one succeeds right after it: else it is not the passage's fault.

    Args:
        process: What embeds them; closed with this.
    """

    def __init__(self, process: ModelProcess) -> None:
        self._process = process
        self._a_call = _A_CALL

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
            VexError: As `ModelProcess.ask` does.
        """

        def embedded_patiently(batch: Sequence[_Passage]) -> Vectors:
            frame, shape = request(batch), (len(batch), dim)
            try:
                return self._process.vectors(frame, shape, _BULK_TIMEOUT_S)
            except RequestFailed:
                return self._process.vectors(frame, shape, _BULK_TIMEOUT_S)

        vectors = np.full((len(passages), dim), np.nan, np.float32)
        done = 0
        while done < len(passages):
            batch = passages[done : done + self._a_call]
            try:
                vectors[done : done + len(batch)] = embedded_patiently(batch)
            except RequestFailed:
                if len(batch) > 1:
                    self._a_call = len(batch) // 2
                    continue
                embedded_patiently([plain])  # raises where the process fails at anything
                self._a_call = _A_CALL  # it was not for want of memory
            done += len(batch)
        return vectors

    def unload_idle(self, idle_s: float) -> None:
        """End the process if it was not asked for so many seconds; the next call starts it again."""
        if self._process.unload_idle(idle_s):
            self._a_call = _A_CALL

    def close(self) -> None:
        """End the process, also under a running call, which then raises."""
        self._process.close()


class EmbedderProcesses(Embedder):
    """Computes vectors in processes that load their models at the first call.

    Text queries have a process of their own that starts in a fifth of a second, picture queries one that loads torch,
    and all passages one at idle priority.

    Args:
        chosen: The picture model that new passages get vectors of, prepared by `ModelChooser`; None for no pictures.
        former: Picture models chosen before, latest first, whose vectors are still searched.
        cache_dir: The profile's cache folder.
    """

    def __init__(self, chosen: PictureModel | None, former: Sequence[PictureModel], cache_dir: bytes) -> None:
        self._chosen = chosen
        self._former = tuple(former)
        self._known: dict[PictureModel, Space] = {}
        self._queries = {
            Modality.TEXT: ModelProcess(cache_dir, "The text model"),
            Modality.PICTURE: ModelProcess(cache_dir, "The picture model"),
        }
        self._bulk = Bulk(ModelProcess(cache_dir, "The model process", "--bulk"))

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
    def unload_idle(self, idle_s: float) -> None:
        for process in self._queries.values():
            process.unload_idle(idle_s)
        self._bulk.unload_idle(idle_s)

    @override
    def close(self) -> None:
        for process in self._queries.values():
            process.close()
        self._bulk.close()

    def _space(self, space: SpaceId, modality: Modality | None = None) -> Space:
        for found in self.answering():
            if found.id == space and modality in (None, found.modality):
                return found
        raise ModelUnavailable(f"No model computes vectors for the space {space}.")

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
