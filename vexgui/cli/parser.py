"""The command line's grammar: argv to values."""

import argparse
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from vexgui.bench.choices import USUAL_PASSAGES, Benchmark
from vexgui.cli import arguments as args
from vexgui.cli.grammar import Commands, Parser, Shown, ShowVersion, absolute, duration, words
from vexgui.core.errors import UsageProblem

DEFAULT_LIMIT = 20
MAX_LIMIT = 10_000
_MAX_VECTORS = 10_000_000
_MAX_PASSAGES = 1_000_000
_STARS = {f"{halves / 2:g}": halves for halves in range(11)} | {"none": 0}
"""Ratings as they are typed, and as the desktop keeps them."""

_DESCRIPTION = "Finds your files by what they mean. Without a command the window opens."
_EPILOG = """\
examples:
  vexgui index ~/Pictures ~/Documents
  vexgui search "a boat in the evening"
  vexgui similar ~/Pictures/boat.jpg -n 5
  vexgui inspect --json ~/Documents/letter.pdf

Answers go to standard output, progress and messages to standard error. Exit status: 0 done, 1 nothing found or some
files failed, 2 the command was not understood, 3 the system lacks something (the message says what).
"""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command and the profile it is for; None stands for the user's own."""

    profile: bytes | None
    arguments: args.Arguments


def parse(argv: Sequence[str], cwd: bytes) -> Invocation:
    """Read a command line, without the program's name.

    Args:
        argv: Arguments as `sys.argv` has them: undecodable bytes as surrogates.
        cwd: The caller's current folder, which relative paths start from.

    Raises:
        UsageProblem: It cannot be meant so.
    """
    try:
        given, unknown = _grammar().parse_known_args(argv)
        if unknown:
            given.refuse(f"unrecognized arguments: {' '.join(unknown)}")
    except Shown as shown:
        return Invocation(None, args.ShowText(text=shown.text))
    profile = None if given.profile is None else absolute(given.profile, cwd)
    return Invocation(profile, given.build(given, cwd))


@cache  # an owner reads one command line after another, and to make this takes longer than some answers
def _grammar() -> Parser:
    parser = Parser(
        prog="vexgui",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=ShowVersion, nargs=0, help="show the version and exit")
    parser.add_argument("--profile", metavar="DIR", help="keep index, settings, cache and socket below this folder")
    parser.set_defaults(build=lambda _given, _cwd: args.Gui(), refuse=parser.error)
    commands = Commands(parser, "COMMAND")
    _add_window(commands)
    _add_roots(commands)
    _add_exclude(commands)
    _add_index(commands)
    _add_questions(commands)
    _add_labels(commands)
    _add_care(commands)
    _add_models(commands)
    _add_bench(commands)
    return parser


def _json(given: argparse.Namespace) -> bool:
    return getattr(given, "json", False)


def _paths(given: argparse.Namespace, cwd: bytes) -> tuple[bytes, ...]:
    return tuple(absolute(path, cwd) for path in given.paths)


