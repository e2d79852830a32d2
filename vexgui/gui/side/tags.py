"""The desktop's tags that known files have: a click asks for the files of one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from vexgui.core.labels import TagCount
from vexgui.core.query import quotation
from vexgui.gui.language import tr
from vexgui.gui.side.row import Line, SideRow
from vexgui.gui.side.section import Section
from vexgui.gui.wording import number

_AT_FIRST = 12


class TagsSection(Section):
    """Lists the tags that most files have, and the others on request; hidden while there are none.

    Signals:
        chosen: A query for the files with a tag.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tags"), parent=parent)
        self._tags: tuple[TagCount, ...] = ()
        self._all = False

    def show_tags(self, tags: Sequence[TagCount]) -> None:
        """Show other tags."""
        tags = tuple(sorted(tags, key=lambda tag: (-tag.files, tag.tag)))
        if tags != self._tags:
            self._tags = tags
            self._lay_out()

    def _lay_out(self) -> None:
        at_first = self._tags if self._all else self._tags[:_AT_FIRST]
        rows = [self._row(tag) for tag in sorted(at_first, key=lambda tag: tag.tag.casefold())]
        if len(self._tags) > _AT_FIRST:
            text = tr("Fewer") if self._all else tr("{count} more").format(count=number(len(self._tags) - _AT_FIRST))
            more = SideRow(Line(text, "up" if self._all else "more"))
            more.clicked.connect(self._turn)
            rows.append(more)
        self.show_rows(rows)

    def _row(self, tag: TagCount) -> SideRow:
        row = SideRow(Line(tag.tag, "tag", number(tag.files)))
        row.clicked.connect(lambda: self.chosen.emit(tag_query(tag.tag)))
        return row

    @Slot()
    def _turn(self) -> None:
        self._all = not self._all
        self._lay_out()


def tag_query(tag: str) -> str:
    """Return the query for the files with a tag, as docs/QUERY.md has it."""
    plain = tag and all(sign.isalnum() or sign in "-_" for sign in tag)
    return f"tag:{tag if plain else quotation(tag)}"
