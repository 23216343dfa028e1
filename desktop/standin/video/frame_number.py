"""The frame number as a strip of 32 light and dark blocks that survives scaling.

From left to right: light, dark; 24 bits of the Gray code, highest first; 4 parity bits
(bit k covers the code bits whose place from the left is k modulo 4); dark, light.
One step changes exactly two blocks. Block i is centred at (i + 0.5) * 2.5 % of the width
and at 5.2 % of the height, in the sub and in the main stream.
"""

import numpy as np
from numpy.typing import NDArray

DARK, LIGHT = 32, 96  # luma; as quiet as a reader allows
BLOCKS = 32
NUMBER_BITS = 24
_BLOCK_OF_WIDTH = 0.025
_CENTRE_OF_HEIGHT = 0.052


def strip_bits(number: int) -> list[bool]:
    """The 32 blocks of a number (modulo 2**24), true is light."""
    number %= 1 << NUMBER_BITS
    gray = number ^ number >> 1
    code = [bool(gray >> place & 1) for place in range(NUMBER_BITS - 1, -1, -1)]
    parity = [sum(code[k::4]) % 2 == 1 for k in range(4)]
    return [True, False, *code, *parity, False, True]


def read_number(picture: NDArray[np.uint8]) -> int | None:
    """Reads the strip from a grey picture (rows x columns) of any size from 160 columns up.

    None when there is no strip, or one that was torn or smeared.
    """
    height, width = picture.shape
    row = picture[round(height * _CENTRE_OF_HEIGHT)].astype(int)
    reach = max(1, round(width * _BLOCK_OF_WIDTH / 5))
    centres = [round((i + 0.5) * _BLOCK_OF_WIDTH * width - 0.5) for i in range(BLOCKS)]
    levels = [row[c - reach // 2 : c + reach // 2 + 1].mean() for c in centres]
    light, dark = (levels[0] + levels[-1]) / 2, (levels[1] + levels[-2]) / 2
    if light - dark < 30:
        return None
    bits = [bool(level > (light + dark) / 2) for level in levels]
    number = gray = 0
    for bit in bits[2 : 2 + NUMBER_BITS]:
        gray ^= bit
        number = number << 1 | gray
    return number if strip_bits(number) == bits else None
