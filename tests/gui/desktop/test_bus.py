"""What the window says to other programs arrives there, over a message bus of its own."""

from pathlib import Path

import pytest

from tests.gui.session_bus import needs_daemon, told_on_a_bus
from vexgui.core.errors import WorldProblem
from vexgui.system.notifications import Notification, notify


@needs_daemon
def test_a_notification_and_a_change_of_colours_go_through_the_portal(tmp_path: Path) -> None:
    assert told_on_a_bus("tests.gui.desktop.fake_portal", tmp_path) == [
        "dark True",
        "notice indexing Indexing has finished / 3 files are up to date.",
        "clicked",
        "dark False",
    ]


@needs_daemon
def test_without_a_portal_a_notification_goes_to_the_older_service_and_a_click_opens_the_window(tmp_path: Path) -> None:
    assert told_on_a_bus("tests.gui.desktop.fake_notifications", tmp_path) == [
        "VexGUI replaces 0 with Indexing has finished / 3 files are up to date. low True",
        "VexGUI replaces 7 with Indexing has finished / 4 files are up to date. low True",
        "clicked",
    ]


@needs_daemon
def test_where_nobody_shows_notifications_that_is_told(tmp_path: Path) -> None:
    assert told_on_a_bus("tests.gui.desktop.no_notifications", tmp_path) == ["No notification can be shown."]


def test_without_a_bus_nobody_shows_notifications(tmp_path: Path) -> None:
    with pytest.raises(WorldProblem, match="No notification"):
        notify(Notification("a", "b", "c", "d"), 0, {"XDG_RUNTIME_DIR": str(tmp_path)})
