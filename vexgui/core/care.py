"""What was done to keep the store and the records in order."""

from dataclasses import dataclass

from vexgui.core.reports import Failure


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What an integrity check found.

    Attributes:
        slots: Vectors checked in the store.
        records: Records checked on files.
        problems: One sentence each.
        repaired: How many of them were mended.
        unrepaired: Those of the problems that are still there, one sentence each.
    """

    slots: int
    records: int
    problems: tuple[str, ...]
    repaired: int
    unrepaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompactReport:
    """Bytes of the store before and after garbage was collected, and whether that came to its end."""

    before_bytes: int
    after_bytes: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class StripReport:
    """What a removal of records did.

    Attributes:
        files: Files looked at.
        stripped: Of these, those a record was removed from.
        failed: Where that failed, each with its reason.
        recording: Roots among whose files these are and to whose files vectors are written still.
    """

    files: int
    stripped: int
    failed: tuple[Failure, ...]
    recording: tuple[bytes, ...] = ()
