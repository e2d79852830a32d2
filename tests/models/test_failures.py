"""A failure in a child process is the same failure in the process that asked."""

import pytest

from vexgui.core.errors import CheckpointProblem, ChildFailed, DiskFull, UsageProblem, VexError
from vexgui.models.failures import answered, checked
from vexgui.system.frames import Frame


@pytest.mark.parametrize("kind", [VexError, UsageProblem, CheckpointProblem, DiskFull, ChildFailed])
def test_a_failure_keeps_its_kind_message_and_remedy(kind: type[VexError]) -> None:
    def act() -> Frame:
        raise kind("It went wrong.", "Do it otherwise.")

    with pytest.raises(VexError) as caught:
        checked(answered(act, "The process"))
    assert type(caught.value) is kind
    assert (caught.value.message, caught.value.remedy) == ("It went wrong.", "Do it otherwise.")


def test_what_nobody_foresaw_is_a_failed_process(caplog: pytest.LogCaptureFixture) -> None:
    def act() -> Frame:
        raise KeyError("surprise")

    with pytest.raises(ChildFailed, match="The process failed: 'surprise'"):
        checked(answered(act, "The process"))
    assert "a request failed" in caplog.text


def test_an_answer_without_a_failure_is_left_as_it_is() -> None:
    answer = Frame({"commit": "c0ffee"}, (b"blob",))
    assert checked(answered(lambda: answer, "The process")) is answer
