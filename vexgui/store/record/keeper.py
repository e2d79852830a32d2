"""Records on files: reads them, writes them, removes them, and says why where it cannot."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from vexgui.core.files import FileStat
from vexgui.core.paths import innermost
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.format import FOREIGN_ATTRIBUTES, RECORD_ATTRIBUTE, RECORD_MAX_BYTES
from vexgui.store.record.bulk import RecordSieve
from vexgui.store.record.fit import fitted
from vexgui.store.record.pack import cut, joined, pack_record, part_names, unpack_record
from vexgui.store.record.value import Fingerprint, Record, RecordFault, RecordRefused, SpaceVectors
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal
from vexgui.system.filesystems import record_budget
from vexgui.system.work_trees import WorkTrees

_NO_ROOM = "The file has no room for a record beside its other attributes."
_TRIES = 3


class Found(NamedTuple):
    """What a file carries.

    Attributes:
        record: The record if it can be used.
        fault: Else what is odd about it.
        bytes: Of all its parts, 0 where there is none.
        parts: How many attributes it lies in.
    """

    record: Record | None
    fault: RecordFault | None
    bytes: int
    parts: int


class RecordKeeper:
    """Reads and writes the record of a file through an open descriptor, so that a rename cannot mislead it.

    Args:
        key: The user's key, 32 bytes; records signed with another one are not used.
        codec: How vectors are kept where they all fit.
        enabled: Whether records are written at all; they are read in any case.
        unrecorded: Folders to whose files none are written.
        recorded: Folders in these to whose files they are written.
        work_trees: Tells the files in work trees, to which none are written either; None to make no such difference.
        is_remote: Tells the files on file systems that may never answer: they carry none, and are not opened for one.
    """

    def __init__(
        self,
        key: bytes,
        codec: CodecName,
        *,
        enabled: bool,
        unrecorded: Sequence[bytes] = (),
        recorded: Sequence[bytes] = (),
        work_trees: WorkTrees | None = None,
        is_remote: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        self._key = key
        self._codec = codec
        self._enabled = enabled
        self._recorded = dict.fromkeys(recorded, True) | dict.fromkeys(unrecorded, False)
        self._work_trees = work_trees
        self._is_remote = is_remote

    def out_of_reach(self, path: bytes) -> str:
        """Return why a file need not even be opened for a record, because of where it lies, or ""."""
        return "Nothing is written to files on other computers." if self._is_remote(path) else ""

    def read(self, file: int | bytes) -> Found:
        """Return what a file carries; a file whose attributes cannot be read carries nothing.

        Args:
            file: An open file; or a path, which is faster where thousands are only looked at.
        """
        try:
            head = attributes.read(file, RECORD_ATTRIBUTE)
            others = _others(file, head) if head is not None else ()
        except AttributeRefused:
            head, others = None, ()
        if head is None:
            return Found(None, None, 0, 0)
        value = joined(head, others)
        try:
            return Found(unpack_record(value, self._key), None, len(value), 1 + len(others))
        except RecordRefused as refused:
            return Found(None, refused.fault, len(value), 1 + len(others))

    def value(self, file: int | bytes) -> bytes | None:
        """Return the bytes of a file's record, with all its parts, unchecked; None where it has none or hides it."""
        try:
            head = attributes.read(file, RECORD_ATTRIBUTE)
            return None if head is None else joined(head, _others(file, head))
        except AttributeRefused:
            return None

    def sieve(self) -> RecordSieve:
        """Return what checks many records' bytes and takes them in."""
        return RecordSieve(self._key)

    def write(  # noqa: PLR0913 - all that a record says is given to it
        self,
        descriptor: int,
        path: bytes,
        stat: FileStat,
        content_hash: bytes,
        recipe: int,
        reading: int,
        vectors: Sequence[SpaceVectors],
        *,
        anew: bool = True,
    ) -> str:
        """Write a file's record if it may carry one and does not already carry this one.

        In a work tree one that describes an older content is removed: it is of no more use, and the file is new to
        backups anyhow.

        Args:
            descriptor: The file, open.
            path: Where it lies.
            stat: The file as it was when it was read; the caller has seen that it is still so.
            content_hash: Of that content.
            recipe: Version of extraction.
            reading: What was read of it (`reading_of`).
            vectors: One entry a space.
            anew: Whether a record that has as many vectors of this content in the same spaces is replaced.

        Returns:
            "" when the file carries the record now, else the reason why not, a sentence.
        """
        if denial := self._denial(path, stat):
            return denial
        fingerprint = Fingerprint(stat.size, stat.mtime_ns, content_hash)
        try:
            if self._work_trees is not None and self._work_trees.hold(path):
                self._remove_older(descriptor, content_hash)
                return "No vectors are written to files that version control looks after."
            record = Record(recipe, reading, int(time.time()), fingerprint, ())
            return self._write(descriptor, record, vectors, anew=anew)
        except AttributeRefused as refused:
            return refused.reason.value
        except OSError as error:
            return f"The file system does not answer ({error.strerror})."

    def _denial(self, path: bytes, stat: FileStat) -> str:
        """Return why a file's attributes are not to be touched, or ""."""
        if reason := self.out_of_reach(path):
            return reason
        if not self._enabled:
            return "Writing vectors to files is switched off."
        folder = innermost(path, self._recorded)
        if folder is not None and not self._recorded[folder]:
            return "Writing vectors to files is switched off for this folder."
        return "" if stat.uid == os.geteuid() else "The file belongs to another user."

    def _remove_older(self, descriptor: int, content_hash: bytes) -> None:
        record = self.read(descriptor).record
        if record is not None and record.fingerprint.content_hash != content_hash:
            self.remove(descriptor)

    def _write(self, descriptor: int, record: Record, vectors: Sequence[SpaceVectors], *, anew: bool) -> str:
        found = self.read(descriptor)
        if found.fault is RecordFault.NEWER:
            return "The file carries a record of a newer VexGUI, which is left alone."
        if found.record is not None and _describe_the_same(record, found.record):
            record = record._replace(created_s=found.record.created_s)
        budget = record_budget(descriptor, attributes.taken_bytes(descriptor, RECORD_ATTRIBUTE))
        if not budget.parts:
            return Refusal.NOT_SUPPORTED.value
        for _ in range(_TRIES):
            sections = fitted(vectors, self._codec, budget.total_bytes)
            if not sections:
                break
            if not anew and found.record is not None and _is_as_good(found.record, record._replace(sections=sections)):
                return ""
            value = pack_record(record._replace(sections=sections), self._key, budget.part_bytes)
            try:
                _put(descriptor, value)
            except AttributeRefused as refused:
                if refused.reason is not Refusal.NO_ROOM_ATTRIBUTES:
                    raise
                budget = budget.halved()  # the file system takes less than it is known for
            else:
                return ""
        return _NO_ROOM

    def remove(self, descriptor: int) -> bool:
        """Remove a file's record with all its parts; return whether there was anything of one.

        Raises:
            AttributeRefused: It could not be removed.
        """
        try:
            names = _ours(descriptor)
        except AttributeRefused as refused:
            if refused.reason is Refusal.NOT_SUPPORTED:
                return False
            raise
        for name in names:  # the first one first: what a crash leaves is no record
            attributes.remove(descriptor, name)
        return bool(names)

    def leave_out(self, descriptor: int, space: SpaceId) -> bool:
        """Take the vectors of one space out of a file's record; return whether there were any.

        Raises:
            AttributeRefused: The record could not be written.
        """
        record = self.read(descriptor).record
        if record is None or all(section.space != space for section in record.sections):
            return False
        left = tuple(section for section in record.sections if section.space != space)
        if not left:
            return self.remove(descriptor)
        budget = record_budget(descriptor, attributes.taken_bytes(descriptor, RECORD_ATTRIBUTE))
        _put(descriptor, pack_record(record._replace(sections=left), self._key, budget.part_bytes))
        return True

    def foreign(self, descriptor: int) -> tuple[str, ...]:
        """Return the names of kindred programs' attributes on a file."""
        try:
            present = attributes.names(descriptor)
        except AttributeRefused:
            return ()
        return tuple(name.decode() for name in FOREIGN_ATTRIBUTES if name in present)


