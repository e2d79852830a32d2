"""Without a model's weights pictures are found by their words, and it is said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PIL import Image
from typing_extensions import override

from tests.engine.conftest import Desk
from tests.engine.switching.using import FIRST, spaces, use
from vexgui.core.errors import CheckpointProblem, ModelUnavailable
from vexgui.core.settings import EMBEDDED, PictureModel
from vexgui.core.vectors import Space
from vexgui.engine.engine import Engine
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.embedder import Embedder
from vexgui.models.fake import FakeEmbedder, fake_embedder, fake_picture_space
from vexgui.models.process import EmbedderProcesses


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
