"""Starting programs that go on by themselves: they outlive this one, and never wait for it nor it for them."""

import os
import subprocess
from collections.abc import Mapping, MutableMapping, Sequence

from vexgui.core.errors import WorldProblem

_TOKENS = (b"XDG_ACTIVATION_TOKEN", b"DESKTOP_STARTUP_ID")
"""What the desktop gave this program so that its window might come to the front: it is used up, and means another.

A token of its own would be better for a program that is started. On Wayland only Qt can ask for one
(xdg-activation-v1), by an interface of its platform plugin that it keeps private; it does so for what QDesktopServices
opens. On X11 a window that comes without one is let to the front.
"""
_TIMEOUT_S = 10.0


def for_others(environment: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the environment of a program that is started, of this process's own."""
    # The tokens may be taken out meanwhile, on another thread: their values are not looked at.
    return {key: environment[key] for key in environment if key not in _TOKENS}


def forget_tokens(environment: MutableMapping[bytes, bytes]) -> None:
    """Take them out of this process's own environment, for what is started with that."""
    for token in _TOKENS:
        environment.pop(token, None)


def start_detached(
    command: Sequence[bytes], *, name: str, folder: str = "", environment: Mapping[bytes, bytes]
) -> None:
    """Start a program in a session of its own.

    Args:
        command: Its arguments, the program first; no shell reads them.
        name: What a person calls it.
        folder: Where it runs; "" for the user's home.
        environment: This process's environment.

    Raises:
        WorldProblem: It could not be started.
    """
    place = folder.encode() or environment.get(b"HOME", b"/")
    try:
        # setsid goes at once and leaves the program to init: nothing of it has to be waited for here.
        done = subprocess.run(  # noqa: S603 - the arguments are handed over as they are
            [b"setsid", b"--fork", *command],
            cwd=place if os.path.isdir(place) else b"/",
            env=for_others(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise WorldProblem(f"{name} could not be started.", "Open the file from the file manager.") from error
    if done.returncode:
        raise WorldProblem(f"{name} could not be started.", "Open the file from the file manager.")
