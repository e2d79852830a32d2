"""Markdown, shown as what its signs stand for; nothing that it names is loaded, no picture and no page."""

import re
from collections.abc import Iterator
from typing import Any, cast

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLine,
    QTextList,
)
from typing_extensions import override

from vexgui.core.paths import name_of

_SUFFIXES = (b".md", b".markdown", b".mdown", b".mkd")
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_SIGNS = tuple(
    (re.compile(sign, re.MULTILINE), instead)
    for sign, instead in (
        (r"^ {0,3}(?:```|~~~).*$|^ {0,3}(?:[-*_=] ?){3,}$", ""),  # fences of code, rules
        (r"!?\[([^]]*)\]\([^)]*\)", r"\1"),  # pictures, links
        (r"(?:^|(?<=\s))#{1,6}\s+|^ {0,3}>\s?", ""),  # headings, quotations
        (r"(?:^|(?<=\s))(?:[-*+]\s+)?\[[ xX]\]\s+|^ *[-*+]\s+", "• "),  # tasks, lists
        (r"\*\*|~~|`+", ""),
        (r"(?<![\w*])([*_])(?=\S)([^*_\n]+)(?<=\S)\1(?![\w*])", r"\2"),  # emphasis
    )
)
_CODE = QTextFormat.Property.BlockCodeFence.value
_LARGEST = 3
"""Steps that a heading of level 0 would be larger than the text; two for the first level that there is."""
_ABOVE_HEADING, _BELOW_HEADING, _BELOW, _BELOW_LISTED = 0.8, 0.3, 0.6, 0.15
"""Room above and below paragraphs, in lines."""
_INDENT = 1.4
"""Of lists, in lines."""


def is_markdown(path: bytes) -> bool:
    """Tell whether a file is written in Markdown, by its name."""
    return name_of(path).lower().endswith(_SUFFIXES)


def plain(text: str) -> str:
    """Return a piece of Markdown without its signs; it may be in one line, and begin and end anywhere."""
    for sign, instead in _SIGNS:
        text = sign.sub(instead, text)
    return text


def lines_of(block: QTextBlock) -> Iterator[tuple[QTextLine, float]]:
    """Yield the lines of a paragraph, and where in its document each begins, pixels from the top."""
    layout = block.layout()
    top = block.document().documentLayout().blockBoundingRect(block).top() - layout.boundingRect().top()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        yield line, top + line.y()


def _list_of(block: QTextBlock) -> QTextList | None:
    # The stubs of PySide6 say that there is always one.
    return cast(QTextList | None, block.textList())


class MarkdownDocument(QTextDocument):
    """A text written in Markdown, in place of whose pictures the words stand that tell of them.

    Args:
        text: The text.
        font: What it is set in.
        palette: Its colours.
        parent: What it belongs to.
    """

    def __init__(self, text: str, font: QFont, palette: QPalette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoRedoEnabled(False)
        self.setDefaultFont(font)
        # All of it before anything is laid out: Qt's layout reads the files of pictures.
        self.setMarkdown(text, _FEATURES)
        self._replace_pictures()
        self._dress(palette)

    def _replace_pictures(self) -> None:
        for at, told in reversed(_pictures(self)):
            cursor = QTextCursor(self)
            cursor.setPosition(at)
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(told, QTextCharFormat())

    def fitting(self, height: float) -> float:
        """Return how high the lines are together that are whole within a height, pixels."""
        bottoms = (top + line.height() for block in _blocks(self) for line, top in lines_of(block))
        return max((bottom for bottom in bottoms if bottom <= height), default=height)

    def _dress(self, palette: QPalette) -> None:
        # Qt spaces by the size in points, and fonts may be told in pixels.
        line = QFontMetricsF(self.defaultFont()).height()
        self.setIndentWidth(line * _INDENT)
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        for block in _blocks(self):
            cursor.setPosition(block.position())
            cursor.setBlockFormat(_spaced(block, line, palette, in_table=cursor.currentTable() is not None))
            ink = _ink(block, palette)
            if ink is not None:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(ink)
        cursor.endEditBlock()

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Qt would read the file of that name.
        return None


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _spaced(block: QTextBlock, line: float, palette: QPalette, *, in_table: bool) -> QTextBlockFormat:
    """Return how a paragraph stands, where a line is so high."""
    form, after = block.blockFormat(), block.next()
    above, below = 0.0, _BELOW
    if in_table:
        below = 0.0
    elif form.headingLevel():
        above, below = (_ABOVE_HEADING if block.blockNumber() else 0.0), _BELOW_HEADING
    elif form.hasProperty(_CODE):
        form.setBackground(palette.color(QPalette.ColorRole.AlternateBase))
        below = 0.0 if after.blockFormat().hasProperty(_CODE) else _BELOW
    elif _list_of(block) is not None and _list_of(after) is not None:
        below = _BELOW_LISTED
    form.setTopMargin(above * line)
    form.setBottomMargin(below * line)
    return form


def _ink(block: QTextBlock, palette: QPalette) -> QTextCharFormat | None:
    """Return what is special about the letters of a paragraph: of headings their size, of quotations their colour."""
    form, ink = block.blockFormat(), QTextCharFormat()
    if level := form.headingLevel():
        ink.setProperty(QTextFormat.Property.FontSizeAdjustment.value, max(0, _LARGEST - level))
    elif form.hasProperty(QTextFormat.Property.BlockQuoteLevel.value):
        ink.setForeground(palette.color(QPalette.ColorRole.PlaceholderText))
    else:
        return None
    return ink


def _pictures(document: QTextDocument) -> list[tuple[int, str]]:
    """Return where pictures stand in a document, and what is told of each."""
    return [picture for block in _blocks(document) for picture in _pictures_in(block)]


def _pictures_in(block: QTextBlock) -> list[tuple[int, str]]:
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        style = piece.charFormat()
        if style.isImageFormat():
            told = str(style.property(QTextFormat.Property.ImageAltText.value) or "")
            found += [(piece.position() + number, told if not number else "") for number in range(piece.length())]
        pieces += 1
    return found
