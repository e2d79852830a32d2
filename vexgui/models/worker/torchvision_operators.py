"""Makes torchvision, which open_clip needs, importable beside a torch built for the processor only."""

import glob
import importlib.util
import os
from functools import cache

import torch

_LIBRARY = torch.library.Library("torchvision", "FRAGMENT")


@cache
def declare_operators() -> None:
    """Declare the operators of torchvision's library where that cannot be loaded; call it before importing open_clip.

    The wheel of torchvision on PyPI is built for CUDA. Beside a torch without CUDA its library does not load, its
    operators stay unknown, and `import torchvision`, which registers shape rules for two of them, fails with "operator
    torchvision::nms does not exist" (https://github.com/pytorch/vision/issues/9085). Nothing here calls them, so a
    declaration is enough.
    """
    spec = importlib.util.find_spec("torchvision")
    for folder in (spec and spec.submodule_search_locations) or ():
        for library in glob.glob(os.path.join(glob.escape(folder), "_C*.so")):
            try:
                torch.ops.load_library(library)
            except OSError:
                for name in ("nms", "qnms"):
                    _LIBRARY.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
