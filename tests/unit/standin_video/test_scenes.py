"""Every loop ends where it begins, something moves in it, and its light is that of its hour."""

import numpy as np
import pytest

from desktop.standin.video.catalogue import SCENES
from desktop.standin.video.profiles import FPS, GOP
from desktop.standin.video.scenes import BUILDS, LOOP_S
from desktop.standin.video.scenes.light import LIGHTS, Variant

SIZE = (160, 90)


@pytest.mark.parametrize("scene", SCENES)
def test_that_the_end_of_a_loop_runs_into_its_beginning(scene: str) -> None:
    stage, step = BUILDS[scene](*SIZE, LIGHTS[Variant.DUSK], 0.05), 2 / (LOOP_S * FPS)

    def change(share: float) -> float:
        before = stage.picture(share)[..., :3].astype(int)
        return float(np.abs(stage.picture((share + step) % 1)[..., :3] - before).mean())

    usual = max(change(share) for share in (0.02, 0.2, 0.4, 0.6, 0.8))
    assert 0 < change(1 - step) < 2.5 * usual


def test_that_loops_hold_an_even_number_of_gops() -> None:
    """Two IDR pictures that follow each other must differ in idr_pic_id, at the seam too."""
    assert LOOP_S * FPS % (2 * GOP) == 0


def test_that_deeper_water_hides_more_of_the_ruler() -> None:
    bright = []
    for depth_m in (0.0, 0.27, 0.55):
        picture = BUILDS["underpass"](480, 270, LIGHTS[Variant.RAIN], depth_m).picture(0.0)
        bright.append(int((picture[150:235, 20:50, :3].min(axis=2) > 120).sum()))
    assert bright[0] > bright[1] > bright[2] > 0


@pytest.mark.parametrize("scene", ["crossing", "river", "sanitation", "plaza"])
def test_that_day_is_brighter_than_dusk_and_dusk_than_night(scene: str) -> None:
    means = [
        float(BUILDS[scene](*SIZE, LIGHTS[variant], 0.0).picture(0.4)[..., :3].mean())
        for variant in (Variant.DAY, Variant.DUSK, Variant.NIGHT)
    ]
    assert means[0] > 1.2 * means[1] > 1.2 * 1.2 * means[2] > 0
