"""The picture tower: EfficientNet-Lite0 from its ImageNet weights, with a head that lands in the texts' space."""

from pathlib import Path

import timm
import torch
import torch.nn.functional as F
from timm.models._efficientnet_blocks import DepthwiseSeparableConv, InvertedResidual
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval
from typing_extensions import override

ARCHITECTURE = "tf_efficientnet_lite0"
DIM = 384
FROZEN_BLOCKS = 3
"""The stem and so many groups of blocks stay as ImageNet trained them: they see edges and textures, which drawings
share with photographs, and take two thirds of the time to train."""

_PAIRS = {
    DepthwiseSeparableConv: (("conv_dw", "bn1"), ("conv_pw", "bn2")),
    InvertedResidual: (("conv_pw", "bn1"), ("conv_dw", "bn2"), ("conv_pwl", "bn3")),
}
"""The convolutions of a block, each with the normalization behind it."""


class Tower(nn.Module):
    """Pictures, normalized with mean and deviation 0.5, to vectors of the texts' space, not yet of unit length.

    The normalizations are folded into the convolutions before them: their statistics are those of ImageNet and stay so,
    and the network computes the same in half as many passes over memory. `state` puts them back.

    Args:
        weights: The pretrained weights; None for those that a checkpoint brings.
    """

    def __init__(self, weights: Path | None = None) -> None:
        super().__init__()
        trunk = timm.create_model(ARCHITECTURE, pretrained=False)
        if weights is not None:
            # The file names its layers in its own way, but in the same order.
            values = torch.load(weights, map_location="cpu", weights_only=True).values()
            trunk.load_state_dict(dict(zip(trunk.state_dict(), values, strict=True)))
        trunk.eval()
        self.classifier = trunk.classifier
        trunk.reset_classifier(0, "avg")
        for module, conv, bn in _folded(trunk):
            setattr(module, conv, fuse_conv_bn_eval(getattr(module, conv), getattr(module, bn)))
            setattr(module, bn, getattr(module, bn).act)
        self.trunk = trunk
        self.head = nn.Linear(trunk.num_features, DIM, bias=False)
        for module in trunk.modules():
            if isinstance(module, nn.Conv2d) and module.groups > 1:
                module.weight.requires_grad_(False)  # costs the most of all to train, and teaches the least

        for block in (block for group in trunk.blocks[FROZEN_BLOCKS:] for block in group):
            block.conv_pw, block.conv_pwl = _Short.of(block.conv_pw), _Short.of(block.conv_pwl)
        trunk.conv_head = _Short.of(trunk.conv_head)

    def front(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return what the frozen part makes of pictures."""
        x = self.trunk.bn1(self.trunk.conv_stem(pictures))
        for block in self.trunk.blocks[:FROZEN_BLOCKS]:
            x = block(x)
        return x

    def features(self, fronts: torch.Tensor) -> torch.Tensor:
        """Return pooled features, [n, 1280], of what the frozen part made."""
        x = fronts
        for block in self.trunk.blocks[FROZEN_BLOCKS:]:
            x = block(x)
        x = self.trunk.bn2(self.trunk.conv_head(x))
        return x.mean((2, 3))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return unit vectors, [n, DIM]."""
        return F.normalize(self.head(self.features(self.front(pictures))), dim=1)

    def trained(self) -> list[nn.Parameter]:
        """Return what is trained, but for the head."""
        parts = (*self.trunk.blocks[FROZEN_BLOCKS:], self.trunk.conv_head)
        return [value for part in parts for value in part.parameters() if value.requires_grad]

    def state(self) -> dict[str, torch.Tensor]:
        """Return the weights as timm and open_clip name them, with normalizations that only add what was folded in."""
        plain = timm.create_model(ARCHITECTURE, pretrained=False, num_classes=0)
        for (module, conv, bn), (mine, _, _) in zip(_folded(plain), _folded(self.trunk), strict=True):
            folded = getattr(mine, conv)
            getattr(module, conv).weight.data = folded.weight.detach().cpu()
            normalization = getattr(module, bn)
            normalization.running_mean.zero_()
            normalization.running_var.fill_(1 - normalization.eps)
            normalization.weight.data.fill_(1)
            normalization.bias.data = folded.bias.detach().cpu()
        state = {f"trunk.{name}": value.contiguous() for name, value in plain.state_dict().items()}
        return {**state, "head.proj.weight": self.head.weight.detach().cpu().contiguous()}


class _Short(nn.Conv2d):
    """A convolution over single pixels that computes in bfloat16, four times as fast where the processor can do it."""

    @classmethod
    def of(cls, conv: nn.Conv2d) -> "_Short":
        """Return the same convolution, computing in bfloat16."""
        conv.__class__ = cls
        assert isinstance(conv, cls)
        return conv

    @override
    def forward(self, input: torch.Tensor) -> torch.Tensor:
        assert self.bias is not None
        short = F.conv2d(input.bfloat16(), self.weight.bfloat16(), self.bias.bfloat16(), self.stride, self.padding)
        return short.to(input.dtype)


def _folded(trunk: nn.Module) -> list[tuple[nn.Module, str, str]]:
    """Return every convolution and the normalization behind it: whose they are, and their names."""
    blocks = [block for group in trunk.blocks for block in group]
    pairs = [(block, conv, bn) for block in blocks for conv, bn in _PAIRS[type(block)]]
    return [(trunk, "conv_stem", "bn1"), *pairs, (trunk, "conv_head", "bn2")]


def normalized(pictures: torch.Tensor) -> torch.Tensor:
    """Return pictures as the tower wants them: from 0..1 to -1..1, channels last in memory."""
    return ((pictures - 0.5) / 0.5).contiguous(memory_format=torch.channels_last)
