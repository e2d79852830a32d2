"""Pictures that the first model has seen."""

import pytest
from PIL import Image

from tests.engine.conftest import Desk
from tests.engine.switching.using import COLOURS, FIRST, use


@pytest.fixture
def pictures(desk: Desk) -> list[bytes]:
    """Pictures with vectors of the first model, whose names say nothing of what they show."""
    for number, colour in enumerate(COLOURS):
        Image.new("RGB", (60 + number, 40), colour).save(desk.files / f"IMG_{number}.png")
    desk.write("note.txt", "Fog over the water.")
    use(desk, FIRST)
    desk.engine.index([desk.path("")])
    return [desk.path(f"IMG_{number}.png") for number in range(len(COLOURS))]
