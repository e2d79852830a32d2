"""The models a user can choose from, what each would cost here, and preparing one."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event as Flag

from vexgui.core.errors import VexError
from vexgui.core.reports import ModelInfo, SpaceInfo
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.told import told
from vexgui.core.vectors import CodecName, Modality, Space
from vexgui.engine.models import names_in, names_of
from vexgui.models.chooser import ModelChooser, name_of
from vexgui.models.download import Progress
from vexgui.models.hub.files import WEIGHTS, HubCache
from vexgui.models.offers import OFFERS, Offer, offer_of
from vexgui.models.rates import Rates
from vexgui.models.registry import (
    RECOMMENDED,
    directory_of,
    insist_on_weights,
    picture_space,
    resolve,
    weights_of,
)
from vexgui.models.weights import text_weights_path
from vexgui.store.codecs import codec_named
from vexgui.store.columns.space import row_bytes

NONE = "none"

_HOUR_S = 3600.0
_TEXT_LICENCE = "Apache 2.0"
"""https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of this profile that decides what a model costs here.

    Attributes:
        cache: The profile's cache folder.
        spaces: The spaces in force first, then those that still answer, then those that are only kept.
        chosen: The picture model new passages get vectors of, or None.
        former: Picture models chosen before that still answer.
        pictures: Passages that are pictures.
        codec: How the store keeps vectors.
    """

    cache: bytes
    spaces: Sequence[SpaceInfo]
    chosen: PictureModel | None
    former: Sequence[PictureModel]
    pictures: int
    codec: CodecName

    @property
    def models(self) -> tuple[PictureModel, ...]:
        """The picture models that are known without a look at a list: chosen, former, embedded."""
        chosen = () if self.chosen is None else (self.chosen,)
        return tuple(dict.fromkeys((*chosen, *self.former, EMBEDDED)))


def models(standing: Standing) -> tuple[ModelInfo, ...]:
    """List the models in force, those chosen before, what came with the program, what can be had, and none."""
    costs = _Costs(standing)
    called = names_of([info.space for info in standing.spaces])
    listed = [_of_space(info, called[info.space.id], standing, costs) for info in standing.spaces]
    names = {info.space.model for info in standing.spaces}
    listed += [_not_in_use(model, costs) for model in standing.models if _name(model) not in names]
    names |= {info.name for info in listed}
    listed += [_offered(offer, standing, costs) for offer in OFFERS if offer.name not in names]
    names |= {info.name for info in listed}
    listed += [_not_offered(name, costs) for name in costs.measured if name not in names and _is_known(name)]
    none = _without_space(NONE, told("pictures are found by their words alone"), costs, installed=True)
    return (*listed, replace(none, active=standing.chosen is None))


def local(standing: Standing, name: str, checkpoint: bytes) -> PictureModel:
    """Return a model on this computer after it has given a vector; raises as `ModelChooser.local`."""
    with ModelChooser(standing.cache) as chooser:
        known = None if checkpoint else next((model for model in standing.models if _named(model, name)), None)
        if known is None:
            return chooser.local(name, checkpoint)
        insist_on_weights(known)
        return chooser.tried(known)


def fetched(cache: bytes, name: str, progress: Progress | None = None, stop: Flag | None = None) -> PictureModel:
    """Return a model after fetching its weights, unless it came with the program; raises as `ModelChooser.fetch`."""
    offer = offer_of(name)
    model = offer.model if offer else PictureModel(name)
    with ModelChooser(cache) as chooser:
        if _named(EMBEDDED, name):
            return chooser.tried(EMBEDDED)
        return chooser.fetch(model.architecture, model.pretrained, progress=progress, stop=stop)


def architecture(name: str) -> str:
    """Return the name of a model that open_clip can fetch, as open_clip writes it; raises as `resolve`."""
    return resolve(name).name


def measure(standing: Standing, names: Sequence[str], stop: Flag | None = None) -> frozenset[str]:
    """Measure how fast picture models are here, all that can be had where none is named, and remember it.

    Returns:
        The names of those measured, as the list has them.

    Raises:
        UsageProblem: One of the names is no picture model's.
        ModelUnavailable: A model named cannot be built here, or it was stopped.
        CheckpointProblem: The weights of a model named are damaged.
    """
    wanted = [_measurable(name, standing) for name in names]
    rates = Rates(standing.cache)
    measured: set[str] = set()
    with ModelChooser(standing.cache) as chooser:
        for name, model in wanted or _all_measurable(standing):
            try:
                rates.remember(name, chooser.rate(model, stop))
                measured.add(name)
            except VexError:
                if names or (stop is not None and stop.is_set()):
                    raise  # of all there are, one that cannot be measured hinders no other
    return frozenset(measured)


def discard(cache: bytes, name: str) -> int:
    """Remove what was fetched of an offered model from the disk; return how many bytes that freed."""
    offer = offer_of(name)
    return HubCache(cache).remove(offer.repository) if offer else 0


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody says of a model's weights: their licence, how well they find, and where that is published."""

    licence: str = ""
    quality: str = ""
    source: str = ""


