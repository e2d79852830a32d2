"""Pictures reach an image tower as open_clip's own transform gives them, and folding changes no tower."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
nn = torch.nn

from PIL import Image  # noqa: E402

from vexgui.models.worker.folding import folded  # noqa: E402
from vexgui.models.worker.libraries import BatchNormAct2d, open_clip  # noqa: E402
from vexgui.models.worker.pixels import Preparation  # noqa: E402


@pytest.mark.parametrize("mode", ["squash", "shortest", "longest"])
@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
def test_a_batch_is_what_open_clip_makes_of_each_picture_to_the_last_bit(mode: str, interpolation: str) -> None:
    transform = open_clip.image_transform(
        96, is_train=False, mean=(0.5, 0.4, 0.3), std=(0.2, 0.5, 0.6), resize_mode=mode, interpolation=interpolation
    )
    random = np.random.default_rng(0)
    sizes = [(96, 96), (96, 130), (300, 96), (20, 33), (1, 1), (400, 500), (97, 96)]
    pictures = [random.integers(0, 256, (*size, 3), np.uint8) for size in sizes]
    expected = torch.stack([transform(Image.fromarray(picture)) for picture in pictures])
    batch = Preparation(transform).batch(pictures)
    assert torch.equal(batch, expected)
    assert batch.is_contiguous(memory_format=torch.channels_last)


def learnt(norm: nn.BatchNorm2d) -> nn.BatchNorm2d:
    """A normalisation that does something: a fresh one does nothing."""
    norm.running_mean.normal_()
    norm.running_var.uniform_(0.5, 2)
    norm.weight.data.uniform_(0.5, 2)
    norm.bias.data.normal_()
    return norm


def norms(network: nn.Module) -> int:
    return sum(isinstance(module, nn.BatchNorm2d) for module in network.modules())


class Pooled(nn.Module):
    """A tower of some layers: its vectors are means over the picture."""

    def __init__(self, layers: nn.Module) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        return self.layers(batch).mean(dim=(2, 3))


def test_normalisations_after_a_convolution_are_folded_into_it_and_the_vectors_stay() -> None:
    torch.manual_seed(0)
    layers = nn.Sequential(
        nn.Conv2d(3, 8, 3, bias=False),
        learnt(BatchNormAct2d(8)),
        nn.Sequential(nn.Conv2d(8, 16, 3, groups=8), learnt(nn.BatchNorm2d(16)), nn.ReLU()),
    )
    tower = Pooled(layers).eval()
    probe = torch.rand(2, 3, 20, 20)
    with torch.inference_mode():
        quick = folded(tower, probe)
        assert norms(tower) == 2
        assert norms(quick) == 0
        torch.testing.assert_close(quick(probe), tower(probe), rtol=1e-4, atol=1e-4)


class Backwards(nn.Module):
    """Its layers run in another order than they were declared in."""

    def __init__(self) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 3, 3)
        self.norm = learnt(nn.BatchNorm2d(3))

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        return self.convolution(self.norm(batch)).mean(dim=(2, 3))


def test_a_tower_that_folding_would_change_is_left_as_it_is() -> None:
    torch.manual_seed(0)
    tower = Backwards().eval()
    assert folded(tower, torch.rand(2, 3, 20, 20)) is tower


def test_a_tower_without_normalisations_is_left_as_it_is() -> None:
    tower = Pooled(nn.Conv2d(3, 8, 3)).eval()
    assert folded(tower, torch.rand(2, 3, 20, 20)) is tower
