"""The house's work with its eyes: hears them, tells others, opens and closes cameras in time."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hub.async_pipes import EyePipe, messages
from hub.door.budget import until_next_moment
from hub.eyes.messages import Outline
from hub.messages import Closed, Presence, Process
from hub.sight.closing import By
from hub.sight.presence import anybody
from hub.sight.showing import Showing
from hub.sight.sight import Changed, Sight
from hub.status import Assist
from intents.home import Home, areas_called

_TICK = 1.0
_PATIENCE = 5.0
"""Seconds for an outline."""
_PRESENCE_EVERY = 8.0
"""Seconds: senses believes it for twenty."""


@dataclass
class Eyes:
    """`closed`: takes what a process says of its seal; `tell`: what the owner should read.
    `referee`: tells senses whether anybody is in its room, where the owner wants that; `area` is
    the name of that room.
    """

    sight: Sight
    showing: Showing
    home: Callable[[], Home]
    closed: Callable[[Closed], None]
    tell: Callable[[str], None]
    referee: Callable[[Presence], None] | None = None
    area: str | None = None
    clock: Callable[[], float] = time.monotonic
    _outlines: dict[str, "asyncio.Future[Outline]"] = field(default_factory=dict)
    _presence: tuple[bool | None, float] = (None, 0.0)

    def begin(self) -> None:
        self.sight.begin(self.clock())
        self._mention()
        for key in self.sight.doors:
            self.showing.state(key, self.sight)

    def _mention(self) -> None:
        if self.sight.closing.problem:
            self.tell(self.sight.closing.problem)

    async def hear(self, key: str, pipe: EyePipe) -> None:
        """One eye, for ever."""
        door = self.sight.doors[key]
        async for message in messages(pipe.fd, pipe.said):
            await asyncio.sleep(until_next_moment(time.monotonic()))
            now = self.clock()
            door.malformed(pipe.said.refused, now)
            if changed := self.sight.hear(key, message, now):
                self._told(changed)

    def note(self, process: Process) -> None:
        if changed := self.sight.note(process, self.clock()):
            self._told(changed)

    def _told(self, changed: Changed) -> None:
        key = changed.key
        if changed.note:
            self.tell(changed.note)
        if changed.wall is not None:
            self.closed(changed.wall)
        if changed.outline is not None and (waiting := self._outlines.pop(key, None)):
            waiting.set_result(changed.outline)
        if changed.seen:
            self.showing.seen(key, self.sight.scene.cameras[key])
            self._referee()
        if changed.state:
            self.showing.state(key, self.sight)
        if changed.event is not None:
            self.showing.event(key, changed.event)

    def close(
        self, keys: Sequence[str], by: By, until: float | None = None, *, until_left: bool = False
    ) -> None:
        """`until`: seconds since 1970."""
        now = self.clock()
        self.sight.close(keys, by, now, until=until, until_left=until_left)
        self._mention()
        for key in keys:
            self.showing.state(key, self.sight)

    def open(self, keys: Sequence[str], by: By) -> tuple[str, ...]:
        """Those that stay closed."""
        stay = self.sight.open(keys, by, self.clock())
        self._mention()
        for key in keys:
            self.showing.state(key, self.sight)
        return stay

    def obey(self, key: str, *, on: bool) -> bool:
        """Over MQTT; whether there is such a camera."""
        if key not in self.sight.doors:
            return False
        if on:
            self.open([key], "mqtt")
        else:
            self.close([key], "mqtt")
        return True

    def spare(self, assist: Assist) -> None:
        """Speech goes first: nothing is looked at while somebody speaks to the hub."""
        self.sight.pace(3 if assist in ("listening", "processing") else 0)

    async def keep_time(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            home = anybody_home(self.home())
            for key in self.sight.tick(self.clock(), time.time(), anybody_home=home):
                self.showing.state(key, self.sight)
            self._referee()

    async def outline(self, key: str) -> Outline | None:
        """For the owner at the machine; None where the eye does not answer."""
        waiting = self._outlines.setdefault(key, asyncio.get_running_loop().create_future())
        self.sight.sketch(key)
        try:
            return await asyncio.wait_for(asyncio.shield(waiting), _PATIENCE)
        except TimeoutError:
            self._outlines.pop(key, None)
            return None

    def _referee(self) -> None:
        if self.referee is None or self.area is None:
            return
        home, now = self.home(), self.clock()
        rooms = areas_called(home, self.area)
        found = anybody(self.sight.scene, home.views, rooms[0].id, now) if rooms else None
        before, at = self._presence
        if found != before or now - at >= _PRESENCE_EVERY:
            self._presence = (found, now)
            self.referee(Presence(anybody=found))


def anybody_home(home: Home) -> bool | None:
    """By Home Assistant's people; None where it has none, or does not know."""
    people = [each.state for each in home.entities if each.domain == "person"]
    if any(state == "home" for state in people):
        return True
    return (
        None if not people or any(s in (None, "unknown", "unavailable") for s in people) else False
    )
