"""The house's part of the satellites: what their processes say, and who is told of it."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hub.async_pipes import SatellitePipe, messages
from hub.door.budget import until_next_moment
from hub.door.satellites import SatelliteDoor
from hub.fields import SATELLITE
from hub.messages import Closed, Process, Spoken, State
from hub.satellites.messages import FromSatellite, Sent
from hub.voice import Voice


@dataclass(frozen=True, slots=True)
class Wires:
    """`closed`: takes what a process says of its seal; `sent`: how many bytes more went to the
    satellite of this key; `connected`: which are there, by key; `spoken`: something was played;
    `tell`: what the owner should read.
    """

    closed: Callable[[Closed], None]
    sent: Callable[[str, int], None]
    connected: Callable[[Mapping[str, bool]], None]
    spoken: Callable[[Spoken], None]
    tell: Callable[[str], None]


@dataclass
class Satellites:
    """All of them, by key."""

    doors: Mapping[str, SatelliteDoor]
    voice: Voice
    wires: Wires
    connected: dict[str, bool] = field(default_factory=dict)
    _sent: dict[str, int] = field(default_factory=dict)
    _reasons: dict[str, str] = field(default_factory=dict)

    def begin(self) -> None:
        self.connected = dict.fromkeys(self.doors, False)
        for key in self.doors:
            self.voice.left(f"{SATELLITE}{key}")
        self.wires.connected(self.connected)

    async def hear(self, key: str, pipe: SatellitePipe) -> None:
        """One satellite, for ever."""
        door = self.doors[key]
        async for message in messages(pipe.fd, pipe.said):
            await asyncio.sleep(until_next_moment(time.monotonic()))
            now = time.monotonic()
            door.malformed(pipe.said.refused, now)
            admitted = door.admit(message, now, self.voice.last_said(f"{SATELLITE}{key}"))
            if admitted is not None:
                self._take(key, admitted)

    def _take(self, key: str, message: FromSatellite) -> None:
        match message:
            case Closed():
                self.wires.closed(message)
            case State(source=source, state="ready") if source.startswith("outlet."):
                self._reasons.pop(key, None)
                self._sent.pop(key, None)
                self.voice.came(f"{SATELLITE}{key}")
                self._is(key, there=True)
            case State(state="deaf", reason=reason) if reason:
                self._mention(key, reason)
            case Spoken():
                self.wires.spoken(message)
            case Sent(bytes_up=total):
                more = total - self._sent.get(key, 0)
                self._sent[key] = total
                self.wires.sent(key, max(0, more))
            case _:
                pass

    def note(self, process: Process) -> None:
        """One of their processes has gone."""
        role, _, key = process.name.partition(".")
        if role not in ("inlet", "outlet") or process.state != "restarting":
            return
        self.doors[key].restarted(process.name)
        self.voice.left(f"{SATELLITE}{key}")
        self._is(key, there=False)

    def _is(self, key: str, *, there: bool) -> None:
        if self.connected.get(key) != there:
            self.connected[key] = there
            self.wires.connected(self.connected)

    def _mention(self, key: str, reason: str) -> None:
        """Told once, until it is there again."""
        if self._reasons.get(key) != reason:
            self._reasons[key] = reason
            self.wires.tell(f"The satellite {key} {reason}.")
