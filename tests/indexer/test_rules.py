"""Rules judge a path by itself, in the syntax of .gitignore, and never fail on a name or a pattern."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vexgui.core.settings import Settings
from vexgui.indexer.rules import USUAL, Rules, is_understood, literal
from vexgui.indexer.rules.patterns import PatternList, understood

USUALLY = Rules(Settings().exclude, usual=USUAL, home=b"/home/ana")


@pytest.mark.parametrize(
    ("pattern", "name", "allowed"),
    [
        (".*", b".git", False),
        (".*", b"a.git", True),
        ("*~", b"letter.txt~", False),
        ("*~", b"letter.txt", True),
        ("*.o", b"main.o", False),
        ("*.o", b"main.odt", True),
        ("*.o", b"o", True),
        ("node_modules", b"node_modules", False),
        ("node_modules", b"node_modules2", True),
        ("node_modules", b"NODE_MODULES", True),
        ("build/", b"build", False),
        ("?.txt", "é.txt".encode(), False),
        ("?.txt", b"\xff.txt", False),
        ("?.txt", b"ab.txt", True),
        ("[a-c]*", b"banana", False),
        ("[!a-c]*", b"banana", True),
        ("*.txt", b"two\nlines.txt", False),
        ("[", b"[", True),
        ("\\[", b"[", False),
        ("a+b", b"a+b", False),
        ("a+b", b"aab", True),
        ("# a", b"# a", True),
        ("", b"a", True),
    ],
)
def test_a_pattern_is_for_the_whole_name(pattern: str, name: bytes, allowed: bool) -> None:
    assert Rules((pattern,)).allows(b"/home/" + name, folder=True) is allowed


def test_a_slash_at_the_end_means_folders_alone() -> None:
    rules = Rules(("build/",))
    assert not rules.allows(b"/a/build", folder=True)
    assert rules.allows(b"/a/build", folder=False)


@pytest.mark.parametrize(
    ("pattern", "path", "allowed"),
    [
        ("/mnt/old", b"/mnt/old", False),
        ("/mnt/old", b"/home/mnt/old", True),
        ("~/Private", b"/home/ana/Private", False),
        ("~/Private", b"/home/ben/Private", True),
        ("drafts/*.txt", b"/home/ana/drafts/a.txt", False),
        ("drafts/*.txt", b"/home/ana/drafts/old/a.txt", True),
        ("drafts/**", b"/home/ana/drafts/old/a.txt", False),
        ("drafts/**", b"/home/ana/drafts", True),
        ("a/**/z", b"/home/a/b/c/z", False),
        (literal("/mnt/a[1]*"), b"/mnt/a[1]*", False),
        (literal("/mnt/a[1]*"), b"/mnt/a1b", True),
    ],
)
def test_a_pattern_with_slashes_means_a_place_or_a_place_at_any_depth(pattern: str, path: bytes, allowed: bool) -> None:
    assert Rules((pattern,), home=b"/home/ana").allows(path, folder=False) is allowed


def test_the_last_pattern_that_fits_decides() -> None:
    rules = Rules(("*.log", "!keep.log", "*.key", "!*.key"), usual=USUAL)
    assert not rules.allows(b"/a/x.log", folder=False)
    assert rules.allows(b"/a/keep.log", folder=False)
    assert rules.allows(b"/a/talk.key", folder=False)
    assert not rules.allows(b"/a/passwords.kdbx", folder=False)


def test_what_lies_in_a_chosen_folder_is_not_judged_by_the_folder() -> None:
    assert Rules((".*", "/home/ana/old")).allows(b"/home/ana/.notes/one", folder=False)


def test_without_patterns_everything_is_allowed() -> None:
    assert Rules().allows(b"/home/.hidden", folder=True)
    assert Rules().allows(b"/home/x", folder=False)


@pytest.mark.parametrize("name", [b".ssh", b"a.pyc", b"x~", b"film.part", b"__pycache__", b"lost+found"])
def test_the_default_settings_leave_out_hidden_passing_and_machine_made_names(name: bytes) -> None:
    assert not Rules(Settings().exclude).allows(b"/home/" + name, folder=True)


@pytest.mark.parametrize(
    "name", ["letter.odt", "Übung 3.pdf", "README", "node_modules.md", "keyboard.txt", "id_rsa.pub"]
)
def test_what_people_make_is_allowed(name: str) -> None:
    assert USUALLY.allows(b"/home/" + os.fsencode(name), folder=False)


@pytest.mark.parametrize(
    "path",
    [
        "/home/ana/.ssh",
        "/mnt/copy/home/ana/.gnupg",
        "/home/ana/.password-store",
        "/home/ana/.local/share/keyrings",
        "/home/ana/Documents/passwords.kdbx",
        "/home/ana/Documents/server.key",
        "/home/ana/Documents/id_ed25519",
        "/home/ana/.cache",
        "/home/ana/project/.git",
    ],
)
def test_secrets_and_caches_are_left_out_whatever_the_user_has_set(path: str) -> None:
    assert not Rules((), usual=USUAL).allows(os.fsencode(path), folder=True)


def test_patterns_changed_hold_at_once() -> None:
    rules = Rules(("*.txt",))
    assert not rules.allows(b"/a/x.txt", folder=False)
    rules.change(("*.odt",))
    assert rules.allows(b"/a/x.txt", folder=False)
    assert not rules.allows(b"/a/x.odt", folder=False)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/home/ana/.config/x/y.txt", '/home/ana/.config fits ".*" in the patterns to exclude.'),
        ("/home/ana/server.key", '/home/ana/server.key fits "*.key" in what VexGUI leaves out by itself.'),
        ("/home/ana/letter.txt", ""),
    ],
)
def test_why_names_the_uppermost_part_that_is_left_out_and_its_pattern(path: str, reason: str) -> None:
    assert USUALLY.why(os.fsencode(path), b"/home/ana", folder=False) == reason


PATTERNS = st.lists(st.text("ab*?[]!/\\.# ", max_size=8) | st.text(max_size=4), max_size=5)
NAMES = st.lists(st.sampled_from([b"a", b"b", b"ab", b".b", b"a.b", b"b!", b"\xff", b"a\nb"]), min_size=1, max_size=4)


@given(PATTERNS, NAMES, st.booleans())
@example(["!a", "b*", "a/"], [b"a"], True)
@example(["[[]"], [b"a"], False)
@example(["[a--b]", "[a&&b]", "[a||b]", "[a~~b]"], [b"a"], False)
def test_quick_answers_are_those_of_the_pattern_that_decides(
    lines: list[str], names: list[bytes], folder: bool
) -> None:
    patterns = PatternList(understood(lines, "here"))
    path = b"/".join(names)
    deciding = patterns.deciding(path, folder=folder)
    assert patterns.excludes(path, names[-1], folder=folder) is (None if deciding is None else deciding.excludes)


@given(st.lists(st.text(max_size=8), max_size=4), st.binary(max_size=12))
def test_no_pattern_and_no_name_is_an_error(patterns: list[str], name: bytes) -> None:
    Rules(tuple(patterns)).allows(b"/home/" + name, folder=True)


@given(st.binary(min_size=1, max_size=12).filter(lambda name: b"/" not in name))
def test_a_star_excludes_every_name(name: bytes) -> None:
    assert not Rules(("*",)).allows(b"/home/" + name, folder=True)


@pytest.mark.parametrize("pattern", ["*a*a*a*a*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/b"])
def test_a_pattern_made_to_take_long_takes_no_time(pattern: str) -> None:
    rules = Rules((pattern,))
    began_s = time.process_time()
    assert rules.allows(b"/a" * 120 + b"/" + b"a" * 250, folder=False)
    assert time.process_time() - began_s < 1


@pytest.mark.parametrize(
    ("line", "meant"), [("*.txt", True), ("", False), ("# a", False), ("[a", False), ("a\\", False)]
)
def test_what_git_would_not_understand_is_no_pattern(line: str, meant: bool) -> None:
    assert is_understood(line) is meant


LINES = [
    "*.log", "!keep.log", "/top", "inner/", "a/b", "**/deep", "x/**", "!x/kept", "x/**/y", "*.[oa]", "st?r",
    "no*mid*end", "  lead", "trail   ", "\\!bang", "\\#hash", "*/one", "q*/", "end/**/", "[!a]z",
]  # fmt: skip
PATHS = [
    "a.log", "keep.log", "s/keep.log", "top", "s/top", "inner", "s/inner/", "a/b", "s/a/b", "deep", "s/t/deep", "x/",
    "x/any", "x/kept", "x/p/y", "m.o", "m.a", "m.oa", "star", "str", "nomidend", "no-mid-x-end", "no-mid", "  lead",
    "lead", "trail", "!bang", "#hash", "s/one", "s/t/one", "one", "quick/", "quick2", "end/e/", "end/f", "az", "bz",
]  # fmt: skip


def test_git_itself_ignores_the_same(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("\n".join(LINES))
    for path in PATHS:
        place = tmp_path / path.rstrip("/")
        if path.endswith("/"):
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.exists() or place.write_text("")
    told = subprocess.run(
        ["git", "-c", "core.excludesFile=", "-C", tmp_path, "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(path.rstrip("/") for path in PATHS).encode(),
        capture_output=True,
        check=True,
    ).stdout
    top, rules = os.fsencode(tmp_path), Rules()
    ours = [
        path.rstrip("/") for path in PATHS if rules.why(os.fsencode(tmp_path / path), top, folder=path.endswith("/"))
    ]
    assert ours == told.decode().split("\0")[:-1]
