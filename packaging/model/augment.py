"""Training pictures made to look like the many ways they are met: placed, coloured, printed, drawn over. On tensors.

All functions take and return float32 tensors in 0..1, channels first; randomness comes from the generator given.
"""

import math

import torch
import torch.nn.functional as F

PLAIN_WHITE = 0.40
PLAIN_COLOUR = 0.20
"""Shares of backgrounds; the others come from the bank."""


def placed(pictures: torch.Tensor, side: int, rng: torch.Generator, *, zoom: tuple[float, float]) -> torch.Tensor:
    """Return premultiplied RGBA pictures moved, turned, stretched and flipped at random.

    Args:
        pictures: uint8 [n, height, width, 4], straight alpha.
        side: Pixels of the result's side.
        rng: Random numbers.
        zoom: How large the pictures become, smallest and largest, 1 for as large as the result.
    """
    n = len(pictures)
    rgba = pictures.permute(0, 3, 1, 2).float().div_(255)
    rgba[:, :3] *= rgba[:, 3:]
    angle = _normal(n, rng) * math.radians(9)
    low, high = zoom
    size = torch.exp(_uniform(n, rng, math.log(low), math.log(high)))
    stretch = torch.exp(_uniform(n, rng, -0.25, 0.25))
    flip = torch.where(_uniform(n, rng) < 0.5, -1.0, 1.0)
    across, down = flip / (size * stretch), stretch / size
    room = (1 - size).abs().clamp(min=0.06)
    shift_x, shift_y = (_uniform(n, rng, -1, 1) * room for _ in range(2))
    cos, sin = angle.cos(), angle.sin()
    matrix = torch.stack(
        [
            torch.stack([cos * across, -sin * across, -shift_x * across], 1),
            torch.stack([sin * down, cos * down, -shift_y * down], 1),
        ],
        1,
    )
    grid = F.affine_grid(matrix.to(rgba), [n, 4, side, side], align_corners=False)
    if rgba.shape[-1] >= 1.3 * side:  # sampled as they are, lines thinner than a pixel would break up
        rgba = F.interpolate(rgba, size=(round(1.1 * side),) * 2, mode="bilinear", antialias=True, align_corners=False)
    return F.grid_sample(rgba, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def in_front(rgba: torch.Tensor, bank: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Return pictures in front of white, a colour, or a picture of the bank (uint8 [m, 3, side, side])."""
    n, side = len(rgba), rgba.shape[-1]
    which = torch.randint(len(bank), (n,), generator=rng)
    behind = bank[which].to(rgba.device).float().div_(255)
    if behind.shape[-1] != side:
        behind = F.interpolate(behind, size=(side, side), mode="bilinear", align_corners=False)
    colour = torch.rand((n, 3, 1, 1), generator=rng).to(rgba.device)
    colour = torch.where((_uniform(n, rng) < 0.5).view(-1, 1, 1, 1).to(rgba.device), 0.75 + 0.25 * colour, colour)
    kind = _uniform(n, rng).view(-1, 1, 1, 1).to(rgba.device)
    plain = torch.where(kind < PLAIN_WHITE, torch.ones_like(colour), colour)
    behind = torch.where(kind < PLAIN_WHITE + PLAIN_COLOUR, plain, behind)
    # A dark picture in front of something dark cannot be seen: then it stands before its opposite.
    alpha = rgba[:, 3:]
    weight = alpha.mean((2, 3), keepdim=True).clamp(min=1e-3)
    front = rgba[:, :3].mean((2, 3), keepdim=True) / weight
    covered = (behind * alpha).mean((2, 3), keepdim=True) / weight
    unseen = (front - covered).abs().mean(1, keepdim=True) < 0.18
    behind = torch.where(unseen & (weight < 0.8), torch.where(front.mean(1, keepdim=True) < 0.5, 1.0, 0.05), behind)
    return rgba[:, :3] + behind * (1 - alpha)


def recoloured(pictures: torch.Tensor, rng: torch.Generator, *, hue: torch.Tensor) -> torch.Tensor:
    """Return pictures with other brightness, contrast, saturation, and where ``hue`` is true another hue."""
    n = len(pictures)
    brightness = torch.exp(_normal(n, rng) * 0.15)
    contrast = torch.exp(_normal(n, rng) * 0.15)
    saturation = torch.exp(_normal(n, rng) * 0.25)
    kind = _uniform(n, rng)
    saturation = torch.where(kind < 0.08, torch.zeros(n), saturation)
    angle = torch.where(hue, _uniform(n, rng, -math.pi, math.pi), _normal(n, rng) * 0.08)
    luma = torch.tensor([0.299, 0.587, 0.114])
    # Hue turned about the grey axis: Rodrigues' formula with the axis (1, 1, 1) / sqrt(3).
    axis = torch.full((3,), 1 / math.sqrt(3))
    cross = torch.tensor([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    turn = (
        torch.eye(3) * angle.cos().view(-1, 1, 1)
        + cross * angle.sin().view(-1, 1, 1)
        + torch.outer(axis, axis) * (1 - angle.cos()).view(-1, 1, 1)
    )
    grey = luma.expand(3, 3)
    mix = (torch.eye(3) - grey) * saturation.view(-1, 1, 1) + grey
    matrix = (mix @ turn * (brightness * contrast).view(-1, 1, 1)).to(pictures)
    offset = (0.5 * (1 - contrast)).view(-1, 1, 1, 1).to(pictures)
    changed = torch.einsum("nij,njhw->nihw", matrix, pictures) + offset
    negative = ((kind > 0.97).view(-1, 1, 1, 1)).to(pictures.device)
    return torch.where(negative, 1 - changed, changed).clamp_(0, 1)


def worn(pictures: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Return pictures of which some are blurred, pixelated, noisy, unevenly lit, or drawn with a pen."""
    n, _, height, width = pictures.shape
    kind = _uniform(n, rng)

    def some(low: float, high: float) -> torch.Tensor:
        return torch.nonzero((kind >= low) & (kind < high)).flatten().to(pictures.device)

    pictures = pictures.clone()
    if len(rows := some(0.0, 0.12)):
        pictures[rows] = F.avg_pool2d(F.pad(pictures[rows], (1, 1, 1, 1), "replicate"), 3, 1)
    if len(rows := some(0.12, 0.17)):
        small = F.interpolate(pictures[rows], scale_factor=0.4, mode="bilinear", antialias=True, align_corners=False)
        pictures[rows] = F.interpolate(small, size=(height, width), mode="bilinear", align_corners=False)
    if len(rows := some(0.17, 0.20)):  # as old games drew them
        small = F.interpolate(pictures[rows], scale_factor=0.2, mode="bilinear", antialias=True, align_corners=False)
        pictures[rows] = F.interpolate((small * 5).round() / 5, size=(height, width), mode="nearest")
    if len(rows := some(0.20, 0.32)):
        noise = torch.randn((len(rows), 3, height, width), generator=rng).to(pictures)
        pictures[rows] += 0.06 * noise
    if len(rows := some(0.32, 0.42)):
        slope = _uniform(len(rows), rng, -0.35, 0.35).view(-1, 1, 1, 1).to(pictures)
        ramp = torch.linspace(-1, 1, width, device=pictures.device).view(1, 1, 1, -1)
        pictures[rows] *= 1 + slope * ramp
    if len(rows := some(0.42, 0.50)):
        pictures[rows] = _pen(pictures[rows])
    if len(rows := some(0.50, 0.56)):
        levels = 4.0
        pictures[rows] = (pictures[rows] * levels).round() / levels
    return pictures.clamp_(0, 1)


def _pen(pictures: torch.Tensor) -> torch.Tensor:
    """Return the edges of pictures as dark lines on white."""
    grey = pictures.mean(1, keepdim=True)
    across = grey[:, :, :, 2:] - grey[:, :, :, :-2]
    down = grey[:, :, 2:, :] - grey[:, :, :-2, :]
    edges = F.pad(across.abs(), (1, 1, 0, 0)) + F.pad(down.abs(), (0, 0, 1, 1))
    return (1 - (2.2 * edges).clamp(0, 1)).expand(-1, 3, -1, -1)


def _uniform(n: int, rng: torch.Generator, low: float = 0.0, high: float = 1.0) -> torch.Tensor:
    return torch.rand(n, generator=rng) * (high - low) + low


def _normal(n: int, rng: torch.Generator) -> torch.Tensor:
    return torch.randn(n, generator=rng)
