"""The process that decides, acts and reaches the network; it can neither hear nor see.

`python -m hub.house` with its pipes as arguments, started by the launcher.
"""

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from hub.app.announcing import Announcing
from hub.async_pipes import HousePipes, messages
from hub.away import outcome
from hub.build import Parts, build
from hub.cage.rules import Role
from hub.cage.seal import seal
from hub.changing.source import source
from hub.config import Config
from hub.config_file import load
from hub.control import (
    Answer,
    CameraRequest,
    CamerasRequest,
    OtherHub,
    Request,
    SketchRequest,
    make_sure_of_being_alone,
    serve,
)
from hub.door.budget import until_next_moment
from hub.guard import Guard, Watched
from hub.homes.patient import PatientHome
from hub.household import Household
from hub.ledger.book import FILE
from hub.ledger.counters import CountersMissing
from hub.ledger.ledger import Ledger
from hub.lines import Lines
from hub.messages import Mute, Process, Recording, Stop
from hub.network import SecretMissing, broker, endpoints, own_broker
from hub.once import stop_after_one_turn
from hub.page.serving import Page
from hub.page.shelf import Models, models
from hub.paths import control_socket, house_writes, state_folder
from hub.pipes import Writer
from hub.process import prepare
from hub.requests import from_mqtt, from_owner
from hub.shelf.shelf import models_folder
from hub.sight.requests import from_owner_of_cameras
from hub.systemd import tell_systemd
from hub.terminal import Terminal
from hub.voice import Voice
from hub.wyoming import wyoming
from integrations.broker import BrokerStartError
from integrations.inbox import CameraOrder, DeviceOrder, Refusal
from integrations.supervisor import Supervisor
from intents.documents import DocumentError

log = logging.getLogger(__name__)
Lane = Coroutine[None, None, None]
_HEALTH_EVERY = 10.0
"""Seconds between two looks at how everything fares."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at what was sent, and at what waits for the home."""
_TICK = 0.2
"""Seconds; how late a timer may ring."""


def main() -> int:
    parser = argparse.ArgumentParser()
    for name in ("--heard", "--to-senses", "--spoken", "--to-mouth"):
        parser.add_argument(name, type=int, required=True)
    for name in ("--eye", "--satellite"):
        parser.add_argument(name, action="append", default=[], help="KEY:FD:FD")
    parser.add_argument("--booth", type=int)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--own", type=Path, help="the owner's part of --config, else that itself")
    parser.add_argument("--over", type=Path, help="what is laid over it")
    parser.add_argument("--announced", type=Path, help="in an app: what its Supervisor was told")
    parser.add_argument("--once", action="store_true")
    args = prepare(parser)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    config = load(args.config)
    to_launcher = Writer(args.up)
    try:
        shelf = models(models_folder(os.environ)) if config.page is not None else None
        with _watched(
            config, house_writes(args.own or args.config if config.page else None)
        ) as watched:
            asyncio.run(_until_cancelled(live(config, args, watched, to_launcher, shelf)))
    except (SecretMissing, BrokerStartError, DocumentError, OtherHub, CountersMissing) as error:
        # Nothing that trying again would mend: the owner must change a setting.
        print(error, file=sys.stderr)  # noqa: T201 - the launcher's standard error is ours
        to_launcher.send(Stop(status=1))
    return 0


def _ends(told: str) -> tuple[str, tuple[int, int]]:
    key, up, down = told.split(":")
    return key, (int(up), int(down))


@contextmanager
def _watched(config: Config, writes: tuple[Path, ...]) -> Iterator[Watched]:
    """Sealed, and with every byte that is sent counted, from before the first to the last."""
    ledger = Ledger(state_folder() / FILE, endpoints(config), log.warning)
    try:
        yield Watched(seal(Role.HOUSE, writes=writes), ledger)
    finally:
        ledger.close(time.time())


async def _until_cancelled(life: Lane) -> None:
    """Live until SIGTERM, and say goodbye to the broker then."""
    task = asyncio.ensure_future(life)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def live(
    config: Config,
    args: argparse.Namespace,
    watched: Watched,
    to_launcher: Writer,
    shelf: Models | None,
) -> None:
    """Everything at once, until cancelled. `shelf`: where the page is to be served."""
    make_sure_of_being_alone(control_socket())
    terminal = Terminal(shows_turns=sys.stdout.isatty() or args.once)
    async with broker(config.mqtt, terminal.note) as options:
        eyes, satellites = dict(map(_ends, args.eye)), dict(map(_ends, args.satellite))
        ends = (args.to_senses, args.to_mouth, to_launcher, eyes, satellites)
        pipes = await HousePipes.open(*ends)
        voice = Voice(pipes.mouth.send, pipes.cue)
        lines = Lines(pipes.senses.send, pipes.launcher.send, pipes.tell_eye)
        for endpoint in () if config.mqtt.host else own_broker(options):
            watched.ledger.expect(endpoint)
        parts = build(config, options, lines, voice, watched, terminal)
        page = _page(config, parts, args, shelf) if shelf is not None else None
        if args.announced and parts.guard.lending is not None:
            parts.guard.lending.announce = _announcing(args, terminal).announce
        parts.household.begin()
        if parts.eyes is not None:
            parts.eyes.begin()
        if parts.satellites is not None:
            parts.satellites.begin()
        with closing(parts.household.conversation.timekeeper):
            async with asyncio.TaskGroup() as group:
                for lane in _lanes(parts, pipes, args):
                    group.create_task(lane)
                if page is not None:
                    group.create_task(page.run(terminal.note))
                if asked := wyoming(config, parts.household):
                    group.create_task(asked.run(terminal.note))
                if args.once:
                    group.create_task(stop_after_one_turn(parts.household, to_launcher))


