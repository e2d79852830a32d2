"""open_clip and the libraries it stands on, which can be imported only from here."""

from vexgui.models.worker.torchvision_operators import declare_operators

declare_operators()
import open_clip  # noqa: E402 - all of these work only after the declaration
from open_clip import pretrained  # noqa: E402
from timm.layers.norm_act import BatchNormAct2d  # noqa: E402
from torchvision import transforms  # noqa: E402

__all__ = ["BatchNormAct2d", "open_clip", "pretrained", "transforms"]
