"""Where the cells of the results lie: sections under each other, cells of one size, nothing but arithmetic."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from vexgui.core.hits import Band


class Layout(Enum):
    """How results are laid out."""

    GRID = "grid"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, device-independent pixels of the whole content, as if it were written from left to right."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together.

    Attributes:
        band: What they have in common, None for rows without a header.
        first: Their first row.
        count: How many there are.
        top: Where the section begins, its header included, pixels.
    """

    band: Band | None
    first: int
    count: int
    top: int

    @property
    def end(self) -> int:
        """The row after the last."""
        return self.first + self.count


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes from which all places follow, device-independent pixels.

    Attributes:
        columns: Cells beside each other.
        cell_width: Width of a cell.
        cell_height: Height of a cell.
        header_height: Height of a section's header.
        bottom: What is left free under the last cell.
    """

    columns: int
    cell_width: int
    cell_height: int
    header_height: int
    bottom: int = 0


class Geometry:
    """The places of so many rows in sections; every question costs a few operations, however many rows there are.

    Args:
        total: Number of rows.
        bands: Bands in their order with the rows in each, (): no sections. Rows beyond them have no header.
        measures: The sizes.
    """

    def __init__(self, total: int, bands: Sequence[tuple[Band, int]], measures: Measures) -> None:
        self.total = total
        self.measures = measures
        self.sections = tuple(self._sections(bands))
        last = self.sections[-1] if self.sections else None
        self.height = 0 if last is None else self.bottom(last) + measures.bottom

    def box(self, row: int) -> Box:
        """Return where a row's cell lies."""
        section = self.section_of(row)
        line, column = divmod(row - section.first, self.measures.columns)
        return Box(
            column * self.measures.cell_width,
            self._cells_top(section) + line * self.measures.cell_height,
            self.measures.cell_width,
            self.measures.cell_height,
        )

    def header(self, section: Section) -> Box:
        """Return where a section's header lies."""
        width = self.measures.columns * self.measures.cell_width
        return Box(0, section.top, width, self._cells_top(section) - section.top)

    def row_at(self, x: int, y: int) -> int:
        """Return the row whose cell holds a point, -1 where there is none."""
        rows = [row for stretch in self.rows_within(x, y, x, y) for row in stretch]
        return rows[0] if rows else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """Return the rows whose cells touch a stretch of the height, all columns."""
        stretches = list(self.rows_within(0, top, self.measures.columns * self.measures.cell_width, bottom))
        return range(stretches[0].start, stretches[-1].stop) if stretches else range(0)

    def rows_within(self, left: int, top: int, right: int, bottom: int) -> Iterator[range]:
        """Return the rows whose cells touch a rectangle, as stretches of neighbours; edges are included."""
        columns, width, height = self.measures.columns, self.measures.cell_width, self.measures.cell_height
        first, last = max(0, left // width), min(columns - 1, right // width)
        if first > last:
            return
        for section in self.sections:
            cells = self._cells_top(section)
            if top >= self.bottom(section) or bottom < cells:
                continue
            lines = range(max(0, top - cells) // height, min(self._lines(section) - 1, (bottom - cells) // height) + 1)
            if (first, last) == (0, columns - 1):
                start = section.first + lines.start * columns
                yield range(start, min(section.end, section.first + lines.stop * columns))
                continue
            for line in lines:
                start = section.first + line * columns
                found = range(start + first, min(section.end, start + last + 1))
                if found:
                    yield found

    def headers_between(self, top: int, bottom: int) -> Iterator[Section]:
        """Return the sections whose headers touch a stretch of the height."""
        for section in self.sections:
            if section.band is not None and section.top <= bottom and self._cells_top(section) > top:
                yield section

    def section_of(self, row: int) -> Section:
        """Return the section that holds a row."""
        return next(section for section in self.sections if row < section.end)

    def bottom(self, section: Section) -> int:
        """Return where a section ends."""
        return self._cells_top(section) + self._lines(section) * self.measures.cell_height

    def section_over(self, height: int) -> Section | None:
        """Return the section that covers a height, its header included; None beyond all."""
        return next((section for section in self.sections if section.top <= height < self.bottom(section)), None)

    def below(self, row: int, lines: int = 1) -> int:
        """Return the row so many lines further down in the same column, the last where there is none; up if negative.

        A line that is too short for the column gives its last cell.
        """
        section = self.section_of(row)
        line, column = divmod(row - section.first, self.measures.columns)
        wanted = self._line_number(section) + line + lines
        if wanted < 0:
            return 0
        for candidate in self.sections:
            start = self._line_number(candidate)
            if wanted < start + self._lines(candidate):
                at = candidate.first + (wanted - start) * self.measures.columns + column
                return min(at, candidate.end - 1)
        return self.total - 1

    def is_on_first_line(self, row: int) -> bool:
        """Whether nothing lies above a row."""
        return row < min(self.measures.columns, self.sections[0].count if self.sections else 0)

    def _sections(self, bands: Sequence[tuple[Band, int]]) -> Iterator[Section]:
        first = top = 0
        named = [(band, count) for band, count in bands if count > 0]
        for band, count in [*named, (None, self.total)]:
            section = Section(band, first, min(count, self.total - first), top)
            if section.count <= 0:
                continue
            yield section
            first, top = section.end, self.bottom(section)

    def _cells_top(self, section: Section) -> int:
        return section.top + (0 if section.band is None else self.measures.header_height)

    def _lines(self, section: Section) -> int:
        return -(-section.count // self.measures.columns)

    def _line_number(self, section: Section) -> int:
        """Return how many lines lie above a section."""
        return sum(self._lines(earlier) for earlier in self.sections if earlier.first < section.first)
