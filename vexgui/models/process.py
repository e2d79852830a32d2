"""The real embedder: three model processes, so that a query waits neither for indexing nor for a larger model."""

import contextlib
import os
from collections.abc import Sequence

import numpy as np
from typing_extensions import override

from vexgui.core.errors import CheckpointProblem, ChildFailed, ModelUnavailable, VexError
from vexgui.core.files import Pixels
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality, Space, SpaceId, Vectors
from vexgui.models.embedder import Embedder
from vexgui.models.registry import picture_space
from vexgui.models.weights import text_folder, text_space
from vexgui.system.child import Child
from vexgui.system.frames import Frame

_TEXTS_A_CALL = 32
_PICTURES_A_CALL = 32
"""Small enough that closing and unloading come soon, large enough that the pipe costs nothing."""

_QUERY_TIMEOUT_S = 120.0
_BULK_TIMEOUT_S = 900.0
"""Generous: the first call loads the model, on a slow disk and a slow processor too."""

_ERRORS: dict[str, type[VexError]] = {
    error.__name__: error for error in (ModelUnavailable, CheckpointProblem, ChildFailed)
}


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

    def ask(self, request: Frame, timeout_s: float) -> Frame:
        """Return the answer to a request.

        Raises:
            ModelUnavailable: The model is not on this computer.
            CheckpointProblem: Its weights are missing, damaged, or another model's.
            ChildFailed: The process died, took too long, or failed in a way that nobody foresaw.
        """
        answer = self._child.call(request, timeout_s)
        if "error" in answer.header:
            raise _ERRORS[answer.header["error"]](answer.header["message"], answer.header["remedy"])
        return answer

    def vectors(self, request: Frame, shape: tuple[int, int], timeout_s: float) -> Vectors:
        """Return the vectors that answer a request, as many and as long as ``shape`` says; raises as `ask` does."""
        blobs = self.ask(request, timeout_s).blobs
        if [len(blob) for blob in blobs] != [shape[0] * shape[1] * np.float32().itemsize]:
            raise ChildFailed(f"{self._title} answered with vectors of another length.")
        return np.frombuffer(blobs[0], np.float32).reshape(shape)

    def unload_idle(self, idle_s: float) -> None:
        """End the process if it was not asked for so many seconds; the next request starts it again."""
        if self._child.idle_s >= idle_s:
            self._child.unload()

    def close(self) -> None:
        """End the process, also under a running request."""
        self._child.close()


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
        self._queries = {
            Modality.TEXT: ModelProcess(cache_dir, "The text model"),
            Modality.PICTURE: ModelProcess(cache_dir, "The picture model"),
        }
        self._bulk = ModelProcess(cache_dir, "The model process", "--bulk")

    @override
    def spaces(self) -> tuple[Space, ...]:
        text_folder()  # raises where the text model is not installed: better now than at every file
        if self._chosen is None:
            return (text_space(),)
        return text_space(), picture_space(self._chosen)

    @override
    def answering(self) -> tuple[Space, ...]:
        spaces = {space.id: space for space in self.spaces()}
        for model in self._former:
            with contextlib.suppress(VexError):  # what cannot be loaded any more answers nothing
                space = picture_space(model)
                spaces.setdefault(space.id, space)
        return tuple(spaces.values())

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        dim = self._space(space, Modality.TEXT).dim
        vectors = np.empty((len(texts), dim), np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # so that little is padded
        for first in range(0, len(texts), _TEXTS_A_CALL):
            rows = by_length[first : first + _TEXTS_A_CALL]
            request = Frame({"do": "texts", "texts": [texts[row] for row in rows]})
            vectors[rows] = self._bulk.vectors(request, (len(rows), dim), _BULK_TIMEOUT_S)
        return vectors

    @override
    def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
        dim = self._space(space, Modality.PICTURE).dim
        model = as_list(self._model(space))
        vectors = np.empty((len(pictures), dim), np.float32)
        for first in range(0, len(pictures), _PICTURES_A_CALL):
            batch = pictures[first : first + _PICTURES_A_CALL]
            header = {"do": "pictures", "model": model, "shapes": [picture.shape[:2] for picture in batch]}
            request = Frame(header, tuple(picture.tobytes() for picture in batch))
            vectors[first : first + len(batch)] = self._bulk.vectors(request, (len(batch), dim), _BULK_TIMEOUT_S)
        return vectors

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        found = self._space(space)
        header: dict[str, object] = {"do": f"{found.modality} query", "text": text}
        if found.modality is Modality.PICTURE:
            header["model"] = as_list(self._model(space))
        vectors = self._queries[found.modality].vectors(Frame(header), (1, found.dim), _QUERY_TIMEOUT_S)
        return vectors.reshape(found.dim)

    @override
    def unload_idle(self, idle_s: float) -> None:
        for process in (*self._queries.values(), self._bulk):
            process.unload_idle(idle_s)

    @override
    def close(self) -> None:
        for process in (*self._queries.values(), self._bulk):
            process.close()

    def _space(self, space: SpaceId, modality: Modality | None = None) -> Space:
        for found in self.answering():
            if found.id == space and modality in (None, found.modality):
                return found
        raise ModelUnavailable(f"No model computes vectors for the space {space}.")

    def _model(self, space: SpaceId) -> PictureModel:
        models = self._former if self._chosen is None else (self._chosen, *self._former)
        return next(model for model in models if picture_space(model).id == space)


def as_list(model: PictureModel) -> list[str]:
    """Return a picture model in the form requests carry it in."""
    return [model.architecture, model.pretrained, model.checkpoint, model.digest]
