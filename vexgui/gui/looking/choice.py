"""Which of several duplicates stays, and which go. Pure, but for a last look at the files."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from vexgui.core.looking import DuplicateFile, DuplicateGroup


@dataclass(slots=True)
class Choice:
    """What is to become of a group; the one that is kept never goes.

    Attributes:
        group: The group.
        keep: Which of its files stays.
        going: Which of the others go.
    """

    group: DuplicateGroup
    keep: DuplicateFile = field(init=False)
    going: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keep = self.group.files[0]
        if self.group.exact:
            self.send_others()

    @property
    def leaving(self) -> tuple[DuplicateFile, ...]:
        """The files that go."""
        return tuple(file for file in self.group.files if file.path in self.going and file != self.keep)

    def keep_file(self, file: DuplicateFile) -> None:
        """Keep another file; the one that was kept goes in its place where that one was to go."""
        if file.path in self.going:
            self.going.discard(file.path)
            self.going.add(self.keep.path)
        self.keep = file

    def send(self, file: DuplicateFile, *, goes: bool) -> None:
        """Have a file go or stay."""
        if file != self.keep:
            (self.going.add if goes else self.going.discard)(file.path)

    def send_others(self) -> None:
        """Have all go but the one that is kept."""
        self.going = {file.path for file in self.group.files if file != self.keep}


def surely_leaving(choices: Sequence[Choice]) -> tuple[DuplicateFile, ...]:
    """Return the files that go, without those of groups that are not any more what they were: the disk is asked.

    A file goes only where it is as it was when it was found to be a duplicate, and the one that stays is, too.
    """
    return tuple(
        file for choice in choices if _is_as_it_was(choice.keep) for file in choice.leaving if _is_as_it_was(file)
    )


def _is_as_it_was(file: DuplicateFile) -> bool:
    try:
        seen = os.stat(file.path, follow_symlinks=False)
    except OSError:
        return False
    return (seen.st_size, seen.st_mtime_ns) == (file.size, file.mtime_ns)
