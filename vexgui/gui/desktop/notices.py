"""Notifications of the desktop, for what ends while nobody looks at the window."""

import os
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from vexgui.core.errors import VexError
from vexgui.gui.desktop.bus import Address, Bus, portal
from vexgui.gui.desktop.tray import Tray
from vexgui.gui.language import tr
from vexgui.gui.operations import Lane, Operations
from vexgui.system.notifications import DEFAULT_ACTION, PLACE, SERVICE, Notification, notify

_NOTIFICATION = portal("Notification")
_SERVICE = Address(SERVICE, PLACE, SERVICE)


class Notices:
    """Shows notifications, of which a newer one replaces the one before; a click on one opens the window.

    Through the portal, where there is none by the older service, and without either beside the tray's icon.

    Args:
        bus: The desktop's message bus.
        tray: The tray's icon.
        operations: Where the older service is waited for.
        clicked: Called when a notification is clicked.
    """

    def __init__(self, bus: Bus, tray: Tray, operations: Operations, clicked: Callable[[], None]) -> None:
        self._bus = bus
        self._tray = tray
        self._operations = operations
        self._clicked = clicked
        self._numbers: dict[str, int] = {}
        bus.listen(_NOTIFICATION, "ActionInvoked", self._take_action)
        bus.listen(_SERVICE, "ActionInvoked", self._take_action)

    def tell(self, name: str, title: str, body: str) -> None:
        """Show a notification; ``name`` says which earlier one it replaces."""
        self._numbers.setdefault(name, 0)
        notice = {"title": title, "body": body, "priority": "low", "default-action": DEFAULT_ACTION}
        self._bus.call(
            _NOTIFICATION,
            "AddNotification",
            [name, notice],
            lambda _: None,
            lambda: self._tell_directly(name, title, body),
        )

    def _tell_directly(self, name: str, title: str, body: str) -> None:
        told = Notification(title, body, QGuiApplication.desktopFileName(), tr("Open VexGUI"))
        replaces = self._numbers[name]

        def take(number: int) -> None:
            self._numbers[name] = number

        def fail(_error: VexError) -> None:
            self._tray.tell(title, body)

        self._operations.start(Lane.ERRANDS, lambda _: notify(told, replaces, os.environ), take, fail)

    def _take_action(self, values: list[object]) -> None:
        """Take what was clicked: the name or the number of a notification, and the action."""
        known = (*self._numbers, *self._numbers.values())
        if values[:1] and values[0] in known and values[1:2] == [DEFAULT_ACTION]:
            self._clicked()
