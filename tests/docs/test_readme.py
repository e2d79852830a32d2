"""README.md, and the guide, say only what the program can be told."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from tests.docs.pages import README, ROOT, USER, blocks, codes, read
from vexgui.cli.arguments import Arguments
from vexgui.cli.parser import parse
from vexgui.core.settings import Settings

_COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(vexgui(?: .*)?)$")
_MAKE = re.compile(r"^make (\w+)\b")


def lines(page: Path) -> list[str]:
    """Return what a page names between back-quotes, and the lines of its blocks without their comments."""
    shown = [line.partition("  #")[0].rstrip() for block in blocks(page) for line in block.splitlines()]
    return [*codes(page), *shown]


def commands(page: Path) -> list[str]:
    found = {match[1] for line in lines(page) if (match := _COMMAND.match(line))}
    return sorted(found)


def test_commands_are_named() -> None:
    assert len(commands(README)) > 20
    assert len(commands(USER)) > 4


@pytest.mark.parametrize("command", sorted({*commands(README), *commands(USER)}))
def test_every_command_named_is_understood(command: str) -> None:
    _, *argv = shlex.split(command)
    assert isinstance(parse(argv, b"/home/ana").arguments, Arguments)


def test_every_command_is_named() -> None:
    summary = parse(["--help"], b"/").arguments
    known = re.findall(r"^    (\w+) ", getattr(summary, "text", ""), re.MULTILINE)
    assert known
    assert set(known) <= {command.split()[1] for command in commands(README) if " " in command}


def test_every_make_command_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = {match[1] for line in lines(README) if (match := _MAKE.match(line))}
    assert {"run", "test", "setup"} <= named <= targets


def test_every_setting_has_its_row() -> None:
    section = read(README).partition("## Settings")[2].partition("## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE)
    assert sorted(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == sorted(field.name for field in fields(Settings))
