"""RTP packets put together again give the picture that was sent."""

from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.bitstream import START_CODE
from desktop.standin.video.rtp import RtpPacker


def packets(data: bytes) -> list[bytes]:
    found = []
    while data:
        assert data[:2] == b"$\x02"
        size = int.from_bytes(data[2:4], "big")
        found.append(data[4 : 4 + size])
        data = data[4 + size :]
    return found


def test_that_long_and_short_units_are_put_together_again() -> None:
    nals = [b"\x67short", b"\x65" + bytes(range(1, 251)) * 20, b"\x65" + b"\x80" * 1399]
    data = START_CODE + b"\x09\xf0" + b"".join(START_CODE + nal for nal in nals)
    rebuilt: list[bytes] = []
    sent = packets(RtpPacker(2).pack(AccessUnit(7, True, data)))
    for packet in sent:
        payload = packet[12:]
        if payload[0] & 31 != 28:
            rebuilt.append(payload)
        elif payload[1] & 0x80:
            rebuilt.append(bytes([payload[0] & 0xE0 | payload[1] & 31]) + payload[2:])
        else:
            rebuilt[-1] += payload[2:]
    assert rebuilt == nals
    assert [packet[1] >> 7 for packet in sent] == [0] * (len(sent) - 1) + [1]
    numbers = [int.from_bytes(packet[2:4], "big") for packet in sent]
    assert numbers == list(range(numbers[0], numbers[0] + len(sent)))
    assert {int.from_bytes(packet[4:8], "big") for packet in sent} == {7 * 3600}
    assert max(map(len, sent)) <= 1412
