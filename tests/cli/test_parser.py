"""Command lines become values."""

import os

import pytest

from vexgui.bench.choices import Benchmark
from vexgui.cli import arguments as args
from vexgui.cli.grammar import absolute
from vexgui.cli.parser import DEFAULT_LIMIT, parse
from vexgui.core.errors import PathProblem, UsageProblem

CWD = b"/home/ann"


@pytest.mark.parametrize(
    ("argv", "arguments"),
    [
        ("", args.Gui()),
        (
            "gui --query boat --similar a.png --screenshot w.png",
            args.Gui(
                query="boat",
                similar=b"/home/ann/a.png",
                screenshot=b"/home/ann/w.png",
            ),
        ),
        ("roots", args.ListRoots()),
        ("roots list --json", args.ListRoots(json=True)),
        ("roots --json list", args.ListRoots(json=True)),
        ("roots add a /b", args.AddRoots(folders=(b"/home/ann/a", b"/b"))),
        ("roots add --no-records a", args.AddRoots(folders=(b"/home/ann/a",), records=False)),
        ("roots records off a", args.SetRecords(folders=(b"/home/ann/a",), records=False)),
        ("roots records on /b --json", args.SetRecords(folders=(b"/b",), records=True, json=True)),
        ("roots remove a --json", args.RemoveRoots(folders=(b"/home/ann/a",), json=True)),
        ("index", args.Index()),
        ("index a --force --json", args.Index(paths=(b"/home/ann/a",), force=True, json=True)),
        ("watch", args.Watch()),
        ("search boat", args.Search(query="boat", limit=DEFAULT_LIMIT)),
        ("search a red boat -n 3", args.Search(query="a red boat", limit=3)),
        ("search --json -- -n", args.Search(query="-n", limit=DEFAULT_LIMIT, json=True)),
        ("search - -n 2", args.SearchLines(limit=2, json=True)),
        ("similar ../a.png", args.Similar(paths=(b"/home/a.png",), limit=DEFAULT_LIMIT)),
        ("similar a.png /b.txt -n 3", args.Similar(paths=(b"/home/ann/a.png", b"/b.txt"), limit=3)),
        ("inspect ./a --json", args.Inspect(path=b"/home/ann/a", json=True)),
        ("inspect a --history", args.History(path=b"/home/ann/a")),
        ("status", args.ShowStatus()),
        ("verify", args.Check()),
        ("verify --repair", args.Repair()),
        ("rebuild --json", args.Rebuild(json=True)),
        ("compact", args.Compact()),
        ("strip a b", args.Strip(paths=(b"/home/ann/a", b"/home/ann/b"))),
        ("tag", args.ListTags()),
        ("tag a", args.Tag(paths=(b"/home/ann/a",))),
        (
            "tag a b --add red --add blue --remove c --json",
            args.Tag(paths=(b"/home/ann/a", b"/home/ann/b"), add=("red", "blue"), remove=("c",), json=True),
        ),
        ("rate a b 5", args.Rate(paths=(b"/home/ann/a", b"/home/ann/b"), rating=10)),
        ("rate a 3.5", args.Rate(paths=(b"/home/ann/a",), rating=7)),
        ("rate a 0,5", args.Rate(paths=(b"/home/ann/a",), rating=1)),
        ("rate a 4.0", args.Rate(paths=(b"/home/ann/a",), rating=8)),
        ("rate a 0", args.Rate(paths=(b"/home/ann/a",), rating=0)),
        ("rate a none", args.Rate(paths=(b"/home/ann/a",), rating=0)),
        ("exclude", args.ListExclusions()),
        ("exclude list --json", args.ListExclusions(json=True)),
        ("exclude add *.iso !b", args.Exclude(add=("*.iso", "!b"))),
        ("exclude add *.iso --yes", args.Exclude(add=("*.iso",), yes=True)),
        ("exclude add ./drafts/ ../c", args.Exclude(add=("/home/ann/drafts/", "/home/c"))),
        ("exclude remove *.iso --json", args.Exclude(remove=("*.iso",), json=True)),
        ("exclude why a", args.WhyExcluded(path=b"/home/ann/a")),
        ("models", args.ListModels()),
        ("models list", args.ListModels()),
        ("models use none", args.UseModel(name="none")),
        ("models use ViT-B-32 --checkpoint w.bin", args.UseModel(name="ViT-B-32", checkpoint=b"/home/ann/w.bin")),
        ("models use ./folder", args.UseModel(name="", checkpoint=b"/home/ann/folder")),
        ("models use /models/a.pt", args.UseModel(name="", checkpoint=b"/models/a.pt")),
        ("models download ViT-B-32 --json", args.DownloadModel(name="ViT-B-32", json=True)),
        ("models download ViT-B-32 --yes", args.DownloadModel(name="ViT-B-32", yes=True)),
        ("models remove ViT-B-32", args.RemoveModel(name="ViT-B-32")),
        ("models measure", args.MeasureModels()),
        ("models measure a b a --json", args.MeasureModels(names=("a", "b"), json=True)),
        ("bench", args.Bench()),
        ("bench index search index", args.Bench(benchmarks=(Benchmark.INDEX, Benchmark.SEARCH))),
        (
            "bench codecs --folder d --passages 50 --vectors 1000000 --quick --json",
            args.Bench(
                benchmarks=(Benchmark.CODECS,),
                folder=b"/home/ann/d",
                passages=50,
                vectors=1_000_000,
                quick=True,
                json=True,
            ),
        ),
    ],
)
def test_each_command_line_means_its_value(argv: str, arguments: args.Arguments) -> None:
    assert parse(argv.split(), CWD).arguments == arguments


