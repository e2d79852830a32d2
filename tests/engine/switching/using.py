"""Two picture models, and what the engine then has of each."""

import os
import threading

from tests.engine.conftest import Desk
from tests.waiting import PATIENCE_S
from vexgui.core.arrays import Vectors
from vexgui.core.reports import SpaceInfo
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.models.fake import fake_picture_space
from vexgui.system import attributes

FIRST, SECOND = PictureModel("first"), PictureModel("second")
COLOURS = ("red", "green", "blue", "yellow")


def assert_set(event: threading.Event) -> None:
    assert event.wait(PATIENCE_S)


def use(desk: Desk, model: PictureModel | None) -> None:
    """Choose a model as `models use` does after it has tried the weights."""
    desk.engine._choice.put_to_use(model)


def spaces(desk: Desk) -> dict[str, SpaceInfo]:
    return {info.space.model: info for info in desk.engine.status().spaces}


def vectors(desk: Desk, model: PictureModel, path: bytes) -> Vectors | None:
    """Return a file's vectors of a model in the store."""
    store = desk.engine._parts.store
    row = store.catalog.file(path)
    assert row is not None
    space = fake_picture_space(model).id
    return next((part.vectors for part in store.vectors_of(row.id) if part.space == space), None)


def recorded(desk: Desk, path: bytes) -> set[SpaceId]:
    """Return the spaces of the vectors in a file's record."""
    descriptor = attributes.open_for_attributes(path)
    try:
        record = desk.engine._keeper().read(descriptor).record
    finally:
        os.close(descriptor)
    return {section.space for section in record.sections} if record else set()