def _page(config: Config, parts: Parts, args: argparse.Namespace, shelf: Models) -> Page:
    """Only settings that stand in a file can ask for one."""
    return Page(config, parts, shelf, source(args.own or args.config, args.over))


def _announcing(args: argparse.Namespace, terminal: Terminal) -> Announcing:
    """With the token that the house speaks to Home Assistant with, at the same address."""
    supervisor = Supervisor(os.environ["SUPERVISOR_TOKEN"])
    return Announcing(supervisor, args.announced, terminal.note)


def _lanes(parts: Parts, pipes: HousePipes, args: argparse.Namespace) -> list[Lane]:
    household = parts.household
    lanes: list[Lane] = [
        parts.mqtt.run(),
        _hear(parts, args.heard, pipes),
        _follow_mouth(parts, args.spoken, pipes),
        _follow_launcher(parts, args.down, pipes),
        _obey(parts),
        _ring(household),
        _watch(parts, pipes),
        _count(parts.guard),
        tell_systemd(),
        serve(control_socket(), lambda request: _answer(parts, request)),
        *parts.guard.lanes(args.booth),
    ]
    if parts.link is not None:
        lanes.append(parts.link.run())
    if parts.patient is not None:
        lanes.append(_catch_up(household, parts.patient))
    if parts.eyes is not None:
        lanes.append(parts.eyes.keep_time())
        lanes += [parts.eyes.hear(key, pipe) for key, pipe in pipes.eyes.items()]
    if parts.satellites is not None:
        lanes += [parts.satellites.hear(key, pipe) for key, pipe in pipes.satellites.items()]
    return lanes


async def _answer(parts: Parts, request: Request) -> Answer:
    """What the owner asks at the machine."""
    if isinstance(request, CamerasRequest | CameraRequest | SketchRequest):
        return await from_owner_of_cameras(parts.eyes, request)
    return await from_owner(parts.household, parts.guard, request)


async def _hear(parts: Parts, fd: int, pipes: HousePipes) -> None:
    guard, household = parts.guard, parts.household
    async for message in messages(fd, pipes.heard):
        now = await _next_moment()
        guard.senses.malformed(pipes.heard.refused, now)
        for told in guard.hear(message, now):
            await household.hear(told)
        if parts.eyes is not None:
            parts.eyes.spare(household.status.assist)


async def _follow_mouth(parts: Parts, fd: int, pipes: HousePipes) -> None:
    async for message in messages(fd, pipes.spoken):
        for told in parts.guard.follow(message, await _next_moment()):
            parts.household.note(told)


async def _next_moment() -> float:
    """The word door lets pass in steps of time: a finer moment could tell something."""
    await asyncio.sleep(until_next_moment(time.monotonic()))
    return time.monotonic()


async def _follow_launcher(parts: Parts, fd: int, pipes: HousePipes) -> None:
    async for message in messages(fd, pipes.told):
        if not isinstance(message, Mute):
            parts.guard.note(message)
        if isinstance(message, Process) and parts.eyes is not None:
            parts.eyes.note(message)
        if isinstance(message, Process) and parts.satellites is not None:
            parts.satellites.note(message)
        if not isinstance(message, Recording):
            parts.household.note(message)


async def _obey(parts: Parts) -> None:
    """What comes in over MQTT, one after the other."""
    async for incoming in parts.mqtt.commands():
        match incoming:
            case CameraOrder(key, order):
                if parts.eyes is None or not parts.eyes.obey(key, on=order.on):
                    parts.mqtt.refuse(Refusal.UNKNOWN_CAMERA)
            case DeviceOrder():
                if parts.showcase is not None:
                    parts.showcase.obey(incoming)
            case _:
                await from_mqtt(parts.household, incoming)


async def _ring(household: Household) -> None:
    """Nothing that is due waits for a home that is slow to do what was due before it."""
    conversation = household.conversation
    async with asyncio.TaskGroup() as tasks:
        while True:
            await asyncio.sleep(_TICK)
            for due in conversation.timekeeper.due(conversation.now()):
                tasks.create_task(household.ring(due))
            household.tell_timers()


async def _catch_up(household: Household, home: PatientHome) -> None:
    """Do what waited for a home that was away, and tell what was not done."""
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        settled = await home.settle()
        household.tell(outcome(settled, household.conversation.granting.language))


async def _watch(parts: Parts, pipes: HousePipes) -> None:
    while True:
        parts.guard.report(time.time())
        parts.household.why.tidy()
        mqtt = parts.mqtt.status
        parts.household.health(mqtt.dropped + pipes.unsent, mqtt.refused + pipes.refused)
        await asyncio.sleep(_HEALTH_EVERY)


async def _count(guard: Guard) -> None:
    """What connections that are gone had sent is in the kernel for a moment only."""
    while True:
        guard.ledger.look(time.time())
        await asyncio.sleep(_LOOK_EVERY)


if __name__ == "__main__":
    sys.exit(main())
