"""Whether the desktop's user prefers light or dark, as the settings portal says it while the program runs.

Not every desktop tells Qt: with the Qt of a wheel on a session without GTK it stays with light.
"""

from collections.abc import Callable

from vexgui.gui.desktop.bus import Bus, portal

_SETTINGS = portal("Settings")
_GROUP, _KEY = "org.freedesktop.appearance", "color-scheme"
_DARK, _LIGHT = 1, 2
"""Of color-scheme; 0 is no preference, https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html."""


def follow_colours(bus: Bus, told: Callable[[bool | None], None]) -> None:
    """Have ``told`` called now and at each change: True for dark, False for light, None without a preference."""

    def take(values: list[object]) -> None:
        told({_DARK: True, _LIGHT: False}.get(values[0]) if values and isinstance(values[0], int) else None)

    def heard(values: list[object]) -> None:
        if values[:2] == [_GROUP, _KEY]:
            take(values[2:])

    bus.listen(_SETTINGS, "SettingChanged", heard)
    # Read, which wraps the value twice, is there in every version of the portal; ReadOne is not.
    bus.call(_SETTINGS, "Read", [_GROUP, _KEY], take, lambda: None)
