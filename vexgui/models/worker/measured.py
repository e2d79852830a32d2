"""The forms that models run in on this machine, measured once and remembered."""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import torch

from vexgui.core.errors import WorldProblem
from vexgui.models.rates import processor
from vexgui.models.worker.form import PRECISIONS, Form, accelerators
from vexgui.system.atomic import replace_file

_FILE = b"measured.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """The file ``measured.json``: an object with the form of each model, named by model and machine.

    Attributes:
        folder: Where it lies.
    """

    folder: bytes

    def form(self, model: str, measure: Callable[[], Form]) -> Form:
        """Return the form that is known of a model, or that measuring it gives, which is known from then on.

        Args:
            model: The digest of its weights.
            measure: Chooses a form.
        """
        return _form(self._read().get(_key(model))) or self.remember(model, measure())

    def remember(self, model: str, form: Form) -> Form:
        """Keep the form of a model, and return it; where that cannot be written, it is measured again."""
        with contextlib.suppress(WorldProblem, OSError):
            os.makedirs(self.folder, exist_ok=True)
            forms = {**self._read(), _key(model): asdict(form)}
            replace_file(self._path, json.dumps(forms, indent=1, sort_keys=True).encode())
        return form

    @property
    def _path(self) -> bytes:
        return os.path.join(self.folder, _FILE)

    def _read(self) -> dict[str, Any]:
        try:
            with open(self._path, "rb") as file:
                forms = json.load(file)
        except (OSError, ValueError, RecursionError):  # not there yet, or damaged: it can be measured again
            return {}
        return forms if isinstance(forms, dict) else {}


def _form(value: object) -> Form | None:
    """Return a form out of the file, or None for what is none, or none that could be run here."""
    match value:
        case {"device": str(device), "precision": str(precision), "batch": int(batch)} if (
            device in ("cpu", *accelerators()) and precision in PRECISIONS and batch > 0
        ):
            return Form(device, precision, batch)
    return None


def _key(model: str) -> str:
    """Return what a measurement is good for: other weights, another torch or other hardware may run otherwise."""
    devices = [torch.cuda.get_device_name(device) for device in accelerators()]
    return ", ".join((model, f"torch {torch.__version__}", f"{torch.get_num_threads()} × {processor()}", *devices))
