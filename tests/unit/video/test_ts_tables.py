import io

import av
import numpy as np
import pytest

from desktop.video.ts_tables import video_codec


def transport_stream(codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mpegts") as sink:
        stream = sink.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        if codec == "libx265":
            stream.options = {"x265-params": "log-level=none:pools=1"}
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        for packet in [*stream.encode(picture), *stream.encode(None)]:
            sink.mux(packet)
    return out.getvalue()


@pytest.mark.parametrize(("codec", "said"), [("libx264", "h264"), ("libx265", "h265")])
def test_that_the_codec_is_told_from_the_tables_wherever_the_reader_joins(codec, said):
    data = transport_stream(codec)
    assert video_codec(data) == said
    assert video_codec(b"\x47junk" + data) == said
    assert video_codec(data[:188]) == ""


@pytest.mark.parametrize("noise", [b"", b"\x47" * 1000, bytes(2000), b"\x47\x40\x11\x30\xff" * 300])
def test_that_noise_names_no_codec(noise):
    assert video_codec(noise) == ""
