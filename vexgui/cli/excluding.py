"""The commands about what is never indexed."""

import stat

from vexgui.cli import arguments as args
from vexgui.cli import render
from vexgui.cli.consent import is_consent
from vexgui.cli.encode import as_json
from vexgui.cli.guard import DONE, NOT_ALL
from vexgui.core.errors import UsageProblem
from vexgui.core.exclusions import Verdict, Weight
from vexgui.engine.api import EngineApi
from vexgui.engine.terminal import Terminal


def list_exclusions(arguments: args.ListExclusions, engine: EngineApi, terminal: Terminal) -> int:
    """Show what is not indexed."""
    exclusions = engine.exclusions()
    terminal.out(as_json(exclusions) if arguments.json else render.exclusions_text(exclusions))
    return DONE


def exclude(arguments: args.Exclude, engine: EngineApi, terminal: Terminal) -> int:
    """Change what is not indexed, after a question where that takes much from the index.

    Raises:
        UsageProblem: There is nobody to ask, or something is amiss with a pattern.
    """
    weight = engine.weigh_exclusion(arguments.add) if arguments.add and not arguments.yes else Weight(0, 0)
    if weight.is_heavy and not _consents(render.weight_text(weight), terminal):
        terminal.err("Nothing was changed.\n")
        return NOT_ALL
    report = engine.exclude(add=arguments.add, remove=arguments.remove)
    terminal.out(as_json(report) if arguments.json else render.excluded_text(report))
    if arguments.remove:
        terminal.err("What they left out is taken in with the next look; to look now: vexgui index\n")
    return DONE


def why_excluded(arguments: args.WhyExcluded, engine: EngineApi, terminal: Terminal) -> int:
    """Tell why something is not indexed."""
    found = engine.inspect(arguments.path)
    is_folder = stat.S_ISDIR(found.mode)
    verdict = Verdict(found.path, found.known or (is_folder and not found.reason), found.reason)
    terminal.out(as_json(verdict) if arguments.json else render.verdict_text(verdict))
    return DONE


def _consents(question: str, terminal: Terminal) -> bool:
    if terminal.ask is None:
        raise UsageProblem(question, "To do it all the same, add: --yes.")
    return is_consent(terminal.ask(f"{question} Go on? [y/N] "))
