"""Pictures by what they show, once a picture model is chosen; by their words until then."""

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.conftest import Desk, eventually
from tests.extract.builders import encoded, pdf, two_colours
from vexgui.core.reports import Inspection
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import Modality


def paint(desk: Desk, name: str, colour: str, size: tuple[int, int] = (60, 40)) -> bytes:
    file = desk.files / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(file)
    return os.fsencode(file)


def choose_picture_model(desk: Desk) -> None:
    """Choose one as `models use` does after it has tried the checkpoint, which needs a real one."""
    desk.engine._choice.put_to_use(PictureModel("fake"))


def modalities(inspection: Inspection) -> set[Modality]:
    return {facts.space.modality for facts in inspection.vectors}


def test_without_a_picture_model_pictures_are_found_by_their_words(desk: Desk) -> None:
    paint(desk, "Lisbon/tram.png", "yellow")
    paint(desk, "Lisbon/IMG 1.png", "red")
    desk.engine.index([desk.path("")])
    assert desk.found("a tram in Lisbon")[0] == "Lisbon/tram.png"
    assert "red" not in desk.found("red")


def test_a_chosen_model_finds_pictures_by_what_they_show(desk: Desk) -> None:
    for number, colour in enumerate(["red", "green", "blue", "yellow", "white", "black"] * 3):
        paint(desk, f"IMG_{number:03}.png", colour, (60 + number, 40))
    desk.engine.index([desk.path("")])
    texts_before = desk.embedded
    choose_picture_model(desk)
    report = desk.engine.index([])
    assert (report.indexed, report.reused, report.unchanged) == (18, 0, 0)
    assert desk.embedded - texts_before == 18  # the pictures alone; what their words gave is taken as it is
    assert set(desk.found("red")[:3]) == {"IMG_000.png", "IMG_006.png", "IMG_012.png"}
    assert desk.engine.index([]).unchanged == 18


def test_a_file_that_shows_several_pictures_counts_once(desk: Desk) -> None:
    scan = encoded(two_colours((90, 60)), "JPEG")
    desk.write("scan.pdf", pdf([scan, "Some words on a page of their own.", scan]))
    paint(desk, "IMG_1.png", "red")
    choose_picture_model(desk)
    desk.engine.index([desk.path("")])
    (pictures,) = [space for space in desk.engine.status().spaces if space.space.modality is Modality.PICTURE]
    assert (pictures.vectors, pictures.files, pictures.wanted) == (3, 2, 2)


def test_both_vectors_of_a_picture_travel_with_it(desk: Desk) -> None:
    path = paint(desk, "IMG_1.png", "red")
    choose_picture_model(desk)
    desk.engine.index([desk.path("")])
    before = desk.embedded
    desk.engine.rebuild()
    assert desk.embedded == before
    inspection = desk.engine.inspect(path)
    assert modalities(inspection) == {Modality.TEXT, Modality.PICTURE}
    assert all(facts.recorded == facts.passages == 1 for facts in inspection.vectors)


def test_a_watching_engine_fills_the_new_space_by_itself(desk: Desk) -> None:
    path = paint(desk, "IMG_1.png", "red")
    desk.engine.add_roots([desk.path("")])
    desk.engine.watch()
    eventually(lambda: bool(desk.engine.inspect(path).vectors))
    choose_picture_model(desk)
    eventually(lambda: modalities(desk.engine.inspect(path)) == {Modality.TEXT, Modality.PICTURE})


def test_going_back_to_no_picture_model_searches_by_words_again(desk: Desk) -> None:
    paint(desk, "tram.png", "red")
    choose_picture_model(desk)
    desk.engine.index([desk.path("")])
    desk.engine.use_model("none", b"")
    assert [model.name for model in desk.engine.models() if model.active] == ["fake text", "none"]
    assert desk.found("tram") == ["tram.png"]


def test_the_choice_of_a_model_outlives_the_program(desk: Desk) -> None:
    choose_picture_model(desk)
    engine = desk.reopen()
    assert {space.space.modality for space in engine.status().spaces if space.active} == {
        Modality.TEXT,
        Modality.PICTURE,
    }


@pytest.mark.parametrize("indexed", [True, False])
def test_similar_pictures_are_found_for_a_file_indexed_or_not(desk: Desk, tmp_path: Path, indexed: bool) -> None:
    for number, colour in enumerate(["red", "green", "blue", "red"]):
        paint(desk, f"IMG_{number:03}.png", colour, (60 + number, 40))
    choose_picture_model(desk)
    desk.engine.index([desk.path("")])
    outside = tmp_path / "outside.png"
    Image.new("RGB", (50, 50), "red").save(outside)
    asked = desk.path("IMG_000.png") if indexed else os.fsencode(outside)
    names = [os.path.basename(hit.path) for hit in desk.engine.similar([asked], 10).hits]
    assert names[0] in (b"IMG_003.png", b"IMG_000.png")
    assert os.path.basename(asked) not in names
    assert b"user.vexgui" not in map(os.fsencode, os.listxattr(outside))
