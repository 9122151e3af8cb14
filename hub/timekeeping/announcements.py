"""What is told or done when something is due, in the words of one language. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from hub.phrases import phrase
from hub.timekeeping.agenda import Ring
from hub.timekeeping.schedule import TOO_LATE, Sounding
from hub.timekeeping.speech import ago, clock, say

_ON_TIME = 60.0
"""Seconds; later than that, the lateness is told."""


@dataclass(frozen=True, slots=True)
class Due:
    """`text` is said behind a chime, where there is any; `command` is done as if typed in `area`.
    `again`: it has sounded before. Tell the timekeeper when that is over (`Timekeeper.told`).
    """

    ring: Ring
    text: str = field(repr=False)
    command: str | None = field(default=None, repr=False)
    area: str | None = None
    again: bool = False


def announcement(sounding: Sounding, now: datetime, language: str) -> Due:
    ring = sounding.ring
    if ring.kind != "command":
        return Due(ring, _said(ring, now, language), None, ring.area, sounding.again)
    late = now.timestamp() - ring.due
    if ring.told:
        text = phrase("command_interrupted", language, ring.text)
        return Due(ring, text, None, ring.area)
    if late > TOO_LATE:
        text = phrase("command_late", language, ring.text, ago=ago(late, language))
        return Due(ring, text, None, ring.area)
    return Due(ring, "", ring.text, ring.area)


def _said(ring: Ring, now: datetime, language: str) -> str:
    """A timer tells more and more lateness while it rings, others how late they began."""
    variant = "named" if ring.text else ""
    began = ring.began if ring.began is not None and ring.kind != "timer" else now.timestamp()
    late = began - ring.due
    if late >= _ON_TIME:
        key, said = f"{ring.kind}_late", {"ago": ago(late, language)}
    else:
        key, said = f"{ring.kind}_due", {"time": clock(now.time(), language)}
    return say(key, variant, language, name=ring.text, **said)
