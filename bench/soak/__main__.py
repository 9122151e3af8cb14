"""`python -m bench.soak`."""

import argparse
import asyncio
import sys
import time

import aiohttp

from bench.soak.commands import lane, lane_beside
from bench.soak.cost import Sampler, costs
from bench.soak.kills import BROKER_AWAY, HOME_AWAY, kill_broker, kill_home, plan
from bench.soak.lanes import Lanes
from bench.soak.report import Run, Soak, as_json, counted, last_health, size, tell
from bench.soak.stage import Stage, stage
from bench.soak.verdicts import Evidence, judged
from bench.soak.ways import Ways
from bench.soak.witnesses import HomeWitness, Reader
from tests.audio.pulse import missing_tools
from tests.testbed.installation import Missing

_READY = 120.0
_SETTLE = 20.0
"""Seconds for both cameras to watch, and for Home Assistant to write down what was made."""
_LAST_WORDS = 40.0
"""Seconds at the end in which nothing is said: a last timer rings, a last wish is granted."""
_PAUSE, _PAUSE_BESIDE = 0.5, 4.0
"""Seconds between a turn and the next command."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.soak")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--kills", type=int, default=10, help="of the broker, and of the home")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if tools := missing_tools():
        print(f"Missing: {', '.join(tools)}. Run: script/setup test", file=sys.stderr)
        return 1
    try:
        with stage() as house:
            found = asyncio.run(_soak(house, args.minutes * 60, args.kills))
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(as_json(found)) if args.json else tell(found)
    return 0


async def _soak(house: Stage, seconds: float, kills: int) -> Soak:
    evidence = Evidence()
    reader = Reader(house.page, evidence)
    witness = HomeWitness(house.home.url, house.home.token, evidence)
    sampler = Sampler(house.hub.process.pid)
    async with aiohttp.ClientSession() as session:
        watching = [witness.follow(session), reader.follow(session), reader.stop_rings(session)]
        tasks = [asyncio.create_task(each) for each in watching]
        await _ready(reader)
        before = size(house.state)
        tasks.append(asyncio.create_task(sampler.follow()))
        ways = Ways(
            sound=house.sound,
            recordings=house.recordings,
            mqtt_port=house.home.mqtt_port,
            wyoming_port=house.wyoming_port,
            reader=reader,
            session=session,
        )
        lanes = Lanes(ways, time.time() + seconds)
        async with asyncio.TaskGroup() as group:
            group.create_task(lanes.follow(lane(), _PAUSE, polite=True))
            group.create_task(lanes.follow(lane_beside(), _PAUSE_BESIDE, polite=False))
            brokers, homes = (
                plan(seconds, kills, a, 1 + n) for n, a in enumerate((BROKER_AWAY, HOME_AWAY))
            )
            group.create_task(kill_broker(house.home, brokers, evidence))
            group.create_task(kill_home(house.home, homes, evidence))
        sampler.look()
        await asyncio.sleep(_LAST_WORDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    run = Run(
        minutes=seconds / 60,
        verdicts=judged(lanes.said, evidence),
        evidence=evidence,
        costs=costs(sampler.samples),
        health=await last_health(house.home.mqtt_port),
        state_kb=(before, size(house.state)),
        printed=house.hub.said,
    )
    return counted(run)


async def _ready(reader: Reader) -> None:
    """Until it hears, and knows the home."""
    async with asyncio.timeout(_READY):
        while reader.assist != "idle":  # noqa: ASYNC110 - one wait, once
            await asyncio.sleep(0.2)
    await asyncio.sleep(_SETTLE)


if __name__ == "__main__":
    sys.exit(main())
