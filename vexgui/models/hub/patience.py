"""How long to bear with the hub."""

from dataclasses import dataclass

GOES_ON = "Try again: it goes on where it ended."
"""What to do about a download that did not come to its end."""


@dataclass(frozen=True, slots=True)
class Patience:
    """When to give up.

    Attributes:
        stall_s: A connection on which nothing came for so long is given up.
        pause_s: Before the next try; twice as long before each further one.
        tries: So many in a row that bring nothing are a failure.
    """

    stall_s: float = 20.0
    pause_s: float = 1.0
    tries: int = 4
