"""A process killed at any step of a change of models loses nothing, and the next one goes on there."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.deaths import Dying, dying
from tests.engine.dying import FIRST, SECOND, Death
from vexgui.core.vectors import SpaceId
from vexgui.engine.engine import Engine
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.fake import FakeEmbedder, fake_embedder, fake_picture_space
from vexgui.system import attributes
from vexgui.system.profile import open_profile

COLOURS = ("red", "green", "blue")
SAMPLE = 3
"""Kills of each deed in an ordinary run, beside those around the settings' being saved."""
OLD, NEW = fake_picture_space(FIRST).id, fake_picture_space(SECOND).id


@pytest.fixture(scope="module")
def die() -> Iterator[Dying]:
    with dying("tests.engine.dying") as process:
        yield process


class Shelf:
    """Pictures with vectors of the first model, and engines opened over them one after the other."""

    def __init__(self, folder: Path, deed: str) -> None:
        self.profile, self.files, self.log = folder / "profile", folder / "files", folder / "log"
        self.embedders: list[FakeEmbedder] = []
        self.files.mkdir(parents=True)
        for number, colour in enumerate(COLOURS):
            Image.new("RGB", (60 + number, 40), colour).save(self.files / f"IMG_{number}.png")
        with self.engine() as engine:
            engine._choice.put_to_use(FIRST)
            engine.index([os.fsencode(self.files)])
            if deed == "forget":
                engine._choice.put_to_use(SECOND)
                engine.index([])

    def engine(self) -> Engine:
        def make(*given: object) -> FakeEmbedder:
            self.embedders.append(fake_embedder(*given))  # type: ignore[arg-type]
            return self.embedders[-1]

        return Engine(open_profile(os.fsencode(self.profile), {}), writable=True, make_embedder=make)

    @property
    def embedded(self) -> int:
        return sum(embedder.pictures_embedded for embedder in self.embedders)

    def death(self, deed: str, step: int = 0) -> Death:
        return Death(str(self.profile), deed, str(self.log), step)

    def places(self, engine: Engine) -> list[int]:
        """Return at which place each picture is found by its colour, -1 where it is not found."""
        places = []
        for number, colour in enumerate(COLOURS):
            found = [hit.path for hit in engine.search(colour, 5).hits]
            path = os.fsencode(self.files / f"IMG_{number}.png")
            places.append(found.index(path) if path in found else -1)
        return places

    def finds(self, engine: Engine) -> bool:
        """Tell whether every picture is the first that is found by its colour."""
        return self.places(engine) == [0] * len(COLOURS)

    def recorded(self, engine: Engine) -> list[set[SpaceId]]:
        """Return the spaces of the vectors in each picture's record."""
        spaces = []
        for number in range(len(COLOURS)):
            descriptor = attributes.open_for_attributes(os.fsencode(self.files / f"IMG_{number}.png"))
            record = engine._keeper().read(descriptor).record
            os.close(descriptor)
            assert record is not None
            spaces.append({section.space for section in record.sections})
        return spaces


def files_in(engine: Engine) -> dict[SpaceId, int]:
    return {info.space.id: info.files for info in engine.status().spaces}


def steps(die: Dying, folder: Path, deed: str) -> list[str]:
    shelf = Shelf(folder, deed)
    assert die(shelf.death(deed))
    return shelf.log.read_text().splitlines()


def switched(shelf: Shelf) -> None:
    """Assert that nothing was lost of a switch that was cut off, and that it is completed."""
    with shelf.engine() as engine:
        # Where only some have vectors of the new model yet, the best of these may come before the right one.
        assert -1 not in shelf.places(engine), "one of the two models answers for every file"
        assert files_in(engine)[OLD] == len(COLOURS)
        assert engine.verify(repair=False).problems == ()
        if SettingsFile(engine._profile.config).load().picture_model == FIRST:
            engine._choice.put_to_use(SECOND)
        lacking = len(COLOURS) - files_in(engine).get(NEW, 0)
        before = shelf.embedded
        engine.index([])
        assert shelf.embedded - before <= lacking, "records may have more than the store"
        assert files_in(engine)[NEW] == files_in(engine)[OLD] == len(COLOURS)
        assert {info.space.id for info in engine.status().spaces if info.answering} >= {NEW}
        assert OLD not in {info.space.id for info in engine.status().spaces if info.answering}
        assert SettingsFile(engine._profile.config).load().former_models == ()
        assert all(spaces >= {OLD, NEW} for spaces in shelf.recorded(engine))
        assert engine.verify(repair=False).problems == ()
        assert shelf.finds(engine)


def forgotten(shelf: Shelf) -> None:
    """Assert that what was left of forgetting can be done, and that nothing else went."""
    with shelf.engine() as engine:
        assert shelf.finds(engine)
        assert engine.verify(repair=False).problems == ()
        if OLD in files_in(engine):
            engine.forget_model("first")
        assert OLD not in files_in(engine)
        assert files_in(engine)[NEW] == len(COLOURS)
        assert all(OLD not in spaces and NEW in spaces for spaces in shelf.recorded(engine))
        report = engine.index([])
        assert (report.indexed, report.failed) == (0, ())
        assert engine.verify(repair=False).problems == ()
        assert shelf.finds(engine)


AFTERWARDS = {"switch": switched, "forget": forgotten}


@pytest.mark.parametrize("deed", AFTERWARDS)
def test_a_change_of_models_killed_at_some_steps_loses_nothing(die: Dying, tmp_path: Path, deed: str) -> None:
    course = steps(die, tmp_path / "whole", deed)
    saved = [number for number, step in enumerate(course, 1) if step == "after save"]
    for step in sorted({*saved, *random.Random(3).sample(range(1, len(course) + 1), SAMPLE)}):
        killed(die, tmp_path / str(step), deed, step)


@pytest.mark.slow
@pytest.mark.parametrize("deed", AFTERWARDS)
def test_a_change_of_models_killed_at_any_step_loses_nothing(die: Dying, tmp_path: Path, deed: str) -> None:
    for step in range(1, len(steps(die, tmp_path / "whole", deed)) + 1):
        killed(die, tmp_path / str(step), deed, step)


def killed(die: Dying, folder: Path, deed: str, step: int) -> None:
    shelf = Shelf(folder, deed)
    assert not die(shelf.death(deed, step))
    AFTERWARDS[deed](shelf)
