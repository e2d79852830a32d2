"""What is said of a model, and what can be done with it."""

from collections.abc import Sequence
from enum import Enum

from vexgui.core.reports import ModelInfo, SpaceInfo
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.preferences.desk import NONE, Deed, Known, is_picture_model
from vexgui.gui.wording import number, rate, size, span

_HOUR_S = 3600
_LEAST_TO_TELL_S = 1.0


class Standing(Enum):
    """How a model stands."""

    IN_USE = "in use"
    ANSWERING = "answering"
    INSTALLED = "installed"
    RECOMMENDED = "recommended"
    MISSING = "missing"
    OFFERED = "offered"

    @property
    def word(self) -> str:
        """What the user reads of it, in a word or two, or ""."""
        return {
            Standing.IN_USE: tr("In use"),
            Standing.ANSWERING: tr("Still answers"),
            Standing.INSTALLED: tr("On this computer"),
            Standing.RECOMMENDED: tr("Recommended"),
            Standing.MISSING: tr("Missing"),
        }.get(self, "")


def standing(model: ModelInfo) -> Standing:
    """Return how a model stands."""
    if model.active:
        return Standing.IN_USE
    if model.answering:
        return Standing.ANSWERING
    if model.name == NONE:
        return Standing.OFFERED
    if model.installed:
        return Standing.INSTALLED
    if model.embedded:
        return Standing.MISSING
    return Standing.RECOMMENDED if model.recommended else Standing.OFFERED


def picture_models(models: Sequence[ModelInfo]) -> tuple[ModelInfo, ...]:
    """Return the models for pictures, and last the choice of none."""
    pictures = tuple(model for model in models if is_picture_model(model))
    # A model that is chosen and missing is not in use, but nobody chose to have none.
    chosen = next((model.active for model in models if model.name == NONE), not any(model.active for model in pictures))
    none = ModelInfo(
        name=NONE,
        modality="picture",
        active=chosen,
        installed=True,
        detail=tr("Pictures are found by their words: names, captions, folders, dates and cameras."),
        space="",
        vectors=0,
    )
    return (*pictures, none)


def title(model: ModelInfo) -> str:
    """Return what to call a model."""
    return tr("No picture model") if model.name == NONE else model.name


def facts(model: ModelInfo) -> list[tuple[str, str]]:
    """Return what is known of a model, as label and value."""
    weights = (size(model.size_bytes) if model.size_bytes else "", translated(model.licence))
    vectors = trn("{count} vector", "{count} vectors", model.vectors)
    rows = [
        (tr("Weights"), tr(", ").join(part for part in weights if part)),
        (tr("Queries in"), translated(model.languages)),
        (tr("Quality"), model.quality),
        ("", model.quality_source if model.quality else ""),
        (tr("Cost here"), cost(model)),
        (tr("Kept"), vectors.format(count=number(model.vectors)) if model.vectors else ""),
    ]
    return [(label, value) for label, value in rows if value]


def cost(model: ModelInfo) -> str:
    """Return what a picture model costs here: speed, time and room."""
    if not is_picture_model(model):
        return ""
    parts = []
    if model.pictures_per_s is not None:
        parts.append(tr("{number} pictures a second").format(number=rate(model.pictures_per_s)))
    if model.hours is not None and model.hours * _HOUR_S >= _LEAST_TO_TELL_S:
        parts.append(tr("{time} for the pictures it has not seen").format(time=span(model.hours * _HOUR_S)))
    if model.disk_bytes:
        parts.append(tr("{size} of vectors for all").format(size=size(model.disk_bytes)))
    if model.pictures_per_s is None:
        parts.append(tr("not measured yet") if parts else tr("Not measured yet"))
    return tr(", ").join(parts)


def deeds(model: ModelInfo) -> tuple[Deed, ...]:
    """Return what can be done with a model, the foremost last."""
    if not is_picture_model(model):
        return (Deed.USE,) if model.name == NONE and not model.active else ()
    removable = not model.active and (model.vectors > 0 or (model.installed and not model.embedded))
    removal = (Deed.FORGET,) if removable else ()
    if model.embedded and not model.installed:
        return removal
    foremost = () if model.active else (Deed.USE,) if model.installed else (Deed.DOWNLOAD,)
    return (Deed.MEASURE, *removal, *foremost)


def filling(model: ModelInfo, known: Known) -> SpaceInfo | None:
    """Return the space of a model in use while files still lack vectors in it."""
    if not model.active:
        return None
    return next((info for info in known.spaces if info.space.id == model.space and info.files < info.wanted), None)


def filling_line(info: SpaceInfo) -> str:
    """Return how far a space is filled, in words."""
    told = trn("{done} of {count} file looked at", "{done} of {count} files looked at", info.wanted)
    return told.format(done=number(info.files), count=number(info.wanted))
