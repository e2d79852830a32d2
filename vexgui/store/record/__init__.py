"""The record: a file's vectors in attributes of the file, with the proof that they are its own."""

from vexgui.store.record.fit import fitted, representatives
from vexgui.store.record.pack import FRAME_BYTES, Cut, cut, joined, pack_record, part_names, record_bytes, unpack_record
from vexgui.store.record.value import (
    UNSAID,
    Fingerprint,
    Record,
    RecordFault,
    RecordRefused,
    Section,
    SpaceVectors,
    is_of,
    reading_of,
)

__all__ = [
    "FRAME_BYTES",
    "UNSAID",
    "Cut",
    "Fingerprint",
    "Record",
    "RecordFault",
    "RecordRefused",
    "Section",
    "SpaceVectors",
    "cut",
    "fitted",
    "is_of",
    "joined",
    "pack_record",
    "part_names",
    "reading_of",
    "record_bytes",
    "representatives",
    "unpack_record",
]
