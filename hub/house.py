"""The process that decides, acts and reaches the network; it can neither hear nor see.

`python -m hub.house` with its pipes as arguments, started by the launcher.
"""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

from hub.async_pipes import HousePipes, messages
from hub.build import Parts, build
from hub.cage.rules import Role
from hub.cage.seal import seal
from hub.config import Config
from hub.config_file import load
from hub.control import OtherHub, make_sure_of_being_alone, serve
from hub.household import Household, Lines
from hub.messages import Stop
from hub.network import SecretMissing, broker
from hub.paths import control_socket
from hub.pipes import Writer
from hub.process import prepare
from hub.requests import from_mqtt, from_owner
from hub.terminal import Terminal
from hub.voice import Voice
from integrations.broker import BrokerStartError
from integrations.inbox import DeviceOrder
from intents.documents import DocumentError

Lane = Coroutine[None, None, None]
_ONCE_LIMIT = 60.0
"""Seconds in which `--once` must have had its turn."""
_HEALTH_EVERY = 10.0
"""Seconds between two looks at how everything fares."""
_TICK = 0.2
"""Seconds; how late a timer may ring."""


def main() -> int:
    parser = argparse.ArgumentParser()
    for name in ("--heard", "--to-senses", "--spoken", "--to-mouth"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--once", action="store_true")
    args = prepare(parser)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    config = load(args.config)
    seal(Role.HOUSE)
    to_launcher = Writer(args.up)
    try:
        asyncio.run(_until_cancelled(live(config, args, to_launcher)))
    except (SecretMissing, BrokerStartError, DocumentError, OtherHub) as error:
        # Nothing that trying again would mend: the owner must change a setting.
        print(error, file=sys.stderr)  # noqa: T201 - the launcher's standard error is ours
        to_launcher.send(Stop(status=1))
    return 0


async def _until_cancelled(life: Lane) -> None:
    """Live until SIGTERM, and say goodbye to the broker then."""
    task = asyncio.ensure_future(life)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def live(config: Config, args: argparse.Namespace, to_launcher: Writer) -> None:
    """Everything at once, until cancelled."""
    make_sure_of_being_alone(control_socket())
    terminal = Terminal(shows_turns=sys.stdout.isatty() or args.once)
    async with broker(config.mqtt, terminal.note) as options:
        pipes = await HousePipes.open(args.to_senses, args.to_mouth, to_launcher)
        lines = Lines(pipes.senses.send, pipes.launcher.send)
        parts = build(config, options, lines, Voice(pipes.mouth.send), terminal)
        parts.household.begin()
        async with asyncio.TaskGroup() as group:
            for lane in _lanes(parts, pipes, args):
                group.create_task(lane)
            if args.once:
                group.create_task(_stop_after_one_turn(parts.household, to_launcher))


def _lanes(parts: Parts, pipes: HousePipes, args: argparse.Namespace) -> list[Lane]:
    household = parts.household
    lanes: list[Lane] = [
        parts.mqtt.run(),
        _hear(household, args.heard, pipes),
        _follow_mouth(household, args.spoken, pipes),
        _follow_launcher(household, args.down, pipes),
        _obey(parts),
        _ring(household),
        _watch(parts, pipes),
        serve(control_socket(), lambda request: from_owner(household, request)),
    ]
    if parts.link is not None:
        lanes.append(parts.link.run())
    return lanes


async def _hear(household: Household, fd: int, pipes: HousePipes) -> None:
    async for message in messages(fd, pipes.heard):
        await household.hear(message)


async def _follow_mouth(household: Household, fd: int, pipes: HousePipes) -> None:
    async for message in messages(fd, pipes.spoken):
        household.note(message)


async def _follow_launcher(household: Household, fd: int, pipes: HousePipes) -> None:
    async for message in messages(fd, pipes.told):
        household.note(message)


async def _obey(parts: Parts) -> None:
    """What comes in over MQTT, one after the other."""
    async for incoming in parts.mqtt.commands():
        if not isinstance(incoming, DeviceOrder):
            await from_mqtt(parts.household, incoming)
        elif parts.showcase is not None:
            parts.showcase.obey(incoming)


async def _ring(household: Household) -> None:
    conversation = household.conversation
    while True:
        await asyncio.sleep(_TICK)
        for timer in conversation.timekeeper.timers.take_finished(conversation.clock()):
            await household.ring(timer)


async def _watch(parts: Parts, pipes: HousePipes) -> None:
    while True:
        mqtt = parts.mqtt.status
        parts.household.health(mqtt.dropped + pipes.unsent, mqtt.refused + pipes.refused)
        await asyncio.sleep(_HEALTH_EVERY)


async def _stop_after_one_turn(household: Household, launcher: Writer) -> None:
    """Ends the family with 0 once a command was understood and its answer spoken, else with 1."""
    try:
        async with asyncio.timeout(_ONCE_LIMIT):
            while not _is_over(household):  # noqa: ASYNC110 - one wait, once
                await asyncio.sleep(_TICK)
    except TimeoutError:
        pass
    launcher.send(Stop(status=0 if household.understood else 1))


def _is_over(household: Household) -> bool:
    """The turn was had and its answer spoken, or nothing can be heard."""
    failed = household.status.senses == "failed"
    return failed or bool(household.turns and household.voice.is_silent)


if __name__ == "__main__":
    sys.exit(main())
