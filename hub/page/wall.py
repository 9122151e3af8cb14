"""The glass wall: how the processes are closed, what was refused, to whom how much was sent."""

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from hub.control import WallLine
from hub.guard import Guard
from hub.ledger.book import KEPT_HOURS
from hub.ledger.report import Report, report, start_of_day
from hub.paths import state_folder
from hub.proof.kept import LastProof, last

_HOUR = 3_600


class WallShown(msgspec.Struct, frozen=True, kw_only=True):
    """As `inglenook privacy --json`; `now`: seconds since 1970. `proof`: the owner's last one,
    where it was kept; `prove`: the command for another, empty where none can be run. The house
    itself can run no program.
    """

    wall: WallLine
    today: Report
    days30: Report
    now: float
    proof: LastProof | None
    prove: str


def wall(guard: Guard, now: float, *, in_app: bool) -> WallShown:
    """`in_app`: in a container that holds nothing to capture packets with."""
    begin = start_of_day(now)
    kept = guard.ledger.entries(int(now // _HOUR) - KEPT_HOURS)
    today = [entry for entry in kept if entry.hour >= begin]
    return WallShown(
        wall=guard.line(),
        today=report(today),
        days30=report(kept),
        now=now,
        proof=last(state_folder()),
        prove="" if in_app else _command(os.environ),
    )


def _command(environment: Mapping[str, str]) -> str:
    """As one types it, with the state folder where that is not the usual one."""
    state = environment.get("INGLENOOK_STATE")
    program = Path(sys.executable).with_name("inglenook")
    words = ("sudo", *((f"INGLENOOK_STATE={state}",) if state else ()))
    return shlex.join((*words, str(program), "privacy", "prove"))
