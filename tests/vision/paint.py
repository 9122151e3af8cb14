"""Painted scenes, and a detector that finds what is painted red: no model is needed for logic."""

import cv2
import numpy as np

from vision.boxes import Box
from vision.events import Detection
from vision.images import Pixels

WIDTH, HEIGHT = 320, 240


def place(brightness: int = 120, noise: int = 3, seed: int = 0) -> Pixels:
    """Grey ground with some structure and noise."""
    chance = np.random.default_rng(seed)
    ground = np.full((HEIGHT, WIDTH, 3), brightness, np.int16)
    ground[::24] -= 30
    ground[:, ::32] += 20
    ground += chance.integers(-noise, noise + 1, ground.shape, dtype=np.int16)
    return np.clip(ground, 0, 255).astype(np.uint8)


def painted(pixels: Pixels, box: Box, colour: tuple[int, int, int] = (200, 30, 30)) -> Pixels:
    out = pixels.copy()
    corners = (round(box.left * WIDTH), round(box.top * HEIGHT))
    ends = (round(box.right * WIDTH) - 1, round(box.bottom * HEIGHT) - 1)
    cv2.rectangle(out, corners, ends, colour, -1)
    return out


class Red:
    """Finds each red blob, as a person."""

    labels = ("person",)
    size = 160

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        red, others = pixels[:, :, 0].astype(int), pixels[:, :, 1:].astype(int).max(axis=2)
        mask = (red - others > 80).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        height, width = mask.shape
        return tuple(
            Detection("person", 0.9, Box(x / width, y / height, (x + w) / width, (y + h) / height))
            for x, y, w, h, area in stats[1:count].tolist()
            if area > 40
        )