@pytest.mark.parametrize(
    "argv",
    [
        "frobnicate",
        "search",
        "search -n 0 x",
        "search -n ten x",
        "similar",
        "roots frob",
        "models use",
        "tag --add red",
        "rate 4",
        "rate a 5.5",
        "rate a 4.2",
        "rate a x",
        "index --js",
        "bench weather",
        "bench search --vectors 0",
        "bench search --vectors many",
        "--profile",
    ],
)
def test_what_cannot_be_meant_is_a_usage_problem_that_points_to_the_help(argv: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        parse(argv.split(), CWD)
    assert "--help" in caught.value.remedy
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("argv", ["search -rye", "search bread -rye"])
def test_who_leaves_out_a_word_without_quotation_marks_is_told_of_them(argv: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        parse(argv.split(), CWD)
    assert caught.value.remedy.endswith('quote all of it: vexgui search -- "bread -rye".')
    assert parse(["search", "--", "bread -rye"], CWD).arguments == args.Search(query="bread -rye", limit=DEFAULT_LIMIT)


@pytest.mark.parametrize("command", ["", "roots", "roots add", "index", "search", "models use", "verify", "gui"])
def test_every_command_explains_itself(command: str) -> None:
    arguments = parse([*command.split(), "--help"], CWD).arguments
    assert isinstance(arguments, args.ShowText)
    assert arguments.text.startswith(f"usage: vexgui {command}".rstrip())


def test_the_version_is_text_to_show() -> None:
    arguments = parse(["--version"], CWD).arguments
    assert isinstance(arguments, args.ShowText)
    assert arguments.text.startswith("vexgui ")


def test_the_profile_is_absolute_and_none_by_default() -> None:
    assert parse(["--profile", "p", "status"], CWD).profile == b"/home/ann/p"
    assert parse(["status"], CWD).profile is None


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("a", b"/home/ann/a"),
        (".", b"/home/ann"),
        ("..", b"/home"),
        ("../../..", b"/"),
        ("//a//b/../c/", b"/a/c"),
        (os.fsdecode(b"caf\xe9"), b"/home/ann/caf\xe9"),
    ],
)
def test_paths_become_absolute_without_dots_and_keep_their_bytes(given: str, path: bytes) -> None:
    assert absolute(given, CWD) == path


@pytest.mark.parametrize("given", ["", "a\0b"])
def test_paths_that_are_none_are_refused(given: str) -> None:
    with pytest.raises(PathProblem):
        absolute(given, CWD)


def test_bytes_in_a_query_that_are_no_text_are_replaced() -> None:
    assert parse(["search", os.fsdecode(b"caf\xe9")], CWD).arguments == args.Search(
        query="caf\ufffd", limit=DEFAULT_LIMIT
    )
