"""The pictures of the benches are what they say they are."""

import av
import pytest

from desktop.standin.video.frame_number import read_number
from tests.bench import moving_clip
from tests.bench.moving_clip import COUNT, FPS, GOP, MovingSource


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, session_folders) -> MovingSource:
    from desktop.settings import cache_folder

    return MovingSource(cache_folder() / "bench")


def test_that_key_frames_stand_each_two_seconds_and_the_rate_is_one_megabit(source: MovingSource):
    units = [source.unit(number, 0.0) for number in range(COUNT)]
    assert [u.number for u in units if u.is_idr] == list(range(0, COUNT, GOP))
    bits_per_s = sum(len(u.data) for u in units) * 8 / (COUNT / FPS)
    assert bits_per_s == pytest.approx(moving_clip.BITS_PER_S, rel=0.1)


def test_that_each_picture_shows_its_number_and_is_of_the_main_profile(source: MovingSource):
    decoder = av.CodecContext.create("h264", "r")
    frames = []
    for number in range(GOP, GOP + 20):
        frames += decoder.decode(av.Packet(source.unit(number, 0.0).data))
    frames += decoder.decode(None)
    assert decoder.profile == "Main"
    assert [read_number(f.to_ndarray(format="gray8")) for f in frames] == list(range(50, 70))
