"""The list of models says of each what it is here, what it would cost, and how good it is by whose word."""

import json
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from typing import ClassVar, Self

import pytest

from vexgui.core.errors import UsageProblem, VexError
from vexgui.core.reports import ModelInfo, SpaceInfo
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.engine import catalogue
from vexgui.engine.catalogue import Standing
from vexgui.models.hub.files import WEIGHTS, HubCache, HubFile, Listing
from vexgui.models.offers import OFFERS
from vexgui.models.rates import Rates
from vexgui.models.registry import in_directory, picture_space

TEXT = Space(SpaceId("aa" * 8), "all-MiniLM-L6-v2", Modality.TEXT, 384)
PICTURES = Space(SpaceId("bb" * 8), "ViT-B-32-256", Modality.PICTURE, 512, picture_px=256)
LEFT = Space(SpaceId("cc" * 8), "ViT-S-32-alt", Modality.PICTURE, 256, picture_px=224)


@pytest.fixture
def standing(tmp_path: Path) -> Standing:
    """A thousand pictures, none with a vector, and no picture model."""
    spaces = (SpaceInfo(TEXT, 5, active=True, files=5, wanted=5, answering=True),)
    return Standing(bytes(tmp_path), spaces, None, (), pictures=1000, codec=CodecName.INT8)


def listed(standing: Standing) -> dict[str, ModelInfo]:
    return {info.name: info for info in catalogue.models(standing)}


def chosen(standing: Standing, vectors: int) -> Standing:
    """With the recommended model in force and some vectors of it."""
    weights = Path(standing.cache.decode()) / "weights"
    weights.write_bytes(bytes(1234))
    model = PictureModel("ViT-B-32-256", "datacomp_s34b_b86k", str(weights), "ab" * 32)
    info = SpaceInfo(PICTURES, vectors, active=True, files=vectors, wanted=1000, answering=True)
    return replace(standing, chosen=model, spaces=(*standing.spaces, info))


def test_all_offers_and_none_can_be_chosen_from(standing: Standing) -> None:
    infos = listed(standing)
    assert {offer.name for offer in OFFERS} <= set(infos)
    assert infos["none"].active
    assert [info.name for info in infos.values() if info.recommended] == ["ViT-B-32-256"]


def test_an_offer_comes_with_its_facts(standing: Standing) -> None:
    info = listed(standing)["MobileCLIP2-S0"]
    assert (info.installed, info.active, info.answering) == (False, False, False)
    assert info.size_bytes == 300_000_000
    assert info.licence == "Apple AMLR, research only"
    assert info.quality == "ImageNet 71.5 %, COCO 43.7 %"
    assert "apple/ml-mobileclip" in info.quality_source


def test_what_the_vectors_take_is_what_the_store_needs_for_them(standing: Standing) -> None:
    assert listed(standing)["ViT-B-32-256"].disk_bytes == 1000 * 615  # 512 codes, 64 of signs, 39 of the rest
    assert listed(replace(standing, codec=CodecName.FLOAT32))["ViT-B-32-256"].disk_bytes == 1000 * (615 + 3 * 512)
    assert listed(replace(standing, codec=CodecName.PRINCIPAL))["ViT-B-32-256"].disk_bytes is None


def test_hours_are_told_once_the_speed_is_known_and_for_what_is_left_to_do(standing: Standing) -> None:
    assert listed(standing)["ViT-B-32-256"].pictures_per_s is None
    assert listed(standing)["ViT-B-32-256"].hours is None
    Rates(standing.cache).remember("ViT-B-32-256", 0.1)
    assert listed(standing)["ViT-B-32-256"].hours == pytest.approx(1000 / 0.1 / 3600)
    assert listed(chosen(standing, vectors=640))["ViT-B-32-256"].hours == pytest.approx(360 / 0.1 / 3600)
    assert listed(chosen(standing, vectors=1000))["ViT-B-32-256"].hours == 0


def test_the_model_in_force_is_listed_once_with_space_vectors_and_facts(standing: Standing) -> None:
    infos = [info for info in catalogue.models(chosen(standing, vectors=7)) if info.name == "ViT-B-32-256"]
    assert len(infos) == 1
    info = infos[0]
    assert (info.active, info.installed, info.answering, info.vectors, info.space) == (True, True, True, 7, "bb" * 8)
    assert info.licence == "MIT"
    assert not listed(chosen(standing, vectors=7))["none"].active


def test_two_weights_of_an_architecture_are_listed_by_names_of_their_own(
    standing: Standing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "ModelChooser", Chooser)
    models, infos = [], []
    for number, digest in enumerate(("ab" * 32, "cd" * 32, "ef" * 32)):
        weights = tmp_path / f"{number}.pt"
        weights.write_bytes(b"weights")
        models.append(PictureModel("ViT-S-32-alt", checkpoint=str(weights), digest=digest))
        space = picture_space(models[-1])
        infos.append(SpaceInfo(space, 12, active=number == 0, files=12, wanted=12, answering=number < 2))
    known = replace(standing, chosen=models[0], former=models[1:2], spaces=(*standing.spaces, *infos))
    names = [f"ViT-S-32-alt:{info.space.id}" for info in infos]
    found = [info for info in catalogue.models(known) if info.name.startswith("ViT-S-32-alt")]
    assert [info.name for info in found] == names
    assert [info.detail for info in found] == [
        f"from {models[0].checkpoint}",
        f"from {models[1].checkpoint}",
        "vectors are kept, but the model was left",
    ]
    for name, model in zip(names, (*models[:2], PictureModel("ViT-S-32-alt")), strict=True):
        assert catalogue.measure(known, [name]) == {"ViT-S-32-alt"}
        assert Chooser.measured[-1] == model
    assert {info.pictures_per_s for info in catalogue.models(known) if info.name in names} == {5.0}


