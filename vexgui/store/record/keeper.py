"""Records on files: reads them, writes them, removes them, and says why where it cannot."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from vexgui.core.files import FileStat
from vexgui.core.reports import RecordPlace
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import codec_named
from vexgui.store.format import FOREIGN_ATTRIBUTES, RECORD_ATTRIBUTE
from vexgui.store.record import (
    Fingerprint,
    Record,
    RecordFault,
    RecordRefused,
    SpaceVectors,
    fitted,
    pack_record,
    unpack_record,
)
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal
from vexgui.system.filesystems import FileSystem, kind_of, record_budget


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a file carries: the record if it can be used, else what is odd about it; ``bytes`` is 0 without any."""

    record: Record | None
    fault: RecordFault | None
    bytes: int


class RecordKeeper:
    """Reads and writes the record of a file through an open descriptor, so that a rename cannot mislead it.

    Args:
        key: The user's key, 32 bytes; records signed with another one are not used.
        codec: How vectors are kept where they all fit.
        enabled: Whether records are written at all; they are read in any case.
    """

    def __init__(self, key: bytes, codec: CodecName, *, enabled: bool) -> None:
        self._key = key
        self._codec = codec_named(codec)
        self._smallest = codec_named(CodecName.INT8)
        self._enabled = enabled

    def read(self, descriptor: int) -> Found:
        """Return what a file carries; a file whose attributes cannot be read carries nothing."""
        try:
            value = attributes.read(descriptor, RECORD_ATTRIBUTE)
        except AttributeRefused:
            value = None
        if value is None:
            return Found(None, None, 0)
        try:
            return Found(unpack_record(value, self._key), None, len(value))
        except RecordRefused as refused:
            return Found(None, refused.fault, len(value))

    def write(
        self,
        descriptor: int,
        stat: FileStat,
        content_hash: bytes,
        recipe: int,
        vectors: Sequence[SpaceVectors],
    ) -> str:
        """Write a file's record if it may carry one and does not already carry this one.

        Args:
            descriptor: The file, open.
            stat: The file as it was when it was read; the caller has seen that it is still so.
            content_hash: Of that content.
            recipe: Version of extraction.
            vectors: One entry a space.

        Returns:
            "" when the file carries the record now, else the reason why not, a sentence.
        """
        if not self._enabled:
            return "Writing vectors to files is switched off."
        if stat.uid != os.geteuid():
            return "The file belongs to another user."
        try:
            return self._write(descriptor, Fingerprint(stat.size, stat.mtime_ns, content_hash), recipe, vectors)
        except AttributeRefused as refused:
            return refused.reason.value
        except OSError as error:
            return f"The file system does not answer ({error.strerror})."

    def _write(self, descriptor: int, fingerprint: Fingerprint, recipe: int, vectors: Sequence[SpaceVectors]) -> str:
        old = self.read(descriptor)
        if old.fault is RecordFault.NEWER:
            return "The file carries a record of a newer VexGUI, which is left alone."
        if kind_of(descriptor) is FileSystem.FAT:
            return Refusal.NOT_SUPPORTED.value
        budget = record_budget(descriptor, attributes.taken_bytes(descriptor, RECORD_ATTRIBUTE))
        sections = fitted(vectors, self._codec, self._smallest, budget)
        if not sections:
            return "The file has no room for a record beside its other attributes."
        created_s = int(time.time())
        if old.record is not None and old.record.fingerprint == fingerprint and old.record.recipe == recipe:
            created_s = old.record.created_s
        value = pack_record(Record(recipe, created_s, fingerprint, sections), self._key)
        # Setting an attribute moves ctime, and backup programs read such files again: only when it differs.
        if attributes.read(descriptor, RECORD_ATTRIBUTE) != value:
            attributes.write(descriptor, RECORD_ATTRIBUTE, value)
        return ""

    def remove(self, descriptor: int) -> bool:
        """Remove a file's record; return whether there was one.

        Raises:
            AttributeRefused: It could not be removed.
        """
        try:
            return attributes.remove(descriptor, RECORD_ATTRIBUTE)
        except AttributeRefused:
            # A read-only file system, or another owner, refuses before it looks whether there is anything to remove.
            if not self.read(descriptor).bytes:
                return False
            raise

    def foreign(self, descriptor: int) -> tuple[str, ...]:
        """Return the names of kindred programs' attributes on a file."""
        try:
            present = attributes.names(descriptor)
        except AttributeRefused:
            return ()
        return tuple(name.decode() for name in FOREIGN_ATTRIBUTES if name in present)


def record_place(descriptor: int, record_bytes: int) -> RecordPlace:
    """Tell where a record lies on the disk: ext4 and XFS give every attribute of its size a block of its own."""
    if not record_bytes:
        return RecordPlace.STORE_ONLY
    if kind_of(descriptor) in (FileSystem.EXT, FileSystem.XFS):
        return RecordPlace.BLOCK
    return RecordPlace.ATTRIBUTES


def is_of(record: Record, stat: FileStat, content_hash: bytes, recipe: int) -> bool:
    """Tell whether a record describes this content as this version of extraction reads it.

    The content hash decides; mtime does not, so that a copy whose times were not kept is still recognised.
    """
    return (
        record.fingerprint.size == stat.size
        and record.fingerprint.content_hash == content_hash
        and record.recipe == recipe
    )
