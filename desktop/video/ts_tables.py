"""What the tables of a transport stream say of its picture. Source: ISO/IEC 13818-1, 2.4.4."""

_PACKET = 188
_SYNC = 0x47
_PMT = 2
_CODECS = {0x01: "mpeg1", 0x02: "mpeg2", 0x10: "mpeg4", 0x1B: "h264", 0x24: "h265", 0x42: "avs"}


def video_codec(data: bytes) -> str:
    """By the first table of a programme; empty where there is none (yet) or none is known."""
    at = data.find(_SYNC)
    while 0 <= at <= len(data) - _PACKET:
        if data[at] != _SYNC:
            at = data.find(_SYNC, at)
            continue
        if found := _codec_of(data[at : at + _PACKET]):
            return found
        at += _PACKET
    return ""


def _codec_of(packet: bytes) -> str:
    starts_section = packet[1] & 0x40
    has_payload, has_more = packet[3] & 0x10, packet[3] & 0x20
    start = 4 + (1 + packet[4] if has_more else 0)
    if not (starts_section and has_payload) or start >= _PACKET - 13:
        return ""
    section = packet[start + 1 + packet[start] :]
    if len(section) < 12 or section[0] != _PMT:
        return ""
    end = min(3 + ((section[1] & 0x0F) << 8 | section[2]) - 4, len(section) - 4)
    at = 12 + ((section[10] & 0x0F) << 8 | section[11])
    while at < end:
        if codec := _CODECS.get(section[at]):
            return codec
        at += 5 + ((section[at + 3] & 0x0F) << 8 | section[at + 4])
    return ""
