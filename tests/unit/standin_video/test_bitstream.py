"""The bits follow the clauses: numbers there and back, escapes, headers as x264 writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.standin.video.bitstream import (
    BitReader,
    BitWriter,
    PictureNumbers,
    StreamParameters,
    escape,
    read_slice_start,
    slice_nal,
    split_nals,
    unescape,
    write_slice_header,
)


@given(st.lists(st.integers(0, 70_000)), st.lists(st.integers(-40_000, 40_000)))
def test_that_exp_golomb_numbers_come_back_as_written(
    unsigned: list[int], signed: list[int]
) -> None:
    writer = BitWriter()
    for number in unsigned:
        writer.ue(number)
    for number in signed:
        writer.se(number)
    reader = BitReader(writer.finish())
    assert [reader.ue() for _ in unsigned] == unsigned
    assert [reader.se() for _ in signed] == signed


@given(st.binary().map(lambda data: data.replace(b"\x07", b"\x00")))
def test_that_an_escaped_payload_holds_no_start_code_and_comes_back(payload: bytes) -> None:
    escaped = escape(payload)
    for forbidden in (b"\x00\x00\x00", b"\x00\x00\x01", b"\x00\x00\x02"):
        assert forbidden not in escaped
    assert unescape(escaped) == payload


def test_that_nal_units_are_split_at_short_and_long_start_codes() -> None:
    stream = b"\x00\x00\x00\x01\x67ab\x00\x00\x01\x68c\x00\x00\x00\x01\x65def"
    assert split_nals(stream) == [b"\x67ab", b"\x68c", b"\x65def"]


@pytest.mark.parametrize(
    "picture",
    [PictureNumbers(True, 3, 0, idr_pic_id=1), PictureNumbers(False, 2, 13, poc_lsb=26)],
)
def test_that_a_written_slice_header_is_read_back(picture: PictureNumbers) -> None:
    parameters = StreamParameters(40, 5, 0, 6, 26, True)
    writer = BitWriter()
    write_slice_header(writer, parameters, picture, qp=28)
    nal = slice_nal(picture, writer.finish())
    assert read_slice_start(nal, parameters) == (0, picture)


def test_that_a_payload_that_ends_too_early_is_refused() -> None:
    with pytest.raises(ValueError, match="too early"):
        BitReader(b"\x00").ue()
