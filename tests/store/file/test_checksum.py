"""A sum that is worked out is the one that reading all the bytes would find."""

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from store.file.checksum import replace_prefix


@given(st.binary(), st.binary(), st.binary())
def test_the_sum_of_a_piece_behind_other_bytes_is_worked_out(before: bytes, other: bytes, piece: bytes) -> None:
    assert replace_prefix(crc32(before + piece), crc32(before), crc32(other), len(piece)) == crc32(other + piece)


def test_it_is_worked_out_for_a_long_piece() -> None:
    piece = bytes(range(256)) * 20_001
    assert replace_prefix(crc32(b"old" + piece), crc32(b"old"), crc32(b"another"), len(piece)) == crc32(
        b"another" + piece
    )
