"""Attributes are read and written whole, say why not, and disturb nothing else about a file."""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xattr import pyxattr_compat

from tests.descriptors import open_files
from tests.waiting import PATIENCE_S
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal

NAME = b"user.vexgui.test"


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"content")
    os.utime(file, ns=(1_000_000_000, 2_000_000_000))
    return os.fsencode(file)


@pytest.fixture
def descriptor(path: bytes) -> Iterator[int]:
    opened = attributes.open_for_attributes(path)
    try:
        attributes.write(opened, NAME, b"")
        attributes.remove(opened, NAME)
    except AttributeRefused as refused:
        os.close(opened)
        pytest.skip(f"no attributes here: {refused}")
    yield opened
    os.close(opened)


@pytest.mark.parametrize("value", [b"", b"\0", bytes(range(256)), b"\xff" * 800])
def test_what_is_written_is_read_back(descriptor: int, value: bytes) -> None:
    attributes.write(descriptor, NAME, value)
    assert attributes.read(descriptor, NAME) == value


def test_a_value_is_replaced_whole(descriptor: int) -> None:
    attributes.write(descriptor, NAME, b"a" * 700)
    attributes.write(descriptor, NAME, b"b")
    assert attributes.read(descriptor, NAME) == b"b"


def test_an_absent_attribute_is_none_and_its_removal_false(descriptor: int) -> None:
    assert attributes.read(descriptor, NAME) is None
    assert attributes.remove(descriptor, NAME) is False


def test_a_removed_attribute_is_gone(descriptor: int) -> None:
    attributes.write(descriptor, NAME, b"value")
    assert attributes.remove(descriptor, NAME) is True
    assert attributes.read(descriptor, NAME) is None


def test_names_that_are_not_utf8_are_listed_and_read(descriptor: int) -> None:
    attributes.write(descriptor, b"user.\xff\xfe", b"value")
    assert b"user.\xff\xfe" in attributes.names(descriptor)
    assert attributes.read(descriptor, b"user.\xff\xfe") == b"value"


def test_writing_and_removing_change_neither_mtime_nor_mode_nor_content(descriptor: int, path: bytes) -> None:
    before = attributes.stat_of(descriptor)
    attributes.write(descriptor, NAME, b"value" * 100)
    attributes.remove(descriptor, NAME)
    after = attributes.stat_of(descriptor)
    assert (after.mtime_ns, after.mode, after.size) == (before.mtime_ns, before.mode, before.size)
    assert Path(os.fsdecode(path)).read_bytes() == b"content"


def test_opening_and_reading_do_not_move_the_access_time_of_an_own_file(path: bytes) -> None:
    descriptor = attributes.open_for_attributes(path)
    os.read(descriptor, 100)
    os.close(descriptor)
    assert os.stat(path).st_atime_ns == 1_000_000_000


def test_taken_bytes_counts_the_attributes_of_others_only(descriptor: int) -> None:
    empty = attributes.taken_bytes(descriptor, b"user.vexgui")
    attributes.write(descriptor, b"user.vexgui", b"x" * 500)
    attributes.write(descriptor, b"user.vexgui.00ff00ff.1", b"x" * 500)
    assert attributes.taken_bytes(descriptor, b"user.vexgui") == empty
    attributes.write(descriptor, b"user.vexguitar", b"x" * 100)
    assert attributes.taken_bytes(descriptor, b"user.vexgui") >= empty + 100 + len(b"user.vexguitar")


def test_a_value_that_is_too_big_is_refused_for_the_files_room_and_the_old_one_stays(descriptor: int) -> None:
    attributes.write(descriptor, NAME, b"old")
    with pytest.raises(AttributeRefused) as refused:
        attributes.write(descriptor, NAME, b"x" * 70_000)  # over the kernel's own limit of 64 KiB
    assert refused.value.reason is Refusal.NO_ROOM_ATTRIBUTES
    assert attributes.read(descriptor, NAME) == b"old"


