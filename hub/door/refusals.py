"""What was refused, by reason. Counts that others can see are a way to tell, so they are paid for.

Shown are 1, 2, 5, 10, 20, 50 ..., a step at a time and few in a minute: a process that is refused
a million times on purpose has said next to nothing by it.
"""

from collections import Counter
from dataclasses import dataclass, field
from math import log2
from typing import Literal, get_args

from hub.door.budget import MOMENT_COST, Budget

Reason = Literal[
    "malformed",
    "bad_source",
    "out_of_order",
    "unknown_wake_word",
    "unknown_area",
    "unknown_intent",
    "unknown_slot",
    "unknown_value",
    "long_number",
    "looks_encoded",
    "not_plain_text",
    "text_is_off",
    "words_differ",
    "too_much_text",
    "too_often",
]
NOTICE_COST = MOMENT_COST + log2(len(get_args(Reason)))
NOTICE_BURST = 20 * NOTICE_COST
NOTICE_RATE = NOTICE_COST / 60
"""Bits a second: one step of one count a minute, after twenty at once."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer of a check that something did not pass."""

    reason: Reason


@dataclass
class Refusals:
    """`exact` stays inside; `shown` is what people and MQTT see."""

    exact: Counter[Reason] = field(default_factory=Counter)
    shown: dict[Reason, int] = field(default_factory=dict)
    _notices: Budget = field(default_factory=lambda: Budget(NOTICE_BURST, NOTICE_RATE))

    def count(self, reason: Reason, now: float, times: int = 1) -> None:
        self.exact[reason] += times
        wanted = coarse(self.exact[reason])
        while (shown := self.shown.get(reason, 0)) < wanted:
            if not self._notices.pay(NOTICE_COST, now):
                return
            self.shown[reason] = _after(shown)


def coarse(count: int) -> int:
    """The last of 0, 1, 2, 5, 10, 20, 50 ... that is not above `count`."""
    if count < 1:
        return 0
    decade = int("1".ljust(len(str(count)), "0"))
    return max(step * decade for step in (1, 2, 5) if step * decade <= count)


def _after(shown: int) -> int:
    """The next step: 0, 1, 2, 5, 10 ..."""
    return next(step for step in (shown + 1, 2 * shown, 5 * shown // 2) if coarse(step) > shown)
