"""Batch normalisation carried out by the convolution before it: fewer passes over memory, the same numbers."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from vexgui.models.worker.libraries import BatchNormAct2d

_SAME = 0.99999
"""Cosine that folding has to reach: it changes rounding alone."""


def folded(network: Any, probe: torch.Tensor) -> Any:
    """Return a copy of an image tower with its normalisations folded, or the tower where that would change it.

    Which layer follows which is taken from the order they were declared in. That need not be the order they run in, so
    the outcome is compared.

    Args:
        network: The tower, in float32, for inference.
        probe: Prepared pictures, shape [n, 3, side, side].
    """
    copy = deepcopy(network)
    found = [_fold_children(module) for module in copy.modules()]
    if not any(found):
        return network
    with torch.inference_mode():
        likeness = nn.functional.cosine_similarity(network(probe), copy(probe)).min()
    return copy if likeness >= _SAME else network


def _fold_children(module: nn.Module) -> bool:
    """Fold each normalisation right below a module into the convolution before it; return whether there was one."""
    children = list(module.named_children())
    found = False
    for (name, layer), (next_name, norm) in pairwise(children):
        if isinstance(layer, nn.Conv2d) and type(norm) in (nn.BatchNorm2d, BatchNormAct2d):
            setattr(module, name, fuse_conv_bn_eval(layer, norm))
            setattr(module, next_name, norm.act if isinstance(norm, BatchNormAct2d) else nn.Identity())
            found = True
    return found