def test_a_model_that_was_left_keeps_its_place_as_long_as_it_has_vectors(standing: Standing) -> None:
    kept = SpaceInfo(LEFT, 12, active=False, files=12, wanted=1000, answering=False)
    info = listed(replace(standing, spaces=(*standing.spaces, kept)))["ViT-S-32-alt"]
    assert (info.active, info.answering, info.installed, info.vectors) == (False, False, False, 12)


def test_a_fetched_model_counts_as_installed_until_it_is_discarded(standing: Standing) -> None:
    offer = OFFERS[1]
    cache = HubCache(standing.cache)
    file = HubFile(WEIGHTS[0], 3, "ab" * 32)
    blob = Path(cache.blob(offer.repository, file).decode())
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"abc")
    assert not listed(standing)[offer.name].installed
    cache.place(Listing(offer.repository, "0" * 40, (file,)), (file,))
    assert listed(standing)[offer.name].installed
    assert catalogue.discard(standing.cache, offer.name) >= 3
    assert not listed(standing)[offer.name].installed
    assert catalogue.discard(standing.cache, offer.name) == 0


def test_a_chosen_model_that_cannot_be_loaded_is_listed_as_that(standing: Standing, tmp_path: Path) -> None:
    gone = PictureModel("ViT-S-32-alt", checkpoint=str(tmp_path / "gone.pt"), digest="ab" * 32)
    info = listed(replace(standing, chosen=gone))["ViT-S-32-alt"]
    assert (info.active, info.installed) == (False, False)
    assert info.detail.startswith(f"cannot be loaded: The weights {tmp_path}/gone.pt are gone. Put them back")


def test_the_embedded_model_is_always_listed(standing: Standing) -> None:
    assert [info for info in catalogue.models(standing) if info.embedded and info.modality == "picture"]
    assert standing.models == (EMBEDDED,)


def test_a_model_in_a_folder_is_listed_with_what_its_configuration_tells(standing: Standing, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    told = {"licence": "MIT", "quality": "recall@10 0.80 among 800 held-out drawings", "quality_source": "its card"}
    configuration = {
        "model_cfg": {"embed_dim": 256, "vision_cfg": {"image_size": 224}},
        "vexgui": {"name": "own", **told},
    }
    (folder / "open_clip_config.json").write_text(json.dumps(configuration))
    (folder / "open_clip_model.safetensors").write_bytes(bytes(9))
    model = replace(in_directory(bytes(folder)), digest="ab" * 32)
    space = replace(LEFT, model="own")
    filled = SpaceInfo(space, 12, active=True, files=12, wanted=1000, answering=True)
    former = replace(standing, former=(model,))
    for known in (former, replace(standing, chosen=model, spaces=(*standing.spaces, filled))):
        info = listed(known)["own"]
        assert {name: getattr(info, name) for name in told} == told
        assert info.installed


class Chooser:
    """Measures without a model process, and remembers which models."""

    measured: ClassVar[list[PictureModel]] = []

    def __init__(self, _cache: bytes) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def rate(self, model: PictureModel, _stop: Flag | None) -> float:
        self.measured.append(model)
        return 5.0


@pytest.mark.parametrize(
    ("typed", "name"),
    [("mobileclip2-s0", "MobileCLIP2-S0"), ("embedded", EMBEDDED.architecture), ("vit-l-14", "ViT-L-14")],
)
def test_a_speed_is_kept_and_listed_under_the_models_own_name(
    standing: Standing, monkeypatch: pytest.MonkeyPatch, typed: str, name: str
) -> None:
    monkeypatch.setattr(catalogue, "ModelChooser", Chooser)
    own = catalogue._name(EMBEDDED) if name == EMBEDDED.architecture else name
    assert catalogue.measure(standing, [typed]) == {own}
    assert listed(standing)[own].pictures_per_s == 5.0
    assert Chooser.measured[-1].architecture == name


def test_measuring_what_is_no_model_measures_nothing(standing: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "ModelChooser", Chooser)
    before = len(Chooser.measured)
    with pytest.raises(UsageProblem, match="no picture model called quux"):
        catalogue.measure(standing, ["MobileCLIP2-S0", "quux"])
    assert len(Chooser.measured) == before


def test_a_model_in_use_is_known_by_its_name_in_any_case(standing: Standing) -> None:
    with pytest.raises(VexError) as caught:
        catalogue.local(chosen(standing, vectors=1), "vit-b-32-256", b"")
    assert "weights" in caught.value.message  # it was looked at, rather than not known
