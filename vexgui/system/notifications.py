"""The desktop's notifications where it has no portal: the service org.freedesktop.Notifications.

https://specifications.freedesktop.org/notification-spec/1.2/. Qt for Python cannot speak to it: it sends no unsigned
numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from vexgui.core.errors import WorldProblem

SERVICE = "org.freedesktop.Notifications"
PLACE = "/org/freedesktop/Notifications"
DEFAULT_ACTION = "default"
"""What a click on a notification asks for."""
_TIMEOUT_S = 10.0
_LOW = 0
_AS_LONG_AS_IS_USUAL = -1
_SENT = "susssasa{sv}i"


@dataclass(frozen=True, slots=True)
class Notification:
    """What is shown.

    Attributes:
        title: A few words.
        body: A sentence.
        program: The id of the desktop entry of who tells it, which is its icon's name, too.
        click: What a click on it does, in words.
    """

    title: str
    body: str
    program: str
    click: str


def notify(told: Notification, replaces: int, environment: Mapping[str, str]) -> int:
    """Show a notification, and return its number; it takes the place of an earlier one by that number, or of none by 0.

    Raises:
        WorldProblem: There is nobody who shows it.
    """
    # imported late: most desktops have portals
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import DBusErrorResponse, unwrap_msg

    hints = {"desktop-entry": ("s", told.program), "urgency": ("y", _LOW)}
    actions = [DEFAULT_ACTION, told.click]
    values = ("VexGUI", replaces, told.program, told.title, told.body, actions, hints, _AS_LONG_AS_IS_USUAL)
    message = new_method_call(DBusAddress(PLACE, SERVICE, SERVICE), "Notify", _SENT, values)
    try:
        with _connected(_bus(environment)) as connection:
            (number,) = unwrap_msg(connection.send_and_get_reply(message, timeout=_TIMEOUT_S))
    except (OSError, EOFError, ValueError, RuntimeError, DBusErrorResponse) as error:
        raise WorldProblem(
            "No notification can be shown.", "Start a program that shows notifications, such as dunst."
        ) from error
    return int(number)


def _connected(address: str) -> Any:
    """Return a connection to a bus by which nothing is waited for without end, which jeepney does for the greeting."""
    from jeepney.bus import get_bus
    from jeepney.io.blocking import DBusConnection, prep_socket

    class Impatient(DBusConnection):  # type: ignore[misc]
        @override
        def receive(self, *, timeout: float | None = None) -> Any:
            return super().receive(timeout=_TIMEOUT_S if timeout is None else timeout)

    channel = prep_socket(get_bus(address), timeout=_TIMEOUT_S)
    try:
        return Impatient(channel)
    except BaseException:
        channel.close()
        raise


def _bus(environment: Mapping[str, str]) -> str:
    """Return the address of the session's bus; as libdbus does, the usual one where it is not told."""
    return environment.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={environment.get('XDG_RUNTIME_DIR', '')}/bus"
