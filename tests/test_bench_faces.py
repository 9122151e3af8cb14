"""What stands for more pictures of a person: pictures, with the face where it was."""

import numpy as np
import pytest

from bench.altered import ALTERED, around
from vision.boxes import Box


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_picture_is_another_picture(name: str) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (60, 50, 3)).astype(np.uint8)
    altered = ALTERED[name](pixels.copy())
    assert altered.dtype == np.uint8
    assert altered.shape[2] == 3
    assert altered.shape != pixels.shape or bool((altered != pixels).any())
    assert abs(float(altered.mean()) - float(pixels.mean())) < 80


def test_the_face_is_in_the_middle_also_at_an_edge() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[0:20, 0:20] = 255
    shown = around(pixels, Box(0.0, 0.0, 0.2, 0.2))
    assert shown.shape == (60, 60, 3)
    assert shown[22:38, 22:38].min() > 200
    assert shown[45:, 45:].max() < 50
