"""An engine that watches folders is ready for somebody who types."""

import os
from collections.abc import Sequence
from pathlib import Path

from vexgui.core.settings import PictureModel
from vexgui.engine.engine import Engine
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder
from vexgui.system.profile import open_profile


def fake(_model: PictureModel | None, _former: Sequence[PictureModel], _cache: bytes) -> Embedder:
    return FakeEmbedder()


def test_names_are_held_in_memory_while_folders_are_watched_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "apple tree.txt").write_text("nothing of the kind")
    with Engine(open_profile(os.fsencode(tmp_path / "profile"), {}), writable=True, make_embedder=fake) as engine:
        engine.index([os.fsencode(tmp_path / "notes")])
        catalog = engine._parts.store.catalog
        assert catalog._names.held is None
        engine.watch()
        catalog.wait_for_names()
        assert catalog._names.held is not None
        for typed in ("a", "pp", "tree ap"):
            (hit,) = engine.search(typed, 5, meaning=False).hits
            assert hit.path.endswith(b"apple tree.txt")
