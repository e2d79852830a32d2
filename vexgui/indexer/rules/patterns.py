"""Patterns in the syntax of .gitignore: each judges a file or folder by itself, not by the folders above it."""

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_ANY = "[^/]*"
"""What pathspec makes of a star."""
_MAX_DEPTHS = 3
_WILD = re.compile(r"[*?\[\\]")
_MAY_BE_BROKEN = re.compile(r"[\[\\]")
_SPECIAL = re.compile(r"[\\\[\]!*#?]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line.

    Attributes:
        line: As it was written.
        source: Where it was written, for people.
        excludes: Whether what it fits is left out, or else taken in again.
        folders_only: Whether it fits folders alone.
        last: The part for the last name of a path, which tells quickly what cannot fit.
        alone: Whether that part is all.
        body: All of it, without signs at its beginning and end.
    """

    line: str
    source: str
    excludes: bool
    folders_only: bool
    last: str
    alone: bool
    body: str

    def fits(self, path: str, name: str, *, folder: bool) -> bool:
        """Tell whether a path is meant, relative and without a slash at its end; the name is its last part."""
        regex = _regex(self.body) if folder or not self.folders_only else None
        return regex is not None and regex.fullmatch(name if self.alone else path) is not None


def understood(lines: Iterable[str], source: str, *, home: str | None = None) -> tuple[Pattern, ...]:
    """Return the patterns of lines; comments, blank lines and what git would not understand either are left out.

    Args:
        lines: In the syntax of .gitignore.
        source: Where they were written, for people.
        home: None for the lines of a .gitignore, which are for its folder. Else they are for the whole disk: one that
            begins with a slash or ``~/`` means one place, and others hold at any depth, slashes in them or not.
    """
    return tuple(pattern for line in lines if (pattern := _pattern(line, source, home)) is not None)


def is_understood(line: str) -> bool:
    """Tell whether a line is a pattern."""
    return bool(understood([line], ""))


def literal(path: str) -> str:
    """Return the pattern that fits one path alone."""
    return _SPECIAL.sub(r"\\\g<0>", path)


def _pattern(line: str, source: str, home: str | None) -> Pattern | None:
    body = line if line.endswith("\\ ") else line.rstrip()
    excludes = not body.startswith("!")
    folders_only = body.endswith("/")
    is_comment = body.startswith("#")
    body = body.removeprefix("!").rstrip("/")
    if not body or is_comment or body.count("**") > _MAX_DEPTHS:
        return None
    if home is not None:
        body = _anywhere(body, home)
    if body == "**" or body.endswith("/**"):  # everything in a folder, not the folder
        body += "/*"
    if _MAY_BE_BROKEN.search(body) and _regex(body) is None:
        return None
    return Pattern(line.strip(), source, excludes, folders_only, body.rsplit("/", 1)[-1], "/" not in body, body)


def _anywhere(body: str, home: str) -> str:
    if body.startswith("~/"):
        return literal(home.rstrip("/")) + body[1:]
    return f"**/{body}" if "/" in body and not body.startswith(("/", "**/")) else body


@lru_cache(maxsize=4096)
def _regex(body: str) -> re.Pattern[str] | None:
    """Return what fits the paths that a pattern means; None for a pattern that git would not understand."""
    # Imported late: a command that only searches needs no rules, and most names are decided without.
    from pathspec.patterns.gitignore.base import GitIgnorePatternError
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    if body in ("*", "**/*"):
        return re.compile(".+", re.DOTALL)
    try:
        regex, _ = GitIgnoreSpecPattern.pattern_to_regex(f"\\{body}" if body.startswith(("#", "!")) else body)
        return None if regex is None else _compiled(_quick(regex))
    except (GitIgnorePatternError, re.error):
        return None


def _compiled(regex: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of sets such as [[], which Python may read otherwise one day
        return re.compile(regex, re.DOTALL)


def _quick(regex: str) -> str:
    """Return a regular expression that takes no exponential time, whatever an unpacked archive has in its .gitignore.

    As in `fnmatch`, a star is followed by the nearest place where the next part fits, and no other is tried. The group
    loses its name, so that several can be joined.
    """
    first, *others = regex.replace("?P<ps_d>", "?:").split(_ANY)
    done = first
    for place, part in enumerate(others, 1):
        is_last = place == len(others) or "/" in part
        done += f"{_ANY}{part}" if is_last else f"(?>{_ANY}?{part})"
    return done


@dataclass(slots=True)
class _Names:
    """Patterns for names alone that need no regular expression: whole names, beginnings and endings."""

    whole: frozenset[bytes] = frozenset()
    beginnings: tuple[bytes, ...] = ()
    endings: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[str]) -> "_Names":
        parts = set(parts)
        return cls(
            frozenset(_bytes(part) for part in parts if not _WILD.search(part)),
            tuple(_bytes(part[:-1]) for part in parts if part.endswith("*")),
            tuple(_bytes(part[1:]) for part in parts if not part.endswith("*") and part.startswith("*")),
        )

    def fit(self, name: bytes) -> bool:
        return name in self.whole or name.endswith(self.endings) or name.startswith(self.beginnings)


@dataclass(slots=True)
class PatternList:
    """Patterns in order: the last that fits decides.

    Attributes:
        patterns: The patterns.
    """

    patterns: Sequence[Pattern]
    _sure: dict[bool, _Names] = field(init=False)
    _possible: _Names = field(init=False)
    _slow: tuple[Pattern, ...] = field(init=False)
    _slow_names: re.Pattern[str] | None = field(init=False)
    _slow_paths: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        plain = [pattern for pattern in self.patterns if _is_plain(pattern.last)]
        only_exclude = all(pattern.excludes for pattern in self.patterns)
        sure = [pattern for pattern in plain if only_exclude and pattern.alone]
        self._sure = {
            False: _Names.of(pattern.last for pattern in sure if not pattern.folders_only),
            True: _Names.of(pattern.last for pattern in sure),
        }
        # What nothing here fits is decided without the regular expressions: most files are.
        self._possible = _Names.of(pattern.last for pattern in plain if not (only_exclude and pattern.alone))
        self._slow = tuple(pattern for pattern in self.patterns if not _is_plain(pattern.last))
        self._slow_names = _any_of(pattern.body for pattern in self._slow if pattern.alone)
        self._slow_paths = _any_of(pattern.body for pattern in self._slow if not pattern.alone)

    def excludes(self, path: bytes, name: bytes, *, folder: bool) -> bool | None:
        """Tell whether a path is left out, or taken in all the same; None where no pattern fits.

        Args:
            path: Relative to the place that the patterns are for.
            name: Its last part.
            folder: Whether it is a folder.
        """
        if self._sure[folder].fit(name):
            return True
        if self._possible.fit(name):
            found = _last(self.patterns, path, folder=folder)
        elif self._slow and self._may_be_slow(path, name):
            found = _last(self._slow, path, folder=folder)
        else:
            return None
        return None if found is None else found.excludes

    def _may_be_slow(self, path: bytes, name: bytes) -> bool:
        return (self._slow_names is not None and self._slow_names.fullmatch(_text(name)) is not None) or (
            self._slow_paths is not None and self._slow_paths.fullmatch(_text(path)) is not None
        )

    def deciding(self, path: bytes, *, folder: bool) -> Pattern | None:
        """Return the pattern that decides about a path, or None where no pattern fits."""
        return _last(self.patterns, path, folder=folder)


def _last(patterns: Sequence[Pattern], path: bytes, *, folder: bool) -> Pattern | None:
    text = _text(path)
    name = text.rpartition("/")[2]
    for pattern in reversed(patterns):
        if pattern.fits(text, name, folder=folder):
            return pattern
    return None


def _any_of(bodies: Iterable[str]) -> re.Pattern[str] | None:
    """Return what fits whatever one of some patterns fits, or None for none."""
    regexes = [regex.pattern for body in bodies if (regex := _regex(body)) is not None]
    return _compiled("|".join(f"(?:{regex})" for regex in regexes)) if regexes else None


def _text(path: bytes) -> str:
    """Return a path as text, so that "?" stands for one character; a byte that is no text counts as one."""
    return path.decode("utf-8", "surrogateescape")


def _is_plain(part: str) -> bool:
    """Tell whether a part of a pattern has at most one star, at its beginning or end."""
    rest = part[1:] if part.startswith("*") else part.removesuffix("*")
    return bool(rest) and not _WILD.search(rest)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
