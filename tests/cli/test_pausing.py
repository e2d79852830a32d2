"""The work in the background is held and let go on by commands."""

import json
import math
import time
from pathlib import Path

import pytest

from tests.cli.runner import Runner
from vexgui.cli import arguments as args
from vexgui.cli.parser import parse
from vexgui.core.errors import UsageProblem


@pytest.fixture
def vexgui(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "profile")


@pytest.mark.parametrize(
    ("argv", "arguments"),
    [
        ("pause", args.Pause()),
        ("pause --for 1h", args.Pause(for_s=3600)),
        ("pause --for 1h30m --json", args.Pause(for_s=5400, json=True)),
        ("pause --for 90s", args.Pause(for_s=90)),
        ("pause --for 2D", args.Pause(for_s=2 * 86_400)),
        ("pause --for 10min", args.Pause(for_s=600)),
        ("resume --json", args.Resume(json=True)),
    ],
)
def test_a_pause_may_have_its_length(argv: str, arguments: args.Arguments) -> None:
    assert parse(argv.split(), b"/").arguments == arguments


@pytest.mark.parametrize("text", ["", "0m", "ever", "5", "-1h", "1h1h", "9999d", "1.5h"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match="no length of time"):
        parse(["pause", f"--for={text}"], b"/")


def test_a_pause_is_asked_for_and_told(vexgui: Runner) -> None:
    assert vexgui("pause") == 0
    assert vexgui.engine.calls == [("pause", math.inf)]
    assert vexgui.engine.writable
    assert vexgui.screen.out == "The work in the background is paused until it is resumed: vexgui resume\n"
    assert vexgui("resume") == 0
    assert vexgui.engine.calls == [("resume",)]
    assert vexgui.screen.out.endswith("The work in the background goes on.\n")


def test_a_pause_for_a_time_tells_when_it_ends(vexgui: Runner) -> None:
    began_s = time.time()
    assert vexgui("pause", "--for", "2d", "--json") == 0
    told = json.loads(vexgui.screen.out)
    assert told["paused"] is True
    assert began_s <= told["until"] - 2 * 86_400 <= time.time()
    vexgui.screen.out = ""
    assert vexgui("pause", "--for", "2d") == 0
    # Two, where it has become midnight meanwhile.
    days = {time.strftime("%Y-%m-%d", time.localtime(at_s)) for at_s in (told["until"], time.time() + 2 * 86_400)}
    assert any(day in vexgui.screen.out for day in days)