def test_a_file_system_without_attributes_is_told(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    try:
        with pytest.raises(AttributeRefused) as refused:
            attributes.write(writer, NAME, b"value")
        assert refused.value.reason in {Refusal.NOT_SUPPORTED, Refusal.NOT_PERMITTED}
    finally:
        os.close(reader)
        os.close(writer)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOTSUP, Refusal.NOT_SUPPORTED),
        (errno.E2BIG, Refusal.NO_ROOM_ATTRIBUTES),
        (errno.EROFS, Refusal.READ_ONLY),
        (errno.EPERM, Refusal.NOT_PERMITTED),
        (errno.EACCES, Refusal.NO_ACCESS),
        (errno.EDQUOT, Refusal.QUOTA),
        (errno.ENOENT, Refusal.GONE),
        (errno.ESTALE, Refusal.GONE),
        (errno.EIO, Refusal.BROKEN),
        (errno.EUCLEAN, Refusal.DAMAGED),
        (errno.EBADMSG, Refusal.DAMAGED),
        (errno.ETXTBSY, Refusal.IN_USE),
        (errno.EBUSY, Refusal.IN_USE),
        (errno.ELOOP, Refusal.LINK),
        (errno.ETIMEDOUT, Refusal.NO_ANSWER),
        (errno.ENOMEM, Refusal.NO_MEMORY),
        (errno.EINVAL, Refusal.OTHER),
    ],
)
@pytest.mark.parametrize(
    ("call", "use"),
    [
        ("getxattr", lambda descriptor: attributes.read(descriptor, NAME)),
        ("setxattr", lambda descriptor: attributes.write(descriptor, NAME, b"value")),
        ("removexattr", lambda descriptor: attributes.remove(descriptor, NAME)),
        ("listxattr", attributes.names),
    ],
)
def test_every_error_of_the_system_has_its_reason(
    monkeypatch: pytest.MonkeyPatch,
    path: bytes,
    call: str,
    use: Callable[[int], object],
    code: int,
    reason: Refusal,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os if call == "getxattr" else pyxattr_compat, call, refuse)
    descriptor = attributes.open_for_attributes(path)
    try:
        with pytest.raises(AttributeRefused) as refused:
            use(descriptor)
        assert (refused.value.reason, refused.value.errno) == (reason, code)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(("free_blocks", "reason"), [(0, Refusal.NO_ROOM_DISK), (10**6, Refusal.NO_ROOM_ATTRIBUTES)])
def test_no_space_means_the_disk_only_when_no_blocks_are_left(
    monkeypatch: pytest.MonkeyPatch, path: bytes, free_blocks: int, reason: Refusal
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def room(_: int) -> os.statvfs_result:
        return os.statvfs_result((4096, 4096, 10**7, free_blocks, free_blocks, 0, 0, 0, 0, 255))

    monkeypatch.setattr(pyxattr_compat, "setxattr", refuse)
    descriptor = attributes.open_for_attributes(path)
    monkeypatch.setattr(os, "fstatvfs", room)
    try:
        with pytest.raises(AttributeRefused) as refused:
            attributes.write(descriptor, NAME, b"value")
        assert refused.value.reason is reason
    finally:
        os.close(descriptor)


def test_a_value_that_grows_while_it_is_read_is_read_again(monkeypatch: pytest.MonkeyPatch, path: bytes) -> None:
    answers: list[OSError | bytes] = [OSError(errno.ERANGE, "Result too large"), b"grown"]

    def racing(*_: object) -> bytes:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    monkeypatch.setattr(os, "getxattr", racing)
    assert attributes.read(0, NAME) == b"grown"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_write_protected_file_refuses_for_lack_of_rights(descriptor: int, path: bytes) -> None:
    Path(os.fsdecode(path)).chmod(stat.S_IRUSR)
    with pytest.raises(AttributeRefused) as refused:
        attributes.write(descriptor, NAME, b"value")
    assert refused.value.reason is Refusal.NO_ACCESS


def test_symbolic_links_folders_and_missing_files_are_not_opened(tmp_path: Path, path: bytes) -> None:
    link = tmp_path / "link"
    link.symlink_to(os.fsdecode(path))
    for other in (link, tmp_path):
        with pytest.raises(AttributeRefused):
            attributes.open_for_attributes(os.fsencode(other))
    with pytest.raises(AttributeRefused) as refused:
        attributes.open_for_attributes(os.fsencode(tmp_path / "missing"))
    assert refused.value.reason is Refusal.GONE


def test_a_fifo_does_not_block_and_is_not_opened(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    started = time.monotonic()
    with pytest.raises(AttributeRefused):
        attributes.open_for_attributes(os.fsencode(fifo))
    assert time.monotonic() - started < PATIENCE_S


def test_refused_opens_leave_no_descriptor_behind(tmp_path: Path) -> None:
    before = open_files()
    for _ in range(50):
        with pytest.raises(AttributeRefused):
            attributes.open_for_attributes(os.fsencode(tmp_path))
    assert open_files() == before


def test_the_stat_of_a_path_and_of_its_descriptor_agree_and_a_link_is_itself(tmp_path: Path, path: bytes) -> None:
    descriptor = attributes.open_for_attributes(path)
    try:
        assert attributes.stat_of(descriptor) == attributes.stat_path(path)
    finally:
        os.close(descriptor)
    link = tmp_path / "link"
    link.symlink_to(os.fsdecode(path))
    assert stat.S_ISLNK(attributes.stat_path(os.fsencode(link)).mode)
