"""README.md says only what the program can be told."""

import re
import shlex
from dataclasses import fields

import pytest

from tests.docs.pages import README, ROOT, blocks, codes, read
from vexgui.cli.arguments import Arguments
from vexgui.cli.parser import parse
from vexgui.core.settings import Settings

_COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(vexgui(?: .*)?)$")
_MAKE = re.compile(r"^make (\w+)\b")


def lines() -> list[str]:
    """Return what README names between back-quotes, and the lines of its blocks without their comments."""
    shown = [line.partition("  #")[0].rstrip() for block in blocks(README) for line in block.splitlines()]
    return [*codes(README), *shown]


def commands() -> list[str]:
    found = {match[1] for line in lines() if (match := _COMMAND.match(line))}
    return sorted(found)


def test_commands_are_named() -> None:
    assert len(commands()) > 20


@pytest.mark.parametrize("command", commands())
def test_every_command_named_is_understood(command: str) -> None:
    _, *argv = shlex.split(command)
    assert isinstance(parse(argv, b"/home/ana").arguments, Arguments)


def test_every_command_is_named() -> None:
    summary = parse(["--help"], b"/").arguments
    known = re.findall(r"^    (\w+) ", getattr(summary, "text", ""), re.MULTILINE)
    assert known
    assert set(known) <= {command.split()[1] for command in commands() if " " in command}


def test_every_make_command_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = {match[1] for line in lines() if (match := _MAKE.match(line))}
    assert {"run", "test", "setup"} <= named <= targets


def test_every_setting_has_its_row() -> None:
    section = read(README).partition("## Settings")[2].partition("## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE)
    assert sorted(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == sorted(field.name for field in fields(Settings))
