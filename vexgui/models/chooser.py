"""Finding, fetching, trying out and timing a picture model before it is chosen."""

import os
from collections.abc import Sequence
from dataclasses import astuple
from threading import Event as Flag
from typing import Self

from vexgui.core.errors import CheckpointProblem, UsageProblem
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.told import told
from vexgui.models.download import Download, Progress, stoppable
from vexgui.models.hub.files import HubCache, Source
from vexgui.models.hub.patience import Patience
from vexgui.models.offers import offer_of
from vexgui.models.process import ModelProcess, measure_rate
from vexgui.models.registry import in_directory, picture_space, resolve
from vexgui.models.weights import insist_on
from vexgui.system.frames import Frame

_LOAD_TIMEOUT_S = 900.0


class ModelChooser:
    """Prepares picture models: what it returns has been loaded once and gave vectors.

    Only what fetches files may use the network, and it loads none of them. To be used once when it was stopped.

    Args:
        cache_dir: The profile's cache folder.
        patience: How long to wait for the hub.
    """

    def __init__(self, cache_dir: bytes, patience: Patience = Patience()) -> None:  # noqa: B008 - a frozen value
        self._trial = ModelProcess(cache_dir, told("The trial of the model"))
        self._download = Download(cache_dir, patience)
        self._cache = HubCache(cache_dir)

    def local(self, name: str, checkpoint: bytes = b"") -> PictureModel:
        """Return a model whose weights are on this computer, ready to be chosen.

        Args:
            name: An architecture of open_clip's list, or the embedded model; of no account beside a directory.
            checkpoint: Its weights, or a directory with a model; b"" for weights that were fetched before.

        Raises:
            UsageProblem: There is no such model.
            CheckpointProblem: The checkpoint is missing, damaged, or another model's.
            ModelUnavailable: Weights or tokenizer are not on this computer.
        """
        if os.path.isdir(checkpoint):
            return self.tried(in_directory(checkpoint))
        if not checkpoint and name.casefold() == EMBEDDED.architecture:
            return self.tried(EMBEDDED)
        if checkpoint:
            insist_on(checkpoint)  # the trial would say the same after loading torch for seconds
        if not name:
            raise UsageProblem(
                "A file of weights does not say which model it is of.",
                "Name it: vexgui models use NAME --checkpoint FILE",
            )
        path = os.fsdecode(os.path.abspath(checkpoint)) if checkpoint else ""
        return self.tried(PictureModel(resolve(name).name, checkpoint=path))

    def tried(self, model: PictureModel) -> PictureModel:
        """Return a model after it gave vectors once, with its weights and their digest; raises as `local` does."""
        answer = self._trial.ask(Frame({"do": "prepare", "model": astuple(model)}), _LOAD_TIMEOUT_S)
        return PictureModel(*answer.header["model"])

    def fetch(
        self, name: str, tag: str = "", *, progress: Progress | None = None, stop: Flag | None = None
    ) -> PictureModel:
        """Return a model after fetching what it needs from the hub where that is not here yet.

        Weights that turn out to be another model's do not count as here from then on; a later attempt fetches them anew
        only where the hub has others.

        Args:
            name: An architecture of open_clip's list.
            tag: Which of its weights; "" for the ones best liked.
            progress: Is told how far it is.
            stop: Ends it within a second; what has come is kept, and the next attempt goes on there.

        Raises:
            UsageProblem: There is no such model.
            CheckpointProblem: What came is another model's, or gives no vectors.
            ModelUnavailable: There are no such weights, the hub cannot be reached or fails, or it was stopped.
            DiskFull: There is no room.
            PermissionProblem: The cache may not be written.
        """
        model = PictureModel(resolve(name).name, pretrained=tag)
        with stoppable(stop, told(f"The download of {name}"), self.close):
            sources = self._sources(model)
            self._download.fetch(sources, progress)
            try:
                return self.tried(model)
            except CheckpointProblem as problem:
                self._cache.withdraw(sources[0].repository)
                raise CheckpointProblem(
                    f"What the hub has as {model.architecture} cannot be used: {problem.message}", _remedy(name)
                ) from problem

    def rate(self, model: PictureModel, stop: Flag | None = None) -> float:
        """Return how many pictures a model embeds here in a second; raises as `measure_rate` does, or when stopped."""
        with stoppable(stop, told(f"Measuring {model.architecture}"), self.close):
            return measure_rate(self._trial, model)

    def _sources(self, model: PictureModel) -> Sequence[Source]:
        answer = self._trial.ask(Frame({"do": "sources", "model": astuple(model)}), _LOAD_TIMEOUT_S)
        return [Source(repository, tuple(first), tuple(every)) for repository, first, every in answer.header["sources"]]

    def close(self) -> None:
        """End what is running; what was fetched is kept for the next time."""
        self._trial.close()
        self._download.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _remedy(name: str) -> str:
    offer = offer_of(name)
    return "Choose another: vexgui models." + (f" To free its room: vexgui models remove {offer.name}" if offer else "")


def name_of(model: PictureModel) -> str:
    """Return what a model is called where people choose one; raises as `picture_space` does."""
    return picture_space(model).model
