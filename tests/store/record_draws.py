"""Records of every kind, and why bytes are none."""

from hypothesis import strategies as st

from tests.store.builders import KEY, a_section, vectors
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.record import (
    Fingerprint,
    Record,
    RecordFault,
    RecordRefused,
    Section,
    unpack_record,
)

RECORDED = [name for name in CodecName if name not in {CodecName.TRUNCATED, CodecName.PRINCIPAL}]
"""Codecs that records are kept in."""


def fault_of(value: bytes, key: bytes = KEY) -> RecordFault | None:
    try:
        unpack_record(value, key)
    except RecordRefused as refused:
        return refused.fault
    return None


@st.composite
def sections(draw: st.DrawFn) -> Section:
    dim = draw(st.integers(1, 40))
    count = draw(st.integers(1, 6))
    space = Space(SpaceId(draw(st.binary(min_size=8, max_size=8)).hex()), "m", Modality.TEXT, dim)
    codec = draw(st.sampled_from(RECORDED))
    return a_section(vectors(count, dim, draw(st.integers(0, 99))), space, codec, draw(st.integers(0, 2**32 - 1)))


records = st.builds(
    Record,
    recipe=st.integers(0, 2**16 - 1),
    reading=st.integers(0, 2**32 - 1),
    created_s=st.integers(0, 2**32 - 1),
    fingerprint=st.builds(
        Fingerprint,
        size=st.integers(0, 2**64 - 1),
        mtime_ns=st.integers(-(2**63), 2**63 - 1),
        content_hash=st.binary(min_size=16, max_size=16),
    ),
    sections=st.lists(sections(), max_size=4).map(tuple),
)
