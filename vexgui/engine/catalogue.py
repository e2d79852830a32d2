"""The models a user can choose from, and preparing one."""

from collections.abc import Mapping, Sequence

from vexgui.core.reports import ModelInfo
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.chooser import ModelChooser
from vexgui.models.registry import RECOMMENDED

NONE = "none"


def models(
    spaces: Sequence[Space], chosen: PictureModel | None, counts: Mapping[SpaceId, int]
) -> tuple[ModelInfo, ...]:
    """List the models in force, the recommended one, and the choice of none."""
    infos = [
        ModelInfo(
            name=space.model,
            modality=space.modality.value,
            active=True,
            installed=True,
            detail=_detail(space, chosen),
            space=space.id,
            vectors=counts.get(space.id, 0),
        )
        for space in spaces
    ]
    if chosen is None or chosen.architecture != RECOMMENDED.architecture:
        detail = f"recommended: vexgui models download {RECOMMENDED.architecture} ({RECOMMENDED.pretrained})"
        infos.append(
            ModelInfo(
                RECOMMENDED.architecture, "picture", active=False, installed=False, detail=detail, space="", vectors=0
            )
        )
    if chosen is not None:
        detail = "pictures are found by their words: vexgui models use none"
        infos.append(_choice(NONE, detail, installed=True))
    return tuple(infos)


def local(cache: bytes, name: str, checkpoint: bytes) -> PictureModel:
    """Return a model on this computer after it has given a vector; raises as `ModelChooser.local`."""
    with ModelChooser(cache) as chooser:
        return chooser.local(name, checkpoint)


def fetched(cache: bytes, name: str) -> PictureModel:
    """Return a model after fetching its weights; raises as `ModelChooser.fetch`."""
    with ModelChooser(cache) as chooser:
        return chooser.fetch(name)


def _choice(name: str, detail: str, *, installed: bool) -> ModelInfo:
    return ModelInfo(
        name, Modality.PICTURE.value, active=False, installed=installed, detail=detail, space="", vectors=0
    )


def _detail(space: Space, chosen: PictureModel | None) -> str:
    if space.modality is Modality.TEXT:
        return "documents, notes, code, names and the words of pictures; embedded"
    if chosen is not None and chosen.checkpoint:
        return f"pictures by what they show; from {chosen.checkpoint}"
    return "pictures by what they show" + (f"; {chosen.pretrained}" if chosen is not None and chosen.pretrained else "")
