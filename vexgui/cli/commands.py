"""What each command does with an engine: one function a command, chosen by the type of its arguments."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial, singledispatch

from vexgui.cli import arguments as args
from vexgui.cli import render, standing
from vexgui.cli.consent import is_consent
from vexgui.cli.encode import as_json, event_as_json
from vexgui.cli.excluding import exclude, list_exclusions, why_excluded
from vexgui.cli.guard import DONE, NOT_ALL
from vexgui.cli.mistakes import mistake_text
from vexgui.cli.model_table import can_be_measured, chosen_text, models_text, offer_text
from vexgui.cli.pausing import pause, resume
from vexgui.cli.progress import ProgressLine, StepLine
from vexgui.core.care import VerifyReport
from vexgui.core.errors import CheckpointProblem, ModelUnavailable, PathProblem, UsageProblem
from vexgui.core.events import Event
from vexgui.core.hits import Answer
from vexgui.core.labels import LabelReport
from vexgui.core.paths import shown
from vexgui.core.query import QueryProblem
from vexgui.core.reports import IndexReport, ModelInfo
from vexgui.engine.api import EngineApi
from vexgui.engine.catalogue import architecture
from vexgui.engine.given import given_root
from vexgui.engine.terminal import Terminal

_MODEL_PATIENCE_S = 120.0
_ASK_AGAIN_S = 0.1
_STOPPED = "Stopped before the end. What is done is kept; the next run goes on from there.\n"


@singledispatch
def run(arguments: args.Arguments, engine: EngineApi, terminal: Terminal) -> int:  # noqa: ARG001 - the others do
    """Carry a command out and return its exit code.

    Raises:
        VexError: What the engine raised.
        BrokenPipeError: No one reads the answer any more.
    """
    raise UsageProblem(f"{type(arguments).__name__} is not a command for an engine.")


@run.register
def list_roots(arguments: args.ListRoots, engine: EngineApi, terminal: Terminal) -> int:
    """Show the folders kept indexed."""
    roots = engine.roots()
    terminal.out(as_json(roots) if arguments.json else standing.roots_text(roots))
    return DONE


@run.register
def add_roots(arguments: args.AddRoots, engine: EngineApi, terminal: Terminal) -> int:
    """Keep folders indexed, and show all of them."""
    engine.add_roots(arguments.folders, records=arguments.records)
    return list_roots(args.ListRoots(json=arguments.json), engine, terminal)


@run.register
def remove_roots(arguments: args.RemoveRoots, engine: EngineApi, terminal: Terminal) -> int:
    """Forget folders, all or none, and show those that are left."""
    for root in _roots(arguments.folders, engine):
        engine.remove_root(root)
    return list_roots(args.ListRoots(json=arguments.json), engine, terminal)


@run.register
def set_records(arguments: args.SetRecords, engine: EngineApi, terminal: Terminal) -> int:
    """Write vectors to the files of folders, or none, all or none of them, and show all folders."""
    for root in _roots(arguments.folders, engine):
        engine.set_records(root, records=arguments.records)
        if not arguments.records:
            name = render.path_text(root)
            terminal.err(f"Records that files in {name} carry already stay until they are removed: vexgui strip DIR.\n")
    return list_roots(args.ListRoots(json=arguments.json), engine, terminal)


def _roots(folders: Iterable[bytes], engine: EngineApi) -> tuple[bytes, ...]:
    """Return the roots that folders are, each once.

    Raises:
        PathProblem: One of them is none.
    """
    kept = {root.path for root in engine.roots()}
    chosen: list[bytes] = []
    for folder in folders:
        root = given_root(folder, kept)
        if root is None:
            raise PathProblem(f"{shown(folder)} is not a folder kept indexed.", "See the list: vexgui roots.")
        chosen.append(root)
    return tuple(dict.fromkeys(chosen))


@run.register
def index(arguments: args.Index, engine: EngineApi, terminal: Terminal) -> int:
    """Bring paths up to date, showing progress."""
    with _progress(engine, terminal):
        report = engine.index(arguments.paths, force=arguments.force, stop=terminal.stop)
    return _tell_report(report, arguments, terminal)


@run.register
def rebuild(arguments: args.Rebuild, engine: EngineApi, terminal: Terminal) -> int:
    """Make the store again, showing progress."""
    with _progress(engine, terminal):
        report = engine.rebuild(stop=terminal.stop)
    return _tell_report(report, arguments, terminal)


@contextmanager
def _progress(engine: EngineApi, terminal: Terminal) -> Iterator[None]:
    line = ProgressLine(terminal, time.monotonic)
    unsubscribe = engine.subscribe(line.hear)
    try:
        yield
    finally:
        unsubscribe()
        line.close()


def _tell_report(report: IndexReport, arguments: args.Arguments, terminal: Terminal) -> int:
    terminal.out(as_json(report) if arguments.json else render.report_text(report, terminal.cwd))
    if terminal.stop.is_set():
        terminal.err(_STOPPED)
        return NOT_ALL
    return NOT_ALL if report.failed else DONE


@run.register
def search(arguments: args.Search, engine: EngineApi, terminal: Terminal) -> int:
    """Answer one query; one that cannot be read is told with the place of its mistake."""
    ask = partial(engine.search, arguments.query, arguments.limit, folder=terminal.cwd, strict=True, stop=terminal.stop)
    try:
        answer = _complete(ask, terminal)
    except QueryProblem as problem:
        terminal.err(f"vexgui: {mistake_text(arguments.query, problem.mistake)}")
        return problem.exit_code
    if arguments.explain and arguments.json:
        terminal.out(as_json(answer))
    else:
        _tell_hits(answer, arguments, terminal)
        if arguments.explain:
            terminal.out(render.plan_text(answer))
    terminal.err("".join(mistake_text(arguments.query, mistake) for mistake in answer.mistakes))
    return _tell_note(answer, terminal)


@run.register
def similar(arguments: args.Similar, engine: EngineApi, terminal: Terminal) -> int:
    """Answer with the files like some files."""
    answer = _complete(partial(engine.similar, arguments.paths, arguments.limit, stop=terminal.stop), terminal)
    _tell_hits(answer, arguments, terminal)
    return _tell_note(answer, terminal)


def _tell_hits(answer: Answer, arguments: args.Arguments, terminal: Terminal) -> None:
    if arguments.json:
        terminal.out(as_json(answer.hits))
    elif answer.hits:
        terminal.out(render.answer_text(answer, terminal.cwd, bold=terminal.bold))
    else:
        terminal.err("Nothing found.\n")


def _tell_note(answer: Answer, terminal: Terminal) -> int:
    if answer.note:
        terminal.err(f"{render.clean(answer.note)}\n")
    return DONE if answer.hits else NOT_ALL


def _complete(ask: Callable[[], Answer], terminal: Terminal) -> Answer:
    """Ask until meaning has its say, too: a model may still be loading."""
    deadline_s = time.monotonic() + _MODEL_PATIENCE_S
    while True:
        answer = ask()
        if answer.complete or time.monotonic() > deadline_s or terminal.stop.wait(_ASK_AGAIN_S):
            return answer


@run.register
def inspect(arguments: args.Inspect, engine: EngineApi, terminal: Terminal) -> int:
    """Tell what is known of a file."""
    inspection = engine.inspect(arguments.path)
    terminal.out(as_json(inspection) if arguments.json else render.inspection_text(inspection))
    return DONE


@run.register
def history(arguments: args.History, engine: EngineApi, terminal: Terminal) -> int:
    """Tell what happened to a file."""
    happenings = engine.history(arguments.path)
    terminal.out(as_json(happenings) if arguments.json else render.history_text(arguments.path, happenings))
    return DONE


@run.register
def show_status(arguments: args.ShowStatus, engine: EngineApi, terminal: Terminal) -> int:
    """Tell how things stand."""
    status = engine.status()
    terminal.out(as_json(status) if arguments.json else standing.status_text(status))
    return DONE


@run.register
def watch(arguments: args.Watch, engine: EngineApi, terminal: Terminal) -> int:
    """Keep everything up to date until told to stop."""
    if arguments.json:
        unsubscribe = engine.subscribe(_events_to(terminal))
        engine.watch()
        terminal.stop.wait()
        unsubscribe()
        return DONE
    with _progress(engine, terminal):
        engine.watch()
        terminal.err("Watching. Ctrl-C ends it.\n")
        terminal.stop.wait()
    return DONE


run.register(list_exclusions)
run.register(exclude)
run.register(why_excluded)
run.register(pause)
run.register(resume)


def _events_to(terminal: Terminal) -> Callable[[Event], None]:
    """Return a listener that writes events as JSON, and stops the command when no one reads them any more."""

    def hear(event: Event) -> None:
        try:
            terminal.out(event_as_json(event))
        except BrokenPipeError:
            terminal.stop.set()

    return hear


@run.register
def check(arguments: args.Check, engine: EngineApi, terminal: Terminal) -> int:
    """Check store and records."""
    return _tell_verified(engine.verify(repair=False), arguments, terminal)


@run.register
def repair(arguments: args.Repair, engine: EngineApi, terminal: Terminal) -> int:
    """Check store and records, and mend them."""
    return _tell_verified(engine.verify(repair=True), arguments, terminal)


def _tell_verified(report: VerifyReport, arguments: args.Arguments, terminal: Terminal) -> int:
    terminal.out(as_json(report) if arguments.json else render.verify_text(report))
    return DONE if report.repaired >= len(report.problems) else NOT_ALL


@run.register
def compact(arguments: args.Compact, engine: EngineApi, terminal: Terminal) -> int:
    """Collect garbage, showing progress."""
    with _progress(engine, terminal):
        report = engine.compact(stop=terminal.stop)
    terminal.out(as_json(report) if arguments.json else render.compact_text(report))
    if not report.complete:
        terminal.err(_STOPPED)
    return DONE if report.complete else NOT_ALL


@run.register
def strip(arguments: args.Strip, engine: EngineApi, terminal: Terminal) -> int:
    """Remove records from files."""
    report = engine.strip(arguments.paths)
    terminal.out(as_json(report) if arguments.json else render.strip_text(report, terminal.cwd))
    return NOT_ALL if report.failed else DONE


@run.register
def list_tags(arguments: args.ListTags, engine: EngineApi, terminal: Terminal) -> int:
    """Show the tags that files have."""
    tags = engine.tags()
    terminal.out(as_json(tags) if arguments.json else render.tags_text(tags))
    return DONE


@run.register
def tag(arguments: args.Tag, engine: EngineApi, terminal: Terminal) -> int:
    """Give files tags and take others from them, and show what they have then."""
    return _tell_labels(engine.tag(arguments.paths, add=arguments.add, remove=arguments.remove), arguments, terminal)


@run.register
def rate(arguments: args.Rate, engine: EngineApi, terminal: Terminal) -> int:
    """Rate files, and show how they are rated then."""
    return _tell_labels(engine.rate(arguments.paths, arguments.rating or None), arguments, terminal)


def _tell_labels(report: LabelReport, arguments: args.Arguments, terminal: Terminal) -> int:
    terminal.out(as_json(report) if arguments.json else render.labels_text(report, terminal.cwd))
    return NOT_ALL if report.failed else DONE


@run.register
def list_models(arguments: args.ListModels, engine: EngineApi, terminal: Terminal) -> int:
    """Show the models, and what each would cost here."""
    models = engine.models()
    columns = terminal.columns if terminal.bold else 0
    terminal.out(as_json(models) if arguments.json else models_text(models, columns))
    return DONE


@run.register
def use_model(arguments: args.UseModel, engine: EngineApi, terminal: Terminal) -> int:
    """Choose the model for pictures."""
    try:
        model = engine.use_model(arguments.name, arguments.checkpoint)
    except UsageProblem as problem:
        folder = os.fsencode(arguments.name)
        if isinstance(problem, CheckpointProblem) or not os.path.isdir(os.path.join(terminal.cwd, folder)):
            raise
        remedy = f"For the folder of that name run: vexgui models use ./{shown(folder)}"
        raise UsageProblem(problem.message, remedy) from problem
    return _tell_chosen(model, arguments, terminal)


@run.register
def download_model(arguments: args.DownloadModel, engine: EngineApi, terminal: Terminal) -> int:
    """Fetch a model's weights and choose it, after a question where somebody can be asked.

    Raises:
        UsageProblem: There is no such model.
    """
    known = {model.name.casefold(): model for model in engine.models()}
    offer = known.get(arguments.name.casefold())
    name = offer.name if offer else architecture(arguments.name)
    if not (offer and offer.installed):
        terminal.err(offer_text(offer) if offer else f"{name} is not in the list: its size and licence are unknown.\n")
        if terminal.ask is not None and not arguments.yes:
            typed = terminal.ask(f"Download {render.clean(name)} and use it? [y/N] ")
            if not is_consent(typed):
                terminal.err("Nothing was downloaded.\n")
                return NOT_ALL
    with _progress(engine, terminal):
        model = engine.download_model(name, stop=terminal.stop)
    return _tell_chosen(model, arguments, terminal)


def _tell_chosen(model: ModelInfo, arguments: args.Arguments, terminal: Terminal) -> int:
    terminal.out(as_json(model) if arguments.json else chosen_text(model))
    return DONE


@run.register
def remove_model(arguments: args.RemoveModel, engine: EngineApi, terminal: Terminal) -> int:
    """Remove a model, showing progress, and show those that are left."""
    with _progress(engine, terminal):
        engine.forget_model(arguments.name, stop=terminal.stop)
    code = list_models(args.ListModels(json=arguments.json), engine, terminal)
    if terminal.stop.is_set():
        terminal.err(_STOPPED)
        return NOT_ALL
    return code


@run.register
def measure_models(arguments: args.MeasureModels, engine: EngineApi, terminal: Terminal) -> int:
    """Measure models one by one, telling which, and show all of them."""
    names = arguments.names or tuple(model.name for model in engine.models() if can_be_measured(model))
    step, failed = StepLine(terminal), []
    try:
        for number, name in enumerate(names, 1):
            step.tell(f"Measuring {name}, {number} of {len(names)}.")
            try:
                engine.measure_models((name,), stop=terminal.stop)
            except (CheckpointProblem, ModelUnavailable) as problem:
                if arguments.names or terminal.stop.is_set():
                    raise
                failed.append(f"{name}: {problem}")  # one that cannot be measured hinders no other
    finally:
        step.close()
    terminal.err("".join(f"{render.clean(sentence)}\n" for sentence in failed))
    return list_models(args.ListModels(json=arguments.json), engine, terminal)
