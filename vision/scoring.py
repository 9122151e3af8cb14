"""How good a detector is on labelled pictures: recall at so many false persons a picture. Pure.

A person is to be found who is taller than a tenth of the picture and not part of a crowd that was
labelled as a whole. What is found on smaller people or in crowds is neither right nor false.
Matching is greedy by score, each person once, from an IoU of 0.5 on (as COCO's own).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vision.boxes import Box, iou, shared
from vision.events import Detection

TALL = 0.1
"""Share of the picture's height."""
FITS = 0.5
"""IoU."""
FALSE = 0.1
"""False persons a picture."""


@dataclass(frozen=True, slots=True)
class Truth:
    """People in one picture. `others`: smaller ones, and crowds."""

    people: tuple[Box, ...]
    others: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """`recall` 0..1 at `threshold` (a score); `n` people in `pictures`."""

    n: int
    pictures: int
    recall: float
    threshold: float


def judge(pictures: Sequence[tuple[Truth, Sequence[Detection]]], false: float = FALSE) -> Score:
    """The lowest threshold at which there are at most `false` false persons a picture."""
    marked = sorted(
        (mark for truth, found in pictures for mark in _marks(truth, found)), key=lambda m: -m[0]
    )
    n = sum(len(truth.people) for truth, _ in pictures)
    allowed = false * len(pictures)
    right = wrong = best = 0
    threshold = 1.0
    for score, is_right in marked:
        right, wrong = right + is_right, wrong + (not is_right)
        if wrong > allowed:
            break
        best, threshold = right, score
    return Score(n, len(pictures), best / n if n else 0.0, threshold)


def _marks(truth: Truth, found: Sequence[Detection]) -> list[tuple[float, bool]]:
    """Score and whether it is right, of each that counts."""
    left = list(truth.people)
    marks: list[tuple[float, bool]] = []
    for each in sorted(found, key=lambda d: -d.score):
        fitting = max(left, key=lambda person: iou(person, each.box), default=None)
        if fitting is not None and iou(fitting, each.box) >= FITS:
            left.remove(fitting)
            marks.append((each.score, True))
        elif each.box.height > TALL and not _is_other(each.box, truth.others):
            marks.append((each.score, False))
    return marks


def _is_other(box: Box, others: Sequence[Box]) -> bool:
    """Mostly within a crowd, or a person too small to count."""
    return any(shared(box, other) >= FITS * box.area for other in others)
