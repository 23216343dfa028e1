"""Every loop ends where it begins, and something moves in it."""

import numpy as np
import pytest

from desktop.standin.video.catalogue import ALL_LOOPS, SCENES
from desktop.standin.video.profiles import FPS, GOP
from desktop.standin.video.scenes import _BUILD, LOOP_S


@pytest.mark.parametrize("scene", SCENES)
def test_that_the_end_of_a_loop_runs_into_its_beginning(scene: str) -> None:
    stage, step = _BUILD[scene](192, 108, 0.05), 1 / (LOOP_S[scene] * FPS)

    def change(share: float) -> float:
        before = stage.picture(share, 0.0)[..., :3].astype(int)
        return float(np.abs(stage.picture((share + step) % 1, 0.0)[..., :3] - before).mean())

    usual = max(change(share) for share in (0.02, 0.2, 0.4, 0.6, 0.8))
    assert 0 < change(1 - step) < 2.5 * usual


def test_that_loops_hold_an_even_number_of_gops() -> None:
    """Two IDR pictures that follow each other must differ in idr_pic_id, at the seam too."""
    assert all(seconds * FPS % (2 * GOP) == 0 for seconds in LOOP_S.values())


def test_that_deeper_water_hides_more_of_the_ruler() -> None:
    bright = []
    for depth_m in (0.0, 0.27, 0.55):
        picture = _BUILD["underpass"](480, 270, depth_m).picture(0.0, 0.0)
        bright.append(int((picture[150:235, 20:50, :3].min(axis=2) > 120).sum()))
    assert bright[0] > bright[1] > bright[2] > 0


def test_that_a_sub_picture_of_every_scene_comes_before_all_else() -> None:
    assert [loop.scene for loop in ALL_LOOPS[:4]] == list(SCENES)
    assert {loop.profile_id for loop in ALL_LOOPS[:9]} == {"sub"}
    assert len({loop.file_name for loop in ALL_LOOPS}) == len(ALL_LOOPS) == 18
