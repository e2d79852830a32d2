"""Finding, fetching and trying out a picture model before it is chosen."""

import os
from types import TracebackType
from typing import Self

from vexgui.core.settings import PictureModel
from vexgui.models.process import ModelProcess, as_list
from vexgui.models.registry import resolve
from vexgui.models.weights import insist_on
from vexgui.system.frames import Frame

_LOAD_TIMEOUT_S = 900.0
_FETCH_TIMEOUT_S = 12 * 3600.0
"""A large model over a slow line; closing ends it sooner."""


class ModelChooser:
    """Prepares picture models: what it returns has been loaded once and gave vectors.

    Args:
        cache_dir: The profile's cache folder.
    """

    def __init__(self, cache_dir: bytes) -> None:
        self._offline = ModelProcess(cache_dir, "The trial of the model")
        self._online = ModelProcess(cache_dir, "The download", "--network")

    def local(self, name: str, checkpoint: bytes = b"") -> PictureModel:
        """Return a model whose weights are on this computer, ready to be chosen.

        Args:
            name: An architecture of open_clip's list.
            checkpoint: Its weights; b"" for weights that were fetched before.

        Raises:
            UsageProblem: There is no such model.
            CheckpointProblem: The checkpoint is missing, damaged, or another model's.
            ModelUnavailable: Weights or tokenizer are not on this computer.
        """
        path = os.fsdecode(os.path.abspath(checkpoint)) if checkpoint else ""
        model = PictureModel(resolve(name).name, checkpoint=path)
        if path:
            insist_on(os.fsencode(path))  # the trial would say the same after loading torch for seconds
        return _prepared(self._offline, model, _LOAD_TIMEOUT_S, fetch=False)

    def fetch(self, name: str, tag: str = "") -> PictureModel:
        """Return a model after fetching its weights through open_clip where they are not here yet.

        Args:
            name: An architecture of open_clip's list.
            tag: Which of its weights; "" for the ones best liked.

        Raises:
            UsageProblem: There is no such model, or no such weights of it.
            ModelUnavailable: The hub cannot be reached.
        """
        model = PictureModel(resolve(name).name, pretrained=tag)
        return _prepared(self._online, model, _FETCH_TIMEOUT_S, fetch=True)

    def close(self) -> None:
        """End what is running, a download too; what was fetched of it is kept for the next time."""
        self._offline.close()
        self._online.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _prepared(process: ModelProcess, model: PictureModel, timeout_s: float, *, fetch: bool) -> PictureModel:
    answer = process.ask(Frame({"do": "prepare", "model": as_list(model), "fetch": fetch}), timeout_s)
    return PictureModel(*answer.header["model"])
