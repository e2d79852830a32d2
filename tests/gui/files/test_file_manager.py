"""What the desktop is asked arrives there, over a message bus of its own."""

from pathlib import Path

from tests.gui.session_bus import needs_daemon, told_on_a_bus


@needs_daemon
def test_file_manager_and_portal_hear_what_they_are_asked_and_where_there_is_none_that_is_known(tmp_path: Path) -> None:
    assert told_on_a_bus("tests.gui.files.fake_file_manager", tmp_path) == [
        "nobody",
        "This desktop has no dialog in which a program can be chosen.",
        "items file:///a%20b file:///%FF",
        "properties file:///a%20b",
        "choose for /etc/passwd {'ask': True}",
    ]
