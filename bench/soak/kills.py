"""Kills what the hub talks to, at times spread over the run, and starts it again after a while."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bench.soak.verdicts import Evidence
from tests.testbed.homeassistant import RunningHomeAssistant

BROKER_AWAY = (0.0, 0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 45.0, 75.0, 100.0)
HOME_AWAY = (0.0, 0.0, 5.0, 15.0, 30.0, 45.0, 60.0, 90.0, 200.0, 230.0)
"""Seconds until it is started again; a wish waits 180 s for Home Assistant, an event 60 s."""
_FIRST, _LAST = 0.05, 0.93
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Kill:
    """`at`: seconds from the start; `away`: until it is started again."""

    at: float
    away: float


def plan(seconds: float, kills: int, away: Sequence[float], seed: int) -> list[Kill]:
    """One in each of as many equal parts of the run; it is back before the next."""
    chance = random.Random(seed)
    part = seconds * (_LAST - _FIRST) / max(1, kills)
    chosen = [away[round(each * (len(away) - 1) / max(1, kills - 1))] for each in range(kills)]
    chance.shuffle(chosen)
    return [
        Kill(seconds * _FIRST + part * (number + chance.uniform(0, 0.25)), min(gone, part * 0.65))
        for number, gone in enumerate(chosen)
    ]


async def kill_broker(
    home: RunningHomeAssistant, kills: Sequence[Kill], evidence: Evidence
) -> None:
    def gone(at: float) -> None:
        evidence.broker_killed.append(at)

    await _follow(kills, home.kill_broker, home.start_broker, gone)


async def kill_home(home: RunningHomeAssistant, kills: Sequence[Kill], evidence: Evidence) -> None:
    def gone(at: float) -> None:
        evidence.home_away.append((at, float("inf")))

    def start() -> None:
        for _ in range(_TRIES):
            with suppress(RuntimeError):  # it may take its time while the machine is busy
                home.start()
                break
            home.kill()
        evidence.home_away[-1] = (evidence.home_away[-1][0], time.time())

    await _follow(kills, home.kill, start, gone)


async def _follow(
    kills: Sequence[Kill],
    kill: Callable[[], None],
    start: Callable[[], None],
    gone: Callable[[float], None],
) -> None:
    began = time.monotonic()
    for each in kills:
        await asyncio.sleep(max(0.0, began + each.at - time.monotonic()))
        gone(time.time())
        await asyncio.to_thread(kill)
        await asyncio.sleep(each.away)
        await asyncio.to_thread(start)
