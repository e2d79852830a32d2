"""A record as the tests write it, and what then lies on the file."""

from tests.store.builders import PICTURE, RECIPE, of_space, vectors
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.store.record import SpaceVectors
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system import attributes

PATH = b"/pictures/photo.jpg"
HASH = bytes(range(16))
READING = 7
PARTS = [of_space(vectors(3)), of_space(vectors(1, PICTURE.dim), PICTURE, [3])]


def write(keeper: RecordKeeper, descriptor: int, parts: list[SpaceVectors] | None = None, path: bytes = PATH) -> str:
    parts = PARTS if parts is None else parts
    return keeper.write(descriptor, path, attributes.stat_of(descriptor), HASH, RECIPE, READING, parts)


def value_on(descriptor: int) -> bytes | None:
    return attributes.read(descriptor, RECORD_ATTRIBUTE)
