"""The form a model runs in here, device, number format and batch, chosen by measuring it."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import torch

Forward = Callable[[torch.Tensor], torch.Tensor]
"""A batch in the processor's memory to unit vectors, float32, one row each, there too."""

FAITHFUL = 0.9995
"""Cosine to float32 that another form has to reach for every vector of the probe: of the many more pictures and texts
that come later, none should fall below 0.999."""

PRECISIONS = ("float32", "bfloat16", "float16")
"""Number formats that are tried; float16 on accelerators only, because processors compute it slowly or not at all."""

_FEW = 4
"""Rows of the probe that the forms are timed with, and the smallest batch."""

_TIMES = 3
"""The quickest of so many passes counts: others are slowed down by what else the machine does."""

_WORTH_IT = 1.05
"""A larger batch takes more memory: it has to be so many times as quick."""

_LONG_S = 2.0
"""Where a batch takes longer than this, larger ones are not tried."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a model runs in.

    Attributes:
        device: Where, as torch calls it.
        precision: Its number format, as torch calls it.
        batch: Rows of one forward pass.
    """

    device: str = "cpu"
    precision: str = "float32"
    batch: int = _FEW

    @property
    def dtype(self) -> torch.dtype:
        """The number format as torch's object."""
        dtype: torch.dtype = getattr(torch, self.precision)
        return dtype


def choose(
    make: Callable[[Form], Forward],
    probe: torch.Tensor,
    clock: Callable[[], float] = time.perf_counter,
    devices: Callable[[], Iterator[str]] | None = None,
) -> Form:
    """Return the form in which a model is quickest and yet faithful.

    bfloat16 is three to five times as fast on a processor that has instructions for it, and slower on others; no flag
    tells which it will be as surely as trying both. The same goes for how many rows fit into a processor's caches.

    Args:
        make: Sets the model up in a form, for batches of any size.
        probe: Rows such as the model will get, as many as the largest batch.
        clock: Seconds.
        devices: Beside the processor; None for those that torch finds.
    """
    exact = Form()
    few = probe[:_FEW]
    best_forward = make(exact)
    best_s = _timed(best_forward, few, clock)
    truth = _vectors(best_forward, probe)
    best = exact
    for form in _others((devices or accelerators)()):
        try:
            forward = make(form)
            seconds = _timed(forward, few, clock)
            faithful = seconds < best_s and bool((truth * _vectors(forward, probe)).sum(dim=1).min() >= FAITHFUL)
        except RuntimeError:  # how torch says that a layer knows no such format, or that a device has no room
            continue
        if faithful:
            best, best_forward, best_s = form, forward, seconds
    return _with_batch(best, best_forward, probe, best_s, clock)


def accelerators() -> Iterator[str]:
    """Yield the devices beside the processor; torch calls those of ROCm "cuda", too."""
    if torch.cuda.is_available():
        yield "cuda"


def _others(devices: Iterator[str]) -> Iterator[Form]:
    yield Form(precision="bfloat16")
    for device in devices:
        for precision in PRECISIONS:
            yield Form(device, precision)


def _with_batch(form: Form, forward: Forward, probe: torch.Tensor, few_s: float, clock: Callable[[], float]) -> Form:
    """Return a form with the batch that doubling finds quickest."""
    batch, rate = _FEW, _FEW / max(few_s, 1e-9)
    size, seconds = 2 * _FEW, few_s
    while size <= len(probe) and seconds < _LONG_S:
        try:
            seconds = _timed(forward, probe[:size], clock)
        except RuntimeError:  # no room on the device
            break
        if size / max(seconds, 1e-9) > _WORTH_IT * rate:
            batch, rate = size, size / max(seconds, 1e-9)
        size *= 2
    return replace(form, batch=batch)


def _vectors(forward: Forward, rows: torch.Tensor) -> torch.Tensor:
    """Return what a forward pass gives, a few rows at a time."""
    with torch.inference_mode():
        return torch.cat([forward(part) for part in rows.split(_FEW)])


def _timed(forward: Forward, rows: torch.Tensor, clock: Callable[[], float]) -> float:
    """Return the seconds that a forward pass takes once a first one has set memory up."""
    best_s = math.inf
    with torch.inference_mode():
        forward(rows)
        for _ in range(_TIMES):
            start_s = clock()
            forward(rows)
            best_s = min(best_s, clock() - start_s)
    return best_s
