"""Where an owner serves other processes: commands go to its engine, calls for the window to its window."""

from collections.abc import Callable, Sequence

from vexgui.cli import arguments as args
from vexgui.cli.commands import run
from vexgui.cli.guard import DONE, NOT_ALL, guarded
from vexgui.cli.parser import parse
from vexgui.cli.presenter import Presenter
from vexgui.core.errors import ProfileBusy
from vexgui.engine.api import EngineApi
from vexgui.engine.terminal import Terminal
from vexgui.system.profile import Profile


class Desk:
    """Answers other processes with the owner's engine and window.

    Args:
        profile: The profile that is owned.
        engine: The owner's engine.
        window: The owner's window, if it is the one that shows it.
        step_aside: Ends an owner that only watches, so that a window can watch in its stead; None for other owners.
    """

    def __init__(
        self,
        profile: Profile,
        engine: EngineApi,
        window: Presenter | None = None,
        *,
        step_aside: Callable[[], None] | None = None,
    ) -> None:
        self._profile = profile
        self._engine = engine
        self._window = window
        self._step_aside = step_aside

    def answer(self, argv: Sequence[str], terminal: Terminal) -> int:
        """Carry out a client's command line."""
        return guarded(lambda: self._answer(argv, terminal), terminal, self._profile.log)

    def _answer(self, argv: Sequence[str], terminal: Terminal) -> int:
        arguments = parse(argv, terminal.cwd).arguments
        if isinstance(arguments, args.Watch):
            doing = "worked on" if self._window is None and self._step_aside is None else "watched"
            raise ProfileBusy(f"This profile is already being {doing} by another vexgui.", "End that one first.")
        if isinstance(arguments, args.Gui):
            return self._present(arguments, terminal)
        return run(arguments, self._engine, terminal)

    def _present(self, arguments: args.Gui, terminal: Terminal) -> int:
        if self._step_aside is not None:
            self._step_aside()
            # The owner lets this client go as it ends; the client finds the profile free then and opens the window.
            terminal.stop.wait()
            return NOT_ALL
        if self._window is None:
            raise ProfileBusy(
                "Another vexgui command is at work on this profile.", "Open the window when it has ended, or end it."
            )
        if arguments.screenshot:
            raise ProfileBusy("The window of this profile is open already.", "Close it to have one photographed.")
        self._window.present(arguments.query, arguments.similar, terminal.activation)
        return DONE
