"""Files like some files, asked of an engine with the real decoder."""

import os

import pytest
from PIL import Image, ImageDraw

from tests.engine.conftest import Desk
from vexgui.core.errors import PathProblem, PermissionProblem
from vexgui.core.hits import Likeness
from vexgui.core.settings import PictureModel

TEXT = " ".join(f"The ship{number} sailed to harbour{number} in year{number}." for number in range(20))


def drawing() -> Image.Image:
    image = Image.new("RGB", (240, 160), "lightblue")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 110, 240, 160), "seagreen")
    draw.polygon(((60, 100), (120, 20), (150, 100)), "white")
    draw.ellipse((180, 10, 220, 50), "yellow")
    return image


def told(desk: Desk, *paths: bytes) -> dict[str, Likeness | None]:
    return {os.path.basename(hit.path).decode(): hit.likeness for hit in desk.engine.similar(paths, 10).hits}


@pytest.mark.parametrize("indexed", [True, False])
def test_a_picture_in_another_size_and_format_is_nearly_the_same(desk: Desk, indexed: bool) -> None:
    desk.engine._choice.put_to_use(PictureModel("fake"))
    drawing().resize((60, 40)).save(desk.files / "small.png")
    drawing().transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(desk.files / "turned.png")
    if indexed:
        drawing().save(desk.files / "a.jpg", quality=40)
    desk.engine.index([desk.path("")])
    if not indexed:
        drawing().save(desk.files / "a.jpg", quality=40)
    found = told(desk, desk.path("a.jpg"))
    assert next(iter(found.items())) == ("small.png", Likeness.NEARLY_SAME)
    assert found["turned.png"] is Likeness.RELATED


def test_what_is_missing_among_several_is_one_sentence_beside_the_answer(desk: Desk) -> None:
    a, b = desk.write("a.txt", TEXT), desk.write("b.txt", f"{TEXT} More.")
    desk.engine.index([desk.path("")])
    answer = desk.engine.similar([a, desk.path("gone.txt")], 10)
    assert [(hit.path, hit.likeness) for hit in answer.hits] == [(b, Likeness.NEARLY_SAME)]
    assert answer.note.startswith(f"{os.fsdecode(desk.path('gone.txt'))} does not exist.")


def test_what_is_missing_alone_is_an_error(desk: Desk) -> None:
    with pytest.raises(PathProblem, match="does not exist"):
        desk.engine.similar([desk.path("gone.txt"), desk.path("away.txt")], 10)
    with pytest.raises(PathProblem, match="is not a file"):
        desk.engine.similar([desk.path("")], 10)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_what_cannot_be_read_is_one_sentence(desk: Desk) -> None:
    a, b = desk.write("a.txt", TEXT), desk.write("b.txt", f"{TEXT} More.")
    desk.engine.index([desk.path("")])
    closed = desk.write("closed.txt", "closed")
    os.chmod(closed, 0)
    answer = desk.engine.similar([closed, a], 10)
    assert [hit.path for hit in answer.hits] == [b]
    assert f"{os.fsdecode(closed)} cannot be read" in answer.note
    with pytest.raises(PermissionProblem):
        desk.engine.similar([closed], 10)


def test_a_file_named_twice_counts_once(desk: Desk) -> None:
    a, b = desk.write("a.txt", TEXT), desk.write("b.txt", f"{TEXT} More.")
    desk.engine.index([desk.path("")])
    assert told(desk, a, a) == told(desk, a) == {"b.txt": Likeness.NEARLY_SAME}
    assert [hit.path for hit in desk.engine.similar([a], 10).hits] == [b]
