"""What the command line's grammar is made of."""

import argparse
import os
import re
from collections.abc import Callable
from typing import NoReturn

from typing_extensions import override

from vexgui import __version__
from vexgui.cli.arguments import Arguments
from vexgui.core.errors import PathProblem, UsageProblem

_DURATION = re.compile(r"(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m(?:in)?)?(?:(\d{1,9})s)?")
_UNITS_S = (86_400, 3600, 60, 1)
_LONGEST_S = 366 * 86_400

Build = Callable[[argparse.Namespace, bytes], Arguments]


def absolute(path: str, cwd: bytes) -> bytes:
    """Return a path as given on the command line, absolute and without ``.`` and ``..``; links are not followed.

    Raises:
        PathProblem: It is empty or contains a null byte.
    """
    if not path or "\0" in path:
        raise PathProblem("A path is empty or contains a null byte.")
    return b"/" + os.path.normpath(os.path.join(cwd, os.fsencode(path))).lstrip(b"/")


class Shown(Exception):  # control flow of the parser
    """Help or the version was asked for."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Parser(argparse.ArgumentParser):
    """Raises instead of printing and exiting, because a command may come from another process.

    Attributes:
        hint: What is said besides to somebody whose command is not understood.
    """

    hint = ""

    @override
    def error(self, message: str) -> NoReturn:
        raise UsageProblem(f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.{self.hint}")

    @override
    def print_help(self, file: object = None) -> None:
        raise Shown(self.format_help())


class ShowVersion(argparse.Action):
    """Shows the version."""

    @override
    def __call__(self, *_: object) -> None:
        raise Shown(f"vexgui {__version__}\n")


class Commands:
    """The commands, or subcommands, of a parser."""

    def __init__(self, parser: Parser, metavar: str) -> None:
        self._parsers = parser.add_subparsers(metavar=metavar, title=f"{metavar.lower()}s")

    def add(self, name: str, summary: str, build: Build, *, json: bool = True) -> Parser:
        """Add a command; ``build`` makes its value."""
        parser = self._parsers.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False
        )
        parser.set_defaults(build=build, refuse=parser.error)
        if json:
            # Suppressed, so that a subcommand without the option leaves the one before it standing.
            parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
        return parser


def duration(text: str) -> float:
    """Return a length of time such as 1h, 30m, 1h30m or 2d in seconds.

    Raises:
        argparse.ArgumentTypeError: It is none, or nothing.
    """
    found = _DURATION.fullmatch(text.replace(" ", "").lower())
    seconds = (
        sum(int(number) * unit_s for number, unit_s in zip(found.groups("0"), _UNITS_S, strict=True)) if found else 0
    )
    if not 0 < seconds <= _LONGEST_S:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of time: write 1h, 30m or 1h30m")
    return float(seconds)


def words(text: str) -> str:
    """Return an argument as proper text: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(text).decode("utf-8", "replace")
