"""A second look at a zone, now and then: which state is it in. Pure but for its classifier."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from vision.boxes import WHOLE, Box, Polygon
from vision.images import Pixels
from vision.thorough import part

Classify = Callable[[Pixels], Mapping[str, float]]
_SURE = 0.6
"""Probability below which nothing is said."""


@dataclass
class SecondLook:
    """`corners`: of the zone, none for the whole picture; `every`: seconds. `state`: what two looks
    in a row agreed on; empty until then.
    """

    key: str
    corners: Polygon
    classify: Classify = field(repr=False)
    every: float = 5.0
    state: str = ""
    _before: str = ""
    _due: float = 0.0

    def forget(self) -> None:
        """It is another picture now."""
        self.state = self._before = ""
        self._due = 0.0

    def step(self, pixels: Pixels, busy: Sequence[Box], at: float) -> None:
        """Not while anybody (`busy`) may stand in the way."""
        if at < self._due or busy:
            return
        self._due = at + self.every
        told = self.classify(part(pixels, _around(self.corners))[0])
        label = max(told, key=lambda each: told[each])
        now = label if told[label] >= _SURE else ""
        if now and now == self._before:
            self.state = now
        self._before = now


def _around(corners: Polygon) -> Box:
    if not corners:
        return WHOLE
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(across), min(down), max(across), max(down))
