"""What folders say of themselves: work trees with their .gitignore, markers, and what tools build."""

import os
import time
from pathlib import Path

import pytest

from vexgui.indexer.rules import Rules, speaks
from vexgui.indexer.walk import walk

TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# made by a test\n"


def make(root: Path, *names: str, text: str = "") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def found(root: Path, rules: Rules | None = None) -> set[str]:
    """Return what a walk finds, but for the files that say something."""
    return {
        os.path.relpath(os.fsdecode(folder.path + b"/" + entry.name), root)
        for folder in walk(os.fsencode(root), rules or Rules((".*",)))
        for entry in folder.files
    }


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a work tree."""
    (tmp_path / "tree/.git").mkdir(parents=True)
    return tmp_path / "tree"


def test_what_a_work_tree_ignores_is_left_out(tree: Path) -> None:
    make(tree, ".gitignore", text="*.out\n/gen/\n")
    make(tree, "a.c", "a.out", "gen/b.c", "lib/gen/c.c", "lib/d.out")
    assert found(tree) == {"a.c", "lib/gen/c.c"}
    assert found(tree.parent) == {"tree/a.c", "tree/lib/gen/c.c"}


def test_the_nearest_gitignore_has_the_last_word_and_counts_from_its_own_folder(tree: Path) -> None:
    make(tree, ".gitignore", text="*.out\n")
    make(tree, "lib/.gitignore", text="!good.out\n/top.txt\n")
    make(tree, "good.out", "lib/good.out", "lib/bad.out", "lib/top.txt", "lib/sub/top.txt")
    assert found(tree) == {"lib/good.out", "lib/sub/top.txt"}


def test_a_tree_in_a_tree_follows_its_own_gitignore_alone(tree: Path) -> None:
    make(tree, ".gitignore", text="*.out\n")
    make(tree, "inner/.git", text="gitdir: ../.git/modules/inner\n")
    make(tree, "inner/a.out", "b.out")
    assert found(tree) == {"inner/a.out"}


def test_what_is_ignored_on_this_computer_only_is_left_out(tree: Path) -> None:
    make(tree, ".git/info/exclude", text="notes.txt\n")
    make(tree, "notes.txt", "sub/notes.txt", "a.txt")
    assert found(tree) == {"a.txt"}


def test_a_root_inside_a_work_tree_follows_the_gitignore_above_it(tree: Path) -> None:
    make(tree, ".gitignore", text="*.out\nbuilt/\n")
    make(tree, "src/a.c", "src/a.out", "built/b.c")
    assert found(tree / "src") == {"a.c"}
    assert found(tree / "built") == {"b.c"}  # chosen by the user


def test_a_gitignore_outside_work_trees_means_nothing(tmp_path: Path) -> None:
    make(tmp_path, ".gitignore", text="*\n")
    make(tmp_path, "a.txt")
    assert found(tmp_path) == {"a.txt"}


def test_a_home_under_version_control_is_no_work_tree(tree: Path) -> None:
    make(tree, ".gitignore", text="*\n")
    make(tree, "a.txt")
    assert found(tree, Rules((".*",), home=os.fsencode(tree))) == {"a.txt"}


def test_gitignore_can_be_switched_off(tree: Path) -> None:
    make(tree, ".gitignore", text="*.out\n")
    make(tree, "a.out")
    assert found(tree, Rules((".*",), gitignore=False)) == {"a.out"}


def test_the_users_own_patterns_have_the_last_word_over_gitignore(tree: Path) -> None:
    make(tree, ".gitignore", text="*.out\n")
    make(tree, "a.out", "b.out")
    assert found(tree, Rules((".*", "!a.out"))) == {"a.out"}


def test_a_gitignore_cannot_take_in_what_is_left_out_anyhow(tree: Path) -> None:
    make(tree, ".gitignore", text="!*.key\n")
    make(tree, "a.key")
    assert found(tree, Rules((".*",), usual=("*.key",))) == set()


@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "binary", "bom"])
def test_whatever_bears_the_name_gitignore_the_walk_goes_on(tree: Path, kind: str) -> None:
    path = tree / ".gitignore"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "link":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "binary":
            path.write_bytes(bytes(range(256)) * 300)
        case "bom":
            path.write_text("\ufeffa.out\r\nb.out\r\n")
    make(tree, "a.out", "kept")
    assert found(tree) == ({"kept"} if kind == "bom" else {"a.out", "kept"})


@pytest.mark.parametrize("marker", [".nosearch", ".nomedia", ".trackerignore", "pyvenv.cfg"])
def test_a_marker_closes_its_folder_with_all_beneath(tmp_path: Path, marker: str) -> None:
    make(tmp_path, "a.txt", f"closed/{marker}", "closed/b.txt", "closed/sub/c.txt")
    assert found(tmp_path) == {"a.txt"}
    path = os.fsencode(tmp_path / "closed/sub/c.txt")
    assert (
        Rules().why(path, os.fsencode(tmp_path), folder=False).startswith(f"{tmp_path}/closed holds a file {marker}: ")
    )


def test_a_marker_taken_away_opens_the_folder_for_the_next_walk(tmp_path: Path) -> None:
    make(tmp_path, "closed/.nosearch", "closed/b.txt")
    rules = Rules((".*",))
    assert found(tmp_path, rules) == set()
    (tmp_path / "closed/.nosearch").unlink()
    assert found(tmp_path, rules) == {"closed/b.txt"}


def test_a_cache_is_known_by_what_its_tag_says_not_by_its_name_alone(tmp_path: Path) -> None:
    make(tmp_path, "cache/CACHEDIR.TAG", text=TAG)
    make(tmp_path, "talk/CACHEDIR.TAG", text="a note on cache tags")
    make(tmp_path, "cache/a.txt", "talk/a.txt")
    assert found(tmp_path) == {"talk/CACHEDIR.TAG", "talk/a.txt"}


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Cargo.toml", "target"),
        ("CMakeLists.txt", "build"),
        ("pyproject.toml", "dist"),
        ("package.json", "node_modules"),
    ],
)
def test_what_tools_build_is_left_out_beside_what_they_build_it_from(tmp_path: Path, source: str, output: str) -> None:
    make(tmp_path, f"code/{source}", f"code/{output}/a.txt", f"life/{output}/b.txt")
    assert found(tmp_path) == {f"code/{source}", f"life/{output}/b.txt"}
    reason = Rules().why(os.fsencode(tmp_path / "code" / output / "a.txt"), os.fsencode(tmp_path), folder=False)
    assert reason == f"{tmp_path}/code/{output} is what tools build: {source} lies beside it."


def test_the_names_that_say_something_are_known() -> None:
    assert speaks(b".gitignore")
    assert speaks(b".nosearch")
    assert not speaks(b"notes.txt")


def test_more_folders_than_are_remembered_and_a_very_deep_one_are_judged(tmp_path: Path) -> None:
    rules = Rules()
    deep = b"/".join([os.fsencode(tmp_path), *[b"d"] * 3000])
    assert rules.allows(deep, folder=True)
    for number in range(60_000):
        rules.enter(b"/nowhere/%d" % number, ())
    assert rules.allows(b"/nowhere/1/a", folder=False)


def test_of_a_gitignore_made_to_take_long_only_the_beginning_counts(tree: Path) -> None:
    lines = [f"?*[a-z]{number}" for number in range(5_000)]
    make(tree, ".gitignore", text="\n".join(["first.txt", *lines, "last.txt"]))
    make(tree, "first.txt", "last.txt")
    began_s = time.process_time()
    assert found(tree) == {"last.txt"}
    assert time.process_time() - began_s < 5
