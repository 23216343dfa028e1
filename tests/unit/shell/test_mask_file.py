"""Privacy masks of the administrator's file."""

import pytest

from desktop.domain.privacy_masks import FILE
from desktop.shell.mask_file import read_masks

CORNERS = [[0.1, 0.2], [0.4, 0.2], [0.4, 0.6]]


def test_that_masks_are_read_by_camera_and_that_no_file_means_none(tmp_path):
    assert read_masks(tmp_path) == {}
    (tmp_path / FILE).write_text(f'{{"cam-1": [{CORNERS}]}}')
    masks = read_masks(tmp_path)
    assert masks is not None and masks["cam-1"][0][0] == (0.1, 0.2)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"c": [[[0.1, 0.2], [0.4, 0.2]]]}', '{"c": [[[1.1, 0], [0.4, 0], [0, 0]]]}', "\0"],
)
def test_that_a_file_that_cannot_be_read_is_not_the_same_as_none(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    assert read_masks(tmp_path) is None
