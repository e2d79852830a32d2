"""Which names are indexed."""

import fnmatch
import re
from dataclasses import dataclass, field

from vexgui.core.paths import name_of


@dataclass(frozen=True, slots=True)
class Rules:
    """Leaves out files and folders by name.

    Attributes:
        exclude: Shell patterns (``*``, ``?``, ``[...]``) for whole names, letter case mattering; a slash at the end
            of a pattern is ignored.
    """

    exclude: tuple[str, ...] = ()
    _excluded: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        patterns = [fnmatch.translate(pattern.rstrip("/")) for pattern in self.exclude]
        object.__setattr__(self, "_excluded", re.compile("|".join(patterns) or "(?!)"))

    def allows(self, path: bytes, *, folder: bool) -> bool:  # noqa: ARG002 - patterns for folders only are to come
        """Tell whether a file or folder is indexed, given that the folder it lies in is.

        Args:
            path: Where it lies, absolute.
            folder: Whether it is a folder.
        """
        # As text, so that "?" stands for one character; a byte that is no text counts as one.
        return self._excluded.match(name_of(path).decode("utf-8", "surrogateescape")) is None
