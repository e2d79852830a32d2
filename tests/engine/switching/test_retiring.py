"""Changing the picture model: the one before answers until the new one has all, and nothing is lost on the way."""

import errno
import os
import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from typing_extensions import override

from tests.engine.conftest import Desk, eventually
from tests.engine.switching.using import COLOURS, FIRST, SECOND, assert_set, spaces, use, vectors
from vexgui.core.arrays import Pixels, Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.events import Event, ModelRetired
from vexgui.core.files import Extraction
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import SpaceId
from vexgui.engine.engine import Engine
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder, fake_embedder, fake_picture_space


def test_the_model_before_answers_until_the_new_one_has_vectors(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    assert desk.found("blue")[0] == "IMG_2.png"
    first, second = spaces(desk)["first"], spaces(desk)["second"]
    assert (first.active, first.answering, first.files, first.wanted) == (False, True, 4, 4)
    assert (second.active, second.answering, second.files, second.wanted) == (True, True, 0, 4)
    assert desk.engine.inspect(pictures[0]).vectors


def test_both_answer_while_the_new_space_is_half_full(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([pictures[0]])
    assert {name: (info.files, info.answering) for name, info in spaces(desk).items()} == {
        "fake text": (5, True),
        "first": (4, True),
        "second": (0, True),
    }, "a file that has not changed is left to the filling"
    desk.engine.index([pictures[0]], force=True)
    assert spaces(desk)["second"].files == 1
    assert [desk.found(colour)[0] for colour in COLOURS] == [f"IMG_{number}.png" for number in range(4)]


def test_the_model_before_retires_when_the_new_one_has_all(desk: Desk, pictures: list[bytes]) -> None:
    events: list[Event] = []
    desk.engine.subscribe(events.append)
    use(desk, SECOND)
    before = desk.embedded
    assert desk.engine.index([]).indexed == 4
    assert desk.embedded - before == 4
    assert [event for event in events if isinstance(event, ModelRetired)] == [ModelRetired("first", "second")]
    first = spaces(desk)["first"]
    assert (first.answering, first.files) == (False, 4)
    assert SettingsFile(desk.profile.config).load().former_models == ()
    assert desk.found("blue")[0] == "IMG_2.png"
    assert vectors(desk, FIRST, pictures[0]) is not None


def test_a_run_over_some_of_the_folders_lets_nobody_retire(desk: Desk, pictures: list[bytes]) -> None:
    desk.write("more/other.txt", "A violin.")
    use(desk, SECOND)
    desk.engine.index([desk.path("more")])
    assert SettingsFile(desk.profile.config).load().former_models == (FIRST,)


def test_a_watching_engine_fills_the_new_space_and_lets_the_model_before_go(desk: Desk, pictures: list[bytes]) -> None:
    desk.engine.close()
    retired = threading.Event()
    with Engine(desk.profile, writable=True, make_embedder=fake_embedder, housekeeping_s=0.05) as desk.engine:
        desk.engine.subscribe(lambda event: retired.set() if isinstance(event, ModelRetired) else None)
        desk.engine.watch()
        use(desk, SECOND)
        assert_set(retired)
        assert {name: info.files for name, info in spaces(desk).items()} == {"fake text": 5, "first": 4, "second": 4}
        assert not spaces(desk)["first"].answering


def test_the_model_before_answers_while_the_filling_has_yet_to_begin(desk: Desk, pictures: list[bytes]) -> None:
    desk.engine.watch()
    indexer = desk.engine._parts.indexer
    eventually(lambda: indexer.idle)
    go_on = threading.Event()
    indexer._tasks.put(lambda: assert_set(go_on))
    use(desk, SECOND)
    desk.engine._switch.look_after()
    assert spaces(desk)["first"].answering
    go_on.set()


def test_a_picture_that_no_model_can_read_keeps_nobody_from_retiring(desk: Desk, pictures: list[bytes]) -> None:
    desk.write("IMG_7.png", b"no picture")
    assert len(desk.engine.index([]).failed) == 1
    use(desk, SECOND)
    desk.engine.index([])
    assert not spaces(desk)["first"].answering


def test_a_picture_that_the_new_model_fails_at_is_told_and_keeps_nobody_from_retiring(
    desk: Desk, pictures: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = fake_picture_space(SECOND)
    embed_pictures = FakeEmbedder.embed_pictures

    def failing(embedder: FakeEmbedder, space: SpaceId, seen: Sequence[Pixels]) -> Vectors:
        vectors = embed_pictures(embedder, space, seen)
        if space == second.id:
            vectors[[bool((picture[0, 0] == (255, 0, 0)).all()) for picture in seen]] = np.nan
        return vectors

    monkeypatch.setattr(FakeEmbedder, "embed_pictures", failing)
    use(desk, SECOND)
    assert [(failure.path, failure.reason) for failure in desk.engine.index([]).failed] == [
        (pictures[0], second.failure)
    ]
    assert (spaces(desk)["second"].files, spaces(desk)["second"].wanted) == (3, 3)
    assert not spaces(desk)["first"].answering
    assert vectors(desk, FIRST, pictures[0]) is not None
    status, inspection = desk.engine.status(), desk.engine.inspect(pictures[0])
    assert (status.failed, status.last_errors[0].reason, inspection.reason) == (1, second.failure, second.failure)
    assert desk.engine.index([]).failed == ()
    use(desk, FIRST)
    before = desk.embedded
    desk.engine.index([])
    assert desk.embedded == before
    use(desk, PictureModel("third"))
    assert desk.engine.index([]).failed == ()
    assert spaces(desk)["third"].files == 4
    assert desk.engine.status().failed == 0


def test_a_picture_that_cannot_be_read_for_now_keeps_the_vectors_it_has(
    desk: Desk, pictures: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = desk.engine._extractor.extract

    def failing(path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        if path == pictures[0]:
            raise OSError(errno.EIO, "Input/output error")
        return extract(path, picture_px, known)

    use(desk, SECOND)
    with monkeypatch.context() as patch:
        patch.setattr(desk.engine._extractor, "extract", failing)
        report = desk.engine.index([])
    assert [failure.path for failure in report.failed] == [pictures[0]]
    assert desk.engine.status().failed == 0
    assert desk.found("red")[0] == "IMG_0.png"
    assert (spaces(desk)["first"].files, spaces(desk)["first"].answering) == (4, True)
    assert desk.engine.index([]).indexed == 1
    assert not spaces(desk)["first"].answering


def test_no_picture_that_was_read_for_a_smaller_model_is_given_to_a_larger_one(desk: Desk) -> None:
    sizes: list[int] = []
    left: list[SpaceId] = []

    class Sized(FakeEmbedder):
        """Notes how large the pictures are that the second model gets; is left for it while the first one works."""

        @override
        def embed_pictures(self, space: SpaceId, pictures: Sequence[Pixels]) -> Vectors:
            if space == fake_picture_space(FIRST).id and not left:
                left.append(space)
                use(desk, SECOND)
                raise ChildFailed("The model process has been stopped.")
            if space == fake_picture_space(SECOND).id:
                sizes.extend(min(picture.shape[:2]) for picture in pictures)
            return super().embed_pictures(space, pictures)

    def make(model: PictureModel | None, former: Sequence[PictureModel], _cache: bytes) -> Embedder:
        found = fake_picture_space(model or FIRST)
        return Sized(picture=replace(found, picture_px=16 if model == FIRST else 32))

    desk.engine.close()
    with Engine(desk.profile, writable=True, make_embedder=make) as desk.engine:
        use(desk, FIRST)
        for number, colour in enumerate(COLOURS):
            Image.new("RGB", (60 + number, 40), colour).save(desk.files / f"IMG_{number}.png")
        desk.engine.index([desk.path("")])
        desk.engine.index([])
        assert spaces(desk)["second"].files == 4
    assert sizes == [32] * 4


def test_files_on_a_drive_that_is_not_there_keep_the_model_before(desk: Desk, pictures: list[bytes]) -> None:
    drive, elsewhere = desk.files.parent / "drive", desk.files.parent / "elsewhere"
    drive.mkdir()
    Image.new("RGB", (90, 40), "purple").save(drive / "IMG_9.png")
    desk.engine.index([os.fsencode(drive)])
    drive.rename(elsewhere)
    use(desk, SECOND)
    desk.engine.watch()
    eventually(lambda: desk.engine._parts.indexer.idle)
    desk.engine._switch.retire()
    assert spaces(desk)["second"].files == 4
    assert spaces(desk)["first"].answering
    elsewhere.rename(drive)
    eventually(lambda: spaces(desk)["second"].files == 5)
    eventually(lambda: desk.engine._parts.indexer.idle)
    desk.engine._switch.retire()
    assert not spaces(desk)["first"].answering
