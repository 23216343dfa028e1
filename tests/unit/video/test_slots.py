"""Two slots by turns: nothing is written where somebody reads."""

import mmap
import random

import pytest

from desktop.video.slots import SLOT_BYTES, STILL, TOTAL_BYTES, Slots, Turns


@pytest.fixture
def slots() -> Slots:
    return Slots(mmap.mmap(-1, TOTAL_BYTES))


def filled(value: int, count: int = 4096) -> memoryview:
    return memoryview(bytes([value]) * count)


def test_that_what_is_read_is_the_memory_itself_and_only_the_picture_that_was_told(slots):
    slots.write(0, 7, filled(1))
    pixels = slots.read(0, 7, 64, 64)
    assert pixels is not None and pixels[-1] == 1
    assert slots.read(0, 6, 64, 64) is None and slots.read(1, 7, 64, 64) is None
    slots.write(0, 8, filled(2))
    assert pixels[0] == 2


@pytest.mark.parametrize(
    ("slot", "number", "stride", "height"),
    [(-1, 7, 64, 64), (3, 7, 64, 64), (0, 0, 64, 64), (0, 7, 1 << 40, 64), (0, 7, -64, -64)],
)
def test_that_a_place_that_does_not_exist_is_never_read(slots, slot, number, stride, height):
    slots.write(0, 7, filled(1))
    assert slots.read(slot, number, stride, height) is None


def test_that_a_picture_that_is_too_large_is_refused_and_not_written(slots):
    with pytest.raises(ValueError):
        slots.write(1, 1, memoryview(bytes(SLOT_BYTES + 1)))
    assert slots.number(1) == 0


def test_that_the_memory_of_a_still_goes_back_and_reads_as_nothing(slots):
    slots.write(STILL, 3, filled(9))
    slots.give_back(STILL)
    assert slots.read(STILL, 3, 64, 64) is None
    slots.write(STILL, 4, filled(5))
    pixels = slots.read(STILL, 4, 64, 64)
    assert pixels is not None and set(pixels) == {5}


@pytest.mark.parametrize("seed", range(20))
def test_that_writer_and_reader_never_meet_in_a_slot_however_late_their_words_are(seed):
    """Words cross on their way and arrive late, in order; the reader may forget the session."""
    chance = random.Random(seed)
    turns, held = Turns(), -1
    to_reader: list[tuple[int, int]] = []
    to_writer: list[tuple[int, int]] = []
    written: dict[int, int] = {}
    shown = 0
    for _ in range(3000):
        match chance.randrange(4):
            case 0 if turns.is_free:
                slot, number = turns.begin()
                assert slot != held, "written under the reader's eyes"
                written[slot] = number
                to_reader.append((slot, number))
            case 1 if to_reader:
                slot, number = to_reader.pop(0)
                assert written[slot] == number, "another picture than the one that was told"
                if chance.random() < 0.8:
                    held, shown = slot, shown + 1
                to_writer.append((number, held))
            case 2 if to_writer:
                turns.take(*to_writer.pop(0))
            case 3 if chance.random() < 0.1:
                to_writer.append((0, held))  # a stream is opened anew
    assert shown > 100


def test_that_nothing_is_written_before_the_last_picture_was_taken():
    turns = Turns()
    slot, number = turns.begin()
    assert not turns.is_free
    turns.take(number - 1, slot)
    assert not turns.is_free
    turns.take(number, slot)
    assert turns.is_free and turns.begin()[0] != slot
