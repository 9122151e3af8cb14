"""What is right, false, and neither."""

from vision.boxes import Box
from vision.events import Detection
from vision.scoring import Truth, judge

PERSON = Box(0.1, 0.1, 0.3, 0.9)
AWAY = Box(0.6, 0.1, 0.8, 0.9)


def found(box: Box, score: float) -> Detection:
    return Detection("person", score, box)


def test_all_right() -> None:
    score = judge([(Truth((PERSON,)), [found(PERSON, 0.9)])])
    assert (score.n, score.recall, score.threshold) == (1, 1.0, 0.9)


def test_false_ones_end_it_where_there_are_too_many() -> None:
    right = (Truth((PERSON,)), [found(PERSON, 0.5)])
    wrong = (Truth(()), [found(AWAY, 0.6)])
    assert judge([right, wrong]).recall == 0.0
    assert judge([right, *[(Truth(()), [])] * 9, wrong], false=0.1).recall == 1.0


def test_a_person_is_found_once() -> None:
    score = judge([(Truth((PERSON,)), [found(PERSON, 0.9), found(PERSON, 0.8)])], false=0.0)
    assert (score.recall, score.threshold) == (1.0, 0.9)


def test_small_people_and_crowds_are_neither() -> None:
    small, crowd = Box(0.5, 0.5, 0.52, 0.58), Box(0.5, 0.0, 1.0, 1.0)
    truth = Truth((PERSON,), (crowd,))
    score = judge([(truth, [found(AWAY, 0.95), found(small, 0.9), found(PERSON, 0.5)])], false=0.0)
    assert score.recall == 1.0


def test_half_of_it_is_not_it() -> None:
    half = Box(0.1, 0.1, 0.19, 0.9)
    assert judge([(Truth((PERSON,)), [found(half, 0.9)])], false=1.0).recall == 0.0
