"""How a search ends before its answer is complete."""

from threading import Event as Flag


class Stopped(Exception):  # control flow inside this package
    """Nobody waits for the answer any more."""


def go_on(stop: Flag | None) -> None:
    """Return where the answer is still wanted; it is asked between one step of a search and the next.

    Raises:
        Stopped: The flag is set.
    """
    if stop is not None and stop.is_set():
        raise Stopped