def _said(model: PictureModel | None, offer: Offer | None) -> _Said:
    if offer is not None:
        return _Said(offer.licence, offer.quality, offer.source)
    try:
        found = directory_of(model) if model is not None else None
    except VexError:
        found = None
    return _Said(found.licence, found.quality, found.quality_source) if found else _Said()


class _Costs:
    """What models cost here."""

    def __init__(self, standing: Standing) -> None:
        self._pictures = standing.pictures
        self._codec = standing.codec
        self._rates = Rates(standing.cache).known()

    @property
    def measured(self) -> Sequence[str]:
        return sorted(self._rates)

    def rate(self, name: str) -> float | None:
        return self._rates.get(name)

    def hours(self, name: str, vectors: int) -> float | None:
        rate = self._rates.get(name)
        return None if rate is None else max(self._pictures - vectors, 0) / rate / _HOUR_S

    def disk_bytes(self, dim: int) -> int | None:
        if self._codec is CodecName.PRINCIPAL or not dim:  # how long its codes are is learnt from the vectors
            return None
        return self._pictures * row_bytes(codec_named(self._codec), dim)


def _of_space(info: SpaceInfo, name: str, standing: Standing, costs: _Costs) -> ModelInfo:
    space = info.space
    if space.modality is Modality.TEXT:
        return _text(info)
    model = _model_of(info, standing)
    offer = offer_of(space.model)
    said = _said(model, offer)
    return ModelInfo(
        name=name,
        modality=space.modality.value,
        active=info.active,
        installed=_installed(model, offer, standing.cache),
        detail=_detail(model, offer),
        space=space.id,
        vectors=info.vectors,
        answering=info.answering,
        embedded=model == EMBEDDED,
        recommended=space.model == RECOMMENDED.architecture,
        size_bytes=offer.size_bytes if offer else _size(model),
        licence=said.licence,
        languages=_languages(space, offer),
        quality=said.quality,
        quality_source=said.source,
        pictures_per_s=costs.rate(space.model),
        hours=costs.hours(space.model, info.vectors),
        disk_bytes=costs.disk_bytes(space.dim),
    )


def _text(info: SpaceInfo) -> ModelInfo:
    return ModelInfo(
        name=info.space.model,
        modality=info.space.modality.value,
        active=info.active,
        installed=info.active,
        detail=told("documents, notes, code, names and the words of pictures"),
        space=info.space.id,
        vectors=info.vectors,
        answering=info.answering,
        embedded=True,
        size_bytes=_bytes_of(text_weights_path()) if info.active else 0,
        licence=_TEXT_LICENCE if info.active else "",
        languages="English",
    )


def _without_space(name: str, detail: str, costs: _Costs, *, installed: bool) -> ModelInfo:
    """Return what is known of any picture model that has no vectors here."""
    return ModelInfo(
        name=name,
        modality=Modality.PICTURE.value,
        active=False,
        installed=installed,
        detail=detail,
        space="",
        vectors=0,
        pictures_per_s=costs.rate(name),
        hours=costs.hours(name, 0),
    )


