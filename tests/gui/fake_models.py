"""Spaces and picture models that the engine in memory offers."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event as Flag
from typing import Any

from tests.gui.fake_calls import PATIENCE_S, Noting
from vexgui.core.errors import ModelUnavailable
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import ModelInfo
from vexgui.core.vectors import Modality, Space, SpaceId

TEXT_SPACE = Space(SpaceId("00112233445566ff"), "all-MiniLM-L6-v2", Modality.TEXT, 384)
PICTURE_SPACE = Space(SpaceId("ffeeddccbbaa9988"), "ViT-B-32-256", Modality.PICTURE, 512, 256)

EMBEDDED = ModelInfo(
    name="vexgui-pictures-1",
    modality="picture",
    active=True,
    installed=True,
    detail="Comes with VexGUI: drawings and icons well, photographs roughly.",
    space="00aa00aa00aa00aa",
    vectors=3120,
    answering=True,
    embedded=True,
    size_bytes=9_800_000,
    licence="GPL-3.0-or-later",
    languages="English",
)
RECOMMENDED = ModelInfo(
    name=PICTURE_SPACE.model,
    modality="picture",
    active=False,
    installed=False,
    detail="Small, quick and good with photographs.",
    space=PICTURE_SPACE.id,
    vectors=0,
    recommended=True,
    size_bytes=605_157_884,
    licence="MIT",
    languages="English",
    quality="72.8 % of ImageNet, zero-shot",
    quality_source="open_clip, docs/openclip_results.csv",
)
FORMER = ModelInfo(
    name="MobileCLIP2-S0",
    modality="picture",
    active=False,
    installed=True,
    detail="The quickest.",
    space="11bb11bb11bb11bb",
    vectors=12_400,
    answering=True,
    size_bytes=297_000_000,
    licence="Apple Machine Learning Research Model",
    languages="English",
    quality="71.5 % of ImageNet, zero-shot",
    quality_source="MobileCLIP2, arXiv:2508.20691",
    pictures_per_s=88.2,
    hours=0.0,
    disk_bytes=7_600_000,
)
OFFERS = (EMBEDDED, RECOMMENDED, FORMER)
TEXT_MODEL = ModelInfo(TEXT_SPACE.model, "text", True, True, "Texts and names.", TEXT_SPACE.id, 3, True, True)


class FakeModels(Noting):
    """The part of an engine that knows models.

    Attributes:
        offers: The picture models there are.
    """

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[ModelInfo, ...] = OFFERS

    def models(self) -> tuple[ModelInfo, ...]:
        return (TEXT_MODEL, *self.offers)

    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        self._note("use_model", (name, checkpoint))
        self._fail()
        name = name or shown(name_of(checkpoint))
        self.offers = tuple(replace(model, active=model.name == name) for model in self.offers)
        return next((model for model in self.models() if model.name == name), self.models()[0])

    def download_model(self, name: str, *, stop: Flag | None = None) -> ModelInfo:
        self._note("download_model", name)
        gate = self.gates.get("download_until_stopped")
        if gate is not None and stop is not None:
            gate.set()
            stop.wait(PATIENCE_S)
            raise ModelUnavailable("The download was stopped.")
        self._fail()
        self._change(name, installed=True)
        return self.use_model(name, b"")

    def measure_models(self, names: Sequence[str] = (), *, stop: Flag | None = None) -> tuple[ModelInfo, ...]:
        self._note("measure_models", tuple(names))
        self._fail()
        for name in names:
            self._change(name, pictures_per_s=51.4, hours=0.5, disk_bytes=7 << 20)
        return self.models()

    def forget_model(self, name: str, *, stop: Flag | None = None) -> None:
        self._note("forget_model", name)
        self._fail()
        self._change(name, vectors=0, answering=False, installed=False)

    def _change(self, name: str, **what: Any) -> None:
        self.offers = tuple(replace(model, **what) if model.name == name else model for model in self.offers)
