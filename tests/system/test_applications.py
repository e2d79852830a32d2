"""Which programs open a type: by what they say themselves, and by what people chose among them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import until
from vexgui.core.errors import WorldProblem
from vexgui.system.applications import Applications, Folders
from vexgui.system.launching import start_detached


class Desktop:
    """A desktop of folders: the user's own, and the system's."""

    def __init__(self, folder: Path) -> None:
        self.config, self.own, self.system, self.bin = (folder / name for name in ("config", "own", "system", "bin"))
        for place in (self.config, self.own / "applications", self.system / "applications", self.bin):
            place.mkdir(parents=True)

    def install(self, name: str, types: str, *, own: bool = False, program: str = "", more: str = "") -> None:
        program = program or name.rpartition("/")[2]
        (self.bin / program).write_text("#!/bin/sh\n")
        (self.bin / program).chmod(0o755)
        place = (self.own if own else self.system) / "applications" / f"{name}.desktop"
        place.parent.mkdir(exist_ok=True)
        place.write_text(
            f"[Desktop Entry]\nType=Application\nName={name}\nExec={program} %F\nMimeType={types};\n{more}\n"
        )

    def say(self, group: str, *lines: str, where: str = "mimeapps.list") -> None:
        with (self.config / where).open("a") as file:
            file.write("\n".join((f"[{group}]", *lines, "")))

    def openers(self, *types: tuple[str, ...]) -> list[str]:
        folders = Folders((os.fsencode(self.config),), (os.fsencode(self.own), os.fsencode(self.system)), ("gnome",))
        found = Applications(folders, str(self.bin)).for_types(types)
        assert [found.usual] == list(found.all[:1]) or found.usual is None
        return [one.id.removesuffix(".desktop") for one in found.all]


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    made = Desktop(tmp_path)
    made.install("eye", "image/png")
    made.install("paint", "image/png;image/bmp")
    made.install("words", "text/plain")
    return made


def test_programs_tell_what_they_open(desktop: Desktop) -> None:
    assert desktop.openers(("image/png",)) == ["eye", "paint"]
    assert desktop.openers(("image/bmp",)) == ["paint"]
    assert desktop.openers(("audio/ogg",)) == []


def test_what_opens_a_wider_type_comes_after_what_opens_the_type(desktop: Desktop) -> None:
    desktop.install("code", "text/x-python")
    assert desktop.openers(("text/x-python",), ("text/plain",)) == ["code", "words"]


def test_a_chosen_program_comes_first(desktop: Desktop) -> None:
    desktop.say("Default Applications", "image/png=missing.desktop;paint.desktop;")
    assert desktop.openers(("image/png",)) == ["paint", "eye"]


def test_the_choice_for_this_desktop_counts_more(desktop: Desktop) -> None:
    desktop.say("Default Applications", "image/png=paint.desktop")
    desktop.say("Default Applications", "image/png=words.desktop", where="gnome-mimeapps.list")
    assert desktop.openers(("image/png",)) == ["words", "eye", "paint"]


def test_programs_are_added_and_taken_away(desktop: Desktop) -> None:
    desktop.say("Added Associations", "image/png=words.desktop;")
    desktop.say("Removed Associations", "image/png=eye.desktop;")
    assert desktop.openers(("image/png",)) == ["words", "paint"]


def test_another_name_of_the_type_does_as_well(desktop: Desktop) -> None:
    assert desktop.openers(("image/x-png", "image/png")) == ["eye", "paint"]


def test_an_entry_of_the_users_own_hides_that_of_the_system(desktop: Desktop) -> None:
    desktop.install("eye", "image/png", own=True, more="Hidden=true")
    assert desktop.openers(("image/png",)) == ["paint"]


@pytest.mark.parametrize("more", ["TryExec=nothing-of-the-kind", "Terminal=true"])
def test_what_cannot_run_here_is_not_offered(desktop: Desktop, more: str) -> None:
    desktop.install("eye", "image/png", more=more)
    assert desktop.openers(("image/png",)) == ["paint"]


def test_a_terminal_is_enough_for_what_runs_in_one(desktop: Desktop) -> None:
    desktop.install("eye", "image/png", more="Terminal=true")
    desktop.install("xterm", "none/none")
    assert desktop.openers(("image/png",)) == ["eye", "paint"]


def test_the_cache_says_the_same_without_reading_every_entry(desktop: Desktop) -> None:
    cache = desktop.system / "applications" / "mimeinfo.cache"
    cache.write_text("[MIME Cache]\nimage/png=paint.desktop;gone.desktop;\n")
    assert desktop.openers(("image/png",)) == ["paint"]


def test_an_entry_in_a_folder_has_a_hyphen_in_its_id(desktop: Desktop) -> None:
    desktop.install("kde4/look", "image/webp")
    assert desktop.openers(("image/webp",)) == ["kde4-look"]


def test_an_id_leads_nowhere_else(desktop: Desktop, tmp_path: Path) -> None:
    desktop.install("eye", "image/gif")
    (desktop.system / "applications" / "eye.desktop").rename(tmp_path / "evil.desktop")
    desktop.say("Default Applications", "image/gif=../../evil.desktop;")
    assert desktop.openers(("image/gif",)) == []


def test_damaged_lists_say_nothing(desktop: Desktop) -> None:
    (desktop.config / "mimeapps.list").write_bytes(b"no group=1\n\xff\xfe[\n")
    assert desktop.openers(("image/png",)) == ["eye", "paint"]


def test_folders_and_languages_come_from_the_environment() -> None:
    folders = Folders.of({b"HOME": b"/h", b"LANG": b"de_AT.UTF-8", b"XDG_CURRENT_DESKTOP": b"ubuntu:GNOME"})
    assert folders.config == (b"/h/.config", b"/etc/xdg")
    assert folders.data == (b"/h/.local/share", b"/usr/local/share", b"/usr/share")
    assert folders.desktops == ("ubuntu", "gnome")
    assert folders.languages == ("de_AT", "de")


@pytest.fixture
def noted(tmp_path: Path) -> Callable[[], str]:
    """Return a function that waits for what a started program has written."""

    def read() -> str:
        until((tmp_path / "noted").exists, "the program has written")
        return (tmp_path / "noted").read_text()

    return read


def test_a_started_program_has_no_token_that_was_for_this_one(tmp_path: Path, noted: Callable[[], str]) -> None:
    seen = "${XDG_ACTIVATION_TOKEN:-none} ${DESKTOP_STARTUP_ID:-none}"
    script = f'printf %s "{seen} $1" > {tmp_path}/part; mv {tmp_path}/part {tmp_path}/noted'
    ours = {b"XDG_ACTIVATION_TOKEN": b"ours", b"DESKTOP_STARTUP_ID": b"ours"}
    environment = {b"PATH": os.environb[b"PATH"], b"HOME": b"/", **ours}
    start_detached([b"sh", b"-c", script.encode(), b"sh", b"$(a) b"], name="Sh", environment=environment)
    assert noted() == "none none $(a) b"


def test_what_cannot_be_started_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldProblem, match="Eye could not be started"):
        start_detached([b"eye"], name="Eye", environment={b"PATH": os.fsencode(tmp_path)})
