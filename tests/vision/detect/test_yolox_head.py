"""What YOLOX says, read cell by cell as its paper tells it, beside how we read it: all at once."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.coco import LABELS
from vision.engines import EngineError
from vision.letterbox import Floats, detections
from vision.yolox_head import Head

SIZE = 64
CELLS = 8 * 8 + 4 * 4 + 2 * 2


def slowly(told: Floats, threshold: float) -> list[tuple[int, float, list[float]]]:
    """Label, score and corners of each cell that is sure enough."""
    found = []
    row = 0
    for stride in (8, 16, 32):
        for y in range(SIZE // stride):
            for x in range(SIZE // stride):
                across, down, wide, high, anything, *labels = told[0, row].tolist()
                row += 1
                kind = labels.index(max(labels))
                score = anything * labels[kind]
                if score < threshold:
                    continue
                middle = (x + across) * stride, (y + down) * stride
                half = math.exp(wide) * stride / 2, math.exp(high) * stride / 2
                corners = [m - h for m, h in zip(middle, half, strict=True)]
                corners += [m + h for m, h in zip(middle, half, strict=True)]
                found.append((kind, score, corners))
    return found


def said(seed: int, sure: float) -> Floats:
    """As a network might answer; of its cells this share (0..1) see something."""
    chance = np.random.default_rng(seed)
    told = chance.normal(size=(1, CELLS, 5 + len(LABELS))).astype(np.float32)
    told[..., 4] = chance.random((1, CELLS)) < sure
    told[..., 5:] = chance.random((1, CELLS, len(LABELS)))
    return told


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 1), st.sampled_from([0.05, 0.3, 0.9, 0.999]))
def test_as_one_would_read_it_slowly(seed: int, sure: float, threshold: float) -> None:
    told = said(seed, sure)
    corners, scores, kinds = Head(SIZE, threshold).read(told)
    expected = slowly(told, threshold)
    assert kinds.tolist() == [kind for kind, _, _ in expected]
    assert scores.tolist() == pytest.approx([score for _, score, _ in expected], rel=1e-5)
    for ours, (_, _, theirs) in zip(corners.tolist(), expected, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-3)


def test_a_size_beyond_all_numbers_stays_a_number() -> None:
    told = said(1, 1.0)
    told[..., 2:4] = 1e30
    corners, _, _ = Head(SIZE, 0.1).read(told)
    assert np.isfinite(corners).all()


@pytest.mark.parametrize("shape", [(1, CELLS, 84), (1, CELLS + 1, 85), (CELLS, 85), (2, CELLS, 85)])
def test_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(EngineError, match="no YOLOX"):
        Head(SIZE, 0.3).read(np.zeros(shape, np.float32))


def overlap(one: list[float], other: list[float]) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    both = max(0.0, width) * max(0.0, height)
    areas = [(e[2] - e[0]) * (e[3] - e[1]) for e in (one, other)]
    return both / (sum(areas) - both)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40))
def test_each_thing_once(seed: int, count: int) -> None:
    """Greedily by score, within a kind: as one would do it pair by pair."""
    chance = np.random.default_rng(seed)
    starts = chance.random((count, 2)) * 0.6
    ends = starts + 0.1 + chance.random((count, 2)) * 0.3
    corners: Floats = np.concatenate((starts, ends), axis=1, dtype=np.float32)
    scores = chance.permutation(np.linspace(0.1, 0.9, count)).astype(np.float32)
    kinds = chance.integers(0, 3, count).astype(np.intp)
    kept: list[int] = []
    for at in np.argsort(-scores).tolist():
        rivals = [k for k in kept if kinds[k] == kinds[at]]
        if all(overlap(corners[k].tolist(), corners[at].tolist()) <= 0.5 for k in rivals):
            kept.append(at)
    found = detections(corners, scores, kinds, LABELS, 0.5)
    assert [each.score for each in found] == [float(scores[at]) for at in kept]
    assert [each.label for each in found] == [LABELS[kinds[at]] for at in kept]