def _add_window(commands: Commands) -> None:
    def build(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Gui(
            query=words(given.query),
            similar=absolute(given.similar, cwd) if given.similar else b"",
            screenshot=absolute(given.screenshot, cwd) if given.screenshot else b"",
        )

    parser = commands.add("gui", "open the window", build, json=False)
    parser.add_argument("--query", metavar="Q", default="", help="start with the answers to this query")
    parser.add_argument("--similar", metavar="FILE", help="start with the files like this one")
    parser.add_argument("--screenshot", metavar="PNG", help="save a picture of the settled window, and exit")


def _add_roots(commands: Commands) -> None:
    def listing(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.ListRoots(json=_json(given))

    def adding(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.AddRoots(folders=_paths(given, cwd), records=not given.no_records, json=_json(given))

    def removing(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.RemoveRoots(folders=_paths(given, cwd), json=_json(given))

    def recording(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.SetRecords(folders=_paths(given, cwd), records=given.records == "on", json=_json(given))

    roots = Commands(commands.add("roots", "list or choose the folders kept indexed", listing), "ACTION")
    roots.add("list", "list the folders kept indexed", listing)
    adder = roots.add("add", "keep folders indexed", adding)
    adder.add_argument("paths", metavar="DIR", nargs="+", help="a folder")
    adder.add_argument("--no-records", action="store_true", help="write no vectors to the files' attributes")
    remover = roots.add("remove", "forget folders, with the vectors, texts and records of their files", removing)
    remover.add_argument("paths", metavar="DIR", nargs="+", help="a folder that is kept indexed")
    recorder = roots.add("records", "write vectors to the attributes of folders' files, or none", recording)
    recorder.add_argument("records", choices=("on", "off"), help="whether they are written")
    recorder.add_argument("paths", metavar="DIR", nargs="+", help="a folder that is kept indexed")


def _add_exclude(commands: Commands) -> None:
    def listing(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.ListExclusions(json=_json(given))

    def adding(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Exclude(add=_patterns(given, cwd), yes=given.yes, json=_json(given))

    def removing(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Exclude(remove=_patterns(given, cwd), json=_json(given))

    def asking(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.WhyExcluded(path=absolute(given.path, cwd), json=_json(given))

    exclude = Commands(
        commands.add("exclude", "list or choose what is never indexed, as in .gitignore", listing), "ACTION"
    )
    exclude.add("list", "list what is never indexed", listing)
    adder = exclude.add("add", "leave out what fits patterns, and forget what of it was indexed", adding)
    adder.add_argument(
        "patterns", metavar="PATTERN", nargs="+", help="such as '*.iso', 'drafts/', ~/Private or '!x.key'"
    )
    adder.add_argument("--yes", "-y", action="store_true", help="do not ask first where many files would be forgotten")
    remover = exclude.add("remove", "take patterns back: what fits them is indexed again", removing)
    remover.add_argument("patterns", metavar="PATTERN", nargs="+", help="a pattern of the list")
    asker = exclude.add("why", "tell why a file or folder is not indexed", asking)
    asker.add_argument("path", metavar="PATH", help="the file or folder")


def _patterns(given: argparse.Namespace, cwd: bytes) -> tuple[str, ...]:
    """Return patterns; one that begins with a point and a slash is for the current folder."""
    return tuple(_in_folder(text, cwd) if text.startswith(("./", "../")) else words(text) for text in given.patterns)


def _in_folder(pattern: str, cwd: bytes) -> str:
    slash = "/" if pattern.endswith("/") else ""
    return words(os.fsdecode(absolute(pattern, cwd))) + slash


def _add_index(commands: Commands) -> None:
    def build(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Index(paths=_paths(given, cwd), force=given.force, json=_json(given))

    def watching(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.Watch(json=_json(given))

    def pausing(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.Pause(for_s=given.for_s, json=_json(given))

    def resuming(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.Resume(json=_json(given))

    parser = commands.add("index", "bring files and folders up to date, and wait", build)
    parser.add_argument("paths", metavar="PATH", nargs="*", help="a file or folder; all folders kept indexed if none")
    parser.add_argument("--force", action="store_true", help="embed files again even where nothing changed")
    commands.add("watch", "keep everything up to date without a window, until interrupted", watching)
    pauser = commands.add("pause", "hold the work in the background, until it is resumed or for a time", pausing)
    pauser.add_argument(
        "--for", dest="for_s", metavar="TIME", type=duration, default=math.inf, help="so long, such as 1h, 30m or 1h30m"
    )
    commands.add("resume", "let the work in the background go on, on battery too", resuming)


def _add_questions(commands: Commands) -> None:
    def searching(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        if given.query == ["-"]:
            return args.SearchLines(limit=given.limit, json=True)
        query = words(" ".join(given.query))
        return args.Search(query=query, limit=given.limit, explain=given.explain, json=_json(given))

    def resembling(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Similar(paths=_paths(given, cwd), limit=given.limit, json=_json(given))

    def inspecting(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        path = absolute(given.path, cwd)
        return (
            args.History(path=path, json=_json(given)) if given.history else args.Inspect(path=path, json=_json(given))
        )

    def status(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.ShowStatus(json=_json(given))

    parser = commands.add("search", "find files by meaning, words and names", searching)
    parser.add_argument(
        "query", metavar="QUERY", nargs="+", help="what to find; - answers one query a line of standard input in JSON"
    )
    parser.hint = ' Where a word begins with a dash, quote all of it: vexgui search -- "bread -rye".'
    parser.add_argument("--explain", action="store_true", help="tell how the answer was found, and why so")
    _add_limit(parser)
    parser = commands.add("similar", "find files like some files, indexed or not", resembling)
    parser.add_argument("paths", metavar="FILE", nargs="+", help="a file")
    _add_limit(parser)
    parser = commands.add("inspect", "tell all that is known of a file", inspecting)
    parser.add_argument("path", metavar="FILE", help="the file")
    parser.add_argument("--history", action="store_true", help="tell what happened to it instead, the latest first")
    commands.add("status", "tell how things stand", status)


def _add_limit(parser: Parser) -> None:
    parser.add_argument(
        "-n",
        dest="limit",
        metavar="N",
        type=_up_to(MAX_LIMIT),
        default=DEFAULT_LIMIT,
        help=f"answers at most ({DEFAULT_LIMIT})",
    )


def _add_labels(commands: Commands) -> None:
    def tagging(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        paths, add, remove = _paths(given, cwd), tuple(map(words, given.add)), tuple(map(words, given.remove))
        if not paths and (add or remove):
            raise UsageProblem("No file is named.", "See vexgui tag --help.")
        return (
            args.Tag(paths=paths, add=add, remove=remove, json=_json(given))
            if paths
            else args.ListTags(json=_json(given))
        )

    def rating(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Rate(paths=_paths(given, cwd), rating=given.rating, json=_json(given))

    parser = commands.add(
        "tag", "give files the desktop's tags, or tell them; all tags there are without a file", tagging
    )
    parser.add_argument("paths", metavar="FILE", nargs="*", help="a file")
    parser.add_argument("--add", metavar="TAG", action="append", default=[], help="a tag for these files")
    parser.add_argument("--remove", metavar="TAG", action="append", default=[], help="a tag to take from them")
    parser = commands.add("rate", "rate files as the desktop does", rating)
    parser.add_argument("paths", metavar="FILE", nargs="+", help="a file")
    parser.add_argument("rating", metavar="STARS", type=_stars, help="0 to 5, halves too; none takes the rating away")


def _add_care(commands: Commands) -> None:
    def verifying(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.Repair(json=_json(given)) if given.repair else args.Check(json=_json(given))

    def rebuilding(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.Rebuild(json=_json(given))

    def compacting(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.Compact(json=_json(given))

    def stripping(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Strip(paths=_paths(given, cwd), json=_json(given))

    parser = commands.add("verify", "check the store and the records on files", verifying)
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    commands.add("rebuild", "make the store again from files and their records", rebuilding)
    commands.add("compact", "collect garbage and shrink the store", compacting)
    parser = commands.add("strip", "remove the records from files; nothing else about them changes", stripping)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a file, or a folder with all in it")


def _add_models(commands: Commands) -> None:
    def listing(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.ListModels(json=_json(given))

    def using(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        checkpoint = absolute(given.checkpoint, cwd) if given.checkpoint else b""
        if "/" in given.name and not checkpoint:
            return args.UseModel(name="", checkpoint=absolute(given.name, cwd), json=_json(given))
        return args.UseModel(name=words(given.name), checkpoint=checkpoint, json=_json(given))

    def downloading(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.DownloadModel(name=words(given.name), yes=given.yes, json=_json(given))

    def removing(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.RemoveModel(name=words(given.name), json=_json(given))

    def measuring(given: argparse.Namespace, _cwd: bytes) -> args.Arguments:
        return args.MeasureModels(names=tuple(dict.fromkeys(map(words, given.names))), json=_json(given))

    models = Commands(commands.add("models", "list, choose, fetch or measure the models", listing), "ACTION")
    models.add("list", "list the models, and what each would cost here", listing)
    user = models.add("use", "choose the model for pictures; none finds them by their words", using)
    user.add_argument("name", metavar="NAME|PATH", help="a model, none, or a folder with one (a path has a /)")
    user.add_argument("--checkpoint", metavar="FILE", help="the weights of NAME on disk")
    downloader = models.add("download", "fetch the weights of a model and choose it", downloading)
    downloader.add_argument("name", metavar="NAME", help="a model of the list, or an open_clip architecture")
    downloader.add_argument("--yes", "-y", action="store_true", help="do not ask first")
    remover = models.add(
        "remove", "remove the vectors of a model that is no longer used, and what was downloaded of it", removing
    )
    remover.add_argument("name", metavar="NAME", help="the model")
    measurer = models.add(
        "measure", "measure how many pictures a second models embed here, some 15 seconds each", measuring
    )
    measurer.add_argument("names", metavar="NAME", nargs="*", help="a model; all of the list if none")


def _add_bench(commands: Commands) -> None:
    def build(given: argparse.Namespace, cwd: bytes) -> args.Arguments:
        return args.Bench(
            benchmarks=tuple(dict.fromkeys(given.benchmarks)),
            folder=absolute(given.folder, cwd) if given.folder else b"",
            quick=given.quick,
            vectors=given.vectors,
            passages=given.passages,
            json=_json(given),
        )

    known = ", ".join(Benchmark)
    parser = commands.add("bench", "measure this program here, beside what people would use instead", build)
    parser.add_argument("benchmarks", metavar="NAME", nargs="*", type=_benchmark, help=f"{known}; all if none")
    parser.add_argument(
        "--folder", metavar="DIR", help="measure on this folder's disk ($VEXGUI_BENCH_DIR, or for temporary files)"
    )
    parser.add_argument(
        "--vectors", metavar="N", type=_up_to(_MAX_VECTORS), default=0, help="measure with so many vectors as well"
    )
    parser.add_argument(
        "--passages",
        metavar="N",
        type=_up_to(_MAX_PASSAGES),
        default=USUAL_PASSAGES,
        help=f"codecs: with so many of your own passages at most ({USUAL_PASSAGES})",
    )
    parser.add_argument("--quick", action="store_true", help="with little, to see that it works; says nothing of speed")


def _benchmark(text: str) -> Benchmark:
    try:
        return Benchmark(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(Benchmark)}") from error


def _up_to(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {most}")
        return int(text)

    return number


def _stars(text: str) -> int:
    if (halves := _STARS.get(text.replace(",", ".").removesuffix(".0"))) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a rating: 0 to 5 stars, halves too, or none")
    return halves
