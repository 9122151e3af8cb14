"""The glass wall: how the processes are closed, what was refused, to whom how much was sent."""

import msgspec

from hub.control import WallLine
from hub.guard import Guard
from hub.ledger.book import KEPT_HOURS
from hub.ledger.report import Report, report, start_of_day

_HOUR = 3_600


class WallShown(msgspec.Struct, frozen=True, kw_only=True):
    """As `inglenook privacy --json`; `now`: seconds since 1970."""

    wall: WallLine
    today: Report
    days30: Report
    now: float


def wall(guard: Guard, now: float) -> WallShown:
    begin = start_of_day(now)
    kept = guard.ledger.entries(int(now // _HOUR) - KEPT_HOURS)
    today = [entry for entry in kept if entry.hour >= begin]
    return WallShown(wall=guard.line(), today=report(today), days30=report(kept), now=now)
