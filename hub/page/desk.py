"""What may be done on the page: each a JSON body in, and what came of it out."""

from dataclasses import dataclass

import msgspec

from hub.build import Parts
from hub.control import OutlineLine
from hub.fields import Name, Text
from hub.messages import Play
from hub.mute import Place
from hub.page.bodies import Done, read
from hub.page.turns import TurnShown, typed
from hub.sight.lane import Eyes
from hub.why.traces import NotKept
from integrations.web.site import Declined
from intents.home import areas_called


class SetMute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    muted: bool


class AskFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Text
    area: Name | None = None

    def __repr__(self) -> str:
        return "AskFor()"


class SetCamera(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: Name
    on: bool


class Sketch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: Name


@dataclass(frozen=True, slots=True)
class Desk:
    """`plays`: the hub can be let hear recordings."""

    parts: Parts
    plays: bool

    async def mute(self, body: bytes) -> Done:
        wanted = read(body, SetMute).muted
        if not self.parts.household.mute(wanted, Place.PAGE):
            raise Declined("It was muted at the hub itself, and is unmuted only there.")
        return Done()

    async def ask(self, body: bytes) -> TurnShown:
        asked, household = read(body, AskFor), self.parts.household
        if asked.area and not areas_called(household.conversation.backend.home, asked.area):
            raise Declined("This home has no such room.")
        return typed(await household.ask(asked.text, asked.area, "page"), asked.area)

    async def play(self, _body: bytes) -> Done:
        """Let the hub hear its recordings once, from the wake word to the deed."""
        if not self.plays:
            raise Declined("There are no recordings to play.")
        if self.parts.household.status.muted:
            raise Declined("It is muted.")
        self.parts.household.lines.launcher(Play())
        return Done()

    async def stop(self, _body: bytes) -> Done:
        """Silence what rings."""
        self.parts.household.stop_ringing()
        return Done()

    async def forget(self, _body: bytes) -> Done:
        """Delete what explains the last turns."""
        try:
            self.parts.household.why.forget()
        except NotKept as error:
            raise Declined(str(error)) from error
        return Done()

    async def camera(self, body: bytes) -> Done:
        wanted = read(body, SetCamera)
        eyes = self._eyes(wanted.key)
        if not wanted.on:
            eyes.close([wanted.key], "page")
        elif eyes.open([wanted.key], "page"):
            raise Declined("It was closed at the hub itself, and opens only there.")
        return Done()

    async def outline(self, body: bytes) -> OutlineLine:
        key = read(body, Sketch).key
        eyes = self._eyes(key)
        if eyes.sight.scene.cameras[key].condition != "watching":
            raise Declined("This camera sees nothing at the moment.")
        found = await eyes.outline(key)
        if found is None:
            raise Declined("This camera does not answer.")
        return OutlineLine(width=found.width, height=found.height, bits=found.bits)

    def _eyes(self, key: str) -> Eyes:
        if self.parts.eyes is None or key not in self.parts.eyes.sight.doors:
            raise Declined("There is no such camera.")
        return self.parts.eyes
