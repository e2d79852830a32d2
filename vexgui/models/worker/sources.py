"""What a model of open_clip's list needs from the hub, and whether that is here."""

import os

from vexgui.core.errors import ModelUnavailable
from vexgui.core.settings import PictureModel
from vexgui.models.hub.files import WEIGHTS, Source
from vexgui.models.worker.libraries import open_clip, pretrained
from vexgui.models.worker.loading import default_tag

_WORDS = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
    "tokenizer.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "config.json",
)
"""Files that transformers makes a tokenizer of, and the configuration of a part for words."""


def with_tag(model: PictureModel) -> PictureModel:
    """Return a model with the tag that is meant: its own, or the one best liked.

    Raises:
        ModelUnavailable: There are no such weights.
    """
    name, tag = model.architecture, model.pretrained or default_tag(model.architecture)
    if not pretrained.get_pretrained_cfg(name, tag):
        tags = ", ".join(open_clip.list_pretrained_tags_by_model(name))
        raise ModelUnavailable(
            f"open_clip knows no weights {tag or 'to fetch'} for {name}.",
            f"It knows these: {tags}." if tags else "Choose it with a checkpoint of your own.",
        )
    return PictureModel(name, pretrained=tag)


def sources(model: PictureModel) -> tuple[Source, ...]:
    """Return what a model with a tag needs: its weights, and what splits words where open_clip does not bring that.

    Raises:
        ModelUnavailable: open_clip knows no such weights, or they are not on the hub.
    """
    model = with_tag(model)
    config = pretrained.get_pretrained_cfg(model.architecture, model.pretrained)
    repository, name = os.path.split(config.get("hf_hub") or "")
    if not repository:
        raise ModelUnavailable(
            f"The weights {model.pretrained} of {model.architecture} are not on the hub.",
            f"Fetch {config.get('url')} yourself, then: vexgui models use {model.architecture} --checkpoint FILE",
        )
    words = open_clip.get_model_config(model.architecture)["text_cfg"]
    needed = dict.fromkeys(one for key in ("hf_tokenizer_name", "hf_model_name") if (one := words.get(key)))
    return (
        Source(repository, first_of=_names(name), all_of=_WORDS if repository in needed else ()),
        *(Source(one, all_of=_WORDS) for one in needed if one != repository),
    )


def weights_of_tag(model: PictureModel) -> str:
    """Return the path of the weights of a model with a tag, which were fetched before.

    Raises:
        ModelUnavailable: They are not on this computer.
    """
    config = pretrained.get_pretrained_cfg(model.architecture, model.pretrained)
    try:
        return str(pretrained.download_pretrained(config))  # which fetches nothing: this process has no network
    except Exception as error:  # the edge to open_clip and the hub's library
        raise ModelUnavailable(
            f"The weights of {model.architecture} are not on this computer.",
            f"Run: vexgui models download {model.architecture}",
        ) from error


def _names(name: str) -> tuple[str, ...]:
    """Return the names of a weights file in the order that open_clip looks for them."""
    if not name:
        return WEIGHTS
    stem, extension = os.path.splitext(name)
    return (f"{stem}.safetensors", name) if extension in (".bin", ".pth") else (name,)
