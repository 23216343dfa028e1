"""What a camera writes into its own picture: name, wall clock, frame number."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import numpy as np
import skia
from numpy.typing import NDArray

from desktop.standin.video.frame_number import BLOCKS, DARK, LIGHT, strip_bits
from desktop.standin.video.profiles import Profile

CITY_TIME = timezone(timedelta(hours=8))
BACKGROUND, INK = 24, 226  # luma
_FAMILY = "Noto Sans CJK SC"
_CELLS = "0123456789-:# "
_LINE_LENGTH = len("2026-01-01 00:00:00  #0000000")

Luma = NDArray[np.uint8]


def draw_text(text: str, width: int, height: int, font_size: float, centred: bool) -> Luma:
    """One line of text as luma samples, light on the band's background."""
    samples = np.zeros((height, width), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kGray_8_ColorType, skia.kOpaque_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, samples, width)
    canvas = surface.getCanvas()
    canvas.clear(skia.Color(BACKGROUND, BACKGROUND, BACKGROUND))
    font = _font(font_size)
    paint = skia.Paint(Color=skia.Color(INK, INK, INK), AntiAlias=True)
    x = (width - font.measureText(text)) / 2 if centred else 0.0
    canvas.drawString(text, x, height / 2 + font_size * 0.37, font, paint)
    return samples


@cache
def _font(size: float) -> skia.Font:
    typeface = skia.FontMgr().matchFamilyStyle(_FAMILY, skia.FontStyle.Normal())
    font = skia.Font(typeface, size)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    return font


@cache
def _cells(profile: Profile) -> dict[str, Luma]:
    size = (profile.cell_width, profile.text_height)
    return {char: draw_text(char, *size, profile.font_size, True) for char in _CELLS}


@cache
def _stamp(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).astimezone(CITY_TIME).strftime("%Y-%m-%d %H:%M:%S")


@cache
def _cell_count(profile: Profile, char: str) -> int:
    """Signs that are wider than a digit take two cells."""
    return 2 if _font(profile.font_size).measureText(char) > 1.1 * profile.cell_width else 1


@cache
def _glyph(profile: Profile, char: str) -> Luma:
    size = profile.cell_width * _cell_count(profile, char), profile.text_height
    return draw_text(char, *size, profile.font_size, True)


class LiveBand:
    """The top band of one stream as it stands now; tells which macroblocks changed.

    `state` is asked once a second for the second line, where the profile has one.
    """

    def __init__(
        self, profile: Profile, name: str, state: Callable[[float], str] | None = None
    ) -> None:
        self._profile = profile
        self.luma: Luma = np.full((profile.band_height, profile.width), BACKGROUND, np.uint8)
        self._clock_x = self._place_name(name)
        self._line = ""
        self._state = state if profile.has_state else None
        self._state_second = -1
        self._state_signs: list[str] = []
        self._bits: list[bool | None] = [None] * BLOCKS

    def _place_name(self, name: str) -> int:
        """Draws the name; returns where the clock starts, on a macroblock's border."""
        profile = self._profile
        tail = _LINE_LENGTH * profile.cell_width
        room = (profile.width - tail) // 16 * 16 - 6 * profile.cell_width
        text = draw_text(name, room, profile.text_height, profile.font_size, False)
        margin = profile.cell_width
        self.luma[: profile.text_height, margin : margin + room] = text
        inked = np.flatnonzero((text != BACKGROUND).any(axis=0))
        end = margin + (int(inked[-1]) if inked.size else 0) + 2 * profile.cell_width
        return -(-end // 16) * 16

    def show(self, number: int, wall_s: float) -> set[int]:
        """Writes time (city time) and number; returns the addresses of changed macroblocks."""
        line = f"{_stamp(int(wall_s))}  #{number % 10_000_000:07d}"
        changed: set[int] = set()
        if line != self._line:
            self._write_line(line, changed)
        if self._state is not None and int(wall_s) != self._state_second:
            self._state_second = int(wall_s)
            self._write_state(self._state(wall_s), changed)
        bits = strip_bits(number)
        if bits != self._bits:
            self._write_strip(bits, changed)
        return changed

    def _write_line(self, line: str, changed: set[int]) -> None:
        profile, cells = self._profile, _cells(self._profile)
        old = self._line.ljust(len(line), "\x00")
        for place, (char, before) in enumerate(zip(line, old, strict=True)):
            if char != before:
                x = self._clock_x + place * profile.cell_width
                self.luma[: profile.text_height, x : x + profile.cell_width] = cells[char]
                self._mark(x, profile.cell_width, range(profile.text_height // 16), changed)
        self._line = line

    def _write_state(self, text: str, changed: set[int]) -> None:
        """Draws the signs that differ from those before at the same place."""
        profile = self._profile
        room = profile.width // profile.cell_width - 2
        wide = [[char] + [""] * (_cell_count(profile, char) - 1) for char in text]
        signs = [cell for cells in wide for cell in cells][:room]
        signs += [" "] * (len(self._state_signs) - len(signs))
        old = self._state_signs + [" "] * (len(signs) - len(self._state_signs))
        top = profile.state_top
        for place, (char, before) in enumerate(zip(signs, old, strict=True)):
            if char and char != before:
                glyph = _glyph(profile, char)
                x = (place + 1) * profile.cell_width
                width = min(glyph.shape[1], profile.width - x)
                self.luma[top : top + profile.text_height, x : x + width] = glyph[:, :width]
                rows = range(top // 16, (top + profile.text_height) // 16)
                self._mark(x, width, rows, changed)
        self._state_signs = signs

    def _write_strip(self, bits: list[bool], changed: set[int]) -> None:
        top, width = self._profile.text_height, self._profile.block_width
        for place, (bit, before) in enumerate(zip(bits, self._bits, strict=True)):
            if bit != before:
                x = place * width
                self.luma[top : top + 16, x : x + width] = LIGHT if bit else DARK
                self._mark(x, width, range(top // 16, top // 16 + 1), changed)
        self._bits = list(bits)

    def _mark(self, x: int, width: int, rows: range, changed: set[int]) -> None:
        for row in rows:
            first = row * self._profile.width_mbs
            changed.update(range(first + x // 16, first + (x + width - 1) // 16 + 1))
