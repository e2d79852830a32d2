"""Pictures to what an image tower reads."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image

from vexgui.core.arrays import Pixels
from vexgui.models.worker.libraries import transforms


class Preparation:
    """Does what open_clip's transform for inference does, to the last bit, but its arithmetic for a batch at once.

    Args:
        transform: The transform: steps that give a picture its size, then ``ToTensor`` and ``Normalize``.
    """

    def __init__(self, transform: Any) -> None:
        *sizing, _, self._normalise = transform.transforms
        self._sized = transforms.Compose(sizing)

    def batch(self, pictures: Sequence[Pixels]) -> torch.Tensor:
        """Return pictures as a batch, shape [len(pictures), 3, side, side], float32, channels last in memory."""
        squares = np.stack([np.asarray(self._sized(Image.fromarray(picture))) for picture in pictures])
        batch: torch.Tensor = self._normalise(torch.from_numpy(squares).permute(0, 3, 1, 2).float().div_(255))
        return batch
