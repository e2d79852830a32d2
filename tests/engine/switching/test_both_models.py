"""While one picture model follows another, files and store keep the vectors of both."""

import os

import numpy as np
import pytest
from PIL import Image
from typing_extensions import override

from tests.engine.conftest import Desk
from tests.engine.switching.using import FIRST, SECOND, recorded, spaces, use, vectors
from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed
from vexgui.core.vectors import SpaceId
from vexgui.engine.models import CurrentEmbedder
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.fake import FakeEmbedder, fake_picture_space


def test_old_and_new_vectors_travel_with_a_file(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    wanted = {fake_picture_space(FIRST).id, fake_picture_space(SECOND).id}
    assert all(wanted < recorded(desk, path) for path in pictures)


@pytest.mark.parametrize("force", [False, True])
def test_reading_the_same_content_again_keeps_the_vectors_of_the_model_before(
    desk: Desk, pictures: list[bytes], *, force: bool
) -> None:
    path = pictures[0]
    use(desk, SECOND)
    before = vectors(desk, FIRST, path)
    if not force:
        os.utime(path)
    desk.engine.index([path] if force else [], force=force)
    after = vectors(desk, FIRST, path)
    assert before is not None
    assert after is not None
    assert np.array_equal(before, after)
    assert vectors(desk, SECOND, path) is not None
    assert fake_picture_space(FIRST).id in recorded(desk, path)


def test_another_content_has_no_vectors_of_the_model_before(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    Image.new("RGB", (99, 40), "orange").save(os.fsdecode(pictures[0]))
    desk.engine.index([])
    assert vectors(desk, FIRST, pictures[0]) is None
    assert vectors(desk, SECOND, pictures[0]) is not None
    assert fake_picture_space(FIRST).id not in recorded(desk, pictures[0])


def test_a_rebuild_half_way_takes_both_models_vectors_from_the_files(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([pictures[0]], force=True)
    before = desk.embedded
    desk.engine.rebuild()
    assert {name: info.files for name, info in spaces(desk).items()} == {"fake text": 5, "first": 4, "second": 4}
    assert desk.embedded - before == 3
    assert desk.found("blue")[0] == "IMG_2.png"


def test_going_back_half_way_embeds_nothing_again(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([pictures[0]], force=True)
    use(desk, FIRST)
    assert SettingsFile(desk.profile.config).load().former_models == (SECOND,)
    before = desk.embedded
    desk.engine.index([])
    assert desk.embedded == before
    assert SettingsFile(desk.profile.config).load().former_models == ()
    assert not spaces(desk)["second"].answering


def test_what_is_asked_of_a_model_while_it_is_put_in_force_again_is_answered() -> None:
    space = fake_picture_space(FIRST)

    class Leaving(FakeEmbedder):
        """Is replaced in the middle of what it does."""

        @override
        def embed_query(self, space: SpaceId, text: str) -> Vectors:
            embedder.replace(FakeEmbedder(picture=fake_picture_space(FIRST)))
            return super().embed_query(space, text)

    embedder = CurrentEmbedder(Leaving(picture=space))
    assert np.array_equal(
        embedder.embed_query(space.id, "red"), FakeEmbedder(picture=space).embed_query(space.id, "red")
    )
    embedder.close()
    with pytest.raises(ChildFailed):
        embedder.embed_query(space.id, "red")


def test_a_model_without_vectors_is_not_kept_in_mind(desk: Desk) -> None:
    use(desk, FIRST)
    use(desk, SECOND)
    assert SettingsFile(desk.profile.config).load().former_models == ()


def test_to_want_no_model_lets_those_before_go_too(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    use(desk, None)
    loaded = SettingsFile(desk.profile.config).load()
    assert (loaded.picture_model, loaded.former_models) == (None, ())
    assert {name for name, info in spaces(desk).items() if info.answering} == {"fake text"}
    assert spaces(desk)["first"].files == 4


def test_records_that_are_written_later_have_the_vectors_of_both_models(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    desk.engine.strip([desk.path("")])
    assert not any(recorded(desk, path) for path in pictures)
    desk.engine.set_records(desk.path(""), records=True)
    wanted = {fake_picture_space(FIRST).id, fake_picture_space(SECOND).id}
    assert all(wanted < recorded(desk, path) for path in pictures)
