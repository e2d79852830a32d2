"""The window's two palettes, light and dark, and which of them is worn."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from vexgui.core.hits import Band

_DARK_BELOW = 128
_SMALLEST_POINTS = 7.5


class Appearance(StrEnum):
    """Which palette the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tones:
    """Colours that have no palette role.

    Attributes:
        outline: Edges of cards and fields.
        hover: Behind what the pointer is over.
        mark: Behind words that matched.
        strong: Band strong, and what is in order.
        maybe: Band maybe.
        weak: Band weak.
        warning: What needs attention.
        warning_ground: Behind a warning.
        see_through: Behind pictures that can be seen through: black signs and white ones show on it.
    """

    outline: QColor
    hover: QColor
    mark: QColor
    strong: QColor
    maybe: QColor
    weak: QColor
    warning: QColor
    warning_ground: QColor
    see_through: QColor

    def band(self, band: Band) -> QColor:
        """Return the colour of a band."""
        return {Band.STRONG: self.strong, Band.MAYBE: self.maybe, Band.WEAK: self.weak}[band]


_LIGHT_TONES = Tones(
    outline=QColor("#dfe1e8"),
    hover=QColor(20, 24, 50, 14),
    mark=QColor(255, 205, 64, 120),
    strong=QColor("#18794e"),
    maybe=QColor("#9a5b00"),
    weak=QColor("#6a6d7b"),
    warning=QColor("#a04800"),
    warning_ground=QColor("#fff3e0"),
    see_through=QColor("#d3d6df"),
)
_DARK_TONES = Tones(
    outline=QColor("#363944"),
    hover=QColor(255, 255, 255, 16),
    mark=QColor(255, 196, 60, 84),
    strong=QColor("#4cc38a"),
    maybe=QColor("#f1a10d"),
    weak=QColor("#9a9fae"),
    warning=QColor("#ffb057"),
    warning_ground=QColor("#3a2b17"),
    see_through=QColor("#8d93a6"),
)

_Role = QPalette.ColorRole
_LIGHT = {
    _Role.Window: "#f5f6f9",
    _Role.WindowText: "#1c1e26",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#eef0f5",
    _Role.Text: "#1c1e26",
    _Role.PlaceholderText: "#656978",
    _Role.Button: "#ffffff",
    _Role.ButtonText: "#1c1e26",
    _Role.BrightText: "#ffffff",
    _Role.ToolTipBase: "#25272f",
    _Role.ToolTipText: "#f3f4f8",
    _Role.Highlight: "#4a54c9",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#4a54c9",
    _Role.Link: "#3d47b8",
    _Role.LinkVisited: "#6a3fa0",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#e8eaf0",
    _Role.Mid: "#c9ccd6",
    _Role.Dark: "#a3a7b4",
    _Role.Shadow: "#70747f",
}
_DARK = {
    _Role.Window: "#191a1f",
    _Role.WindowText: "#e8e9ef",
    _Role.Base: "#212329",
    _Role.AlternateBase: "#2a2c34",
    _Role.Text: "#e8e9ef",
    _Role.PlaceholderText: "#9a9eac",
    _Role.Button: "#2c2e37",
    _Role.ButtonText: "#e8e9ef",
    _Role.BrightText: "#ffffff",
    _Role.ToolTipBase: "#34363f",
    _Role.ToolTipText: "#f0f1f5",
    _Role.Highlight: "#5f6ae0",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#8b95ff",
    _Role.Link: "#a0a8ff",
    _Role.LinkVisited: "#c3a1f0",
    _Role.Light: "#3a3d47",
    _Role.Midlight: "#30323b",
    _Role.Mid: "#3d404b",
    _Role.Dark: "#15161a",
    _Role.Shadow: "#0c0d10",
}


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette writes bright on dark."""
    return palette.color(_Role.Window).lightness() < _DARK_BELOW


def tones(palette: QPalette) -> Tones:
    """Return the colours without a role that go with a palette."""
    return _DARK_TONES if is_dark(palette) else _LIGHT_TONES


def blended(front: QColor, back: QColor, share: float) -> QColor:
    """Return a colour between two: ``share`` 1 is the front one."""
    return QColor.fromRgbF(
        front.redF() * share + back.redF() * (1 - share),
        front.greenF() * share + back.greenF() * (1 - share),
        front.blueF() * share + back.blueF() * (1 - share),
    )


def palette_for(*, dark: bool) -> QPalette:
    """Return one of the two palettes."""
    palette = QPalette()
    for role, name in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(name))
    muted = QColor("#6d7180" if dark else "#9296a3")
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, muted)
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, palette.color(_Role.Mid))
    return palette


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a font a little larger or smaller than another."""
    changed = QFont(font)
    if font.pointSizeF() > 0:
        changed.setPointSizeF(max(_SMALLEST_POINTS, font.pointSizeF() * factor))
    else:
        changed.setPixelSize(max(10, round(font.pixelSize() * factor)))
    if bold:
        changed.setWeight(QFont.Weight.DemiBold)
    return changed


class Theme(QObject):
    """Dresses the application, and follows the desktop between light and dark.

    Setting the palette ourselves is what makes dark mode work everywhere: on many desktops the colour scheme changes
    and the palette does not.
    """

    def __init__(self, app: QApplication, appearance: Appearance) -> None:
        super().__init__(app)
        self._app = app
        self._desktop_dark: bool | None = None
        self.appearance = appearance
        app.setStyle("Fusion")
        _choose_font(app)
        app.styleHints().colorSchemeChanged.connect(self._wear)
        self._wear()

    def choose(self, appearance: Appearance) -> None:
        """Change which palette is wanted."""
        self.appearance = appearance
        self._wear()

    @Slot(object)
    def hear_desktop(self, dark: bool | None) -> None:  # noqa: FBT001 - a slot
        """Take what the desktop's user prefers; None where that is not said, and Qt may know."""
        self._desktop_dark = dark
        self._wear()

    @Slot()
    def _wear(self) -> None:
        match self.appearance:
            case Appearance.SYSTEM if self._desktop_dark is not None:
                dark = self._desktop_dark
            case Appearance.SYSTEM:
                dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            case chosen:
                dark = chosen is Appearance.DARK
        wanted = palette_for(dark=dark)
        if self._app.palette() != wanted:
            self._app.setPalette(wanted)


def _choose_font(app: QApplication) -> None:
    """Replace the default font only where the system has no such family."""
    font = app.font()
    if QFontInfo(font).family() == font.family() or not QFontDatabase.families():
        return
    for family in ("Inter", "Cantarell", "Noto Sans", "DejaVu Sans"):
        if QFontDatabase.hasFamily(family):
            font.setFamily(family)
            app.setFont(font)
            return
