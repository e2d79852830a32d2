"""What grid and list draw alike: grounds, the sign of a band, badges, and words that were laid out before."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPixmap

from vexgui.core.hits import Band, Hit
from vexgui.gui.controls import focus_ring
from vexgui.gui.icons import tinted
from vexgui.gui.marked import Marked, MarkedLines
from vexgui.gui.results.badges import Badge
from vexgui.gui.results.faces import Faces
from vexgui.gui.theme import blended, scaled, tones

PixmapOf = Callable[[Hit, int], QPixmap | None]
"""Returns a hit's picture for a longest side in device-independent pixels if it is ready; must not wait."""

_FADED = 0.45
_MOST_HITS = 600
_BADGE_ICON_PX = 14
_Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell stands.

    Attributes:
        selected: It is among the selected ones.
        hovered: The pointer is over it.
        focused: The keyboard is on it.
        mirrored: Written from right to left.
        sorted_otherwise: The results are not in sections, so each cell tells its band itself.
    """

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    mirrored: bool = False
    sorted_otherwise: bool = False


class LaidWords:
    """Words of hits laid out once; a hit that is drawn again costs nothing but drawing."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Hit, dict[str, MarkedLines]]] = OrderedDict()

    def forget(self) -> None:
        """Forget all, because sizes, fonts or colours have changed."""
        self._kept.clear()

    def holds(self, hit: Hit) -> bool:
        """Whether a hit has been drawn and would be drawn again at once."""
        return id(hit) in self._kept

    def lines(self, hit: Hit, part: str, make: Callable[[], MarkedLines]) -> MarkedLines:
        """Return one part of a hit's words."""
        # By identity, because comparing hits compares all they hold; each stays alive as long as its number is used.
        kept = self._kept.get(id(hit))
        if kept is None:
            kept = self._kept[id(hit)] = (hit, {})
            if len(self._kept) > _MOST_HITS:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(id(hit))
        found = kept[1].get(part)
        if found is None:
            found = kept[1][part] = make()
        return found


class HitBrush:
    """Draws hits in one layout, and keeps what it has laid out and drawn; pictures come from ``pixmap_of``."""

    def __init__(self, pixmap_of: PixmapOf) -> None:
        self._pixmap_of = pixmap_of
        self._words = LaidWords()
        self._faces = Faces()

    def set_font(self, font: QFont) -> None:
        """Take another font."""
        self._badge_font = scaled(font, 0.8, bold=True)
        self.forget()

    def forget(self) -> None:
        """Lay out all words anew, because fonts or colours have changed."""
        self._words.forget()
        self._faces.forget()

    def is_quick(self, hit: Hit) -> bool:
        """Whether a hit was drawn before and costs next to nothing."""
        return self._words.holds(hit)


def fade(painter: QPainter, hit: Hit | None) -> None:
    """Have what is drawn from now on be faint where a file is not there."""
    painter.setOpacity(_FADED if hit is not None and (hit.gone or hit.offline) else 1.0)


def laid(text: Marked, font: QFont, width: float, lines: int, palette: QPalette) -> MarkedLines:
    """Return words laid out on at most so many lines."""
    return MarkedLines(text, font, max(8.0, width), lines, tones(palette).mark)


def draw_ground(painter: QPainter, card: QRectF, state: CellState, palette: QPalette, radius: float) -> None:
    """Draw what shows that a cell is selected, pointed at, or has the keyboard."""
    painter.setPen(Qt.PenStyle.NoPen)
    if state.selected:
        share = 0.22 if state.hovered else 0.17
        painter.setBrush(blended(palette.color(_Role.Accent), palette.color(_Role.Window), share))
        painter.drawRoundedRect(card, radius, radius)
    elif state.hovered:
        painter.setBrush(tones(palette).hover)
        painter.drawRoundedRect(card, radius, radius)
    if state.focused:
        focus_ring(painter, card, palette, radius)


def draw_band_sign(painter: QPainter, dot: QRectF, band: Band, palette: QPalette) -> None:
    """Draw a dot: filled, half filled, empty, so that bands differ without their colours too."""
    color = tones(palette).band(band)
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(dot)
    painter.setBrush(color)
    if band is Band.STRONG:
        painter.drawEllipse(dot)
    elif band is Band.MAYBE:
        painter.drawPie(dot, 90 * 16, 180 * 16)


def draw_pill(painter: QPainter, pill: QRectF, palette: QPalette) -> None:
    """Draw the ground of a sign that lies on a picture."""
    ground = QColor(palette.color(_Role.Base))
    ground.setAlphaF(0.93)
    painter.setPen(QPen(tones(palette).outline, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)


def badges_width(badges: Sequence[Badge], font: QFont) -> float:
    """Return the room that a row of badges takes."""
    return sum(_badge_width(badge, QFontMetricsF(font)) + 4 for badge in badges)


def draw_badges(
    painter: QPainter,
    badges: Sequence[Badge],
    edge: QPointF,
    font: QFont,
    palette: QPalette,
    *,
    mirrored: bool,
    on_picture: bool = True,
) -> None:
    """Draw badges in a row that ends at a point, its trailing top corner."""
    metrics = QFontMetricsF(font)
    height = max(22.0, metrics.height() + 5)
    at = edge.x()
    painter.setFont(font)
    for badge in reversed(badges):
        width = _badge_width(badge, metrics)
        pill = QRectF(at if mirrored else at - width, edge.y(), width, height)
        at += (width + 4) * (1 if mirrored else -1)
        if on_picture:
            draw_pill(painter, pill, palette)
        ink = tones(palette).warning if badge.warns else palette.color(_Role.PlaceholderText)
        icon = tinted(badge.icon, _BADGE_ICON_PX, ink, painter.device().devicePixelRatioF())
        icon_left = pill.left() + (height - _BADGE_ICON_PX) / 2
        painter.drawPixmap(QPointF(icon_left, pill.center().y() - _BADGE_ICON_PX / 2), icon)
        if badge.count:
            painter.setPen(ink)
            words = pill.adjusted(height - 2, 0, -4, 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), badge.count)


def _badge_width(badge: Badge, metrics: QFontMetricsF) -> float:
    height = max(22.0, metrics.height() + 5)
    return height + (metrics.horizontalAdvance(badge.count) + 5 if badge.count else 0)


def draw_placeholder(painter: QPainter, area: QRectF, palette: QPalette, radius: float) -> None:
    """Draw what stands for something that is still awaited."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(_Role.AlternateBase))
    painter.drawRoundedRect(area, radius, radius)
