"""Every state of the window looks as it did, light and dark."""

from pathlib import Path

import pytest
from PIL import Image

from tests.gui.golden.__main__ import LOOKS, take
from tests.gui.golden.pictures import IMAGES, distance, with_few_colours
from tests.gui.golden.scenes import SCENES
from vexgui.gui.theme import Appearance

_MOST_BYTES = 3_200_000


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_the_window_looks_as_it_did(look: Appearance, tmp_path: Path) -> None:
    take(look, tmp_path)
    off = []
    for name in (f"{scene.name}-{look}" for scene in SCENES):
        actual = Image.open(tmp_path / f"{name}.png").convert("RGB")
        found = distance(actual, Image.open(IMAGES / f"{name}.png"))
        if found.is_small:
            continue
        off.append(f"{name}: {found.share:.2%} of the pixels are off; see {tmp_path / name}.png")
        if found.difference is not None:
            found.difference.save(tmp_path / f"{name}-difference.png")
            off[-1] += f" and {name}-difference.png beside it"
    assert not off, "\n".join([*off, "If they are as they should be, keep them: make goldens"])


def test_there_is_a_screenshot_of_every_state_and_no_other() -> None:
    wanted = {f"{scene.name}-{look}.png" for scene in SCENES for look in LOOKS}
    assert {path.name for path in IMAGES.iterdir()} == wanted


def test_all_screenshots_together_are_small() -> None:
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) <= _MOST_BYTES


def _drawn(*boxes: tuple[int, int, int, int]) -> Image.Image:
    """Return a picture of some dark boxes on a light ground that fades."""
    image = Image.linear_gradient("L").resize((400, 300)).convert("RGB").point(lambda level: 200 + level // 8)
    for box in boxes:
        image.paste((40, 60, 200), box)
    return image


def test_a_screenshot_is_not_far_from_itself_in_few_colours() -> None:
    kept = with_few_colours(_drawn((20, 20, 120, 60)))
    assert distance(_drawn((20, 20, 120, 60)), kept).share == 0


def test_a_sign_that_is_gone_is_far() -> None:
    kept = with_few_colours(_drawn((20, 20, 120, 60), (300, 200, 312, 212)))
    found = distance(_drawn((20, 20, 120, 60)), kept)
    assert not found.is_small
    assert found.difference is not None
    assert found.difference.getpixel((306, 206)) == (220, 0, 0)
    assert found.difference.getpixel((200, 100)) != (220, 0, 0)


def test_another_colour_is_far_although_the_palette_lacks_it() -> None:
    kept = with_few_colours(_drawn((20, 20, 120, 60)))
    changed = _drawn()
    changed.paste((200, 40, 60), (20, 20, 120, 60))
    assert not distance(changed, kept).is_small


def test_another_size_is_far() -> None:
    found = distance(_drawn().crop((0, 0, 399, 300)), with_few_colours(_drawn()))
    assert (found.share, found.difference) == (1.0, None)
