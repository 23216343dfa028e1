"""Reading and writing the small part of H.264 that a slice of our own needs.

Source: Rec. ITU-T H.264; clause numbers stand at the functions. Baseline and main profile,
CAVLC, progressive, one reference list: what desktop.standin.video.encode lets x264 write.
"""

import re
from dataclasses import dataclass

START_CODE = b"\x00\x00\x00\x01"
SLICE_P, SLICE_I = 5, 7  # "all slices of this picture are of this type" (table 7-6)
NAL_SLICE, NAL_IDR, NAL_SPS, NAL_PPS = 1, 5, 7, 8

_START = re.compile(rb"\x00\x00\x01")
_NEEDS_ESCAPE = re.compile(rb"\x00\x00(?=[\x00-\x03])")


class BitWriter:
    """Most significant bit first (clause 7.2)."""

    def __init__(self) -> None:
        self._done = bytearray()
        self._pending = 0
        self._count = 0

    def bits(self, value: int, count: int) -> None:
        self._pending = self._pending << count | value
        self._count += count

    def ue(self, value: int) -> None:
        """Unsigned Exp-Golomb (clause 9.1)."""
        self.bits(value + 1, 2 * (value + 1).bit_length() - 1)

    def se(self, value: int) -> None:
        """Signed Exp-Golomb (clause 9.1.1)."""
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def align(self) -> None:
        """Zero bits up to the next byte, as pcm_alignment_zero_bit asks."""
        spare = -self._count % 8
        self._done += (self._pending << spare).to_bytes((self._count + spare) // 8, "big")
        self._pending = self._count = 0

    def append(self, data: bytes) -> None:
        """Whole bytes; only after align()."""
        self._done += data

    def finish(self) -> bytes:
        """Adds rbsp_trailing_bits (clause 7.3.2.11)."""
        self.bits(1, 1)
        self.align()
        return bytes(self._done)


class BitReader:
    """Reads an unescaped payload (clause 7.2)."""

    def __init__(self, payload: bytes) -> None:
        self._value = int.from_bytes(payload, "big")
        self._left = len(payload) * 8

    def bits(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise ValueError("H.264 payload ends too early")
        return self._value >> self._left & ((1 << count) - 1)

    def ue(self) -> int:
        zeros = 0
        while not self.bits(1):
            zeros += 1
        return (1 << zeros) - 1 + self.bits(zeros)

    def se(self) -> int:
        code = self.ue()
        return (code + 1) // 2 if code % 2 else -(code // 2)


def escape(payload: bytes) -> bytes:
    """Puts emulation_prevention_three_byte in (clause 7.4.1)."""
    return _NEEDS_ESCAPE.sub(b"\x00\x00\x03", payload)


def unescape(data: bytes) -> bytes:
    return data.replace(b"\x00\x00\x03", b"\x00\x00")


def split_nals(stream: bytes) -> list[bytes]:
    """The NAL units of a byte stream (annex B), without start codes."""
    starts = [match.end() for match in _START.finditer(stream)]
    ends = [start - 3 for start in starts[1:]] + [len(stream)]
    return [stream[a:b].rstrip(b"\x00") for a, b in zip(starts, ends, strict=True)]


@dataclass(frozen=True)
class StreamParameters:
    """What a slice header refers to in its sequence and picture parameter sets."""

    width_mbs: int
    frame_num_bits: int
    poc_type: int
    poc_lsb_bits: int
    pic_init_qp: int
    deblocking_control: bool


@dataclass(frozen=True)
class PictureNumbers:
    """The fields that tie a slice to its picture; the same in all slices of the picture."""

    is_idr: bool
    ref_idc: int
    frame_num: int
    idr_pic_id: int = 0
    poc_lsb: int = 0


def read_parameters(sps: bytes, pps: bytes) -> StreamParameters:
    """Clauses 7.3.2.1.1 and 7.3.2.2. Raises ValueError when the stream is not of our kind."""
    reader = BitReader(unescape(sps[1:]))
    if reader.bits(8) not in (66, 77):
        raise ValueError("only baseline and main profile are read")
    reader.bits(16)  # constraint flags, level
    reader.ue()
    frame_num_bits = reader.ue() + 4
    poc_type = reader.ue()
    if poc_type == 1:
        raise ValueError("pic_order_cnt_type 1 is not read")
    poc_lsb_bits = reader.ue() + 4 if poc_type == 0 else 0
    reader.ue()  # max_num_ref_frames
    reader.bits(1)
    width_mbs = reader.ue() + 1
    reader.ue()
    if not reader.bits(1):
        raise ValueError("interlaced streams are not read")
    init_qp, control = _read_pps(pps)
    return StreamParameters(width_mbs, frame_num_bits, poc_type, poc_lsb_bits, init_qp, control)


def _read_pps(pps: bytes) -> tuple[int, bool]:
    reader = BitReader(unescape(pps[1:]))
    reader.ue()
    reader.ue()
    cabac, pic_order_present, slice_groups = reader.bits(1), reader.bits(1), reader.ue()
    if cabac or pic_order_present or slice_groups:
        raise ValueError("CABAC, field order counts and slice groups are not read")
    reader.ue()
    reader.ue()
    weighted = reader.bits(3)
    init_qp = 26 + reader.se()
    reader.se()
    reader.se()
    control, constrained_intra, redundant = reader.bits(1), reader.bits(1), reader.bits(1)
    if weighted or constrained_intra or redundant:
        raise ValueError("weighted, constrained-intra and redundant pictures are not read")
    return init_qp, bool(control)


def read_slice_start(nal: bytes, parameters: StreamParameters) -> tuple[int, PictureNumbers]:
    """first_mb_in_slice and the picture's numbers (clause 7.3.3)."""
    reader = BitReader(unescape(nal[1:40]))
    first_mb = reader.ue()
    reader.ue()
    reader.ue()
    is_idr = nal[0] & 31 == NAL_IDR
    frame_num = reader.bits(parameters.frame_num_bits)
    idr_pic_id = reader.ue() if is_idr else 0
    poc_lsb = reader.bits(parameters.poc_lsb_bits)
    return first_mb, PictureNumbers(is_idr, nal[0] >> 5 & 3, frame_num, idr_pic_id, poc_lsb)


def write_slice_header(
    writer: BitWriter, parameters: StreamParameters, picture: PictureNumbers, qp: int
) -> None:
    """slice_header of a slice that starts at macroblock 0, without deblocking (clause 7.3.3)."""
    writer.ue(0)  # first_mb_in_slice
    writer.ue(SLICE_I if picture.is_idr else SLICE_P)
    writer.ue(0)  # pic_parameter_set_id
    writer.bits(picture.frame_num, parameters.frame_num_bits)
    if picture.is_idr:
        writer.ue(picture.idr_pic_id)
    writer.bits(picture.poc_lsb, parameters.poc_lsb_bits)
    if not picture.is_idr:
        writer.bits(0, 2)  # no num_ref_idx override, no ref_pic_list modification
    if picture.ref_idc:
        # dec_ref_pic_marking: for IDR two flags, otherwise one; sliding window
        writer.bits(0, 2 if picture.is_idr else 1)
    writer.se(qp - parameters.pic_init_qp)
    if parameters.deblocking_control:
        writer.ue(1)  # disable_deblocking_filter_idc: the text stays as sharp as it is


def slice_nal(picture: PictureNumbers, payload: bytes) -> bytes:
    """nal_unit of a slice (clause 7.3.1), without start code."""
    kind = NAL_IDR if picture.is_idr else NAL_SLICE
    return bytes([picture.ref_idc << 5 | kind]) + escape(payload)
