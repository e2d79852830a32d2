"""How many pictures a second a model embeds here."""

import os
import time
from collections.abc import Callable

import numpy as np

from vexgui.core.settings import PictureModel
from vexgui.models.registry import directory_of, picture_space, resolve, weights_of
from vexgui.models.worker.loading import load, load_random
from vexgui.models.worker.measured import Measured
from vexgui.models.worker.picture import PictureBulk

_AT_LEAST_S = 1.0
_PICTURES = 8


def measure_rate(model: PictureModel, measured: Measured, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how many pictures a second a model embeds here, from pixels to vectors; raises as `load` does.

    A model whose weights are not on this computer is measured with random ones, which take as long.
    """
    path, digest = weights_of(model)
    if directory_of(model) is not None or (digest and os.path.isfile(path)):
        bulk = PictureBulk(load(model), picture_space(model).picture_px, digest, measured)
        side = picture_space(model).picture_px
    else:
        side = resolve(model.architecture).picture_px
        bulk = PictureBulk(load_random(model), side, f"{model.architecture} with random weights", measured)
    random = np.random.default_rng(0)
    pictures = [random.integers(0, 256, (side, side * 4 // 3, 3), np.uint8) for _ in range(_PICTURES)]
    bulk.vectors(pictures)  # sets memory up
    done, start_s = 0, clock()
    while not done or clock() - start_s < _AT_LEAST_S:
        bulk.vectors(pictures)
        done += len(pictures)
    return done / (clock() - start_s)
