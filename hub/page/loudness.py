"""The level meter: how loud it is at the hub's microphone, asked for while somebody looks."""

import time
from dataclasses import dataclass

import msgspec

from hub.household import Household
from hub.messages import Measure

_FOR = 5.0
_AGAIN = 2.0
"""Seconds for which it is asked, and after which it is asked again."""


class LoudnessShown(msgspec.Struct, frozen=True):
    """0 silence to 5 loud; None where nothing is heard."""

    step: int | None


@dataclass
class Meter:
    household: Household
    _asked: float = -_AGAIN

    def show(self) -> LoudnessShown:
        now = time.monotonic()
        door, status = self.household.door, self.household.status
        if now - self._asked >= _AGAIN and status.can_hear:
            self._asked = now
            door.loudness.expect(now, _FOR)
            self.household.lines.senses(Measure(seconds=_FOR))
        return LoudnessShown(door.loudness.step(now))
