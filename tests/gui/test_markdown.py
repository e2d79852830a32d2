"""Markdown is shown as what its signs stand for, and loads nothing that it names."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextEdit

from vexgui.gui.markdown import MarkdownDocument, is_markdown, lines_of, plain
from vexgui.gui.theme import palette_for


def a_document(text: str) -> MarkdownDocument:
    return MarkdownDocument(text, QFont(), palette_for(dark=False))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# Title\n\nText", "Title\n\nText"),
        ("# Title with **bold** and `code`", "Title with bold and code"),
        ("*one* and _two_, ~~three~~", "one and two, three"),
        ("- [x] done\n- [ ] open\n* more", "• done\n• open\n• more"),
        ("Title - [x] done - [ ] open", "Title • done • open"),
        ("1. first\n2. second", "1. first\n2. second"),
        ("> said", "said"),
        ("[words](http://a.example/b) ![a picture](a.png)", "words a picture"),
        ("```py\nx = 1\n```", "\nx = 1\n"),
        ("above\n\n---\n\nbelow", "above\n\n\n\nbelow"),
        ("a_long_name, 2 * 3 * 4, #tag, 5 - 3", "a_long_name, 2 * 3 * 4, #tag, 5 - 3"),
        ("**the \x02lake\x03** is\x02 deep", "the \x02lake\x03 is\x02 deep"),
        ("the end of** emphasis", "the end of emphasis"),
    ],
)
def test_a_piece_of_markdown_is_read_without_its_signs(written: str, read: str) -> None:
    assert plain(written) == read


def test_files_in_markdown_are_known_by_their_names() -> None:
    assert all(map(is_markdown, (b"/a/b.md", b"/a/B.MARKDOWN")))
    assert not any(map(is_markdown, (b"/a/b.txt", b"/a.md/b", b"/a/md")))


def test_no_picture_is_loaded_and_its_words_stand_in_its_place(qapp: QApplication, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(40, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(picture))
    view = QTextEdit()
    document = a_document(f"Before ![the *red* one]({picture}) <img src='{picture}'> after")
    view.setDocument(document)
    view.resize(600, 400)
    drawn = view.grab().toImage()
    assert document.toPlainText() == f"Before the red one <img src='{picture}'> after"
    assert document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(str(picture))) is None
    colours = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
    assert image.pixel(0, 0) not in colours


def test_headings_stand_out_and_lists_keep_together(qapp: QApplication) -> None:
    document = a_document("# Title\n\nText.\n\n- one\n- two\n\nEnd.")
    margins = []
    block = document.begin()
    while block.isValid():
        margins.append((block.text(), block.blockFormat().bottomMargin()))
        block = block.next()
    below = dict(margins)
    assert below["one"] < below["Title"] < below["two"] == below["Text."]
    title = QTextCursor(document.begin())
    title.movePosition(QTextCursor.MoveOperation.NextCharacter)
    assert title.charFormat().fontWeight() > 400


def test_only_whole_lines_count_as_fitting(qapp: QApplication) -> None:
    document = a_document("one\n\ntwo\n\nthree")
    document.setDocumentMargin(0)
    document.setTextWidth(400)
    first, second, _ = (line for number in range(3) for line in lines_of(document.findBlockByNumber(number)))
    end = second[1] + second[0].height()
    assert document.fitting(end + 1) == end
    assert document.fitting(end - 1) == first[1] + first[0].height()
