"""Picture models worth having: what each costs, may be used for, and how well it finds, with the source of each figure.

Nothing here is asked of a network: the facts were looked up once, in November 2026.
"""

from dataclasses import dataclass

from vexgui.core.settings import PictureModel
from vexgui.core.told import told
from vexgui.models.registry import RECOMMENDED

_OPEN_CLIP = "https://github.com/mlfoundations/open_clip/tree/main/docs (openclip_results, openclip_retrieval_results)"
_MOBILECLIP = "https://github.com/apple/ml-mobileclip/tree/main/results"
_SIGLIP = "https://github.com/google-research/big_vision/blob/main/big_vision/configs/proj/image_text/README_siglip2.md"

_AMLR = told("Apple AMLR, research only")
"""https://github.com/apple/ml-mobileclip/blob/main/LICENSE_MODELS: "exclusively for Research Purposes"."""

_MANY = told("109 languages")
"""Of the texts it was trained on: https://arxiv.org/abs/2502.14786, section 2.1."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be fetched.

    Attributes:
        model: Architecture and weights, as open_clip names them.
        repository: Where they lie on the hub.
        size_bytes: All that is fetched of it: the weights as their repository lists them, and what splits words.
        licence: Of the weights.
        languages: What queries may be written in.
        imagenet: Share of ImageNet's pictures told right among 1,000 kinds without training on them, percent.
        coco: Share of 25,000 captions of COCO for which the right one of 5,000 pictures comes first, percent.
        source: Where these two figures were published.
        remark: What it is for, in a few words.
    """

    model: PictureModel
    repository: str
    size_bytes: int
    licence: str
    languages: str
    imagenet: float
    coco: float
    source: str
    remark: str

    @property
    def name(self) -> str:
        """Its architecture, which is how it is asked for."""
        return self.model.architecture

    @property
    def quality(self) -> str:
        """Both figures in a few words."""
        return f"ImageNet {self.imagenet:.1f} %, COCO {self.coco:.1f} %"


OFFERS = (
    Offer(
        RECOMMENDED,
        "laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K",
        605_000_000,
        "MIT",
        "English",
        72.8,
        39.9,
        _OPEN_CLIP,
        told("good, quick and free to use"),
    ),
    Offer(
        PictureModel("MobileCLIP2-S0", pretrained="dfndr2b"),
        "timm/MobileCLIP2-S0-OpenCLIP",
        300_000_000,
        _AMLR,
        "English",
        71.5,
        43.7,
        _MOBILECLIP,
        told("the smallest"),
    ),
    Offer(
        PictureModel("MobileCLIP2-S2", pretrained="dfndr2b"),
        "timm/MobileCLIP2-S2-OpenCLIP",
        398_000_000,
        _AMLR,
        "English",
        77.2,
        48.8,
        _MOBILECLIP,
        told("small for how well it finds"),
    ),
    Offer(
        PictureModel("MobileCLIP2-S4", pretrained="dfndr2b"),
        "timm/MobileCLIP2-S4-OpenCLIP",
        1_783_000_000,  # its parameters, four bytes each, as the repositories of the smaller ones have them
        _AMLR,
        "English",
        81.9,
        51.5,
        _MOBILECLIP,
        told("finds best among the English ones"),
    ),
    Offer(
        PictureModel("ViT-B-32-SigLIP2-256", pretrained="webli"),
        "timm/ViT-B-32-SigLIP2-256",
        1_542_000_000,  # 1,507 MB of weights, 34 of words
        "Apache 2.0",
        _MANY,
        74.0,
        47.2,
        _SIGLIP,
        told("queries in many languages, quick"),
    ),
    Offer(
        PictureModel("ViT-B-16-SigLIP2-256", pretrained="webli"),
        "timm/ViT-B-16-SigLIP2-256",
        1_535_000_000,  # 1,501 MB of weights, 34 of words
        "Apache 2.0",
        _MANY,
        79.1,
        53.2,
        _SIGLIP,
        told("queries in many languages, finds best"),
    ),
)
"""The recommended one first."""


def offer_of(name: str) -> Offer | None:
    """Return the offer of an architecture, in any case, or None."""
    return next((offer for offer in OFFERS if offer.name.casefold() == name.casefold()), None)
