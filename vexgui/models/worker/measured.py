"""The forms that models run in on this machine, measured once and remembered."""

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass

import torch

from vexgui.models.machine import Measurements, processor
from vexgui.models.worker.form import PRECISIONS, Form, accelerators


@dataclass(frozen=True, slots=True)
class Measured:
    """The file ``measured.json``: an object with the form of each model, named by model and machine.

    Attributes:
        folder: Where it lies.
        anew: Whether forms that are known are measured again.
    """

    folder: bytes
    anew: bool = False

    def form(self, model: str, measure: Callable[[], Form]) -> Form:
        """Return the form that is known of a model, or that measuring it gives, which is known from then on.

        Args:
            model: The digest of its weights.
            measure: Chooses a form.
        """
        file = Measurements(os.path.join(self.folder, b"measured.json"))
        form = None if self.anew else _form(file.read().get(_key(model)))
        if form is None:
            form = measure()
            file.add({_key(model): asdict(form)})
        return form


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
