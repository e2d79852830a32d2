"""A person at a real screen: what they type and point at reaches the window, and what they open, the desktop."""

import os
from pathlib import Path

from tests.desktop.session import Session, State, wait_until
from vexgui.core.paths import uri_of

SOON_S = 60.0
"""Processes end with the one that reads from them; on a busy computer none of them may run for seconds."""


def search_for_harbours(session: Session) -> State:
    """Type a query, and wait until all that it finds is here."""
    session.until("all is indexed", opened=True, busy="IDLE", page="IdlePage", settled=True)
    session.click(session.state()["field"])
    session.until("the field has the keyboard", active=True)
    session.type("fog harbour")
    return session.until("files are found", question="“fog harbour”", total=lambda total: total >= 4, settled=True)


def test_all_that_the_keyboard_is_for(session: Session) -> None:
    found = search_for_harbours(session)["found"]
    assert all(name.startswith("harbour") for name in found[:4])

    session.press("Down")
    session.until("the results have the keyboard", focus="ResultsView", row=0)
    session.press("Right")
    session.until("the next file is chosen", row=1)
    session.press("Return")
    chosen = os.fspath(session.home.files / found[1])
    wait_until(lambda: session.home.opened == [chosen], "the file is opened in the desktop's program")

    session.press("space")
    session.until("it is shown large", preview=found[1], settled=True)
    session.press("Right")
    session.until("the next one is shown large", preview=found[2])
    session.press("Escape")
    session.until("the preview is closed", preview="", row=2)

    assert session.run("gui", "--query", "piano") == 0
    session.until("what a second start asks for is shown", question="“piano”", found=lambda names: "piano.txt" in names)

    session.press("ctrl+q")
    assert session.ended() == 0
    wait_until(lambda: session.home.processes() == [], "no process is left", SOON_S)
    assert " ERROR " not in session.home.log
    assert " CRITICAL " not in session.home.log


def test_all_that_the_pointer_is_for(session: Session, tmp_path: Path) -> None:
    state = search_for_harbours(session)
    first = state["found"][0]
    session.click(state["cells"][0], button=3)
    menu = session.until("the menu is open", menu=lambda entries: "Find similar" in entries)["menu"]
    session.click(menu["Find similar"])
    session.until("files like it are shown", question=f"Files like {first}", settled=True, menu={})

    piano = session.home.files / "piano.txt"
    with session.dragged(piano):
        begin = session.state()["cells"][0]
        state = session.until("one can drop for similar files", begin, zones=lambda zones: "similar" in zones)
        session.until("the place for similar files is chosen", state["zones"]["similar"], zone="similar")
    session.until("files like the dropped one are shown", question="Files like piano.txt", settled=True)
    assert piano.exists()

    more = tmp_path / "more"
    more.mkdir()
    (more / "lighthouse.txt").write_text("The lighthouse stands on a rock.\n")
    with session.dragged(more):
        session.until("one can drop to index", session.state()["cells"][0], zone="index")
    session.until("the dropped folder is kept", roots=[os.fspath(session.home.files), os.fspath(more)])
    session.until("it is indexed", busy="IDLE", settled=True)
    session.click(session.state()["field"])
    session.press("ctrl+a")
    session.type("lighthouse")
    session.until("its file is found", question="“lighthouse”", found=lambda names: names[:1] == ["lighthouse.txt"])

    session.press("ctrl+q")
    assert session.ended() == 0
    wait_until(lambda: session.home.processes() == [], "no process is left", SOON_S)


def test_other_programs_get_what_is_copied_and_what_is_dragged_to_them(session: Session) -> None:
    state = search_for_harbours(session)
    first, second = (uri_of(os.fsencode(session.home.files / name)) for name in state["found"][:2])
    session.press("Down")
    session.until("the results have the keyboard", focus="ResultsView", row=0)
    session.press("ctrl+c")
    copied = {"x-special/gnome-copied-files": f"copy\n{first}", "text/uri-list": f"{first}\r\n"}
    wait_until(lambda: session.paste().items() >= copied.items(), "it can be pasted")

    session.press("shift+Right")
    session.until("two files are selected", row=1)
    taken = session.drag_out(state["cells"][1])
    assert taken["text/uri-list"] == f"{first}\r\n{second}\r\n"
    assert taken["action"] == "CopyAction"
    assert all((session.home.files / name).exists() for name in state["found"][:2])

    session.press("ctrl+q")
    assert session.ended() == 0
    wait_until(lambda: session.home.processes() == [], "no process is left", SOON_S)
