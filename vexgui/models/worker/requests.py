"""What each request asks for, and its answer as a frame."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import numpy as np

from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.settings import PictureModel
from vexgui.models.worker.text_query import load_text_query
from vexgui.system.frames import Frame


def answer(request: Frame, cache: bytes) -> Frame:
    """Do what a request asks.

    Args:
        request: See `vexgui.models.worker.__main__`.
        cache: The folder of what is fetched and measured.

    Raises:
        VexError: It cannot be done here; the message says why.
    """
    return _ANSWERS[request.header["do"]](request, cache)


def _text_query(request: Frame, _cache: bytes) -> Frame:
    return _vectors(load_text_query().vector(request.header["text"]))


def _texts(request: Frame, cache: bytes) -> Frame:
    from vexgui.models.worker.measured import Measured  # loads torch, which a text query does without
    from vexgui.models.worker.text_bulk import load_text_bulk

    return _vectors(load_text_bulk(Measured(cache)).vectors(request.header["texts"]))


def _picture_query(request: Frame, _cache: bytes) -> Frame:
    from vexgui.models.worker.picture import load_query  # loads torch

    model = load_query(_model(request.header), request.header["space"])
    return _vectors(model.vector(request.header["text"]))


def _pictures(request: Frame, cache: bytes) -> Frame:
    from vexgui.models.worker.measured import Measured  # loads torch
    from vexgui.models.worker.picture import load_bulk

    pictures = [_pixels(blob, shape) for blob, shape in zip(request.blobs, request.header["shapes"], strict=True)]
    model = load_bulk(_model(request.header), request.header["space"], Measured(cache))
    return _vectors(model.vectors(pictures))


def _prepare(request: Frame, _cache: bytes) -> Frame:
    from vexgui.models.worker.trial import prepare  # loads torch

    return Frame({"model": astuple(prepare(_model(request.header)))})


def _sources(request: Frame, _cache: bytes) -> Frame:
    from vexgui.models.worker.sources import sources  # loads torch

    return Frame({"sources": [astuple(source) for source in sources(_model(request.header))]})


def _measure(request: Frame, cache: bytes) -> Frame:
    from vexgui.models.worker.measured import Measured  # loads torch
    from vexgui.models.worker.rate import measure_rate

    # Who asks how fast a model is may do so because other programs spoilt the last measurement.
    return Frame({"rate": measure_rate(_model(request.header), Measured(cache, anew=True))})


def _model(header: dict[str, Any]) -> PictureModel:
    return PictureModel(*header["model"])


def _pixels(blob: bytes, shape: list[int]) -> Pixels:
    height, width = shape
    return np.frombuffer(blob, np.uint8).reshape(height, width, 3)


def _vectors(vectors: Vectors) -> Frame:
    return Frame({}, (np.ascontiguousarray(vectors, np.float32).tobytes(),))


_ANSWERS: dict[str, Callable[[Frame, bytes], Frame]] = {
    "text query": _text_query,
    "texts": _texts,
    "picture query": _picture_query,
    "pictures": _pictures,
    "prepare": _prepare,
    "sources": _sources,
    "measure": _measure,
}
