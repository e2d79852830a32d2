"""The names in 7z archives, as the program 7z (16.02) made them."""

import struct
from base64 import b64decode
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.extract.contents import Unreadable
from vexgui.extract.readers.archive import read_archive
from vexgui.extract.readers.seven_zip import seven_zip_names

USUAL = b64decode(
    "N3q8ryccAAQ2QSSflAAAAAAAAAAiAAAAAAAAAOFsTgoBAAVoaQp5bwoAAACBMweuD85vVl76Dfokg9wXd2LyF6CdJkEoGaA0ecqO"
    "tBUIBTH5CPOyW+8qdJRZzxnlaKu/PSZPIFCQOwxIDeGoDZ5sd/Eg+z2BhXKDVABQNIdznHA6ZChuk4eKFZWmcVsVr1Jv+ys79GEv"
    "fSaVrc9bTNeNt8KQLRyF0hMqYIA28WQKyIVXAAAAFwYKAQmAigAHCwEAASMDAQEFXQAQAAAMgO4KAc85DMgAAA=="
)
PLAIN = b64decode(
    "N3q8ryccAASEzvrFCgAAAAAAAADuAAAAAAAAAM85DMgBAAVoaQp5bwoAAQQGAAEJCgAHCwEAASEhAQAMBgAIDQIJAwoBenpv7bsU"
    "0aYAAAUGDgHwDwEQEWsAdAAAAHQALwBlAG0AcAB0AHkAZABpAHIAAAB0AC8AcwB1AGIAAAB0AC8AZQBtAHAAdAB5AC4AdAB4AHQA"
    "AAB0AC8AYQAuAHQAeAB0AAAAdAAvAHMAdQBiAC8AQQHzAGQAegEuAG0AZAAAABkAFDIBAMjIy+NAet0BW6Cu0UB63QFboK7RQHrd"
    "AVugrtFAet0BW6Cu0UB63QFboK7RQHrdARUaAQAQgO1BEIDtQRCA7UEggKSBIICkgSCApIEAAA=="
)
ENCRYPTED = b64decode(
    "N3q8ryccAARbYyyTwAAAAAAAAAA+AAAAAAAAAONP1Fh+cY8m8TY88l1s50tu6DZntVHrwuQbuVWjSILfcX8Jxpkz1e/1nOYaREZ+"
    "PZWGEhbTF6QwHgKO1x1TTJaa4fy5jLNrDi56kKLqdpPX4hgXJVK7cJyb3xUCx4YzDBbY8Lbrbhbkx4sHWsU+mbg3Odrp+uMILHhA"
    "YZfIV/H7CtbCYAB6RwW1K3dXeFP8VrplBUj9IfqUtaV9CUk8ex9DP6BgVgLGoP4inKXRpmE1Ma95mlAZENzmhLB+QwOx+GLydTUX"
    "BhABCYCwAAcLAQACJAbxBwESUw8K6VPGweylAq+yaJ4DIBhVIwMBAQVdABAAAAEADICqgQ4KAcrTKOkAAA=="
)
"""In turn: the header is packed with LZMA, it is not packed, it is encrypted."""

NAMES = ["t/empty.txt", "t/a.txt", "t/sub/Łódź.md"]


@pytest.mark.parametrize("made", [USUAL, PLAIN])
def test_the_names_of_files_are_read_and_folders_are_left_out(made: bytes) -> None:
    contents = read_archive(BytesIO(made))
    assert contents.sections[0].text.split("\n") == NAMES
    assert contents.facts.extra == {"files": 3}


def test_encrypted_names_are_said_to_be() -> None:
    with pytest.raises(Unreadable, match="encrypted, even its names"):
        read_archive(BytesIO(ENCRYPTED))


@pytest.mark.parametrize("made", [USUAL, PLAIN])
def test_an_archive_that_is_cut_short_is_refused(made: bytes) -> None:
    for length in range(8, len(made)):
        with pytest.raises(Unreadable, match="damaged"):
            read_archive(BytesIO(made[:length]))


@given(st.sampled_from([USUAL, PLAIN]), st.lists(st.tuples(st.integers(8, 400), st.integers(0, 255)), max_size=4))
def test_any_damage_is_read_or_refused(made: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(made)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        list(seven_zip_names(BytesIO(data)))
    except Unreadable:
        return


def test_a_header_that_names_itself_as_the_packed_one_is_read_to_an_end() -> None:
    # Packed streams at 0: one of 17 bytes. One folder, of one coder that copies, unpacked to 17 bytes.
    header = bytes.fromhex("17 06 00 01 09 11 00 07 0B 01 00 01 01 00 0C 11 00 00".replace(" ", ""))
    header = header.replace(b"\x11", bytes([len(header)]))
    start = struct.pack("<QQL", 0, len(header), 0)
    assert list(seven_zip_names(BytesIO(b"7z\xbc\xaf\x27\x1c\0\4" + bytes(4) + start + header))) == []


def test_a_header_that_claims_to_be_huge_is_refused() -> None:
    data = bytearray(PLAIN)
    data[20:28] = (1 << 40).to_bytes(8, "little")
    with pytest.raises(Unreadable, match="too large"):
        list(seven_zip_names(BytesIO(data)))
