"""An engine over the real extractor and store, with the embedder that needs no model."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.waiting import until
from vexgui.core.settings import PictureModel, Settings
from vexgui.engine.engine import Engine
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder, fake_embedder
from vexgui.system.profile import Profile, open_profile


def eventually(fact: Callable[[], bool]) -> None:
    """Wait until something is so that the engine brings about by itself."""
    until(fact, "what the engine was to bring about was so")


@dataclass
class Desk:
    """A profile, a folder of files, and engines opened over them one after the other; no picture model is chosen."""

    profile: Profile
    files: Path
    embedders: list[FakeEmbedder]
    engine: Engine
    reopen: Callable[[], Engine]

    @property
    def embedded(self) -> int:
        """Passages and pictures embedded since the beginning."""
        return sum(embedder.texts_embedded + embedder.pictures_embedded for embedder in self.embedders)

    def path(self, name: str) -> bytes:
        return os.fsencode(self.files / name)

    def write(self, name: str, content: str | bytes) -> bytes:
        file = self.files / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return os.fsencode(file)

    def lose_store(self) -> None:
        """Have the store be gone, as when somebody removed it while no engine was open."""
        self.engine.close()
        shutil.rmtree(self.profile.data)
        os.mkdir(self.profile.data)

    def found(self, query: str, *, meaning: bool = True) -> list[str]:
        """Return what is found, best first, copies behind the file they are copies of."""
        hits = self.engine.search(query, 50, meaning=meaning).hits
        paths = [path for hit in hits for path in (hit.path, *hit.copies)]
        return [os.fsdecode(os.path.relpath(path, os.fsencode(self.files))) for path in paths]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = open_profile(os.fsencode(tmp_path / "profile"), {})
    SettingsFile(profile.config).save(Settings(picture_model=None))
    # What is embedded of a file names three folders: these no two texts are alike by, whatever the folder of the test
    # is called, which has a number.
    files = tmp_path / "in" / "the" / "files"
    files.mkdir(parents=True)
    embedders: list[FakeEmbedder] = []
    opened: list[Engine] = []

    def make(model: PictureModel | None, former: Sequence[PictureModel], cache: bytes) -> Embedder:
        embedders.append(fake_embedder(model, former, cache))
        return embedders[-1]

    def reopen() -> Engine:
        if opened:
            opened.pop().close()
        opened.append(Engine(profile, writable=True, make_embedder=make))
        desk.engine = opened[0]
        return opened[0]

    desk = Desk(profile, files, embedders, None, reopen)  # type: ignore[arg-type]
    reopen()
    yield desk
    opened.pop().close()
