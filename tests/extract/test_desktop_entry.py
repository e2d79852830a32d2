"""Application launchers: what an application is called and for, in the user's languages too."""

from io import BytesIO

import pytest

from vexgui.extract.readers.desktop_entry import read_desktop_entry, spoken_languages

ENTRY = """\
#!/usr/bin/env xdg-open
[Desktop Entry]
Type=Application
Name=Files
Name[de]=Dateien
Name[fr]=Fichiers
GenericName=File manager
Comment=Browse your\\sfolders
Comment[de]=Ordner durchsehen
Keywords=folder;disk;
Exec=files %U
Actions=new;

[Desktop Action new]
Name=New window
Name[de]=Neues Fenster
"""


def test_name_purpose_and_keywords_are_told_and_commands_are_not() -> None:
    facts = read_desktop_entry(BytesIO(ENTRY.encode()), []).facts
    assert facts.title == "Files"
    assert facts.caption == "File manager. Browse your folders. folder, disk. New window"


def test_the_users_languages_are_told_beside() -> None:
    facts = read_desktop_entry(BytesIO(ENTRY.encode()), ["de_AT", "de"]).facts
    assert facts.title == "Files"
    assert facts.caption is not None
    assert facts.caption.startswith("Dateien. File manager. Browse your folders. Ordner durchsehen")
    assert "Fichiers" not in facts.caption
    assert facts.caption.endswith("Neues Fenster")


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({"LANG": "pt_BR.UTF-8"}, ("pt_BR", "pt")),
        ({"LANG": "en_GB", "LC_MESSAGES": "de_DE@euro"}, ("de_DE", "de")),
        ({"LANG": "de", "LANGUAGE": "de:fr_CA"}, ("de", "fr_CA", "fr")),
        ({"LANG": "C.UTF-8"}, ()),
        ({}, ()),
    ],
)
def test_the_users_languages_are_those_of_the_desktop(environment: dict[str, str], languages: tuple[str, ...]) -> None:
    assert spoken_languages(environment) == languages


@pytest.mark.parametrize("data", [b"", b"[Desktop Entry]", b"\xff\xfe[Desktop Entry]\nName=", b"[[[[" * 100_000])
def test_any_bytes_are_read(data: bytes) -> None:
    assert read_desktop_entry(BytesIO(data), ["de"]).facts.title is None
