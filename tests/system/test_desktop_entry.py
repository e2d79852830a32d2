"""What a desktop entry says of a program, and the command lines that follow from it."""

import pytest

from vexgui.system.desktop_entry import Application, application_in, command_lines, words_of

ENTRY = r"""
[Desktop Entry]
Type=Application
Name=Viewer
Name[de]=Betrachter
# Name[de_AT]=nicht gelesen
Exec=viewer --title "a \\"b\\" \\$x" %U
Icon=viewer
MimeType=image/png;image/jpeg;
[Desktop Action New]
Name=Another
Exec=other
"""


def made(command: str) -> Application:
    found = application_in(f"[Desktop Entry]\nType=Application\nName=V\nIcon=v\nExec={command}", "v.desktop", b"/v", ())
    assert found is not None
    return found


def test_an_entry_is_read_in_the_language_of_the_user() -> None:
    found = application_in(ENTRY, "viewer.desktop", b"/v", ("de_AT", "de"))
    assert found is not None
    assert (found.name, found.icon, found.program) == ("Betrachter", "viewer", "viewer")
    assert found.types == ("image/png", "image/jpeg")
    assert words_of(found.command) == ("viewer", "--title", 'a "b" $x', "%U")


@pytest.mark.parametrize(
    "change", [("Type=Application", "Type=Link"), ("Icon=viewer", "Hidden=true"), ("Exec=", "No=")]
)
def test_what_is_no_program_is_none(change: tuple[str, str]) -> None:
    assert application_in(ENTRY.replace(*change), "viewer.desktop", b"/v", ()) is None


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("v %f", [(b"v", b"/a b"), (b"v", b"/\xff")]),
        ("v %u", [(b"v", b"file:///a%20b"), (b"v", b"file:///%FF")]),
        ("v --file=%f", [(b"v", b"--file=/a b"), (b"v", b"--file=/\xff")]),
        ("v -n %F", [(b"v", b"-n", b"/a b", b"/\xff")]),
        ("v %U", [(b"v", b"file:///a%20b", b"file:///%FF")]),
        ("v %i %c %k %m 100%%", [(b"v", b"--icon", b"v", b"V", b"/v", b"100%", b"/a b", b"/\xff")]),
        ("v", [(b"v", b"/a b", b"/\xff")]),
        ('sh -c "v \\\\$1" %f', [(b"sh", b"-c", b"v $1", b"/a b"), (b"sh", b"-c", b"v $1", b"/\xff")]),
    ],
)
def test_codes_stand_for_files(command: str, lines: list[tuple[bytes, ...]]) -> None:
    assert list(command_lines(made(command), [b"/a b", b"/\xff"])) == lines


def test_a_name_cannot_become_an_option_or_a_second_argument() -> None:
    ((program, argument),) = command_lines(made("v %f"), [b'/a "$(rm)" %f'])
    assert (program, argument) == (b"v", b'/a "$(rm)" %f')


def test_without_files_nothing_is_started() -> None:
    assert command_lines(made("v %F"), []) == ()
