"""The desktop's message bus, as far as it is needed: calls without an answer, values, and signals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
    QDBusVariant,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An interface of an object of a program on the bus."""

    service: str
    path: str
    interface: str


def portal(name: str) -> Address:
    """Return one of the desktop's portals, https://flatpak.github.io/xdg-desktop-portal."""
    return Address(
        "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", f"org.freedesktop.portal.{name}"
    )


class Bus(QObject):
    """Speaks to other programs of the session; nothing here waits for them, and without a bus nothing answers.

    Only strings, whole numbers, open files, lists of strings and maps of strings to values can be sent.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = QDBusConnection.sessionBus()

    def call(
        self,
        address: Address,
        method: str,
        arguments: Sequence[object],
        answered: Callable[[list[object]], None],
        failed: Callable[[], None],
    ) -> None:
        """Call a method, and one of the two functions when it has answered or cannot answer."""
        if not self._bus.isConnected():
            failed()
            return
        message = QDBusMessage.createMethodCall(address.service, address.path, address.interface, method)
        message.setArguments(list(arguments))
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)

        def finished(call: QDBusPendingCallWatcher) -> None:
            if call.isError():
                failed()
            else:
                answered([_plain(value) for value in call.reply().arguments()])
            call.deleteLater()

        watcher.finished.connect(finished)

    def listen(self, address: Address, signal: str, heard: Callable[[list[object]], None]) -> None:
        """Have a function called with what a signal carries."""
        ear = _Ear(heard, self)
        slot = SLOT("hear(QDBusMessage)")
        # It takes what SLOT returns, whatever its annotation says.
        self._bus.connect("", address.path, address.interface, signal, ear, slot)  # type: ignore[call-overload]

    def watch(self, service: str, changed: Callable[[], None]) -> None:
        """Have a function called when a program by this name comes or goes."""
        watcher = QDBusServiceWatcher(service, self._bus, QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange, self)
        watcher.serviceOwnerChanged.connect(lambda *_: changed())


class _Ear(QObject):
    def __init__(self, heard: Callable[[list[object]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._heard = heard

    @Slot(QDBusMessage)
    def hear(self, message: QDBusMessage) -> None:
        """Hand on what the signal carries."""
        self._heard([_plain(value) for value in message.arguments()])


def _plain(value: object) -> object:
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value
