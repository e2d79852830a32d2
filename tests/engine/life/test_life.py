"""Whatever is done to files, and to the engine that watches: once it says that it is current, its index is the tree.

And whatever the engine does, the files are as their owner left them.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.engine.life import tree
from tests.engine.life.engines import Plan, Running

NAMES = st.sampled_from(
    [b"a.txt", b"b.txt", b"c.md", b"d", b"e", b"line\nbreak.txt", b"\xff \xfe.txt", b"x.tmp", b".cache"]
)
WHICH = st.integers(0, 99)
MODES = st.sampled_from([0o600, 0o644, 0o755, 0o400, 0o000])
RECORD = "user.vexgui"
SAMPLE = 6
LIVES = int(os.environ.get("VEXGUI_LIVES", "300"))
"""How many lives are lived; more by hand: VEXGUI_LIVES=3000."""


class Life(RuleBasedStateMachine):
    """Files in two roots and outside of them, and an engine."""

    def __init__(self, open_engine: Callable[[Plan], Running], base: Path, *, real_decoders: bool) -> None:
        super().__init__()
        self._open = open_engine
        self._base = Path(tempfile.mkdtemp(dir=base))
        self._roots = [os.fsencode(self._base / name) for name in ("one", "two")]
        self._outside = os.fsencode(self._base / "outside")
        for folder in (*self._roots, self._outside):
            os.mkdir(folder)
        self._told = self._base / "told"
        self._plan = Plan(
            os.fspath(self._base / "profile"),
            tuple(root.hex() for root in self._roots),
            os.fspath(self._told),
            real_decoders=real_decoders,
        )
        self._engine: Running | None = self._open(self._plan)
        self._numbers = count()
        self._left = self._files()
        self._changed_ns = time.time_ns()
        self._lost: set[bytes] = set()

    # What happens to files

    @initialize()
    def begin(self) -> None:
        for top in (*self._roots, self._outside):
            os.makedirs(os.path.join(top, b"d", b"e"))
            for name in (b"c.md", b"d/a.txt", b"d/e/a.txt"):
                self._write(os.path.join(top, name), self._text())
        first, second = self._roots
        with self._doing(os.path.join(first, b"c.md"), os.path.join(second, b"e")):
            os.link(os.path.join(first, b"c.md"), os.path.join(second, b"e"))
        self.settle()

    @rule(where=WHICH, name=NAMES)
    def make(self, where: int, name: bytes) -> None:
        path = self._place(where, name)
        if not os.path.lexists(path):
            self._write(path, self._text())

    @rule(which=WHICH)
    def append(self, which: int) -> None:
        for path in self._some_file(which):
            with self._doing(path), open(path, "ab") as file:
                file.write(self._text())

    @rule(which=WHICH)
    def overwrite_so_that_size_and_mtime_stay(self, which: int) -> None:
        for path in self._some_file(which):
            seen = os.stat(path)
            with self._doing(path):
                with open(path, "r+b") as file:
                    file.write(self._text()[: seen.st_size])
                os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    @rule(which=WHICH, left=st.integers(0, 40))
    def truncate_by_path(self, which: int, left: int) -> None:
        for path in self._some_file(which):
            with self._doing(path):
                os.truncate(path, min(left, os.path.getsize(path)))

    @rule(which=WHICH, name=st.sampled_from([b"new.txt", b"new.tmp"]))
    def save_as_editors_do(self, which: int, name: bytes) -> None:
        for path in self._some_name(which):
            passing = os.path.join(os.path.dirname(path), name)
            self._write(passing, self._text())
            with self._doing(path, passing):
                os.rename(passing, path)

    @rule(which=WHICH, where=WHICH, name=NAMES)
    def rename_file(self, which: int, where: int, name: bytes) -> None:
        for old in self._some_name(which):
            self._rename(old, self._place(where, name))

    @rule(which=WHICH, where=WHICH, name=NAMES)
    def rename_folder(self, which: int, where: int, name: bytes) -> None:
        for old in self._some_folder(which):
            self._rename(old, self._place(where, name))

    @rule(where=WHICH, name=NAMES)
    def make_folder(self, where: int, name: bytes) -> None:
        path = self._place(where, name)
        if not os.path.lexists(path):
            with self._doing(path):
                os.mkdir(path)

    @rule(which=WHICH)
    def remove_folder(self, which: int) -> None:
        for path in self._some_folder(which):
            with self._doing(path):
                shutil.rmtree(path)

    @rule(which=WHICH)
    def remove_file(self, which: int) -> None:
        for path in self._some_name(which):
            with self._doing(path):
                os.unlink(path)

    @rule(which=WHICH, where=WHICH, name=NAMES)
    def link(self, which: int, where: int, name: bytes) -> None:
        path = self._place(where, name)
        for old in self._some_name(which):
            if not os.path.lexists(path) and not os.path.islink(old):
                with self._doing(path):
                    os.link(old, path)

    @rule(where=WHICH, name=NAMES, to=st.sampled_from([b".", b"..", b"a.txt", b"nowhere"]))
    def link_by_name(self, where: int, name: bytes, to: bytes) -> None:
        path = self._place(where, name)
        if not os.path.lexists(path):
            with self._doing(path):
                os.symlink(to, path)

    @rule(which=WHICH, mode=MODES)
    def change_mode(self, which: int, mode: int) -> None:
        for path in self._some_file(which, closed=True):
            with self._doing(path):
                os.chmod(path, mode)

    @rule(which=WHICH, days=st.integers(-10_000, 10_000))
    def touch(self, which: int, days: int) -> None:
        for path in self._some_file(which):
            at_ns = time.time_ns() + days * 86_400 * 10**9
            with self._doing(path):
                os.utime(path, ns=(at_ns, at_ns))

    @rule(which=WHICH)
    def take_records_off(self, which: int) -> None:
        for path in self._some_file(which):
            with self._doing(path):
                for name in self._records(path):
                    os.removexattr(path, name)

    @rule(which=WHICH, garbage=st.binary(min_size=1, max_size=300))
    def forge_record(self, which: int, garbage: bytes) -> None:
        for path in self._some_file(which):
            with self._doing(path):
                os.setxattr(path, RECORD, garbage)

    @rule(which=WHICH, other=WHICH)
    def copy_record(self, which: int, other: int) -> None:
        for source in self._some_file(other):
            for path in self._some_file(which):
                with self._doing(path):
                    for name in self._records(source):
                        os.setxattr(path, name, os.getxattr(source, name))

    @rule(where=WHICH)
    def hide_or_show_folder(self, where: int) -> None:
        mark = self._place(where, b".nosearch")
        if os.path.lexists(mark):
            with self._doing(mark):
                os.unlink(mark)
        else:
            self._write(mark, b"")

    # What happens to the engine

    @rule(seconds=st.sampled_from([0.01, 0.05, 0.1, 0.2]))
    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    @precondition(lambda self: self._engine is None)
    @rule()
    def start(self) -> None:
        self._engine = self._open(self._plan)

    @precondition(lambda self: self._engine is not None)
    @rule()
    def stop(self) -> None:
        self._engine.close()
        self._engine = None

    @precondition(lambda self: self._engine is not None)
    @rule()
    def kill(self) -> None:
        self._engine.kill()
        self._engine = None

    @precondition(lambda self: self._engine is not None)
    @rule()
    def freeze(self) -> None:
        self._engine.freeze()

    @precondition(lambda self: self._engine is not None)
    @rule()
    def thaw(self) -> None:
        self._engine.thaw()

    # What must be so

    @rule()
    def settle(self) -> None:
        """Once all is current the index is the tree."""
        if self._engine is None:
            self.start()
        self._engine.await_current(self._changed_ns)
        self._compare(self._engine)

    def teardown(self) -> None:
        try:
            self.settle()
            self._engine.await_meaning()
            self._compare(self._engine)
            problems = [problem for problem in self._engine.problems() if ": the record " not in problem]
            assert not problems  # but of records, which are as we left them
            self._engine.close()
            self._engine = None
            assert not self._told.exists() or not self._told.read_text()
        finally:
            if self._engine is not None:
                self._engine.kill()
            shutil.rmtree(self._base)

    def _compare(self, engine: Running) -> None:
        seen = {path: file for root in self._roots for path, file in tree.indexable(root).items()}
        known = engine.known()
        assert set(known) == set(seen)
        for path, file in seen.items():
            assert known[path].content == file.digest, path
            assert (known[path].size, known[path].mtime_ns) == (file.size, file.mtime_ns), path
            assert known[path].is_read == (file.content is not None), path
        words = sorted({word for file in seen.values() for word in file.words if len(word) == 8})
        for word, found in zip(words, engine.found([word.decode() for word in words]), strict=True):
            assert found == {path for path, file in seen.items() if word in file.words}, word
        lost = sorted(self._lost.difference(words))
        assert not any(engine.found([word.decode() for word in lost]))
        self._lost = set(words)
        assert self._files() == self._left

    # How

    @contextmanager
    def _doing(self, *paths: bytes) -> Iterator[None]:
        """Do something by these names, and see that nothing is done to other files, by anybody."""
        before = self._files()
        assert before == self._left
        yield
        self._changed_ns = time.time_ns()
        self._left = self._files()
        for files, others in ((before, self._left), (self._left, before)):
            touched = {path for path in files if any(path == one or path.startswith(one + b"/") for one in paths)}
            inodes = {files[path].inode for path in touched}
            for path, seen in files.items():
                assert path in touched or seen.inode in inodes or others.get(path) == seen

    def _write(self, path: bytes, content: bytes) -> None:
        with self._doing(path), open(path, "wb") as file:
            file.write(content)

    def _rename(self, old: bytes, new: bytes) -> None:
        with self._doing(old, new), suppress(OSError):  # a folder into itself, or in place of something
            os.rename(old, new)

    def _files(self) -> dict[bytes, tree.Seen]:
        return {path: seen for top in (*self._roots, self._outside) for path, seen in tree.files(top).items()}

    def _folders(self) -> list[bytes]:
        return [folder for top in (*self._roots, self._outside) for folder in tree.folders(top)]

    def _place(self, where: int, name: bytes) -> bytes:
        folders = self._folders()
        return os.path.join(folders[where % len(folders)], name)

    def _some_folder(self, which: int) -> list[bytes]:
        folders = [folder for folder in self._folders() if folder not in (*self._roots, self._outside)]
        return [folders[which % len(folders)]] if folders else []

    def _some_name(self, which: int) -> list[bytes]:
        """Return the name of a file or a symbolic link, or none."""
        return [sorted(self._left)[which % len(self._left)]] if self._left else []

    def _some_file(self, which: int, *, closed: bool = False) -> list[bytes]:
        """Return a file that can be written, or none; closed ones count only if it is not to be opened.

        It has no further names that nobody listens to: what is done by these is found by the next scan.
        """
        heard = {path for root in self._roots for path in tree.indexable(root)}
        files = [
            path
            for path in sorted(self._left)
            if not os.path.islink(path)
            and (closed or os.access(path, os.R_OK | os.W_OK))
            and (os.stat(path).st_nlink in (1, sum(self._left[path].inode == self._left[one].inode for one in heard)))
        ]
        return [files[which % len(files)]] if files else []

    def _text(self) -> bytes:
        return b"".join(_word(next(self._numbers)) + b" \n" for _ in range(3))

    def _records(self, path: bytes) -> list[str]:
        return [name for name in os.listxattr(path) if name.startswith(RECORD)]


def _word(number: int) -> bytes:
    """Return a word of eight letters that no other number has, and that no grammar takes an ending off."""
    letters = []
    for _ in range(6):
        number, digit = divmod(number, 20)
        letters.append(b"bcdfghjklmnpqrstvwxz"[digit])
    return b"q" + bytes(reversed(letters)) + b"x"


def live(open_engine: Callable[[Plan], Running], base: Path, lives: int, *, real_decoders: bool = False) -> None:
    run_state_machine_as_test(
        lambda: Life(open_engine, base, real_decoders=real_decoders),
        settings=settings(
            max_examples=lives,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),  # what depends on the moment cannot be shrunk
        ),
    )


def test_the_index_is_the_tree_when_it_says_so(open_engine: Callable[[Plan], Running], tmp_path: Path) -> None:
    live(open_engine, tmp_path, SAMPLE)


@pytest.mark.slow
@pytest.mark.parametrize("real_decoders", [False, True])
def test_through_many_lives_the_index_is_the_tree_when_it_says_so(
    open_engine: Callable[[Plan], Running], tmp_path: Path, real_decoders: bool
) -> None:
    live(open_engine, tmp_path, LIVES, real_decoders=real_decoders)
