import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.framing import MAX_FRAME_BYTES, FrameError, FrameSplitter, frame
from desktop.domain.link_messages import SignIn


@given(st.lists(st.text(max_size=300), max_size=6), st.data())
def test_that_frames_survive_any_cutting(names, data):
    sent = [SignIn(username=name, password="p") for name in names]
    wire = b"".join(frame(message) for message in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)), max_size=8)))
    splitter, received = FrameSplitter(), []
    for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True):
        received += splitter.feed(wire[start:end])
    assert [msgspec.msgpack.decode(body, type=SignIn) for body in received] == sent


def test_that_half_a_frame_gives_nothing_yet():
    assert list(FrameSplitter().feed(frame(SignIn(username="a", password="b"))[:-1])) == []


def test_that_a_length_beyond_reason_is_refused_before_any_memory_is_taken():
    with pytest.raises(FrameError, match=str(MAX_FRAME_BYTES + 1)):
        list(FrameSplitter().feed(struct.pack(">I", MAX_FRAME_BYTES + 1)))
