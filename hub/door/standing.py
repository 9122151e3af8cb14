"""How a process fares: its states with their reasons, its seal, its counts. Alike for all."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Literal

from hub.cage.seal import Level
from hub.door.budget import MOMENT_COST, RESERVE, Budget
from hub.door.refusals import Refusals, Refused, coarse
from hub.door.text import Lexicon, looks_encoded
from hub.fields import REASON_LIMIT
from hub.messages import Closed, Health, State

Kind = Literal[
    "wake", "processing", "heard", "not_heard", "state", "health", "closed", "tuned", "yielded"
]
KINDS: Mapping[Kind, float] = {
    "wake": 2,
    "processing": 2,
    "heard": 3,
    "not_heard": 3,
    "state": 3,
    "health": 6,
    "closed": 4,
    "tuned": 6,
    "yielded": 5,
}
"""Bits that say which message it is."""
_KEPT = 8
"""Reasons remembered: one of them may be told again for next to nothing."""
REPEATED_COST = 1 + log2(_KEPT)
STATE_COST = MOMENT_COST + KINDS["state"] + log2(6) + 1
PROCESSING_COST = MOMENT_COST + KINDS["processing"]
CLOSED_COST = MOMENT_COST + KINDS["closed"] + log2(3)
_COUNTS = ("dropped", "unsent", "refused", "near_misses")
_MOST = 5 * 10**8
_STEP_COST = log2(3 * 9 + 1)
"""Of the 27 steps 1, 2, 5 ... 500,000,000, and none."""


@dataclass
class Standing:
    """`state`: the last that was passed on."""

    name: Literal["senses", "mouth", "booth"]
    lexicon: Lexicon
    budget: Budget
    refusals: Refusals
    state: str | None = None
    _level: Level | None = None
    _was_ready: bool = False
    _reasons: deque[str] = field(default_factory=lambda: deque(maxlen=_KEPT))
    _before: dict[str, int] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, int] = field(default_factory=dict)

    def restarted(self) -> None:
        """It is another process now; what was spent stays spent."""
        self.state, self._level, self._was_ready = None, None, False
        self._before = {each: self._total(each) for each in _COUNTS}
        self._told = {}

    def take_state(self, told: State, now: float) -> tuple[State, ...] | Refused:
        if told.state == "ready" and self._was_ready:
            return Refused("out_of_order")
        said, before = plain_reason(told.reason), self.state
        if told.state == before and not said:
            return ()
        bare = told.state == "processing" and not said
        if not self.budget.pay(PROCESSING_COST if bare else STATE_COST, now):
            return Refused("too_often")
        self.state = told.state
        self._was_ready = self._was_ready or told.state == "ready"
        reason = self._reason(said, now) if said else ""
        if told.state == before and not reason:
            return ()
        return (State(source=self.name, state=told.state, reason=reason),)

    def _reason(self, reason: str, now: float) -> str:
        if reason in self._reasons:
            return reason if self.budget.pay(REPEATED_COST, now) else ""
        if not self.budget.pay(1 + self.lexicon.bits(reason), now, leave=RESERVE):
            self.refusals.count("too_much_text", now)
            return ""
        self._reasons.append(reason)
        return reason

    def take_closed(self, told: Closed, now: float) -> tuple[Closed, ...] | Refused:
        """A seal does not change while it stands."""
        if self._level is not None:
            return () if told.level == self._level else Refused("out_of_order")
        if not self.budget.pay(CLOSED_COST, now):
            return Refused("too_often")
        self._level = told.level
        return (Closed(source=self.name, level=told.level),)

    def take_health(self, told: Health, now: float) -> tuple[Health, ...] | Refused:
        """Over all the lives of the process, never falling; passed on when something changed."""
        given = {
            "dropped": told.dropped,
            "unsent": told.unsent,
            "refused": told.refused,
            "near_misses": told.near_misses,
        }
        counts = {each: max(self._told.get(each, 0), given[each]) for each in _COUNTS}
        shown = {
            each: coarse(min(_MOST, self._before.get(each, 0) + counts[each])) for each in _COUNTS
        }
        changed = [each for each in _COUNTS if shown[each] > self._shown.get(each, 0)]
        if not changed:
            return ()
        cost = MOMENT_COST + KINDS["health"] + len(_COUNTS) + len(changed) * _STEP_COST
        if not self.budget.pay(cost, now):
            return Refused("too_often")
        self._told, self._shown = counts, shown
        return (
            Health(
                source=self.name,
                dropped=shown["dropped"],
                unsent=shown["unsent"],
                refused=shown["refused"],
                near_misses=shown["near_misses"],
            ),
        )

    def _total(self, count: str) -> int:
        return min(_MOST, self._before.get(count, 0) + self._told.get(count, 0))


def plain_reason(text: str) -> str:
    """Printable Latin-1, 300 characters at most; what looks encoded becomes a question mark."""
    spaced = " ".join(text.split())[:REASON_LIMIT]
    latin = "".join(c if c.isprintable() and ord(c) < 256 else "?" for c in spaced)  # noqa: PLR2004 - Latin-1
    plain = " ".join("?" if looks_encoded(word) else word for word in latin.split(" "))
    return "".join("?" if c.isdecimal() else c for c in plain) if looks_encoded(plain) else plain
