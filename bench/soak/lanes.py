"""Commands without a pause: people who take turns, and somebody who types beside them."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.soak.commands import Command
from bench.soak.turns import Turn
from bench.soak.verdicts import Said
from bench.soak.ways import Ways

_WAYS = {"hermes": "mqtt"}
"""As the hub names them, where that is otherwise."""
_PATIENCE = 15.0
"""Seconds for a turn to come, from the last word on."""
_QUIET = 0.7
"""Seconds that people wait once the hub has stopped talking."""
_TALKS = 15.0
"""Seconds after which they talk all the same."""
_STEP = 0.1


@dataclass
class Lanes:
    """`said`: all that was, in the order in which it was over."""

    ways: Ways
    until: float
    said: list[Said] = field(default_factory=list)
    _taken: set[int] = field(default_factory=set)

    async def follow(self, commands: Iterator[Command], pause: float, *, polite: bool) -> None:
        """Until the end. `polite`: not while the hub talks or listens."""
        for command in commands:
            if polite:
                await self._quiet()
            if time.time() > self.until:
                return
            await self._say(command)
            await asyncio.sleep(pause)

    async def _say(self, command: Command) -> None:
        at = time.time()
        accepted = await self.ways.send(command)
        turn = await self._turn(command, at) if accepted else None
        self.said.append(Said(command, at, time.time(), accepted, turn))

    async def _turn(self, command: Command, since: float) -> Turn | None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            for number, turn in enumerate(self.ways.reader.turns):
                if number not in self._taken and _answers(turn, command, since):
                    self._taken.add(number)
                    return turn
            await asyncio.sleep(_STEP)
        return None

    async def _quiet(self) -> None:
        deadline, since = time.monotonic() + _TALKS, time.monotonic()
        while time.monotonic() < deadline and time.monotonic() - since < _QUIET:
            if self.ways.reader.assist != "idle":
                since = time.monotonic()
            await asyncio.sleep(_STEP)


def _answers(turn: Turn, command: Command, since: float) -> bool:
    if turn.way != _WAYS.get(command.way, command.way) or turn.at < since:
        return False
    is_typed = command.way != "voice"
    return not is_typed or turn.words in (None, command.text)
