"""A user's home and a screen of their own, with the window on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.session import Home, Session, a_screen

_NEEDED = (("Xvfb",), ("xdotool",), ("evilwm",), ("gio", "xdg-open"))
"""Programs without which there is no screen, or no desktop; of each group, one."""
_SUBJECTS = ("bread", "lease", "trip", "engine", "garden", "piano", "winter", "ferry")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.install_program("text/plain")
    for subject in _SUBJECTS:
        home.write(f"{subject}.txt", f"All that is worth knowing about the {subject}, in a few words.\n")
    for number in range(4):
        home.write(f"harbour {number}.txt", f"Fog lay over the harbour on morning {number}.\n")
    return home


@pytest.fixture
def session(home: Home) -> Iterator[Session]:
    for alternatives in _NEEDED:
        if not any(map(shutil.which, alternatives)):
            pytest.skip(f"{' or '.join(alternatives)} is not here")
    with a_screen() as display:
        session = Session(home, display)
        try:
            yield session
        finally:
            session.end()
