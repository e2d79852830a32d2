"""The commands that hold the work in the background, and let it go on."""

import json
import math
import time
from datetime import datetime

from vexgui.cli import arguments as args
from vexgui.cli.guard import DONE
from vexgui.engine.api import EngineApi
from vexgui.engine.terminal import Terminal


def pause(arguments: args.Pause, engine: EngineApi, terminal: Terminal) -> int:
    """Hold the work in the background, and tell until when."""
    engine.pause(arguments.for_s)
    until_s = None if math.isinf(arguments.for_s) else time.time() + arguments.for_s
    when = "it is resumed: vexgui resume" if until_s is None else f"{_clock(until_s)}."
    terminal.out(
        _json(until_s, paused=True) if arguments.json else f"The work in the background is paused until {when}\n"
    )
    return DONE


def resume(arguments: args.Resume, engine: EngineApi, terminal: Terminal) -> int:
    """Let the work in the background go on."""
    engine.resume()
    terminal.out(_json(None, paused=False) if arguments.json else "The work in the background goes on.\n")
    return DONE


def _clock(when_s: float) -> str:
    """Return a moment in local time, with its day where that is not today."""
    when, now = datetime.fromtimestamp(when_s).astimezone(), datetime.now().astimezone()
    return f"{when:%H:%M}" if when.date() == now.date() else f"{when:%Y-%m-%d %H:%M}"


def _json(until_s: float | None, *, paused: bool) -> str:
    return json.dumps({"paused": paused, "until": until_s}) + "\n"