def _not_in_use(model: PictureModel, costs: _Costs) -> ModelInfo:
    """Return what is known of a model without a space: it has no vectors, or cannot be loaded."""
    offer = offer_of(model.architecture)
    size, said = _size(model), _said(model, offer)
    return replace(
        _without_space(_name(model), _detail(model, offer), costs, installed=size > 0),
        embedded=model == EMBEDDED,
        size_bytes=size,
        licence=said.licence,
        quality=said.quality,
        quality_source=said.source,
    )


def _offered(offer: Offer, standing: Standing, costs: _Costs) -> ModelInfo:
    installed = _installed(None, offer, standing.cache)
    return replace(
        _without_space(offer.name, _detail(None, offer), costs, installed=installed),
        recommended=offer.model == RECOMMENDED,
        size_bytes=offer.size_bytes,
        licence=offer.licence,
        languages=offer.languages,
        quality=offer.quality,
        quality_source=offer.source,
        disk_bytes=costs.disk_bytes(resolve(offer.name).dim),
    )


def _not_offered(name: str, costs: _Costs) -> ModelInfo:
    """Return what is known of an architecture that is listed only because it was measured."""
    plain = _without_space(name, told("one of open_clip's own list"), costs, installed=False)
    return replace(plain, disk_bytes=costs.disk_bytes(resolve(name).dim))


def _is_known(name: str) -> bool:
    try:
        resolve(name)
    except VexError:
        return False
    return True


def _model_of(info: SpaceInfo, standing: Standing) -> PictureModel | None:
    """Return the picture model of a space; None when it is neither chosen nor was chosen before."""
    if info.active:
        return standing.chosen
    return next((model for model in standing.models if _makes(model, info.space)), None)


def _makes(model: PictureModel, space: Space) -> bool:
    """Tell whether a space is of a model; of one that is gone nothing but the name is known."""
    try:
        return picture_space(model).id == space.id
    except VexError:
        return _name(model) == space.model


def _measurable(name: str, standing: Standing) -> tuple[str, PictureModel]:
    known = next((model for model in standing.models if _named(model, name)), None)
    if known is not None:
        return _name(known), known
    name = architecture(name.partition(":")[0])  # other weights of an architecture are as fast
    return name, PictureModel(name)


def _all_measurable(standing: Standing) -> Iterator[tuple[str, PictureModel]]:
    names: set[str] = set()
    for model in (*standing.models, *(offer.model for offer in OFFERS)):
        if (name := _name(model)) not in names:
            names.add(name)
            yield name, model


def _named(model: PictureModel, name: str) -> bool:
    try:
        names = names_in(picture_space(model))
    except VexError:
        names = (_name(model).casefold(),)
    return name.casefold() in (*names, model.architecture.casefold())


def _name(model: PictureModel) -> str:
    try:
        return name_of(model)
    except VexError:  # never chosen, or gone: then what it is called in the settings
        return os.path.basename(model.architecture)


def _installed(model: PictureModel | None, offer: Offer | None, cache: bytes) -> bool:
    if model is not None:
        return _size(model) > 0
    return offer is not None and HubCache(cache).path(offer.repository, WEIGHTS) != b""


def _size(model: PictureModel | None) -> int:
    """Return the size of a model's weights on this computer, 0 when they are not there."""
    if model is None:
        return 0
    try:
        return _bytes_of(weights_of(model)[0])
    except VexError:
        return 0


def _bytes_of(path: bytes) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _languages(space: Space, offer: Offer | None) -> str:
    if offer:
        return offer.languages
    return "English" if space.queries else ""


def _problem(model: PictureModel) -> str:
    """Return why a model cannot be loaded, with what to do, or ""."""
    try:
        picture_space(model)
        insist_on_weights(model)
    except VexError as error:
        return told(f"cannot be loaded: {error}")
    return ""


def _detail(model: PictureModel | None, offer: Offer | None) -> str:
    if model is not None and (problem := _problem(model)):
        return problem
    if model == EMBEDDED:
        return told("comes with VexGUI: drawings and icons well, photographs roughly")
    if model is not None and model.checkpoint and not model.pretrained:
        return told(f"from {model.checkpoint}")
    if offer is not None:
        return told(f"{offer.remark} ({offer.model.pretrained})")
    return model.pretrained if model is not None else told("vectors are kept, but the model was left")
