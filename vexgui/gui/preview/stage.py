"""Where the large preview shows a file: as a picture, as a text, or by what is known of it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QStackedWidget, QWidget

from vexgui.core.files import FileFacts, Kind
from vexgui.core.hits import Hit
from vexgui.core.paths import name_of, shown
from vexgui.gui.details.rows import fact_rows
from vexgui.gui.language import tr, translated
from vexgui.gui.preview.content import READ, Content, Picture
from vexgui.gui.preview.facts_view import FactsView
from vexgui.gui.preview.passages import FoundText
from vexgui.gui.preview.picture_view import PictureView
from vexgui.gui.preview.text_view import TextView, Writing, writing_of
from vexgui.gui.wording import kind_word, moment, size

_LARGER = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal})
_DRAWN = frozenset({Kind.IMAGE, Kind.DOCUMENT})


class Stage(QStackedWidget):
    """Three views, of which the one is seen that fits a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = PictureView()
        self.text = TextView()
        self.facts = FactsView()
        for view in (self.picture, self.text, self.facts):
            self.addWidget(view)

    @property
    def shows_picture(self) -> bool:
        """Whether a picture or a page is seen."""
        return self.currentWidget() is self.picture

    @property
    def selected_text(self) -> str:
        """What is selected of the text that is seen, or ""."""
        return self.text.textCursor().selection().toPlainText() if self.currentWidget() is self.text else ""

    def show_at_once(self, hit: Hit, small: QPixmap | None) -> None:
        """Show what is there without reading anything: the small picture, or the place where it will be."""
        if hit.kind in READ:
            self.text.show_text(FoundText(""), Writing.PROSE)
            self.setCurrentWidget(self.text)
        elif hit.kind in _DRAWN:
            is_page = hit.kind is Kind.DOCUMENT
            self.picture.clear(hit.kind)
            self.setCurrentWidget(self.picture)
            if small is not None:
                self.picture.show_small(small, small.size() if is_page else small.size() * 16, is_page=is_page)
        else:
            self.facts.show_facts(hit.kind, "", "", ())
            self.setCurrentWidget(self.facts)
            if small is not None:
                self.facts.show_small(small)

    def show_content(self, hit: Hit, content: Content) -> str:
        """Show what was read of a file, and return what there is to say of it, a sentence or ""."""
        note = ""
        if content.found is not None:
            self.text.show_text(content.found, writing_of(hit))
            self.setCurrentWidget(self.text)
            note = "" if content.found.whole else tr("A part of the text is shown. Open the file to read all of it.")
        elif content.picture is not None and hit.kind in _DRAWN:
            self.picture.show_picture(content.picture, is_page=hit.kind is Kind.DOCUMENT)
            self.setCurrentWidget(self.picture)
        else:
            self._show_facts(hit, content)
        return note

    def show_page(self, picture: Picture | None) -> None:
        """Show another page, or that it cannot be drawn."""
        if picture is None:
            self.picture.clear(Kind.DOCUMENT)
        else:
            self.picture.show_picture(picture, is_page=True)

    @Slot(object)
    def sharpen(self, picture: Picture) -> None:
        """Take the picture that is seen with more pixels."""
        self.picture.sharpen(picture)

    def read_on(self, key: int) -> bool:
        """Do what a key asks of a text; return whether it asks anything."""
        if self.currentWidget() is not self.text:
            return False
        match key:
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.text.scroll_pages(1 if key == Qt.Key.Key_PageDown else -1)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self.text.scroll_to_end(end=key == Qt.Key.Key_End)
            case _:
                return False
        return True

    def zoom(self, key: int) -> None:
        """Do what a key asks of a picture."""
        if not self.shows_picture:
            return
        if key in _LARGER:
            self.picture.step(1)
        elif key == Qt.Key.Key_Minus:
            self.picture.step(-1)
        elif key == Qt.Key.Key_0:
            self.picture.fit()
        elif key == Qt.Key.Key_1 and not self.picture.is_page:
            self.picture.show_actual()

    def _show_facts(self, hit: Hit, content: Content) -> None:
        problem = "" if content.picture is not None else translated(content.problem)
        title = content.facts.title or shown(name_of(hit.path))
        self.facts.show_facts(hit.kind, title, problem, _rows(hit, replace(content.facts, title=None)))
        if content.picture is not None:
            self.facts.show_picture(content.picture)
        self.setCurrentWidget(self.facts)


def _rows(hit: Hit, facts: FileFacts) -> list[tuple[str, str]]:
    return [
        *fact_rows(facts, hit.kind),
        (tr("Kind"), kind_word(hit.kind)),
        (tr("Size"), size(hit.size)),
        (tr("Modified"), moment(hit.mtime_ns)),
    ]
