"""Who owns a profile: the process that may write to it, and answers all others."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Protocol, cast

from vexgui.core.errors import ProfileBusy
from vexgui.engine.service import Listener, Service
from vexgui.system.lock import WriterLock
from vexgui.system.profile import Profile

if TYPE_CHECKING:
    from vexgui.engine.apart.channel import Channel
    from vexgui.engine.api import EngineApi


class OpenEngine(Protocol):
    """Opens the engine of a profile."""

    def __call__(self, profile: Profile, *, writable: bool) -> "EngineApi":
        """Open it; for writing only when this process owns the profile."""
        ...


def take_profile(profile: Profile, owned: ExitStack) -> Listener | None:
    """Become a profile's owner until the stack closes; None when another process is."""
    lock = owned.enter_context(WriterLock(profile.lock))
    return owned.enter_context(Listener(profile)) if lock.acquire() else None


class Owner:
    """The engine's process of a window: owns the profile, and serves the window and other processes.

    Args:
        profile: What it owns.
        open_engine: Opens the engine.
    """

    def __init__(self, profile: Profile, open_engine: OpenEngine) -> None:
        self._profile = profile
        self._open_engine = open_engine
        self._owned = ExitStack()
        self._listener: Listener | None = None

    def serve(self, channel: "Channel") -> None:
        """Serve the window until it closes the channel, or is gone."""
        from vexgui.engine.apart.host import Host

        self._host = Host(channel, self._own, self._opened)
        with self._owned:
            self._host.serve()

    def _own(self) -> bool:
        if self._listener is None:
            self._listener = take_profile(self._profile, self._owned)
        return self._listener is not None

    def _opened(self) -> "EngineApi":
        from vexgui.cli.desk import Desk

        if not self._own() or self._listener is None:
            raise ProfileBusy("Another vexgui is at work on this profile.", "Try again when it has ended.")
        try:
            engine = self._owned.enter_context(closing(self._open_engine(self._profile, writable=True)))
            desk = Desk(self._profile, engine, self._host)
            self._owned.enter_context(Service(self._listener, desk.answer))
            engine.watch()
        except Exception:
            # Let go of the profile, so that a command can mend it before the window tries again.
            self._let_go()
            raise
        return cast("EngineApi", _Shared(engine, self._let_go))

    def _let_go(self) -> None:
        self._listener = None
        self._owned.close()


class _Shared:
    """An engine that lets other processes go before it closes, so that none gets half an answer."""

    def __init__(self, engine: "EngineApi", close: Callable[[], None]) -> None:
        self._engine = engine
        self.close = close

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)