def _describe_the_same(one: Record, other: Record) -> bool:
    return (one.fingerprint, one.recipe, one.reading) == (other.fingerprint, other.recipe, other.reading)


def _is_as_good(there: Record, wanted: Record) -> bool:
    """Tell whether a record has as many vectors of the same content in the same spaces, kept in the same way."""
    held, needed = (
        [(section.space, section.codec, len(section.ordinals)) for section in record.sections]
        for record in (there, wanted)
    )
    return _describe_the_same(there, wanted) and held == needed


def _ours(descriptor: int) -> list[bytes]:
    """Return the names of all attributes of ours on a file, the record's first."""
    return sorted(name for name in attributes.names(descriptor) if attributes.belongs_to(name, RECORD_ATTRIBUTE))


def _others(file: int | bytes, head: bytes) -> tuple[bytes, ...]:
    """Return the other values of a record, as far as they are there and it is no longer than a record may be."""
    names = part_names(head)
    if not names:
        return ()
    values: list[bytes] = []
    taken = len(head)
    for name in names:
        value = attributes.read(file, name)
        if value is None or taken > RECORD_MAX_BYTES:
            break
        values.append(value)
        taken += len(value)
    return tuple(values)


def _put(descriptor: int, value: bytes) -> None:
    """Have a file carry a record: its parts first, then the attribute that names them, then away with those of others.

    Setting an attribute moves ctime, and backup programs read such files again: so it is done only where one differs.
    """
    pieces = cut(value)
    before = _ours(descriptor)
    written: list[bytes] = []
    try:
        for name, piece in (*pieces.others, (RECORD_ATTRIBUTE, pieces.head)):
            if name not in before or attributes.read(descriptor, name) != piece:
                attributes.write(descriptor, name, piece)
                written.append(name)
    except AttributeRefused:
        _clear(descriptor, written)
        raise
    kept = {RECORD_ATTRIBUTE, *(name for name, _ in pieces.others)}
    _clear(descriptor, [name for name in before if name not in kept])


def _clear(descriptor: int, names: Sequence[bytes]) -> None:
    """Remove parts that no record names; one that stays does no harm, and goes with the next record."""
    for name in names:
        with suppress(AttributeRefused):
            attributes.remove(descriptor, name)
