"""A model that is forgotten leaves nothing behind, and can be chosen again."""

import os
import stat
import threading

import pytest
from PIL import Image
from typing_extensions import override

from tests.engine.conftest import Desk
from tests.engine.switching.using import FIRST, SECOND, recorded, spaces, use, vectors
from vexgui.core.errors import UsageProblem
from vexgui.core.events import Activity, Event, Progress
from vexgui.core.settings import PictureModel
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.engine import catalogue, retiring
from vexgui.engine.models import forgettable
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.fake import FAKE_EMBEDDED, FAKE_TEXT, fake_picture_space
from vexgui.store.record.keeper import RecordKeeper


def test_a_forgotten_model_leaves_neither_store_nor_files_a_vector(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    before = [(os.stat(path).st_mtime_ns, stat.S_IMODE(os.stat(path).st_mode)) for path in pictures]
    desk.engine.forget_model("First")
    assert "first" not in spaces(desk)
    assert all(recorded(desk, path).isdisjoint({fake_picture_space(FIRST).id}) for path in pictures)
    assert all(fake_picture_space(SECOND).id in recorded(desk, path) for path in pictures)
    assert before == [(os.stat(path).st_mtime_ns, stat.S_IMODE(os.stat(path).st_mode)) for path in pictures]
    assert desk.found("blue")[0] == "IMG_2.png"
    assert desk.engine.index([]).unchanged == 5
    assert desk.engine.verify(repair=False).problems == ()


class Edited(RecordKeeper):
    """Takes vectors out of the records of pictures that somebody else writes to at the same time."""

    @override
    def leave_out(self, descriptor: int, space: SpaceId) -> bool:
        is_written = super().leave_out(descriptor, space)
        with open(f"/proc/self/fd/{descriptor}", "ab") as file:
            file.write(b"more")
        return is_written


def test_pictures_that_are_edited_while_a_model_is_forgotten_are_read_again(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    desk.engine._parts.pipeline.use_keeper(Edited(desk.engine._key, CodecName.INT8, enabled=True))
    with desk.engine._parts.pipeline.forsaking(space := fake_picture_space(FIRST).id):
        parts = desk.engine._parts
        retiring.leave_out(space, parts.store, parts.pipeline, lambda: False, lambda _: None)
    assert desk.engine.index([]).unchanged == 1


def test_a_forgotten_model_does_not_come_back_with_a_rebuild(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    desk.engine.forget_model("first")
    desk.engine.rebuild()
    assert "first" not in spaces(desk)


def test_a_model_may_be_forgotten_before_the_new_one_has_all(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.forget_model("first")
    assert SettingsFile(desk.profile.config).load().former_models == ()
    assert [info.space.model for info in desk.engine.status().spaces if info.answering] == ["fake text", "second"]
    desk.engine.index([])
    assert desk.found("blue")[0] == "IMG_2.png"


def test_forgetting_that_was_stopped_is_done_the_next_time(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    stop = threading.Event()
    stop.set()
    desk.engine.forget_model("first", stop=stop)
    assert spaces(desk)["first"].files == 4
    desk.engine.forget_model("first")
    assert "first" not in spaces(desk)


@pytest.mark.parametrize(
    ("name", "told"),
    [("second", "in use"), ("fake text", "finds texts"), ("third", "no vectors of a model called third")],
)
def test_what_cannot_be_forgotten_is_refused(desk: Desk, pictures: list[bytes], name: str, told: str) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    with pytest.raises(UsageProblem, match=told):
        desk.engine.forget_model(name)
    assert {name: info.files for name, info in spaces(desk).items()} == {"fake text": 5, "first": 4, "second": 4}


def test_a_model_chosen_again_while_it_is_forgotten_stays(
    desk: Desk, pictures: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retiring, "_TOLD_FILES", 1)
    use(desk, SECOND)
    desk.engine.index([])
    before = desk.embedded

    def change_mind(event: Event) -> None:
        if isinstance(event, Progress) and event.activity is Activity.FORGETTING and event.done == 1:
            use(desk, FIRST)

    desk.engine.subscribe(change_mind)
    desk.engine.forget_model("first")
    desk.engine.index([])
    assert spaces(desk)["first"].files == 4
    assert desk.embedded == before


def test_records_are_rid_of_a_model_where_none_are_written_any_more(desk: Desk, pictures: list[bytes]) -> None:
    desk.engine.set_records(desk.path(""), records=False)
    use(desk, SECOND)
    desk.engine.index([])
    desk.engine.forget_model("first")
    assert all(recorded(desk, path) <= {fake_picture_space(SECOND).id, *_text(desk)} for path in pictures)


def _text(desk: Desk) -> set[SpaceId]:
    return {spaces(desk)["fake text"].space.id}


def test_a_model_without_vectors_is_told_with_those_that_can_go() -> None:
    former = fake_picture_space(FIRST)
    kept, active = [FAKE_TEXT, FAKE_EMBEDDED], [FAKE_TEXT, FAKE_EMBEDDED]
    with pytest.raises(UsageProblem) as caught:
        forgettable("quux", kept, active)
    assert caught.value.remedy == "Only models that are in use have any. See the list: vexgui models"
    with pytest.raises(UsageProblem) as caught:
        forgettable("quux", [*kept, former], active)
    assert caught.value.remedy == f"These can go: {former.model}."
    assert forgettable(former.model.upper(), [*kept, former], active) == former


def test_models_of_one_name_are_told_apart_and_none_goes_unless_it_is_said_which(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    discarded: list[str] = []

    def discard(_cache: bytes, name: str) -> int:
        discarded.append(name)
        return 1

    monkeypatch.setattr(catalogue, "discard", discard)
    Image.new("RGB", (60, 40), "red").save(desk.files / "IMG_0.png")
    twins = [PictureModel("twin", tag) for tag in ("first", "second", "third")]
    names = [f"twin:{fake_picture_space(model).id}" for model in twins]
    for model in twins:
        use(desk, model)
        desk.engine.index([desk.path("")])
    assert [info.name for info in desk.engine.models() if info.name.startswith("twin")] == [names[2], *names[:2]]
    with pytest.raises(UsageProblem) as caught:
        desk.engine.forget_model("Twin")
    assert str(caught.value) == f"There are vectors of 2 models called twin. Name one: {names[0]}, {names[1]}."
    with pytest.raises(UsageProblem, match=f"{names[2]} is in use"):
        desk.engine.forget_model(names[2])
    assert discarded == []
    desk.engine.forget_model(names[0].upper())
    assert [info.name for info in desk.engine.models() if info.name.startswith("twin")] == [names[2], names[1]]
    assert vectors(desk, twins[1], desk.path("IMG_0.png")) is not None
    desk.engine.forget_model("twin")
    assert [info.name for info in desk.engine.models() if info.name.startswith("twin")] == ["twin"]
    assert vectors(desk, twins[2], desk.path("IMG_0.png")) is not None


def test_a_model_that_was_forgotten_can_be_chosen_and_left_again(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    desk.engine.forget_model("first")
    use(desk, FIRST)
    desk.engine.index([])
    use(desk, SECOND)
    os.utime(pictures[0])
    desk.engine.index([pictures[0]], force=True)
    assert vectors(desk, FIRST, pictures[0]) is not None
