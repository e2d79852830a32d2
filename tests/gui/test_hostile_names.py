"""Names that come from strangers are shown as they are, and do nothing."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, FakeFile
from vexgui.core.files import FileFacts
from vexgui.core.paths import decoded, shown
from vexgui.core.reports import RootInfo
from vexgui.core.settings import SavedSearch, Settings
from vexgui.gui.dialogs import confirm_removal
from vexgui.gui.side.look import Place

_MARKUP = b"<img src=x><b>evil.md"
_NAMES = {
    "markup": _MARKUP,
    "two lines": b"evil\nsecond line\r\t.md",
    "turned": "evil\u202efdp.md".encode(),
    "isolated": "evil\u2067\u2066.md".encode(),
    "no text": b"evil\xff\xfe.md",
    "long": b"evil" + b"W" * 248 + b".md",
    "escapes": b"evil\x1b[31m\x07\x02\x03.md",
    "an entity": b"evil &lt;b&gt; &amp;.md",
}


def _interpreted(window: QWidget) -> list[str]:
    """Return texts of strangers that Qt would take for rich text."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        tip = widget.toolTip()
        if "<b>evil" in tip and GuiQt.mightBeRichText(tip):
            found.append(f"the tool tip of {type(widget).__name__}: {tip}")
        if not isinstance(widget, QLabel) or "<b>evil" not in widget.text():
            continue
        if widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"{type(widget).__name__}: {widget.text()}")
    return found


@pytest.fixture
def hostile(tmp_path: Path) -> FakeEngine:
    """An engine that knows a folder and files with names of strangers."""
    home = os.fsencode(tmp_path / "<b>evil folder")
    os.mkdir(home)
    files = [
        FakeFile(os.path.join(home, name), "evil <b>words", facts=FileFacts(title="<b>evil title"))
        for name in _NAMES.values()
    ]
    for file in files:
        with open(file.path, "w") as written:
            written.write("evil")
    files[0] = FakeFile(files[0].path, "evil <b>words", facts=files[0].facts, tags=("<b>evil tag",))
    files[1] = FakeFile(files[1].path, "evil", failed="<b>evil reason")
    return FakeEngine(files, [home])


@pytest.mark.parametrize("name", _NAMES.values(), ids=_NAMES)
def test_a_name_is_shown_on_one_line_and_turns_nothing_round(name: bytes) -> None:
    seen = shown(name)
    assert not set(seen) & {
        *map(chr, range(0x20)),
        *"\x7f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    }
    assert len(seen) == len(decoded(name))


def test_no_name_is_taken_for_rich_text(bench: Bench, hostile: FakeEngine) -> None:
    window = bench.open(hostile)
    bench.ask("evil")
    for row in range(window.found.model.total):
        window.results.setCurrentIndex(window.found.model.index(row))
        bench.settle()
        window.grab()
        tip = window.found.model.index(row).data(Qt.ItemDataRole.ToolTipRole)
        assert "<b>evil" not in tip
        assert _interpreted(window) == []
    for place in Place:
        window.side.look_asked.emit(place)
        bench.settle()
        window.grab()
        assert _interpreted(window) == []
    assert "<b>evil reason" in " ".join(label.text() for label in window.failures.findChildren(QLabel))


def test_what_the_user_wrote_is_not_taken_for_rich_text(bench: Bench, hostile: FakeEngine) -> None:
    window = bench.open(hostile)
    bench.ask('tag:"<b>evil tag" in:"<b>evil folder" <b>evil')
    window.grab()
    assert _interpreted(window) == []
    bench.ask("type:<b>evil")
    window.grab()
    assert _interpreted(window) == []


def test_an_and_sign_in_a_name_makes_no_shortcut(bench: Bench, hostile: FakeEngine) -> None:
    path = next(iter(hostile.files))
    hostile.files[path] = FakeFile(path, "evil", tags=("rhythm&blues",))
    hostile.saved = Settings(searches=(SavedSearch("this&that", "evil"),))
    window = bench.open(hostile)
    bench.ask("evil")
    window.results.setCurrentIndex(window.found.model.index_of(path))
    bench.settle()
    named = [button for button in window.findChildren(QAbstractButton) if "&" in button.text()]
    assert {"rhythm&blues", "this&that"} <= {button.text() for button in named}
    assert all(button.shortcut().isEmpty() for button in named)


def test_all_names_can_be_looked_at_large(bench: Bench, hostile: FakeEngine) -> None:
    window = bench.open(hostile)
    bench.ask("evil")
    for row in range(window.found.model.total):
        window.results.setCurrentIndex(window.found.model.index(row))
        hit = window.found.model.hit(window.found.model.index(row))
        assert hit is not None
        window.large_preview.appear(hit)
        bench.settle()
        window.large_preview.grab()
        assert _interpreted(window.large_preview) == []
    window.large_preview.close()


@pytest.mark.parametrize("name", _NAMES.values(), ids=_NAMES)
def test_a_question_names_a_folder_letter_by_letter(name: bytes, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = confirm_removal(window, RootInfo(b"/home/" + name, 1, 0, True), lambda: None)
    labels = [label for label in box.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    # Lines may break between letters where a sign without width stands.
    assert [shown(name) in label.text().replace("\u200b", "") for label in labels] == [True, True]
