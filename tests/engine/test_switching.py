"""Changing the picture model: the one before answers until the new one has all, and nothing is lost on the way."""

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from typing_extensions import override

from tests.engine.conftest import Desk, eventually
from vexgui.core.errors import CheckpointProblem, ChildFailed, ModelUnavailable, UsageProblem
from vexgui.core.events import Activity, Event, ModelRetired, Progress
from vexgui.core.files import Extraction, Pixels
from vexgui.core.reports import SpaceInfo
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Space, SpaceId, Vectors
from vexgui.engine import catalogue, retiring
from vexgui.engine.engine import Engine
from vexgui.engine.models import CurrentEmbedder, forgettable
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FAKE_EMBEDDED, FAKE_TEXT, FakeEmbedder, fake_embedder, fake_picture_space
from vexgui.models.process import EmbedderProcesses
from vexgui.system import attributes

FIRST, SECOND = PictureModel("first"), PictureModel("second")
COLOURS = ("red", "green", "blue", "yellow")


def assert_set(event: threading.Event) -> None:
    assert event.wait(30)


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


@pytest.fixture
def pictures(desk: Desk) -> list[bytes]:
    """Pictures with vectors of the first model, whose names say nothing of what they show."""
    for number, colour in enumerate(COLOURS):
        Image.new("RGB", (60 + number, 40), colour).save(desk.files / f"IMG_{number}.png")
    desk.write("note.txt", "Fog over the water.")
    use(desk, FIRST)
    desk.engine.index([desk.path("")])
    return [desk.path(f"IMG_{number}.png") for number in range(len(COLOURS))]


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
        assert retired.wait(30)
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


# Being rid of one


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


# The model that comes with the program


class Missing(FakeEmbedder):
    """Has a picture model that is not there."""

    @override
    def spaces(self) -> tuple[Space, ...]:
        raise ModelUnavailable("The picture model that comes with VexGUI is missing or damaged.")


@pytest.fixture
def unfit(desk: Desk) -> Iterator[Callable[[], Engine]]:
    """Opens an engine whose embedded model is missing."""
    opened: list[Engine] = []
    desk.engine.close()

    def make(model: PictureModel | None, former: Sequence[PictureModel], cache: bytes) -> Embedder:
        return Missing() if model == EMBEDDED else fake_embedder(model, former, cache)

    def open_it() -> Engine:
        opened.append(Engine(desk.profile, writable=True, make_embedder=make))
        desk.engine = opened[-1]
        return opened[-1]

    yield open_it
    for engine in opened:
        engine.close()


def test_without_the_embedded_model_pictures_are_found_by_their_words_and_it_is_said(
    desk: Desk, unfit: Callable[[], Engine]
) -> None:
    settings = SettingsFile(desk.profile.config)
    settings.save(replace(settings.load(), picture_model=EMBEDDED))
    engine = unfit()
    Image.new("RGB", (60, 40), "red").save(desk.files / "tram.png")
    assert engine.index([desk.path("")]).failed == ()
    assert desk.found("tram") == ["tram.png"]
    note = engine.status().model_note
    assert "found by their words" in note
    assert note.endswith("Install VexGUI again, or choose another: vexgui models.")
    assert settings.load().picture_model == EMBEDDED, "it is taken up when it is there again"


def test_with_the_embedded_model_nothing_is_to_be_said(desk: Desk) -> None:
    use(desk, EMBEDDED)
    assert desk.engine.status().model_note == ""


def test_a_model_whose_weights_are_gone_leaves_pictures_to_their_words(desk: Desk, pictures: list[bytes]) -> None:
    desk.engine.close()

    def make(model: PictureModel | None, former: Sequence[PictureModel], cache: bytes) -> Embedder:
        return Missing() if model == FIRST else fake_embedder(model, former, cache)

    with Engine(desk.profile, writable=True, make_embedder=make) as desk.engine:
        assert desk.engine.index([]).failed == ()
        assert "only: The picture model" in desk.engine.status().model_note
        assert spaces(desk)["first"].files == 4


@pytest.mark.model
def test_weights_that_are_gone_are_told_with_what_to_do_and_the_model_before_goes_on_answering(desk: Desk) -> None:
    weights = desk.files.parent / "before.pt"
    weights.write_bytes(b"weights")
    before = PictureModel("ViT-B-32", checkpoint=str(weights), digest="ab" * 32)
    gone = PictureModel("ViT-S-32-alt", checkpoint="/nowhere/chosen.pt", digest="cd" * 32)
    settings = SettingsFile(desk.profile.config)
    settings.save(replace(settings.load(), picture_model=gone, former_models=(before,)))
    desk.engine.close()
    with Engine(desk.profile, writable=True, make_embedder=EmbedderProcesses) as desk.engine:
        told = "The weights /nowhere/chosen.pt are gone. Put them back, or choose another model: vexgui models"
        assert desk.engine.status().model_note.endswith(f"found by what they show: {told}")
        assert {name: info.answering for name, info in spaces(desk).items() if info.answering} == {
            "all-MiniLM-L6-v2": True,
            "ViT-B-32": True,
        }
        listed = {info.name: info for info in desk.engine.models()}
        assert (listed["ViT-S-32-alt"].installed, listed["ViT-S-32-alt"].detail) == (False, f"cannot be loaded: {told}")
        with pytest.raises(CheckpointProblem, match="are gone"):
            desk.engine.use_model("ViT-S-32-alt", b"")


def test_a_model_that_goes_and_comes_while_the_program_runs_is_left_and_taken_up_again(
    desk: Desk, pictures: list[bytes]
) -> None:
    desk.engine.close()
    is_there = True

    class Fickle(FakeEmbedder):
        """Has a picture model as long as its weights are there."""

        @override
        def spaces(self) -> tuple[Space, ...]:
            if not is_there:
                raise ModelUnavailable("The weights are gone.")
            return super().spaces()

    def make(model: PictureModel | None, former: Sequence[PictureModel], cache: bytes) -> Embedder:
        return Fickle(picture=fake_picture_space(model)) if model else fake_embedder(None, (), cache)

    with Engine(desk.profile, writable=True, make_embedder=make) as desk.engine:
        is_there = False
        desk.engine._switch.look_after()
        desk.write("other.txt", "A violin.")
        assert desk.engine.index([]).failed == ()
        assert desk.found("violin")[0] == "other.txt"
        assert desk.engine.status().model_note.endswith("The weights are gone.")
        is_there = True
        desk.engine._switch.look_after()
        assert desk.engine.status().model_note == ""
        assert spaces(desk)["first"].answering


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


def test_records_that_are_written_later_have_the_vectors_of_both_models(desk: Desk, pictures: list[bytes]) -> None:
    use(desk, SECOND)
    desk.engine.index([])
    desk.engine.strip([desk.path("")])
    assert not any(recorded(desk, path) for path in pictures)
    desk.engine.set_records(desk.path(""), records=True)
    wanted = {fake_picture_space(FIRST).id, fake_picture_space(SECOND).id}
    assert all(wanted < recorded(desk, path) for path in pictures)
