"""A model that runs in the form that is quickest here."""

from collections.abc import Callable

import torch

from vexgui.models.worker.form import Form, Forward, choose
from vexgui.models.worker.measured import Measured


class Runner:
    """Runs a model, a batch after the other.

    Args:
        make: Sets the model up in a form.
        probe: Rows such as it will get, as many as the largest batch to be tried.
        name: What its form is remembered by: the digest of its weights.
        measured: The forms known.
    """

    def __init__(self, make: Callable[[Form], Forward], probe: torch.Tensor, name: str, measured: Measured) -> None:
        self._make = make
        self._probe = probe
        try:
            self._set_up(measured.form(name, self._chosen))
        except torch.OutOfMemoryError:
            self._set_up(self._chosen())

    @property
    def batch(self) -> int:
        """Rows that go through the model together."""
        return self._form.batch

    def vectors(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the unit vectors of any number of rows, float32, shape [len(rows), dim]."""
        try:
            return self._run(rows)
        except torch.OutOfMemoryError:
            # Another program has taken the accelerator's memory. What is chosen now is for now: it is not remembered.
            self._set_up(self._chosen())
            return self._run(rows)

    def _run(self, rows: torch.Tensor) -> torch.Tensor:
        with torch.inference_mode():
            return torch.cat([self._forward(part) for part in rows.split(self.batch)])

    def _chosen(self) -> Form:
        return choose(self._make, self._probe)

    def _set_up(self, form: Form) -> None:
        self._form = form
        self._forward = self._make(form)
