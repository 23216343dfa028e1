"""The top band of a picture as an H.264 slice of our own, written from its luma samples.

Clauses: 7.3.4 slice_data, 7.3.5 macroblock_layer with I_PCM and Intra_16x16, 9.2 CAVLC.
In a predicted picture unchanged macroblocks are P_Skip: no coded neighbour ever carries a
motion vector, so the inferred vector is zero (8.4.1.1). Flat macroblocks are Intra_16x16
with DC prediction and one DC level; at QP 28 one level is exactly one luma step
(8.5.10: (L * 256 << 4) >> 6 = 64 L per block, (64 L + 32) >> 6 = L per sample).
Everything else is I_PCM. Colour is neutral throughout.
"""

from collections.abc import Container

import numpy as np
from numpy.typing import NDArray

from desktop.standin.video.bitstream import (
    BitWriter,
    PictureNumbers,
    StreamParameters,
    slice_nal,
    write_slice_header,
)

MB = 16
QP_ONE_LEVEL_PER_STEP = 28
_NEUTRAL_CHROMA = bytes([128]) * 128
_I16_DC_NO_AC = 3  # mb_type of I_16x16_2_0_0 (table 7-11)
_I_PCM = 25
_INTRA_IN_P = 5  # mb_type offset of intra macroblocks in P slices (table 7-13)

Luma = NDArray[np.uint8]


def band_slice(
    parameters: StreamParameters,
    picture: PictureNumbers,
    luma: Luma,
    changed: Container[int],
) -> bytes:
    """The NAL unit that shows `luma` (rows x columns, both multiples of 16).

    `changed` holds the addresses of macroblocks that differ from the picture before;
    it is not looked at in an IDR picture.
    """
    writer = BitWriter()
    write_slice_header(writer, parameters, picture, QP_ONE_LEVEL_PER_STEP)
    width_mbs = parameters.width_mbs
    count = luma.shape[0] // MB * width_mbs
    offset = 0 if picture.is_idr else _INTRA_IN_P
    is_pcm = bytearray(count)
    skipped = 0
    for address in range(count):
        if not picture.is_idr:
            if address not in changed:
                skipped += 1
                continue
            writer.ue(skipped)  # mb_skip_run
            skipped = 0
        is_pcm[address] = _macroblock(writer, luma, address, width_mbs, offset, is_pcm)
    if skipped:
        writer.ue(skipped)
    return slice_nal(picture, writer.finish())


def _macroblock(
    writer: BitWriter, luma: Luma, address: int, width_mbs: int, offset: int, is_pcm: bytearray
) -> bool:
    """Writes one macroblock; true when it became I_PCM."""
    row, column = divmod(address, width_mbs)
    y, x = row * MB, column * MB
    samples = luma[y : y + MB, x : x + MB].tobytes()
    value = samples[0]
    if samples.count(value) != len(samples):
        writer.ue(_I_PCM + offset)
        writer.align()
        writer.append(samples + _NEUTRAL_CHROMA)
        return True
    writer.ue(_I16_DC_NO_AC + offset)
    writer.ue(0)  # intra_chroma_pred_mode: DC
    writer.se(0)  # mb_qp_delta
    beside_pcm = (column > 0 and is_pcm[address - 1]) or (row > 0 and is_pcm[address - width_mbs])
    _dc_level(writer, value - _dc_prediction(luma, y, x), bool(beside_pcm))
    return False


def _dc_prediction(luma: Luma, y: int, x: int) -> int:
    """Intra_16x16_DC (clause 8.3.3.3); all neighbours lie in this slice."""
    above = int(luma[y - 1, x : x + MB].sum()) if y else 0
    left = int(luma[y : y + MB, x - 1].sum()) if x else 0
    if y and x:
        return (above + left + 16) >> 5
    return (above + left + 8) >> 4 if y or x else 128


def _dc_level(writer: BitWriter, level: int, beside_pcm: bool) -> None:
    """residual_block_cavlc with at most one level (clauses 7.3.5.3.2, 9.2.1 to 9.2.3).

    The table follows nC: an I_PCM neighbour counts 16, so nC is 0 or at least 8 here.
    """
    if level == 0:
        writer.bits(*((0b000011, 6) if beside_pcm else (1, 1)))
        return
    if abs(level) == 1:  # one trailing one
        writer.bits(*((0b000001, 6) if beside_pcm else (0b01, 2)))
        writer.bits(level < 0, 1)
    else:
        writer.bits(*((0b000000, 6) if beside_pcm else (0b000101, 6)))
        _level_code(writer, (2 * level - 2 if level > 0 else -2 * level - 1) - 2)
    writer.bits(1, 1)  # total_zeros 0


def _level_code(writer: BitWriter, code: int) -> None:
    """level_prefix and level_suffix with suffixLength 0 (clause 9.2.2.1)."""
    if code < 14:
        writer.bits(1, code + 1)
    elif code < 30:
        writer.bits(1, 15)
        writer.bits(code - 14, 4)
    else:
        writer.bits(1, 16)
        writer.bits(code - 30, 12)
